import Foundation

/// The candidate takes the consent back, and everything that was taken of the face goes.
extension Play {
    func withdraw() async throws {
        begin("Withdrawal: what was taken of the face goes, the record stays")
        let officer = try present(complianceOfficer)
        try await check("The candidate withdraws the consent") {
            let answer = try await present(candidate).post("v1/me/consents/biometric/withdrawal")
            try expect(answer, 200)
            return "from now on no picture is taken"
        }
        try await check("The erasure that follows") {
            var erasure = JSON.null
            try await Wait.until("the erasure is completed") {
                erasure = try await officer.get("v1/erasures").json["erasures"].elements.first ?? .null
                return erasure["state"].text == "completed"
            }
            let destroyed = erasure["destroyed"]
            try expect("portraits", destroyed["portraits"].integer, is: 1)
            // One more than the frames shown: the photograph that answered the liveness challenge.
            try expect("records without measurements", destroyed["records"].integer, is: findings.comparisons.count + 1)
            return "\(destroyed["files"].integer ?? 0) files gone; key, portrait and template destroyed"
        }
        try await check("The outcomes are still on record") {
            let answer = try await officer.get("v1/identifications", ["attempt": attemptID])
            let outcomes = answer.json["identifications"].elements.filter { $0["comparison"] == .null }
            try expect("records", outcomes.count, is: findings.comparisons.count + 1)
            return "\(outcomes.count) records with outcome and reason, without a score"
        }
        try await check("attestd log verify, after the erasure") {
            let run = try await daemon.command(["log", "verify"])
            guard run.status == 0 else { throw WrongOutcome("\(run.output)\(run.complaints)") }
            return "still sound"
        }
    }
}
