import Foundation

/// Candidates register, and one of them uploads a portrait.
extension Play {
    func admit() async throws {
        begin("Admission: registration under a contract, photo-portrait")
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

    private func upload(_ picture: Picture) async throws -> APIAnswer {
        let body = try photograph(picture)
        return try await present(candidate).send("PUT", "v1/me/portrait", body: body, type: "image/jpeg")
    }
}
