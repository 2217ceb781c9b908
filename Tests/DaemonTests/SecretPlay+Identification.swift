import Foundation
import TestSupport
import Testing

/// Identification by face and by document.
extension SecretPlay {
    func identify(_ candidate: Client, _ officer: Client) async throws {
        let attempt = try await biometric(candidate)
        try await liveness(candidate, attempt)
        try await visual(candidate, attempt, officer)
        let started = try await candidate.post("/v1/attempts/\(attempt)/start")
        #expect(started.json["state"] == "started", "\(started.text)")
        let administrator = try await logIn("administrator.needle@example.org", Self.staffPassword)
        let allowed = try await administrator.post(
            "/v1/attempts/\(attempt)/identification-override",
            ["reason": "камера Алевтины сломана"]
        )
        #expect(allowed.status == 200, "\(allowed.text)")
        let demanded = try await administrator.post(
            "/v1/attempts/\(attempt)/demands",
            ["subject": "workplace", "message": "покажите стол слева, где лампа"]
        )
        #expect(demanded.status == 201, "\(demanded.text)")
        try await noteScores(of: attempt, officer)
    }

    private func biometric(_ candidate: Client) async throws -> String {
        let administrator = try await logIn("administrator.needle@example.org", Self.staffPassword)
        let bank = Data("::Соль::Соль пароля хранят в тайне. {FALSE}\n".utf8)
        _ = try await administrator.post("/v1/question-banks/IB/imports", type: "text/plain", bank)
        let published = try await administrator.post(
            "/v1/exams",
            [
                "title": "Экзамен", "discipline": "IB", "duration_seconds": 3_600, "sections": [["count": 1]],
                "opens_at": .string((Date() - 60).formatted(.iso8601)),
                "closes_at": .string((Date() + 86_400).formatted(.iso8601)),
                "identification_policy": [
                    "any_of": [["electronic", "biometric", "visual"]], "liveness": false,
                    "visual_replaces_biometric": false,
                ],
            ]
        )
        let exam = try #require(published.json["id"].string, "\(published.text)")
        let portrait = try await candidate.put("/v1/me/portrait", type: "image/jpeg", ProjectFiles.photograph("obama"))
        try #require((200...201).contains(portrait.status), "\(portrait.text)")
        let made = try await candidate.post("/v1/exams/\(exam)/attempts")
        let attempt = try #require(made.json["id"].string, "\(made.text)")
        for (name, outcome) in [("biden", "non_match"), ("obama2", "match")] {
            let frame = try await candidate.post(
                "/v1/attempts/\(attempt)/frames",
                type: "image/jpeg",
                ProjectFiles.photograph(name)
            )
            #expect(frame.json["outcome"].string == outcome, "\(frame.text)")
        }
        return attempt
    }

    /// A photograph held up to the camera, which is found out.
    private func liveness(_ candidate: Client, _ attempt: String) async throws {
        let issued = try await candidate.post("/v1/attempts/\(attempt)/liveness")
        try #require(issued.status == 201, "\(issued.text)")
        let nonce = issued.json["nonce"]
        // The database keeps it, to compare: it holds for one challenge of one session.
        personal.add("challenge's nonce", nonce.string)
        let picture = JSON.string(try ProjectFiles.photograph("obama3").base64EncodedString())
        let frames = (0..<12).map { ["captured_at_ms": .number(Double($0) * 100), "picture": picture] as JSON }
        let reply = try await candidate.post(
            "/v1/attempts/\(attempt)/liveness/\(issued.json["id"].string ?? "")",
            ["nonce": nonce, "frames": .array(frames)]
        )
        #expect(reply.json["outcome"] != "match" && reply.status < 500, "\(reply.text)")
    }

    private func visual(_ candidate: Client, _ attempt: String, _ officer: Client) async throws {
        let verifier = try await logIn("verifier.needle@example.org", Self.staffPassword)
        let holder = try await verifier.get("/v1/me").json["id"]
        let authority: JSON = [
            "kind": "power_of_attorney", "number": "12/Д", "scopes": ["identification"], "holders": [holder],
            "date": .string(Self.day(-30)), "valid_until": .string(Self.day(30)), "issued_by": "Ректор",
        ]
        let ordered = try await officer.post("/v1/orders", authority)
        try #require(ordered.status == 201, "\(ordered.text)")

        let joined = try await candidate.post("/v1/attempts/\(attempt)/visual-identification")
        let id = try #require(joined.json["id"].string, "\(joined.text)")
        let own = "/v1/me/visual-identifications/\(id)"
        let filled = try await candidate.put("\(own)/document", Self.passport)
        try #require(filled.status == 200, "\(filled.text)")
        for picture in ["document", "live"] {
            let photograph = try ProjectFiles.photograph("obama3")
            let sent = try await candidate.put("\(own)/pictures/\(picture)", type: "image/jpeg", photograph)
            try #require(sent.status == 200, "\(sent.text)")
        }
        let path = "/v1/visual-identifications/\(id)"
        let taken = try await verifier.post("\(path)/taking")
        try #require(taken.status == 200, "\(taken.text)")
        noteScores(in: taken.json["scores"])
        try await reading(path, verifier)
        let decision: JSON = [
            "reason": "document_matches", "route": "video_link", "comment": "сверено по видео, родинка слева",
            "checklist": .array(taken.json["checklist"].array.map { $0["check"] }),
        ]
        let decided = try await verifier.post("\(path)/decision", decision)
        try #require(decided.json["outcome"] == "match", "\(decided.text)")
        _ = try await officer.post(
            "/v1/attempts/\(attempt)/identification-override",
            ["reason": "камера Алевтины сломана"]
        )
    }

    /// The zone of a page that the verifier photographed.
    private func reading(_ path: String, _ verifier: Client) async throws {
        let page = try ProjectFiles.contents("Tests/DocumentReadingTests/Specimens/russian-passport.png")
        let sent = try await verifier.put("\(path)/pictures/document", type: "image/png", page)
        try #require(sent.status == 200, "\(sent.text)")
        let read = try await verifier.post("\(path)/document-reading")
        try #require(read.json["found"] == true, "\(read.text)")
        secrets.add("number in a zone", "4511234569RUS")
        secrets.add("name in a zone", "SOLOV92VA")
        personal.add("surname in a zone", read.json["document"]["surname"].string)
    }

    /// What was measured, as the officer reads it.
    private func noteScores(of attempt: String, _ officer: Client) async throws {
        let records = try await officer.get("/v1/identifications?attempt=\(attempt)").json["identifications"].array
        try #require(records.contains { $0["comparison"]["distance"] != .null })
        for record in records {
            noteScores(in: record["comparison"].without("model_id").without("portrait_id"))
            let one = try await officer.get("/v1/identifications/\(record["id"].string ?? "")")
            try #require(one.status == 200)
        }
    }

    /// Every fraction in an answer, to five digits: as floats of another width it would begin like that too.
    private func noteScores(in json: JSON) {
        switch json {
        case .number(let number) where number != number.rounded():
            personal.add("score or threshold", String("\(number)".prefix(7)))
        case .array(let values): for value in values { noteScores(in: value) }
        case .object(let members): for value in members.values { noteScores(in: value) }
        default: break
        }
    }
}
