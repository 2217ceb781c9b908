import Foundation

/// The exam itself: ticket, frames, answers, grade; meanwhile the examiner's stream breaks and resumes.
extension Play {
    func examine() async throws {
        begin("The exam")
        let client = try present(candidate)
        let follower = try present(follower)
        try await step("The examiner’s event stream is cut") {
            // Made, non-match, match, ready to start.
            try await Wait.until("four events have arrived") { follower.arrivals.count >= 4 }
            follower.cut()
            findings.eventsBeforeCut = follower.arrivals.count
            return "after event \(follower.lastIndex ?? 0); what happens now is missed"
        }
        try await step("The candidate starts") {
            let answer = try await client.post("v1/attempts/\(attemptID)/start")
            try expect(answer, 200)
            try expect("state", answer.json["state"].text, is: "started")
            return "the ticket is drawn, the clock runs (45 min)"
        }
        try await step("The candidate reads the ticket") {
            let answer = try await client.get("v1/attempts/\(attemptID)/ticket")
            try expect(answer, 200)
            let items = answer.json["items"].elements.map { TicketItem($0) }
            try expect("items", items.count, is: 6)
            for name in ["weight", "feedback", "is_true", "tolerance", "\"key\""]
            where String(decoding: answer.body, as: UTF8.self).contains(name) {
                throw WrongOutcome("the ticket tells what is right: \(name)")
            }
            findings.answers = try AnswerSheet(ticket: items).answers
            return "6 items; nothing in it tells what is right"
        }
        try await check("A frame in the middle of the exam") {
            try await show(.examFrame, outcome: "match", state: "started")
            return "match: still the same person"
        }
        try await step("The stream resumes (Last-Event-ID)") {
            let last = follower.lastIndex ?? 0
            try await follower.connect()
            // Started, and the frame.
            try await Wait.until("the missed events have arrived") {
                follower.arrivals.count >= findings.eventsBeforeCut + 2
            }
            return "goes on behind event \(last): 2 missed events caught up"
        }
        try await check("The device reports another window") {
            try await report("client.window_blurred")
            try await report("client.window_focused")
            return "told twice, stored once (Idempotency-Key)"
        }
        try await saveAnswers(client)
        try await check("The other candidate tries this attempt") {
            try await otherIsKeptOut()
        }
        try await handIn(client)
    }

    private func report(_ type: String) async throws {
        let client = try present(candidate)
        let key = UUID().uuidString
        var identifiers: Set<String> = []
        for _ in 1...2 {
            let answer = try await client.post(
                "v1/attempts/\(attemptID)/events",
                ["type": .string(type)],
                headers: ["Idempotency-Key": key]
            )
            try expect(answer, 201)
            identifiers.insert(answer.json["id"].text)
        }
        try expect("events stored", identifiers.count, is: 1)
    }

    private func saveAnswers(_ client: APIClient) async throws {
        try await step("Six answers, one of them wrong on purpose") {
            for given in findings.answers {
                let answer = try await client.put("v1/attempts/\(attemptID)/answers/\(given.item.number)", given.answer)
                try expect(answer, 200)
                try expect("version", answer.json["version"].integer, is: 1)
            }
            return "each is saved at once"
        }
    }

    private func otherIsKeptOut() async throws -> String {
        let other = try present(otherCandidate)
        for path in ["", "/ticket", "/answers", "/events"] {
            try expect(try await other.get("v1/attempts/\(attemptID)\(path)"), 403)
        }
        try expect(try await other.post("v1/attempts/\(attemptID)/submit"), 403)
        let answer: JSON = ["type": "truth", "value": true]
        try expect(try await other.put("v1/attempts/\(attemptID)/answers/1", answer), 403)
        return "refused six times out of six (HTTP 403)"
    }

    private func handIn(_ client: APIClient) async throws {
        let expected = try AnswerSheet(ticket: findings.answers.map(\.item)).expected
        try await step("The candidate hands in") {
            let answer = try await client.post("v1/attempts/\(attemptID)/submit")
            try expect(answer, 200)
            let result = answer.json["result"]
            findings.result = result
            try expect("points", Hundredths.of(result["points"].text), is: expected.awarded)
            try expect("maximum", Hundredths.of(result["maximum"].text), is: expected.maximum)
            try expect("percent", result["percent"].integer, is: expected.percent)
            try expect("grade", result["grade"].text, is: expected.grade)
            let points = "\(Hundredths.text(expected.awarded)) of \(Hundredths.text(expected.maximum)) points"
            return "\(points), “\(expected.grade)”: as computed beforehand"
        }
        try await check("The candidate changes an answer afterwards") {
            let given = try present(findings.answers.first)
            let answer = try await client.put("v1/attempts/\(attemptID)/answers/\(given.item.number)", given.answer)
            try expect(answer, 409, "attempt_closed")
            return "refused: \(answer.code); the try is recorded"
        }
    }
}
