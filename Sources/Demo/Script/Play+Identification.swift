import Foundation

/// No start without identification.
extension Play {
    func identify() async throws {
        begin("Identification: no start without it")
        let client = try present(candidate)
        try await step("The candidate makes an attempt") {
            let answer = try await client.post("v1/exams/\(examID)/attempts")
            try expect(answer, 201)
            attemptID = answer.json["id"].text
            try expect("state", answer.json["state"].text, is: "created")
            let missing = answer.json["identification_missing"].elements.map(\.text)
            try expect("missing", missing, is: ["biometric"])
            return "login is done, the comparison is still missing"
        }
        try await check("Start without showing the face") {
            try await startIsRefused()
        }
        try await check("Somebody else sits at the camera") {
            try await show(.impostorFrame, outcome: "non_match", state: "created")
            return "non-match: the attempt stays closed"
        }
        try await check("Start after the non-match") {
            try await startIsRefused()
        }
        try await check("A photograph answers a liveness challenge") {
            try await holdUpPhotograph()
            return "not confirmed, and not told why"
        }
        try await step("The candidate looks into the camera") {
            try await show(.admissionFrame, outcome: "match", state: "ready_to_start")
            return "match: ready to start"
        }
    }

    /// Answers a liveness challenge with a photograph that does not move.
    private func holdUpPhotograph() async throws {
        let client = try present(candidate)
        let challenge = try await client.post("v1/attempts/\(attemptID)/liveness")
        try expect(challenge, 201)
        let picture = try photograph(.admissionFrame).base64EncodedString()
        let frames = (0..<16).map { number -> JSON in
            ["captured_at_ms": .number(Double(number * 150)), "picture": .string(picture)]
        }
        let answer = try await client.post(
            "v1/attempts/\(attemptID)/liveness/\(challenge.json["id"].text)",
            ["nonce": .string(challenge.json["nonce"].text), "frames": .array(frames)]
        )
        try expect(answer, 201)
        try expect("outcome", answer.json["outcome"].text, is: "inconclusive")
        try expect("reason", answer.json["reason"].text, is: "liveness_not_confirmed")
        try expect("state of the attempt", answer.json["attempt_state"].text, is: "created")
    }

    private func startIsRefused() async throws -> String {
        let answer = try await present(candidate).post("v1/attempts/\(attemptID)/start")
        try expect(answer, 409, "identification_required", fault: "biometric")
        return "refused: \(answer.code)"
    }

    /// Sends a frame and makes sure of the verdict, and that the candidate is told no score.
    func show(_ picture: Picture, outcome: String, state: String) async throws {
        let answer = try await present(candidate).send(
            "POST",
            "v1/attempts/\(attemptID)/frames",
            body: try photograph(picture),
            type: "image/jpeg",
            headers: ["Idempotency-Key": UUID().uuidString]
        )
        try expect(answer, 201)
        findings.comparisons.append(.init(picture: picture, verdict: answer.json))
        try expect("outcome", answer.json["outcome"].text, is: outcome)
        try expect("state of the attempt", answer.json["attempt_state"].text, is: state)
        let told = Set(answer.json.members.keys)
        let mayBeTold: Set = ["identification_id", "outcome", "reason", "advice", "attempt_state"]
        guard told.isSubset(of: mayBeTold) else {
            throw WrongOutcome("the candidate is told \(told.subtracting(mayBeTold).sorted())")
        }
    }
}
