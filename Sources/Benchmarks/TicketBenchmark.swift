import Attestation
import Cryptography
import Foundation
import Glibc
import QuestionBank

/// `make bench-tickets`: 100 000 tickets of 30 questions from a bank of 20 000, with the record of each, on one core,
/// beside a naive draw in Python that does the same work: choose, mix, write JSON, hash.
struct TicketBenchmark {
    private static let bankSize = 20_000
    private static let tickets = 100_000
    private let root: URL

    init(_ words: [String]) throws {
        guard words.count == 2, words[0] == "--root" else {
            throw BenchmarkError("Usage: Benchmarks tickets --root DIRECTORY")
        }
        root = URL(filePath: words[1])
    }

    func run() throws {
        print("\(Self.tickets) tickets of 30 questions from a bank of \(Self.bankSize), one thread\n")
        let ours = try [1, 100].map { try deal(sets: $0) }
        let peer = try peerSeconds()
        print("\nPython \(peer.version), random.sample + json.dumps + hashlib: \(Self.text(peer.seconds)) s")
        for (sets, seconds) in zip([1, 100], ours) {
            let times = Self.text(peer.seconds / seconds)
            print("attestd, \(sets) set(s): \(Self.text(seconds)) s, \(times) times as fast")
        }
        guard ours.allSatisfy({ $0 < 10 }) else { throw BenchmarkError("More than 10 s") }
    }

    /// Plans, deals all tickets evenly over the sets, writes and hashes each record; answers the seconds of the dealing.
    private func deal(sets: Int) throws -> Double {
        let bank = (0..<Self.bankSize).map { number in
            QuestionSummary(
                id: UUID(),
                topic: "Тема \(number % 10)",
                type: .singleChoice,
                difficulty: 1 + number / 10 % 5,
                optionCount: 4
            )
        }
        let blueprint = Blueprint(
            sections: (0..<10).map { BlueprintSection(topic: "Тема \($0)", count: 3) },
            durationSeconds: 3_600
        )
        let secret = Data((0..<32).map { _ in UInt8.random(in: 0...255) })
        let exam = UUID()
        let seeds = try (0..<Self.tickets).map { _ in
            try TicketSeed.derive(examSecret: secret, examID: exam, attemptID: UUID())
        }
        let planning = Self.processorSeconds()
        let planner = TicketPlanner(
            blueprint: blueprint,
            bank: bank,
            sets: (1...sets).map { TicketSet(groups: ["\($0)"]) }
        )
        let plan = try planner.plan(examID: exam, secret: secret)
        let dealer = try TicketDealer(plan: plan, secret: secret)
        let start = Self.processorSeconds()
        var bytes = 0
        var last: SHA256Digest?
        for (number, seed) in seeds.enumerated() {
            let ticket = try dealer.ticket(set: number % sets, place: number / sets, seed: seed)
            let record = ticket.canonicalBytes()
            bytes += record.count
            last = SHA256Digest.hash(record)
        }
        let seconds = Self.processorSeconds() - start
        let rate = Self.text(Double(Self.tickets) / seconds)
        print(
            "\(sets) set(s): plan in \(Self.text(start - planning)) s, \(try plan.canonicalBytes().count / 1_024) KiB; "
                + "tickets with records in \(Self.text(seconds)) s (\(rate) a second, "
                + "\(bytes / Self.tickets) bytes each, last \(last?.hex.prefix(8) ?? "-"))"
        )
        return seconds
    }

    private struct Peer: Decodable {
        var seconds: Double
        var version: String
    }

    private func peerSeconds() throws -> Peer {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            root.appending(path: "Sources/Benchmarks/Peers/tickets.py").path, String(Self.bankSize),
            String(Self.tickets),
        ]
        process.standardOutput = output
        try process.run()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError("the peer failed") }
        return try JSONDecoder().decode(Peer.self, from: answer)
    }

    /// The processor time of this process: others on the machine do not count.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func text(_ number: Double) -> String { String(format: number < 100 ? "%.2f" : "%.0f", number) }
}
