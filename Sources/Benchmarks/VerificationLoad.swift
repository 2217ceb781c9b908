import Biometrics
import Cryptography
import FaceAnalysis
import Foundation

/// What a number of workers make of verifications on the cores that they are given, in a process of their own.
struct VerificationLoad: Codable {
    /// Each verification's time with no other beside it; its two pictures are analysed at once if there are two workers.
    var milliseconds: [Double] = []
    /// Verifications a second while every worker always has a picture to go on with.
    var verificationsPerSecond: Double = 0
    var peakRssBytes: Int = 0
    /// Mean milliseconds of each step of a verification, of those that were alone.
    var steps = Steps()

    /// The steps of both pictures together.
    struct Steps: Codable {
        var decode: Double = 0
        var detectRest: Double = 0
        var detectForward: Double = 0
        var align: Double = 0
        var embedForward: Double = 0
    }

    /// Joins rounds: all the times, the mean of the steps, the throughput of the round in the middle.
    static func joined(_ rounds: [VerificationLoad]) -> VerificationLoad {
        func mean(_ step: KeyPath<Steps, Double>) -> Double {
            rounds.map { $0.steps[keyPath: step] }.reduce(0, +) / Double(max(1, rounds.count))
        }
        return VerificationLoad(
            milliseconds: rounds.flatMap(\.milliseconds),
            verificationsPerSecond: Measurement.percentile(rounds.map(\.verificationsPerSecond), 0.5),
            peakRssBytes: rounds.map(\.peakRssBytes).max() ?? 0,
            steps: Steps(
                decode: mean(\.decode),
                detectRest: mean(\.detectRest),
                detectForward: mean(\.detectForward),
                align: mean(\.align),
                embedForward: mean(\.embedForward)
            )
        )
    }
}

/// `verification-load MODELS WORKERS COUNT IMAGE_A IMAGE_B …`: measures one such load.
struct VerificationLoadWorker {
    private let analyzer: FaceAnalyzer
    private let count: Int
    private let pairs: [(Data, Data)]

    init(_ words: [String]) throws {
        guard words.count >= 5, words.count % 2 == 1, let workers = Int(words[1]), let count = Int(words[2]), count > 0
        else { throw BenchmarkError("verification-load MODELS WORKERS COUNT IMAGE_A IMAGE_B …") }
        analyzer = try FaceAnalyzer(
            models: URL(filePath: words[0]),
            workers: workers,
            digest: { SHA256Digest.hash($0).bytes }
        )
        self.count = count
        let files = try words.dropFirst(3).map { try Data(contentsOf: URL(filePath: $0)) }
        pairs = stride(from: 0, to: files.count, by: 2).map { (files[$0], files[$0 + 1]) }
    }

    func run() async throws {
        for index in 0..<2 * pairs.count { _ = try await verify(index) }
        var load = VerificationLoad()
        try await measureAlone(&load)
        load.verificationsPerSecond = try await throughput()
        load.peakRssBytes = try VerificationWorker.peakMemory()
        print(String(decoding: try Measurement.encoder().encode(load), as: UTF8.self))
    }

    private func measureAlone(_ load: inout VerificationLoad) async throws {
        let clock = ContinuousClock()
        var sum = AnalysisTimings()
        for index in 0..<count {
            let start = clock.now
            sum = sum + (try await verify(index))
            load.milliseconds.append((clock.now - start) / .milliseconds(1))
        }
        func mean(_ step: Duration) -> Double { step / .milliseconds(1) / Double(count) }
        load.steps = VerificationLoad.Steps(
            decode: mean(sum.decode),
            detectRest: mean(sum.detectRest),
            detectForward: mean(sum.detectForward),
            align: mean(sum.align),
            embedForward: mean(sum.embedForward)
        )
    }

    /// As many verifications at once as there are workers, and one more, so that no worker waits for a caller.
    private func throughput() async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            let callers = analyzer.workerCount + 1
            for caller in 0..<callers {
                group.addTask {
                    for index in stride(from: caller, to: count, by: callers) { _ = try await verify(index) }
                }
            }
            try await group.waitForAll()
        }
        return Double(count) / ((clock.now - start) / .seconds(1))
    }

    private func verify(_ index: Int) async throws -> AnalysisTimings {
        let pair = pairs[index % pairs.count]
        async let first = analyzer.analyze(pair.0, embed: .largest)
        async let second = analyzer.analyze(pair.1, embed: .largest)
        let (reference, probe) = try await (first, second)
        guard let left = reference.template, let right = probe.template else {
            throw BenchmarkError("no face in one of the pictures")
        }
        _ = try analyzer.comparator.compare(reference: left, probe: right)
        return reference.timings + probe.timings
    }
}
