import Foundation

/// Candidates register, and one of them consents and uploads a portrait.
extension Play {
    func admit() async throws {
        begin("Admission: registration under a contract, consents, photo-portrait")
        let cast = findings.cast
        let client = try present(stranger)
        try await step("\(cast.candidate.latin) registers and logs in") {
            let account = try await client.post("v1/accounts", cast.candidate.registration)
            try expect(account, 201)
            candidateID = account.json["id"].text
            candidate = client.loggedIn(try await token(of: cast.candidate))
            return "name and contract number fit the register"
        }
        try await step("\(cast.otherCandidate.latin) registers and logs in") {
            try expect(try await client.post("v1/accounts", cast.otherCandidate.registration), 201)
            otherCandidate = client.loggedIn(try await token(of: cast.otherCandidate))
            return "the same; he is here to be kept out later"
        }
        try await check("Somebody registers under a contract in use") {
            var person = cast.candidate
            person.email = "somebody@example.org"
            let answer = try await client.post("v1/accounts", person.registration)
            try expect(answer, 422, "contract_not_accepted")
            return "refused: \(answer.code)"
        }
        try await check("Portrait before the consent") {
            let answer = try await upload(.portrait)
            try expect(answer, 409, "consent_needed", fault: "biometric")
            return "refused: \(answer.code), not a byte is kept"
        }
        try await step("\(cast.candidate.latin) gives the consents") {
            try await giveConsents()
        }
        try await check("Portrait with the face cut by the edge") {
            let answer = try await upload(.cutPortrait)
            findings.portraitRefusal = answer.json
            try expect(answer, 422, "portrait_refused", fault: "face_cut_by_edge")
            return "refused: \(answer.faults.joined(separator: ", "))"
        }
        try await step("Portrait with the whole face") {
            let answer = try await upload(.portrait)
            try expect(answer, 201)
            return "accepted, sealed with the candidate’s own key"
        }
    }

    /// Gives the consents that a remote exam needs, naming the digests of the texts that were shown.
    private func giveConsents() async throws -> String {
        let client = try present(candidate)
        let texts = try await client.get("v1/consent-texts")
        try expect(texts, 200)
        let wanted = ["personal_data", "biometric"]
        for text in texts.json["texts"].elements where wanted.contains(text["kind"].text) {
            let statement: JSON = ["kind": text["kind"], "version": text["version"], "sha256": text["en"]["sha256"]]
            try expect(try await client.post("v1/me/consents", statement), 200)
        }
        let own = try await client.get("v1/me/consents").json["consents"].elements
        let given = own.filter { $0["in_force"] == .bool(true) }.map { $0["kind"].text }
        try expect("consents in force", given.sorted(), is: wanted.sorted())
        return "read, then given for personal and for biometric data, each by itself"
    }

    private func upload(_ picture: Picture) async throws -> APIAnswer {
        let body = try photograph(picture)
        return try await present(candidate).send("PUT", "v1/me/portrait", body: body, type: "image/jpeg")
    }
}
