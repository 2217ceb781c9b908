import Biometrics
import Cryptography
import FaceAnalysis
import Foundation

/// `verification-load MODELS WORKERS IMAGE_A IMAGE_B …`: measures a slice for each line `alone N` or `together N` that
/// it reads, and answers each with a line of JSON.
struct VerificationLoadWorker {
    private let analyzer: FaceAnalyzer
    private let pairs: [(Data, Data)]

    init(_ words: [String]) throws {
        guard words.count >= 4, words.count % 2 == 0, let workers = Int(words[1])
        else { throw BenchmarkError("verification-load MODELS WORKERS IMAGE_A IMAGE_B …") }
        analyzer = try FaceAnalyzer(
            models: URL(filePath: words[0]),
            workers: workers,
            digest: { SHA256Digest.hash($0).bytes }
        )
        let files = try words.dropFirst(2).map { try Data(contentsOf: URL(filePath: $0)) }
        pairs = stride(from: 0, to: files.count, by: 2).map { (files[$0], files[$0 + 1]) }
    }

    func run() async throws {
        for index in 0..<2 * pairs.count { _ = try await verify(index) }
        let encoder = Measurement.encoder()
        encoder.outputFormatting = []
        while let line = readLine() {
            let words = line.split(separator: " ")
            guard words.count == 2, let slice = VerificationLoadProcess.Slice(rawValue: String(words[0])),
                let count = Int(words[1]), count > 0
            else { throw BenchmarkError("not an order: \(line)") }
            var load = VerificationLoad()
            switch slice {
            case .alone: try await measureAlone(count, &load)
            case .together: load.verificationsPerSecond = try await throughput(count)
            }
            load.peakRssBytes = try VerificationWorker.peakMemory()
            FileHandle.standardOutput.write(try encoder.encode(load) + Data("\n".utf8))
        }
    }

    private func measureAlone(_ count: Int, _ load: inout VerificationLoad) async throws {
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
    private func throughput(_ count: Int) async throws -> Double {
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
