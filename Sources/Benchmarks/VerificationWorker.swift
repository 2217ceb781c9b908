import Biometrics
import Cryptography
import FaceAnalysis
import Foundation

/// Our side: one verification is decode both pictures from bytes in memory → detect → embed → compare, on one thread.
enum VerificationWorker {
    static func run(_ words: [String]) async throws {
        guard words.count >= 4, let count = Int(words[1]), words.count % 2 == 0 else {
            throw BenchmarkError("verification-worker MODELS COUNT IMAGE_A IMAGE_B …")
        }
        let analyzer = try FaceAnalyzer(
            models: URL(filePath: words[0]),
            workers: 1,
            digest: { SHA256Digest.hash($0).bytes }
        )
        let paths = Array(words.dropFirst(2))
        let contents = try paths.map { try Data(contentsOf: URL(filePath: $0)) }
        let pairs = stride(from: 0, to: contents.count, by: 2).map { (contents[$0], contents[$0 + 1]) }

        var outcomes: [Measurement.Pair] = []
        for (index, pair) in pairs.enumerated() {
            let (comparison, _) = try await verify(pair, with: analyzer)
            outcomes.append(
                Measurement.Pair(
                    images: paths[(2 * index)...(2 * index + 1)].map { ($0 as NSString).lastPathComponent },
                    distance: Double(comparison.distance),
                    match: comparison.decision == .match
                )
            )
        }
        var measurement = Measurement(
            milliseconds: [],
            peakRssBytes: 0,
            pairs: outcomes,
            networkMilliseconds: []
        )
        let clock = ContinuousClock()
        for index in 0..<count {
            let start = clock.now
            let (_, inNetworks) = try await verify(pairs[index % pairs.count], with: analyzer)
            measurement.milliseconds.append((clock.now - start) / .milliseconds(1))
            measurement.networkMilliseconds?.append(inNetworks / .milliseconds(1))
        }
        measurement.peakRssBytes = try peakMemory()
        print(String(decoding: try Measurement.encoder().encode(measurement), as: UTF8.self))
    }

    private static func verify(
        _ pair: (Data, Data),
        with analyzer: FaceAnalyzer
    ) async throws -> (Comparison, Duration) {
        let reference = try await analyzer.analyze(pair.0, embed: .largest)
        let probe = try await analyzer.analyze(pair.1, embed: .largest)
        guard let left = reference.template, let right = probe.template else {
            throw BenchmarkError("no face in one of the pictures")
        }
        let comparison = try analyzer.comparator.compare(reference: left, probe: right)
        return (comparison, reference.timings.insideNetworks + probe.timings.insideNetworks)
    }

    /// The most memory this process ever had, in bytes.
    static func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) }) else {
            throw BenchmarkError("the kernel does not tell the peak memory")
        }
        return kilobytes * 1024
    }
}

/// A benchmark that could not be run.
struct BenchmarkError: Error, CustomStringConvertible {
    var description: String

    init(_ reason: String) {
        description = reason
    }
}
