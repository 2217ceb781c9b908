import Foundation

/// What the examiner does.
extension Play {
    func publish() async throws {
        begin("The exam is made: what the examiner does")
        let discipline = "Информационная безопасность"
        let client = try present(examiner)
        try await step("A question bank is imported (Moodle GIFT)") {
            let answer = try await client.send(
                "POST",
                "v1/question-banks/\(discipline)/imports",
                body: try Data(contentsOf: options.questionBank),
                type: "text/plain"
            )
            try expect(answer, 200)
            try expect("questions read", answer.json["read"].integer, is: 24)
            try expect("questions not read", answer.json["not_read"].integer, is: 0)
            return "24 questions of 6 types read, none lost"
        }
        try await step("An exam is published") {
            let topics = [
                "Основы информационной безопасности", "Криптографическая защита информации", "Безопасность сетей",
            ]
            findings.examTitle = "Информационная безопасность: экзамен"
            let answer = try await client.post(
                "v1/exams",
                [
                    "title": .string(findings.examTitle),
                    "discipline": .string(discipline),
                    "opens_at": .string(Self.time(-3600)),
                    "closes_at": .string(Self.time(86_400)),
                    "duration_seconds": 2700,
                    "sections": .array(topics.map { ["topic": .string($0), "count": 2] }),
                    // The actors of this play are photographs, which no liveness challenge lets through: see below.
                    "liveness": false,
                ],
                headers: ["Idempotency-Key": UUID().uuidString]
            )
            try expect(answer, 201)
            examID = answer.json["id"].text
            findings.secretDigest = answer.json["secret_sha256"].text
            try expect("items", answer.json["items"].integer, is: 6)
            return "3 topics, 2 questions each; the draw is committed to"
        }
        try await step("The examiner follows its events live") {
            let follower = EventFollower(client: client, examID: examID)
            self.follower = follower
            try await follower.connect()
            return "server-sent events, connected"
        }
    }

    private static func time(_ secondsFromNow: TimeInterval) -> String {
        Date(timeIntervalSinceNow: secondsFromNow).formatted(.iso8601)
    }
}
