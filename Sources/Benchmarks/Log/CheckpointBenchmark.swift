import Cryptography
import Foundation
import Identification
import Proctoring
import SQLiteStorage
import Storage
import TransparencyLog
import Workflows

/// From the commit of an entry to the durable signed checkpoint that covers it, in the rounds of the daemon.
struct CheckpointBenchmark {
    /// The most seconds that the project allows.
    static let wantedSeconds = 1.0
    private static let length: Duration = .seconds(15)

    let folder: URL

    /// What happened, in the order of its happening.
    private actor Record {
        private(set) var entries: [(index: UInt64, at: ContinuousClock.Instant)] = []
        private(set) var checkpoints: [(size: UInt64, at: ContinuousClock.Instant)] = []

        func entry(_ index: UInt64, _ at: ContinuousClock.Instant) { entries.append((index, at)) }
        func checkpoint(_ size: UInt64, _ at: ContinuousClock.Instant) { checkpoints.append((size, at)) }
    }

    /// Measures under one writer and 64; answers the longest time in seconds.
    func run() async throws -> Double {
        print("from an entry's commit to the signed checkpoint over it, in milliseconds")
        var longest = 0.0
        for writers in [1, 64] { longest = max(longest, try await measure(writers)) }
        print("")
        return longest
    }

    private func measure(_ writers: Int) async throws -> Double {
        let place = folder.appending(path: "checkpoints-\(writers)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let database = try SQLiteDatabase(file: place.appending(path: "log.sqlite"))
        let services = Services(
            database: database,
            evidence: try EvidenceDirectory(folder: place.appending(path: "evidence")),
            vault: Vault(masterKey: .random()),
            passwords: try PasswordHasher(),
            events: EventHub()
        )
        let housekeeping = Housekeeping(
            services,
            signer: try NoteSigner(name: "attestd.example/bench", key: .generate())
        )
        let record = Record()
        let bodies = try LogBenchmark.bodies(0..<512)
        let end = ContinuousClock.now + Self.length
        let rounds = Task {
            while !Task.isCancelled {
                if let size = try await housekeeping.publishCheckpoint() { await record.checkpoint(size, .now) }
                try? await Task.sleep(for: Housekeeping.checkpointPause)
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    var number = writer
                    while ContinuousClock.now < end {
                        let body = bodies[number % bodies.count]
                        let index = try await database.write { try Log.append([body], to: $0).lowerBound }
                        await record.entry(index, .now)
                        number += 1
                    }
                }
            }
            try await group.waitForAll()
        }
        rounds.cancel()
        try await rounds.value
        if let size = try await housekeeping.publishCheckpoint() { await record.checkpoint(size, .now) }
        return await report(writers, record)
    }

    private func report(_ writers: Int, _ record: Record) async -> Double {
        let checkpoints = await record.checkpoints
        let seconds = await record.entries.compactMap { entry -> Double? in
            var (low, high) = (0, checkpoints.count)
            while low < high {
                let middle = (low + high) / 2
                if checkpoints[middle].size > entry.index { high = middle } else { low = middle + 1 }
            }
            guard low < checkpoints.count else { return nil }
            // A checkpoint may come before the writer has heard of its own commit.
            return max(0, (checkpoints[low].at - entry.at) / .seconds(1))
        }
        let figures = [0.5, 0.99].map { "p\(Int($0 * 100)) \(Int(Measurement.percentile(seconds, $0) * 1_000))" }
        let longest = seconds.max() ?? 0
        print(
            "  \(writers) writer(s): \(figures.joined(separator: ", ")), max \(Int(longest * 1_000)); "
                + "\(seconds.count) entries, \(checkpoints.count) checkpoints"
        )
        return longest
    }
}
