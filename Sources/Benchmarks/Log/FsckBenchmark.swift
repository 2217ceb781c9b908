import Cryptography
import Foundation
import SQLiteStorage
import Storage
import TransparencyLog

/// Fills a log in one SQLite file and times fsck over it, beside what hashing alone would take.
struct FsckBenchmark {
    private static let rounds = 3
    private static let batch = 10_000

    let folder: URL
    let entries: Int

    /// Answers the median of the seconds that fsck took.
    func run() async throws -> Double {
        let file = folder.appending(path: "log.sqlite")
        let seed = SecretBytes(copying: [UInt8](repeating: 7, count: 32))
        let signer = try NoteSigner(name: "log.example/benchmark", key: SigningKey(seed: seed))
        var bytes = 0
        let filling = ContinuousClock.now
        do {
            let database = try SQLiteDatabase(file: file)
            for first in stride(from: 0, to: entries, by: Self.batch) {
                let bodies = try LogBenchmark.bodies(first..<min(first + Self.batch, entries))
                bytes += bodies.reduce(0) { $0 + $1.bytes.count }
                try await database.write { stores in
                    _ = try Log.append(bodies, to: stores)
                    _ = try Log.publishCheckpoint(signer: signer, in: stores)
                }
            }
        }
        let filled = LogBenchmark.text(LogBenchmark.seconds(since: filling))
        print(
            "fsck of \(entries) entries of \(bytes / entries) bytes, filled in \(filled) s, read from one SQLite file"
        )

        var times: [Double] = []
        for _ in 0..<Self.rounds {
            let database = try SQLiteDatabase(file: file)
            let start = ContinuousClock.now
            let report = try await database.read { try Log.fsck($0, verifiers: [signer.verifier]) }
            times.append(LogBenchmark.seconds(since: start))
            guard report.isSound, report.entries == entries else { throw BenchmarkError("\(report)") }
        }
        let hashing = try hashingSeconds()
        let median = Measurement.percentile(times, 0.5)
        print("  fsck     median \(LogBenchmark.text(median)) s, rounds \(times.map(LogBenchmark.text))")
        print("  hashing  \(LogBenchmark.text(hashing)) s for the same leaves and nodes in memory, on one thread\n")
        return median
    }

    /// What the hashes alone take: a leaf for each entry, and as many inner nodes.
    private func hashingSeconds() throws -> Double {
        let bodies = try LogBenchmark.bodies(0..<1000).map(\.bytes)
        let start = ContinuousClock.now
        var hash = MerkleTree.emptyRoot
        for number in 0..<entries { hash = MerkleTree.nodeHash(hash, MerkleTree.leafHash(bodies[number % 1000])) }
        guard hash != MerkleTree.emptyRoot else { throw BenchmarkError("the hashes are wrong") }
        return LogBenchmark.seconds(since: start)
    }
}
