import Foundation
import Glibc

/// `exam --root DIRECTORY [--candidates N] [--seconds N]`: a thousand candidates start within one second and save an
/// answer every ten seconds each; then the daemon is killed in the middle of it, and whatever it had acknowledged must be
/// there after a new start.
struct ExamBenchmark {
    private static let questions = 30
    private static let startsWithin = 1.0
    private static let savesEvery = 10.0

    private let root: URL
    private let candidates: Int
    private let seconds: Double

    init(_ words: [String]) throws {
        var values: [String: String] = [:]
        for pair in stride(from: 0, to: words.count - 1, by: 2) { values[words[pair]] = words[pair + 1] }
        guard words.count % 2 == 0, Set(values.keys).isSubset(of: ["--root", "--candidates", "--seconds"]),
            let root = values["--root"], let candidates = Int(values["--candidates"] ?? "1000"), candidates > 0,
            let seconds = Double(values["--seconds"] ?? "65"), seconds >= 1
        else { throw BenchmarkError("exam --root DIRECTORY [--candidates N] [--seconds N]") }
        self.root = URL(filePath: root)
        self.candidates = candidates
        self.seconds = seconds
    }

    private struct Sitting {
        var token: String
        var attempt: String
    }

    func run() throws {
        print("\npreparing the exam: a daemon, \(candidates) candidates who log in (two password hashes each)")
        let daemon = try BenchmarkDaemon(root: root, name: "exam")
        defer { daemon.end() }
        let limit = try SyncLimit(folder: daemon.folder).measure(seconds: 2)
        let sittings = try prepare(daemon)

        print("\(candidates) start within \(Int(Self.startsWithin)) s, then each saves every \(Int(Self.savesEvery)) s")
        let load = try ExamLoad(port: daemon.port, candidates: candidates)
        let starts = try load.run(startRequests(sittings))
        let plan = saveRequests(sittings)
        // In the middle of the last round: saves are on their way.
        let saves = try load.run(plan.map(\.request), end: (seconds, daemon.killAtOnce))
        let after = try SyncLimit(folder: daemon.folder).measure(seconds: 2)

        try daemon.start()
        let kept = try check(saves, plan, sittings, daemon)
        report(starts, saves, limits: [limit, after], kept: kept)
        guard (starts + saves).allSatisfy({ $0.status == 200 }) else {
            throw BenchmarkError("not every answer was 200")
        }
    }

    private func prepare(_ daemon: BenchmarkDaemon) throws -> [Sitting] {
        let emails = (0..<candidates).map { "candidate\($0)@example.org" }
        try daemon.register(emails)
        let connection = try LoopbackConnection(port: daemon.port)
        let bank = (0..<2 * Self.questions)
            .map { "::Вопрос \($0)::Опишите, как служба проверяет личность (часть \($0)). {}\n\n" }.joined()
        let exam = try daemon.publishExam(bank: bank, questions: Self.questions, on: connection)
        let consent = try daemon.consentForm(on: connection)
        return try emails.map { email in
            let (token, attempt) = try daemon.admit(email, to: exam, consent: consent, on: connection)
            return Sitting(token: token, attempt: attempt)
        }
    }

    private func startRequests(_ sittings: [Sitting]) -> [ExamLoad.Request] {
        sittings.enumerated().map { number, sitting in
            ExamLoad.Request(
                due: Self.startsWithin * Double(number) / Double(sittings.count),
                candidate: number,
                bytes: LoopbackConnection.request("POST", "/v1/attempts/\(sitting.attempt)/start", token: sitting.token)
            )
        }
    }

    /// A save, and what it is of.
    private struct Save {
        var request: ExamLoad.Request
        var item: Int
        var text: String
    }

