import Accounts
import Cryptography
import Foundation
import Identification
import Storage
import TestSupport
import Testing
import TransparencyLog
import Workflows

@Suite("B5, F3 Erasure of biometric data")
struct ErasureTests {
    /// A candidate with a portrait and three judged frames of an attempt that has not started.
    private func scene(_ service: TestService) async throws -> (candidate: Client, attempt: String, officer: Client) {
        let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
        let candidate = try await service.candidate(0)
        try await service.portrait("obama", of: candidate)
        let attempt = try await service.attempt(exam, by: candidate)
        for name in ["biden", "obama2"] {
            service.clock.advance(seconds: 1)
            #expect(try await service.frame(name, attempt, by: candidate).status == 201)
        }
        return (candidate, attempt, try await service.staff(.complianceOfficer))
    }

    private func withdraw(_ candidate: Client) async throws {
        let reply = try await candidate.post("/v1/me/consents/biometric/withdrawal")
        try #require(reply.status == 200, "\(reply.text)")
    }

    private func erasures(_ officer: Client) async throws -> [JSON] {
        try await officer.get("/v1/erasures").json["erasures"].array
    }

    /// The database's files as somebody with the disk in hand would search them.
    private func diskHolds(_ bytes: Data, _ service: TestService) throws -> Bool {
        try ["attestd.sqlite", "attestd.sqlite-wal"].contains { name in
            let file = service.folder.url.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path) else { return false }
            return try Data(contentsOf: file).range(of: bytes) != nil
        }
    }

    @Test("B5: after a withdrawal nothing of the face is left, the decisions and the log’s proofs are")
    func erased() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service)
            _ = try await service.duplicates.searchNew()
            let id = try #require(UUID(uuidString: try await service.id(of: candidate)))
            let secrets = try await service.services.database.read { stores throws -> [Data] in
                let portrait = try #require(try stores.currentPortrait(of: id))
                return [portrait.sealedTemplate, try #require(try stores.wrappedBiometricKey(of: id))]
            }
            for secret in secrets { #expect(try diskHolds(secret, service), "the search would find it") }
            let records = try await officer.get("/v1/identifications?attempt=\(attempt)").json["identifications"].array
            #expect(service.folder.files(below: "evidence").count == 3)
            #expect(try await erasures(officer).isEmpty)
            _ = try await service.housekeeping.publishCheckpoint()

            try await withdraw(candidate)
            #expect(try await erasures(officer).map { $0["state"].string } == ["requested"])
            try await service.carryOutErasures()

            let done = try #require(try await erasures(officer).first)
            #expect(done["state"] == "completed" && done["account_id"].string == id.uuidString.lowercased())
            #expect(done["destroyed"]["portraits"] == 1 && done["destroyed"]["records"] == 2)
            #expect(done["destroyed"]["files"] == 3)
            #expect(service.folder.files(below: "evidence").isEmpty)
            for secret in secrets { #expect(try !diskHolds(secret, service), "left in the database's files") }
            let raw = try service.rawDatabase()
            #expect(try raw.count("portraits") == 0 && raw.count("biometric_keys") == 0)
            #expect(try raw.count("sealed_payloads WHERE biometric_record_id IS NOT NULL") == 0)
            #expect(try raw.count("sealed_payloads") > 0, "what else is recorded of the person stays readable")
            #expect(try await service.duplicates.load() == 0)

            let left = try await officer.get("/v1/identifications?attempt=\(attempt)").json["identifications"].array
            for key in ["id", "outcome", "reason", "at", "evidence_sha256"] {
                #expect(left.map { $0[key] } == records.map { $0[key] }, "\(key)")
            }
            #expect(records.allSatisfy { $0["comparison"] != .null && $0["erased_at"] == .null })
            #expect(left.allSatisfy { $0["comparison"] == .null && $0["erased_at"] != .null })
            #expect(left.allSatisfy { $0["quality"].array.isEmpty })

            _ = try await service.housekeeping.publishCheckpoint()
            let verifier = service.signer.verifier
            #expect(try await service.services.database.read { try Log.fsck($0, verifiers: [verifier]) }.isSound)
            #expect(try raw.column("SELECT kind FROM log_entries").suffix(2) == ["consent", "erasure"])
            try await service.carryOutErasures()
            #expect(try raw.count("log_entries WHERE kind = 'erasure'") == 1, "done once")
        }
    }

    @Test("B5: after giving the consent again there is a new key, and what was sealed under the old one stays shut")
    func again() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, _) = try await scene(service)
            let id = try #require(UUID(uuidString: try await service.id(of: candidate)))
            let vault = service.services.vault
            let database = service.services.database
            let (template, portrait) = try await database.read { stores throws -> (Data, UUID) in
                let portrait = try #require(try stores.currentPortrait(of: id))
                return (portrait.sealedTemplate, portrait.id)
            }
            let purpose = "template:\(portrait.uuidString.lowercased())"
            let old = try #require(try await database.read { try vault.existingBiometricKey(of: id, in: $0) })
            #expect(throws: Never.self) { try old.opened(template, purpose: purpose) }
            try await withdraw(candidate)
            try await service.carryOutErasures()
            #expect(try await database.read { try vault.existingBiometricKey(of: id, in: $0) } == nil)
            #expect(try await candidate.get("/v1/me/portrait").code == "portrait_missing")

            try await service.consent(to: "biometric", by: candidate)
            #expect(try await service.frame("obama2", attempt, by: candidate).code == "portrait_missing")
            try await service.portrait("obama", of: candidate)
            let new = try #require(try await database.read { try vault.existingBiometricKey(of: id, in: $0) })
            #expect(throws: CryptographyError.self) { try new.opened(template, purpose: purpose) }
            service.clock.advance(seconds: 40)
            #expect(try await service.frame("obama3", attempt, by: candidate).json["outcome"] == "match")
            try await service.carryOutErasures()
            #expect(service.folder.files(below: "evidence").count == 2, "what is new is not erased")
        }
    }

    @Test("F3: a running attempt holds the data until it ends; they serve nothing meanwhile")
    func heldByAttempt() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").status == 200)
            try await withdraw(candidate)
            try await service.carryOutErasures()
            let held = try #require(try await erasures(officer).first)
            #expect(held["state"] == "requested" && held["holds"] == ["attempt_runs"])
            #expect(service.folder.files(below: "evidence").count == 3)
            #expect(try await service.frame("obama3", attempt, by: candidate).code == "consent_needed")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/submit").status == 200)
            try await service.carryOutErasures()
            #expect(try await erasures(officer).first?["state"] == "completed")
            #expect(service.folder.files(below: "evidence").isEmpty)
        }
    }

    @Test("F3: an undecided duplicate holds the data, thirty days at most; the finding stays without its score")
    func heldByDuplicate() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let officer = try await service.staff(.complianceOfficer)
            let first = try await service.candidate(0)
            try await service.portrait("obama", of: first)
            try await service.portrait("obama3", of: service.candidate(1))
            #expect(try await service.duplicates.searchNew().found == 1)
            try await withdraw(first)
            try await service.carryOutErasures()
            #expect(try await erasures(officer).first?["holds"] == ["duplicate_undecided"])
            service.clock.advance(minutes: 30 * 24 * 60 - 1)
            try await service.carryOutErasures()
            #expect(service.folder.files(below: "evidence").count == 2)
            service.clock.advance(minutes: 1)
            try await service.carryOutErasures()
            #expect(service.folder.files(below: "evidence").count == 1, "the other person's portrait stays")
            let client = try await service.logIn(
                "compliance_officer@example.org",
                "staff pass phrase",
                role: "compliance_officer"
            )
            #expect(try await erasures(client).first?["state"] == "completed")
            let finding = try await client.get("/v1/face-duplicates").json["duplicates"][0]
            #expect(finding["threshold"] != .null && finding["distance"] == .null)
            #expect(try service.rawDatabase().column("SELECT count(*) FROM face_duplicates") == ["1"])
        }
    }

    @Test("F3: who consents again before anything was destroyed keeps it all")
    func cancelled() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service)
            try await withdraw(candidate)
            try await service.consent(to: "biometric", by: candidate)
            try await service.carryOutErasures()
            #expect(try await erasures(officer).map { $0["state"].string } == ["cancelled"])
            #expect(service.folder.files(below: "evidence").count == 3)
            service.clock.advance(seconds: 1)
            #expect(try await service.frame("obama3", attempt, by: candidate).json["outcome"] == "match")
            try await withdraw(candidate)
            try await service.carryOutErasures()
            #expect(try await erasures(officer).map { $0["state"].string } == ["completed", "cancelled"])
        }
    }

    @Test("F3: a crash between destroying the key and deleting the files is made good by the next round")
    func crash() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, _, officer) = try await scene(service)
            try await withdraw(candidate)
            let now = service.clock.now
            try await service.services.database.write { stores throws in
                let request = try #require(try stores.openErasures(after: nil, limit: 1).first)
                #expect(try stores.destroyBiometrics(for: request.id, at: now)?.files == 3)
                #expect(try stores.destroyBiometrics(for: request.id, at: now) == nil)
            }
            #expect(try await erasures(officer).first?["state"] == "destroyed")
            #expect(service.folder.files(below: "evidence").count == 3)
            try await service.carryOutErasures()
            #expect(try await erasures(officer).first?["state"] == "completed")
            #expect(service.folder.files(below: "evidence").isEmpty)
        }
    }

    @Test("F3: where nothing was taken there is nothing to erase")
    func nothing() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            try await withdraw(candidate)
            try await service.carryOutErasures()
            #expect(try await erasures(service.staff(.complianceOfficer)).isEmpty)
        }
    }
}
