import Biometrics
import Cryptography
import Dispatch
public import FaceAnalysis
public import Foundation
public import Liveness

/// Draws presentations of persons, sends them through analysis and checks as a candidate's frames go, and counts how
/// they are classified.
public struct PresentationEvaluation: Sendable {
    private let analyzer: FaceAnalyzer
    private let assessor: LivenessAssessor
    private let seed: UInt64

    /// An evaluation of the checks of an assessor.
    public init(analyzer: FaceAnalyzer, assessor: LivenessAssessor, seed: UInt64) {
        self.analyzer = analyzer
        self.assessor = assessor
        self.seed = seed
    }

    /// Presents each person once in each species.
    ///
    /// - Parameters:
    ///   - keep: a folder for the frames of the first two persons; none are kept without it.
    ///   - progress: is called with how many presentations are done.
    /// - Throws: `EvaluationError`, `FaceAnalysisError`, or what writing a sample throws.
    public func run(
        _ people: PresentationSubjects,
        species: [PresentationSpecies] = PresentationSpecies.allCases,
        keep: URL? = nil,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws -> PresentationReport {
        let counter = Counter(report: progress)
        var outcomes: [Outcome] = []
        try await withThrowingTaskGroup(of: [Outcome].self) { group in
            var next = 0
            func addOne() {
                guard next < people.subjects.count else { return }
                let place = next
                next += 1
                group.addTask {
                    try await present(place, of: people.subjects, species, keep: place < 2 ? keep : nil, counter)
                }
            }
            for _ in 0...analyzer.workerCount { addOne() }
            while let done = try await group.next() {
                outcomes += done
                addOne()
            }
        }
        return PresentationReport(
            seed: seed,
            subjects: people.subjects.count,
            subjectsWithOtherReference: people.withOtherReference,
            passedOver: people.passedOver,
            dataSha256: people.dataDigest,
            modelId: analyzer.modelID,
            frames: outcomes.reduce(0) { $0 + $1.frames },
            rows: species.map { Self.row($0, outcomes) }
        )
    }

    // MARK: - One person

    private struct Outcome: Sendable {
        var species: PresentationSpecies
        var frames: Int
        var framesWithFace: Int
        var assessment: LivenessAssessment
    }

    private func present(
        _ place: Int,
        of subjects: [PresentationSubject],
        _ species: [PresentationSpecies],
        keep: URL?,
        _ counter: Counter
    ) async throws -> [Outcome] {
        let (person, other) = (subjects[place], subjects[(place + 1) % subjects.count])
        var draws = SeededDraws(seed, 4, UInt64(place))
        let challenge = LivenessChallenge.random(using: &draws)
        let queue = DispatchQueue(label: "evaluation.studio-\(place)")
        let seed = draws.next()
        let studio = try await Self.on(queue) { try PresentationStudio(person, other: other, seed: seed) }
        var outcomes: [Outcome] = []
        for one in species {
            let files = try await Self.on(queue) { try studio.frames(one, challenge: challenge.movements) }
            if let keep {
                try Self.write(files, challenge, to: keep.appending(path: "\(one.rawValue)-\(place + 1)"))
            }
            let frames = try await LivenessFrame.analyzing(files, analyzer: analyzer)
            outcomes.append(
                Outcome(
                    species: one,
                    frames: frames.count,
                    framesWithFace: frames.count { !$0.faces.isEmpty },
                    assessment: assessor.assess(frames, challenge: challenge, reference: person.reference)
                )
            )
            counter.add()
        }
        return outcomes
    }

    /// Drawing takes long and must not hold the threads on which tasks run.
    private static func on<Value: Sendable>(
        _ queue: DispatchQueue,
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }

    private static func write(_ frames: [PresentationFrame], _ challenge: LivenessChallenge, to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (number, frame) in frames.enumerated() {
            try frame.file.write(to: folder.appending(path: String(format: "%03d.jpg", number)))
        }
        let words = challenge.movements.map(\.rawValue).joined(separator: "\n")
        try Data("\(words)\n".utf8).write(to: folder.appending(path: "challenge.txt"))
    }

    // MARK: - Counting

    private static func row(_ species: PresentationSpecies, _ outcomes: [Outcome]) -> PresentationReport.Row {
        let own = outcomes.filter { $0.species == species }
        var row = PresentationReport.Row(
            species: species,
            live: own.count { $0.assessment.outcome == .live },
            notLive: own.count { $0.assessment.outcome == .notLive },
            inconclusive: own.count { $0.assessment.outcome == .inconclusive },
            failedChecks: [:],
            failedAlone: [:],
            undecidedChecks: [:],
            framesWithFace: Double(own.reduce(0) { $0 + $1.framesWithFace })
                / Double(max(1, own.reduce(0) { $0 + $1.frames }))
        )
        for outcome in own {
            let checks = outcome.assessment.checks
            let failed = Set(checks.filter { $0.state == .failed }.map(\.name.rawValue))
            for name in failed { row.failedChecks[name, default: 0] += 1 }
            if failed.count == 1, let only = failed.first { row.failedAlone[only, default: 0] += 1 }
            for name in Set(checks.filter { $0.state == .notAssessed }.map(\.name.rawValue)) {
                row.undecidedChecks[name, default: 0] += 1
            }
        }
        return row
    }

    /// Counts across tasks.
    private final class Counter: @unchecked Sendable {
        private let lock = NSLock()
        private var done = 0
        private let report: @Sendable (Int) -> Void

        init(report: @escaping @Sendable (Int) -> Void) {
            self.report = report
        }

        func add() {
            lock.lock()
            defer { lock.unlock() }
            done += 1
            report(done)
        }
    }
}

extension LivenessFrame {
    /// What the service makes of the frames a candidate sends.
    ///
    /// - Throws: `FaceAnalysisError` where a frame cannot be analysed.
    public static func analyzing(
        _ frames: [PresentationFrame],
        analyzer: FaceAnalyzer
    ) async throws(FaceAnalysisError) -> [LivenessFrame] {
        var analysed: [LivenessFrame] = []
        for frame in frames {
            let analysis = try await analyzer.analyze(frame.file, embed: .largest)
            analysed.append(
                LivenessFrame(
                    capturedAt: frame.capturedAt,
                    digest: SHA256Digest.hash(frame.file).bytes,
                    analysis: analysis
                )
            )
        }
        return analysed
    }
}
