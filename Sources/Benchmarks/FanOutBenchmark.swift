import Foundation

/// `events --root DIRECTORY [--subscribers N] [--seconds N] [--rounds N]`: session events to thousands of subscribers of
/// one daemon, beside nginx with nchan, which sends the same bytes to as many; then all break off and come back.
struct FanOutBenchmark {
    private static let eventsPerSecond = 10.0

    private let root: URL
    private let subscribers: Int
    private let seconds: Double
    private let rounds: Int

    init(_ words: [String]) throws {
        var values: [String: String] = [:]
        for pair in stride(from: 0, to: words.count - 1, by: 2) { values[words[pair]] = words[pair + 1] }
        guard words.count % 2 == 0,
            Set(values.keys).isSubset(of: ["--root", "--subscribers", "--seconds", "--rounds"]),
            let root = values["--root"], let subscribers = Int(values["--subscribers"] ?? "2000"), subscribers > 0,
            let seconds = Double(values["--seconds"] ?? "10"), seconds >= 1,
            let rounds = Int(values["--rounds"] ?? "3"), rounds >= 1
        else { throw BenchmarkError("events --root DIRECTORY [--subscribers N] [--seconds N] [--rounds N]") }
        self.root = URL(filePath: root)
        self.subscribers = subscribers
        self.seconds = seconds
        self.rounds = rounds
    }

    /// One of the two services, with its subscribers.
    private final class Side {
        let name: String
        let subscribers: EventSubscribers
        let publisher: EventPublisher
        let memory: () -> Int
        var latencies: [[Double]] = []
        var missed = 0
        var repeated = 0
        var perSubscriber = 0
        var comeback = 0.0

        init(_ name: String, _ subscribers: EventSubscribers, _ publisher: EventPublisher, memory: @escaping () -> Int)
        {
            self.name = name
            self.subscribers = subscribers
            self.publisher = publisher
            self.memory = memory
        }
    }

    func run() throws {
        DescriptorLimit.raise()
        print("\npreparing a daemon with an attempt under way, and nginx with nchan")
        let daemon = try BenchmarkDaemon(root: root, name: "events")
        defer { daemon.end() }
        let nchan = try NchanPeer(root: root)
        defer { nchan.end() }
        let sides = [try service(daemon), try peer(nchan)]

        for side in sides {
            let before = side.memory()
            try side.subscribers.connect(subscribers)
            side.perSubscriber = (side.memory() - before) / subscribers
            print("\(subscribers) subscribers of \(side.name) are connected")
        }
        // The first event of each warms up, and gives everybody an identifier to come back with.
        for side in sides { _ = try round(side, events: 3) }
        for number in 1...rounds {
            for side in sides {
                print("round \(number) of \(rounds): \(side.name)")
                let result = try round(side, events: Int(seconds * Self.eventsPerSecond))
                side.latencies.append(result.latencies)
                side.missed += result.missed
                side.repeated += result.repeated
            }
        }
        for side in sides { try storm(side) }
        report(sides)
        guard sides[0].missed == 0, sides[0].repeated == 0 else {
            throw BenchmarkError("\(sides[0].missed) events were missed, \(sides[0].repeated) came twice")
        }
    }

    private func service(_ daemon: BenchmarkDaemon) throws -> Side {
        try daemon.register(["candidate@example.org"])
        let connection = try LoopbackConnection(port: daemon.port)
        let exam = try daemon.publishExam(bank: "::Вопрос::Опишите порядок. {}\n\n", questions: 1, on: connection)
        let consent = try daemon.consentForm(on: connection)
        let (token, attempt) = try daemon.admit("candidate@example.org", to: exam, consent: consent, on: connection)
        _ = try daemon.call("POST", "/v1/attempts/\(attempt)/start", token: token, on: connection)
        let examiner = try daemon.logIn("examiner@example.org", on: connection)
        let subscribers = EventSubscribers(port: daemon.port) { last in
            Self.get("/v1/exams/\(exam)/events/stream", last, "Authorization: Bearer \(examiner)")
        }
        let publisher = try EventPublisher(port: daemon.port) { number in
            LoopbackConnection.request(
                "POST",
                "/v1/attempts/\(attempt)/events",
                token: token,
                #"{"type":"client.window_focused","facts":{"n":"\#(number)"}}"#
            )
        }
        return Side("attestd", subscribers, publisher) { daemon.residentBytes }
    }