    /// The essay grows from save to save; every third one goes on to the next item. The candidates' first saves are
    /// spread by chance over the ten seconds, their next ones follow with a second more or less.
    private func saveRequests(_ sittings: [Sitting]) -> [Save] {
        var random = SystemRandomNumberGenerator()
        var saves: [Save] = []
        for (number, sitting) in sittings.enumerated() {
            var due = Double.random(in: 0..<Self.savesEvery, using: &random)
            var turn = 0
            // Beyond the end, so that it comes while saves are on their way.
            while due < seconds + 5 {
                let item = 1 + turn / 3 % Self.questions
                let sentence = "Кандидат показывает лицо, служба сравнивает его с портретом и ведёт журнал. "
                let text = String(repeating: sentence, count: 4 * (1 + turn % 3)) + "Запись \(turn)."
                let body = #"{"type":"essay","text":"\#(text)"}"#
                let target = "/v1/attempts/\(sitting.attempt)/answers/\(item)"
                let bytes = LoopbackConnection.request("PUT", target, token: sitting.token, body)
                saves.append(
                    Save(request: ExamLoad.Request(due: due, candidate: number, bytes: bytes), item: item, text: text)
                )
                due += Self.savesEvery + Double.random(in: -1...1, using: &random)
                turn += 1
            }
        }
        return saves.sorted { $0.request.due < $1.request.due }
    }

    /// Looks for every acknowledged save; answers how many there were.
    ///
    /// - Throws: `BenchmarkError` where one is lost.
    private func check(
        _ replies: [ExamLoad.Reply],
        _ plan: [Save],
        _ sittings: [Sitting],
        _ daemon: BenchmarkDaemon
    ) throws -> Int {
        struct Saved: Decodable {
            struct Answer: Decodable { var text: String }
            var number: Int
            var version: Int
            var answer: Answer
        }
        struct List: Decodable { var answers: [Saved] }
        var stored: [Int: [Int: Saved]] = [:]
        let connection = try LoopbackConnection(port: daemon.port)
        for (number, sitting) in sittings.enumerated() {
            let target = "/v1/attempts/\(sitting.attempt)/answers"
            let body = try daemon.call("GET", target, token: sitting.token, on: connection).body
            let list = try JSONDecoder().decode(List.self, from: body).answers
            stored[number] = Dictionary(uniqueKeysWithValues: list.map { ($0.number, $0) })
        }
        for reply in replies where reply.status == 200 {
            let save = plan[reply.request]
            let acknowledged = try JSONDecoder().decode(Saved.self, from: reply.body)
            guard let found = stored[save.request.candidate]?[save.item], found.version >= acknowledged.version,
                found.version > acknowledged.version || found.answer.text == save.text
            else {
                throw BenchmarkError("an acknowledged save is lost: item \(save.item), version \(acknowledged.version)")
            }
        }
        return replies.count
    }

    private func report(
        _ starts: [ExamLoad.Reply],
        _ saves: [ExamLoad.Reply],
        limits: [Double],
        kept: Int
    ) {
        func cell(_ text: String) -> String { String(repeating: " ", count: max(1, 10 - text.count)) + text }
        func row(_ name: String, _ cells: [String]) {
            print("  \(name.padding(toLength: 24, withPad: " ", startingAt: 0))\(cells.map(cell).joined())")
        }
        print(
            "\nMilliseconds from when a request was due until its answer was there (aim: 99 % of the saves under 100):"
        )
        row("", ["median", "95th pc.", "99th pc.", "longest", "number"])
        for (name, replies) in [("start", starts), ("save an answer", saves)] {
            let times = replies.map(\.milliseconds)
            let shown = [0.5, 0.95, 0.99, 1].map { String(format: "%.1f", Measurement.percentile(times, $0)) }
            row(name, shown + ["\(times.count)"])
        }
        let shown = limits.map { String(format: "%.0f", $0) }.joined(separator: " and ")
        print(
            """
            \(String(format: "%.0f", Double(saves.count) / seconds)) saves a second came in. One after the other, this \
            disk makes \(shown) writes a second durable (8 KiB and fdatasync, before and after).
            The daemon was killed after \(Int(seconds)) s; all \(kept) saves that it had acknowledged are there.
            """
        )
    }
}

/// How many small writes a second the disk makes durable, one after the other: the limit of commits that nobody shares.
struct SyncLimit {
    let folder: URL

    func measure(seconds: Double) throws -> Double {
        let file = folder.appending(path: "sync-limit")
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw BenchmarkError("cannot write to \(folder.path)")
        }
        defer { try? FileManager.default.removeItem(at: file) }
        let handle = try FileHandle(forWritingTo: file)
        let page = Data(repeating: 7, count: 8_192)
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        while clock.now - start < .seconds(seconds) {
            try handle.write(contentsOf: page)
            guard fdatasync(handle.fileDescriptor) == 0 else { throw BenchmarkError("fdatasync: \(errno)") }
            count += 1
        }
        return Double(count) / ((clock.now - start) / .seconds(1))
    }
}
