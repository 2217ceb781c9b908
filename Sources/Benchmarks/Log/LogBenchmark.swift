import Cryptography
import Foundation
import SQLiteStorage
import Storage
import TransparencyLog

/// `make bench-log`: durable appends to the log beside plain inserts of the same bytes, the time until a
/// checkpoint covers an entry, and fsck of a million entries.
struct LogBenchmark {
    /// The least share of the peer's rate, and the most seconds of fsck, that the project asks for.
    private static let wantedShare = 0.7
    private static let wantedSeconds = 20.0
    /// Many short ones: a disk that others use is slow for seconds at a time, and both sides are to meet that alike.
    private static let rounds = 31

    private let entries: Int
    private let folder: URL

    /// - Parameter words: `--entries N` for fsck, a million by default; `--folder DIR` where the files lie.
    init(_ words: [String]) throws {
        var options = ["--entries": "1000000", "--folder": FileManager.default.temporaryDirectory.path, "--root": ""]
        var rest = words[...]
        while let name = rest.popFirst() {
            guard options[name] != nil, let value = rest.popFirst() else {
                throw BenchmarkError("Usage: Benchmarks log [--entries N] [--folder DIRECTORY]")
            }
            options[name] = value
        }
        entries = Int(options["--entries"] ?? "") ?? 0
        folder = URL(filePath: options["--folder"] ?? "").appending(path: "attestd-bench-\(UUID().uuidString)")
        guard entries > 0 else { throw BenchmarkError("--entries takes a number") }
    }

    func run() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var shares: [Double] = []
        for (writers, each) in [(1, 150), (64, 50)] { shares.append(try await appends(writers, each: each)) }
        let wait = try await CheckpointBenchmark(folder: folder).run()
        let seconds = try await FsckBenchmark(folder: folder, entries: entries).run()
        guard shares.allSatisfy({ $0 >= Self.wantedShare }) else { throw BenchmarkError("Less than 0.7 of the rate") }
        guard wait <= CheckpointBenchmark.wantedSeconds else { throw BenchmarkError("More than 1 s to a checkpoint") }
        guard seconds <= Self.wantedSeconds || entries > 1_000_000 else { throw BenchmarkError("More than 20 s") }
    }

    /// Alternates rounds of both sides; answers the share of our median rate in the peer's.
    private func appends(_ writers: Int, each: Int) async throws -> Double {
        let database = try SQLiteDatabase(file: folder.appending(path: "ours-\(writers).sqlite"))
        let plain = try PlainInserts(file: folder.appending(path: "plain-\(writers).sqlite"))
        var (ours, peer): ([Double], [Double]) = ([], [])
        print("\(writers) writer(s), \(each) durable appends each, \(Self.rounds) rounds in turn; entries a second")
        for round in 0..<Self.rounds {
            let bodies = try Self.bodies(round * writers * each..<(round + 1) * writers * each)
            let rows = bodies.map {
                PlainInserts.Row(
                    kind: $0.kind,
                    milliseconds: LogTimestamp.milliseconds($0.timestamp),
                    body: $0.bytes
                )
            }
            let ourRound = {
                try await Self.rate(writers, bodies) { body in
                    _ = try await database.write { try Log.append([body], to: $0) }
                }
            }
            let peerRound = {
                if writers > 1 { return try await Self.rate(writers, rows) { try await plain.insertShared($0) } }
                let start = ContinuousClock.now
                for row in rows { try plain.insertAlone(row) }
                return Double(rows.count) / Self.seconds(since: start)
            }
            // Who goes first changes from round to round.
            if round.isMultiple(of: 2) {
                ours.append(try await ourRound())
                peer.append(try await peerRound())
            } else {
                peer.append(try await peerRound())
                ours.append(try await ourRound())
            }
        }
        let share = Measurement.percentile(ours, 0.5) / Measurement.percentile(peer, 0.5)
        print("  the log  \(Self.line(ours))\n  plain    \(Self.line(peer))\n  share    \(Self.text(share))\n")
        return share
    }

    private static func rate<Item: Sendable>(
        _ writers: Int,
        _ items: [Item],
        _ write: @escaping @Sendable (Item) async throws -> Void
    ) async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for place in stride(from: writer, to: items.count, by: writers) { try await write(items[place]) }
                }
            }
            try await group.waitForAll()
        }
        return Double(items.count) / seconds(since: start)
    }

    /// Bodies as identifications have them, made before the clock runs.
    static func bodies(_ range: Range<Int>) throws -> [LogBody] {
        try range.map { number in
            try SealedRecord(
                kind: "identification",
                timestamp: Date(timeIntervalSince1970: 1_757_000_000 + Double(number) / 8),
                subject: UUID().uuidString.lowercased(),
                payloadDigest: .hash(utf8: "\(number)"),
                facts: [
                    "method": "biometric", "outcome": "match", "reason": "compared", "moment": "before_start",
                    "attempt": .string(UUID().uuidString.lowercased()),
                    "record": .string(UUID().uuidString.lowercased()),
                    "evidence_sha256": .string(SHA256Digest.hash(utf8: "e\(number)").hex),
                ]
            ).body()
        }
    }

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let passed = start.duration(to: .now).components
        return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
    }

    static func text(_ number: Double) -> String { String(format: "%.2f", number) }

    private static func line(_ rates: [Double]) -> String {
        let median = Int(Measurement.percentile(rates, 0.5))
        let quartiles = [0.25, 0.75].map { "\(Int(Measurement.percentile(rates, $0)))" }
        return "median \(median), quartiles \(quartiles.joined(separator: " and "))"
    }
}