    private func peer(_ nchan: NchanPeer) throws -> Side {
        let subscribers = EventSubscribers(port: nchan.port) { last in Self.get("/events", last) }
        let publisher = try EventPublisher(port: nchan.port) { number in
            // As long as an event of the service.
            let event =
                #"{"data":{"exam_id":"019e0000-0000-7000-8000-000000000000","facts":{"n":"\#(number)"},"#
                + #""reported_by":"client","severity":"ordinary"},"id":"019e0000-0000-7000-8000-000000000000","#
                + #""index":100000,"source":"urn:attestd:attempt:019e0000-0000-7000-8000-000000000000","#
                + #""specversion":"1.0","subject":"019e0000-0000-7000-8000-000000000000","#
                + #""time":"2026-01-01T00:00:00.000Z","type":"attestd.client.window_focused"}"#
            return LoopbackConnection.request("POST", "/publish", token: nil, type: "application/json", event)
        }
        return Side("nchan", subscribers, publisher) { nchan.memory }
    }

    private static func get(_ path: String, _ last: String?, _ more: String...) -> Data {
        // By HTTP/1.0 nothing stands between the lines: chunks begin with lines of their own.
        var lines = ["GET \(path) HTTP/1.0", "Host: localhost", "Accept: text/event-stream"] + more
        if let last, !last.isEmpty { lines.append("Last-Event-ID: \(last)") }
        return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private func round(_ side: Side, events: Int) throws -> EventSubscribers.Round {
        let first = side.publisher.posted.count
        side.publisher.start(events, perSecond: Self.eventsPerSecond)
        let round = try side.subscribers.take(first..<(first + events), posted: { side.publisher.posted })
        try side.publisher.finish()
        return round
    }

    /// All break off while events go on, and come back each behind the last event it got.
    private func storm(_ side: Side) throws {
        let events = Int(3 * Self.eventsPerSecond)
        side.publisher.start(events, perSecond: Self.eventsPerSecond)
        side.comeback = try side.subscribers.reconnect(untilAllHave: { side.publisher.posted.count - 1 })
        try side.publisher.finish()
        let last = side.publisher.posted.count - 1
        try side.subscribers.wait(untilAllHave: last)
        let gaps = side.subscribers.gaps(upTo: last)
        side.missed += gaps.missed
        side.repeated += gaps.repeated
    }

    private func report(_ sides: [Side]) {
        func cell(_ text: String) -> String { String(repeating: " ", count: max(1, 12 - text.count)) + text }
        func row(_ name: String, _ cells: [String]) {
            print("  \(name.padding(toLength: 12, withPad: " ", startingAt: 0))\(cells.map(cell).joined())")
        }
        print(
            """

            Milliseconds from when an event was posted until a subscriber had it (\(subscribers) subscribers, \
            \(Int(Self.eventsPerSecond)) events a second, \(rounds) rounds of \(Int(seconds)) s in turn; what attestd \
            sends is on disk before):
            """
        )
        row("", ["median", "95th pc.", "99th pc.", "longest", "missed", "twice", "KiB each", "back after s"])
        for side in sides {
            let all = side.latencies.flatMap { $0 }
            let times = [0.5, 0.95, 0.99, 1].map { String(format: "%.1f", Measurement.percentile(all, $0)) }
            row(
                side.name,
                times + [
                    "\(side.missed)", "\(side.repeated)", "\(side.perSubscriber / 1_024)",
                    String(format: "%.1f", side.comeback),
                ]
            )
        }
        let ratios = zip(sides[0].latencies, sides[1].latencies).map {
            Measurement.percentile($0, 0.99) / Measurement.percentile($1, 0.99)
        }
        let shown = ratios.map { String(format: "%.2f", $0) }.joined(separator: ", ")
        print("99th percentile of attestd ÷ nchan, round by round: \(shown) (aim: at most 1.5)")
    }
}
