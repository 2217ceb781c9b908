import Foundation

/// An exam that hundreds of candidates sit, each with a portrait, and what they and their examiners send.
final class WallHall: @unchecked Sendable {
    let daemon: BenchmarkDaemon
    let exam: String
    let examiner: String
    private let frame: Data
    // Filled while it is made, and only read afterwards.
    private var sittings: [(token: String, attempt: String, firstFrame: String)] = []

    init(_ daemon: BenchmarkDaemon, candidates: Int, portrait: URL, frame: URL) throws {
        self.daemon = daemon
        self.frame = try Data(contentsOf: frame)
        let portrait = try Data(contentsOf: portrait)
        let emails = (0..<candidates).map { "candidate\($0)@example.org" }
        try daemon.register(emails)
        let connection = try LoopbackConnection(port: daemon.port)
        exam = try daemon.publishExam(
            bank: "::Вопрос::Опишите порядок. {}\n\n",
            questions: 1,
            identification: ["electronic", "biometric"],
            on: connection
        )
        examiner = try daemon.logIn("examiner@example.org", on: connection)
        let consents = try ["personal_data", "biometric"].map { try daemon.consentForm($0, on: connection) }
        for (number, email) in emails.enumerated() {
            let token = try daemon.logIn(email, on: connection)
            for consent in consents {
                _ = try daemon.call("POST", "/v1/me/consents", token: token, consent, on: connection)
            }
            try send(portrait, number, "PUT", "/v1/me/portrait", token, on: connection)
            let attempt = try daemon.call("POST", "/v1/exams/\(exam)/attempts", token: token, on: connection).text("id")
            let first = try send(self.frame, number, "POST", "/v1/attempts/\(attempt)/frames", token, on: connection)
            _ = try daemon.call("POST", "/v1/attempts/\(attempt)/start", token: token, on: connection)
            sittings.append((token, attempt, first.text("identification_id")))
            if (number + 1) % 50 == 0 { print("  \(number + 1) of \(candidates)") }
        }
    }

    @discardableResult
    private func send(
        _ picture: Data,
        _ number: Int,
        _ method: String,
        _ target: String,
        _ token: String,
        on connection: LoopbackConnection
    ) throws -> LoopbackConnection.Answer {
        let bytes = Self.request(method, target, token, Self.made(unlike: number, picture))
        let answer = try connection.exchange(bytes)
        guard (200...201).contains(answer.status) else {
            throw BenchmarkError(
                "\(method) \(target): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))"
            )
        }
        return answer
    }

    /// Frames of all candidates, who begin spread by chance.
    func frames(every: Double, for duration: Double) -> [ExamLoad.Request] {
        var requests: [ExamLoad.Request] = []
        var serial = sittings.count
        for (number, sitting) in sittings.enumerated() {
            var due = Double.random(in: 0..<every)
            while due < duration {
                serial += 1
                let target = "/v1/attempts/\(sitting.attempt)/frames"
                let bytes = Self.request("POST", target, sitting.token, Self.made(unlike: serial, frame))
                requests.append(ExamLoad.Request(due: due, candidate: number, bytes: bytes))
                due += every
            }
        }
        return requests
    }

    /// What the walls of so many examiners ask for: the page of tiles, the load, and pictures of those in view.
    func looks(of examiners: Int, for duration: Double) -> [ExamLoad.Request] {
        var requests: [ExamLoad.Request] = []
        for examiner in 0..<examiners {
            func ask(_ target: String, at due: Double) {
                let bytes = LoopbackConnection.request("GET", target, token: self.examiner)
                requests.append(ExamLoad.Request(due: due, candidate: sittings.count + examiner, bytes: bytes))
            }
            let offset = Double(examiner) / Double(examiners)
            for due in stride(from: offset, to: duration, by: 15) { ask("/v1/exams/\(exam)/wall?limit=300", at: due) }
            for due in stride(from: offset, to: duration, by: 5) { ask("/v1/comparison-load", at: due) }
            for (number, due) in stride(from: offset, to: duration, by: 0.25).enumerated() {
                let sitting = sittings[(number * examiners + examiner) % sittings.count]
                ask("/v1/attempts/\(sitting.attempt)/identifications/\(sitting.firstFrame)/pictures/1", at: due)
            }
        }
        return requests
    }

    private static func request(_ method: String, _ target: String, _ token: String, _ picture: Data) -> Data {
        let head =
            "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n"
            + "Content-Type: image/jpeg\r\nContent-Length: \(picture.count)\r\n\r\n"
        return Data(head.utf8) + picture
    }

    /// The same picture in other bytes: with a comment (ITU-T T.81, B.2.4.5) behind the start of the image.
    private static func made(unlike number: Int, _ picture: Data) -> Data {
        let text = String(format: "%08d", number)
        return picture.prefix(2) + Data([0xFF, 0xFE, 0, UInt8(2 + text.utf8.count)]) + Data(text.utf8)
            + picture.dropFirst(2)
    }
}

/// Asks once a second how many pictures wait, on a thread of its own.
final class WallWatch: @unchecked Sendable {
    private let hall: WallHall
    private let lock = NSLock()
    // Guarded by `lock`.
    private var most = 0
    private var state = ""
    private var isOver = false
    private let done = DispatchSemaphore(value: 0)

    init(_ hall: WallHall) {
        self.hall = hall
        Thread.detachNewThread { [self] in
            let connection = try? LoopbackConnection(port: hall.daemon.port, from: 0x06_0001)
            while !lock.withLock({ isOver }) {
                look(connection)
                Thread.sleep(forTimeInterval: 0.25)
            }
            look(connection)
            done.signal()
        }
    }

    private func look(_ connection: LoopbackConnection?) {
        struct Load: Decodable {
            var state: String
            var waiting: Int
        }
        let request = LoopbackConnection.request("GET", "/v1/comparison-load", token: hall.examiner)
        guard let body = try? connection?.exchange(request).body,
            let load = try? JSONDecoder().decode(Load.self, from: body)
        else { return }
        lock.withLock {
            most = max(most, load.waiting)
            state = load.state
        }
    }

    /// The most that were seen to wait, and what the service says now.
    func end() -> (mostWaiting: Int, state: String) {
        lock.withLock { isOver = true }
        done.wait()
        return lock.withLock { (most, state) }
    }
}
