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
        try await step("The candidate looks into the camera") {
            try await show(.admissionFrame, outcome: "match", state: "ready_to_start")
            return "match: ready to start"
        }
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
