import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("B5 Nothing is taken of a face without consent")
struct BiometricConsentTests {
    /// Everything that takes pictures, with bodies that are no pictures at all: whoever decoded them first would refuse
    /// them for that.
    private func captures(_ attempt: String, by candidate: Client) async throws -> [Reply] {
        let nonsense = Data("no picture".utf8)
        let text = JSON.string(nonsense.base64EncodedString())
        let frames = (0..<16).map { number -> JSON in
            ["captured_at_ms": .number(Double(number * 110)), "picture": text]
        }
        let nonce = String(repeating: "0", count: 64)
        let challenge = UUID().uuidString.lowercased()
        return [
            try await candidate.put("/v1/me/portrait", type: "image/jpeg", nonsense),
            try await candidate.put("/v1/me/portrait/pictures", ["pictures": [text, text]]),
            try await candidate.post("/v1/attempts/\(attempt)/frames", type: "image/jpeg", nonsense),
            try await candidate.post("/v1/attempts/\(attempt)/bursts", ["pictures": [text, text]]),
            try await candidate.post("/v1/attempts/\(attempt)/liveness"),
            try await candidate.post(
                "/v1/attempts/\(attempt)/liveness/\(challenge)",
                ["nonce": .string(nonce), "frames": .array(frames)]
            ),
        ]
    }

    @Test("B5: every capture is refused before the picture is looked at, and says what to do instead")
    func refused() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
            let candidate = try await service.candidate(0, consents: ["personal_data", "distance_technology"])
            let attempt = try await service.attempt(exam, by: candidate)
            let entries = try service.rawDatabase().count("log_entries")
            let replies = try await captures(attempt, by: candidate)
            for (place, reply) in replies.enumerated() {
                #expect(reply.status == 409 && reply.code == "consent_needed", "\(place) \(reply.text)")
                #expect(reply.faultCodes == ["biometric", "visual"])
            }

            #expect(service.folder.files(below: "evidence").isEmpty)
            let raw = try service.rawDatabase()
            for table in ["portraits", "biometric_keys", "liveness_challenges", "liveness_frames"] {
                #expect(try raw.count(table) == 0, "\(table)")
            }
            #expect(try raw.count("identifications WHERE method = 'biometric'") == 0)
            #expect(try raw.count("log_entries") == entries)
        }
    }

    @Test("B5: a withdrawal ends all capturing at once; a challenge that was issued before is answered in vain")
    func withdrawn() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            let challenge = try await candidate.post("/v1/attempts/\(attempt)/liveness").json
            #expect(try await candidate.post("/v1/me/consents/biometric/withdrawal").status == 200)
            let text = JSON.string(try ProjectFiles.photograph("obama2").base64EncodedString())
            let frames = (0..<16).map { number -> JSON in
                ["captured_at_ms": .number(Double(number * 110)), "picture": text]
            }
            let answer = try await candidate.post(
                "/v1/attempts/\(attempt)/liveness/\(challenge["id"].string ?? "")",
                ["nonce": challenge["nonce"], "frames": .array(frames)]
            )
            #expect(answer.code == "consent_needed")
            let raw = try service.rawDatabase()
            #expect(try raw.column("SELECT used_at IS NULL FROM liveness_challenges") == ["1"], "not even used up")
            #expect(try raw.count("liveness_frames") == 0)
            for reply in try await captures(attempt, by: candidate) {
                #expect(reply.code == "consent_needed", "\(reply.text)")
            }
            #expect(try raw.count("identifications WHERE method = 'biometric'") == 0)
            #expect(service.folder.files(below: "evidence").count == 1, "the portrait that waits for its erasure")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "identification_required")
        }
    }

    @Test("B5: a minor is told to bring a parent’s consent, and may upload with it")
    func minor() async throws {
        try await TestService.run(comparesFaces: true) { service in
            service.personal.update { $0.insert("Соловьёв И. П.") }
            let person = TestService.Person(0)
            try await service.importContract(of: person, born: "2010-06-01")
            #expect(try await service.anybody.post("/v1/accounts", person.form).status == 201)
            let candidate = try await service.logIn(person.email, person.password, role: "candidate")
            let picture = try ProjectFiles.photograph("obama")
            let early = try await candidate.put("/v1/me/portrait", type: "image/jpeg", picture)
            #expect(early.code == "consent_needed")
            #expect(early.faultCodes == ["representative", "visual"])
            let path = "/v1/accounts/\(try await service.id(of: candidate))/consents"
            let paper: JSON = [
                "kind": "biometric", "decision": "given", "version": 1,
                "representative": ["name": "Соловьёв И. П.", "relationship": "отец"],
                "document": ["reference": "Дело 7", "date": "2026-03-01"],
            ]
            #expect(try await service.staff(.administrator).post(path, paper).status == 201)
            try await service.portrait("obama", of: candidate)
        }
    }

    @Test("B5, B7: whoever does not consent is neither searched for nor found")
    func duplicates() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let first = try await service.candidate(0)
            try await service.portrait("obama", of: first)
            #expect(try await service.duplicates.searchNew().searched == 1)
            #expect(try await first.post("/v1/me/consents/biometric/withdrawal").status == 200)
            try await service.portrait("obama3", of: service.candidate(1))
            #expect(try await service.duplicates.searchNew() == .init(searched: 1), "found with nobody")
            #expect(try await service.duplicates.searchAll { _ in }.found == 0)

            try await service.consent(to: "biometric", by: first)
            #expect(try await service.duplicates.searchNew().found == 1, "the portrait is searched for again")
        }
    }
}
