import Accounts
import Cryptography
import Foundation
import Storage
import TestSupport
import Testing
import TransparencyLog
import Workflows

@Suite("F1 Identification log")
struct IdentificationLogTests {
    /// A whole exam: two logins, two consents, a portrait, three frames, a ticket, a grade; and a failed login.
    private func history(_ service: TestService) async throws -> (officer: Client, attempt: String) {
        let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
        let candidate = try await service.candidate(0)
        try await service.portrait("obama", of: candidate)
        let attempt = try await service.attempt(exam, by: candidate)
        _ = try await service.frame("biden", attempt, by: candidate)
        service.clock.advance(seconds: 1)
        _ = try await candidate.post("/v1/attempts/\(attempt)/frames", type: "image/png", DrawnPNG.ramp())
        service.clock.advance(seconds: 1)
        _ = try await service.frame("obama2", attempt, by: candidate)
        #expect(try await candidate.post("/v1/attempts/\(attempt)/start").status == 200)
        #expect(try await candidate.post("/v1/attempts/\(attempt)/submit").status == 200)
        let wrong: JSON = ["email": "candidate0@example.org", "password": "wrong password"]
        #expect(try await service.anybody.post("/v1/login", wrong).status == 401)
        return (try await service.staff(.complianceOfficer), attempt)
    }

    @Test("F1: every identification, decision and grade has its entry, without a name or a score")
    func entries() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (officer, attempt) = try await history(service)
            let entries = try await officer.get("/v1/log/entries?limit=500").json["entries"].array
            #expect(entries.map { $0["index"].int } == entries.indices.map { $0 })
            let bodies = try entries.map { try JSON(Data(($0["body"].string ?? "").utf8)) }
            let kinds = Dictionary(grouping: bodies) { $0["kind"].string ?? "-" }.mapValues(\.count)
            #expect(kinds == ["identification": 7, "consent": 2, "exam": 1, "portrait": 1, "ticket": 1, "grade": 1])

            let records = try await officer.get("/v1/identifications?limit=500").json["identifications"].array
            let logged = Set(bodies.filter { $0["kind"] == "identification" }.map { $0["facts"]["record"] })
            #expect(logged == Set(records.map { $0["id"] }))
            let ofAttempt = bodies.filter { $0["facts"]["attempt"].string == attempt }
            #expect(ofAttempt.map { $0["facts"]["outcome"] } == ["non_match", "inconclusive", "match"])
            for body in bodies {
                let text = String(decoding: body.data, as: UTF8.self)
                for word in ["distance", "Соловьёва", "example.org", "score", "points"] {
                    #expect(!text.contains(word), "\(word) in \(text)")
                }
            }
        }
    }

    @Test("F1: the checkpoint's signature and the inclusion of every entry can be verified by a stranger")
    func proofs() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (officer, _) = try await history(service)
            #expect(try await service.anybody.get("/v1/log/checkpoint").code == "log_empty")
            let published = try await service.housekeeping.publishCheckpoint()
            let answer = try await service.anybody.get("/v1/log/checkpoint").json
            let checkpoint = try Checkpoint(encoded: answer["note"].string ?? "")
            let verifier = try NoteVerifier(text: answer["verifier_key"].string ?? "")
            #expect(checkpoint.verify(with: [verifier]).isVerified)
            #expect(checkpoint.size == published)
            #expect(answer["origin"].string == checkpoint.origin)

            let entries = try await officer.get("/v1/log/entries?limit=500").json["entries"].array
            #expect(UInt64(entries.count) == checkpoint.size)
            for entry in entries {
                let leaf = MerkleTree.leafHash(Array((entry["body"].string ?? "").utf8))
                #expect(leaf.hex == entry["leaf_hash"].string)
                let index = entry["index"].int ?? -1
                let target = "/v1/log/inclusion-proof?index=\(index)&size=\(checkpoint.size)"
                let hashes = try await officer.get(target).json["hashes"].array.map {
                    try SHA256Digest(hex: $0.string ?? "")
                }
                func isIncluded(_ leaf: SHA256Digest) -> Bool {
                    MerkleTree.verifyInclusion(
                        of: leaf,
                        index: UInt64(index),
                        size: checkpoint.size,
                        proof: hashes,
                        root: checkpoint.root
                    )
                }
                #expect(isIncluded(leaf))
                #expect(!isIncluded(MerkleTree.leafHash([0])), "a changed entry must not verify")
            }
            let beyond = "/v1/log/inclusion-proof?index=0&size=\(checkpoint.size + 100)"
            #expect(try await officer.get(beyond).status == 404)
            let outside = "/v1/log/inclusion-proof?index=\(checkpoint.size)&size=\(checkpoint.size)"
            #expect(try await officer.get(outside).status == 404)
        }
    }

    @Test("F1: a checkpoint is published when there is something new, and continues the last one")
    func checkpoints() async throws {
        try await TestService.run { service in
            #expect(try await service.housekeeping.publishCheckpoint() == nil)
            let candidate = try await service.candidate(0)
            let first = try #require(try await service.housekeeping.publishCheckpoint())
            #expect(try await service.housekeeping.publishCheckpoint() == nil)
            _ = try await candidate.get("/v1/me")
            #expect(try await service.housekeeping.publishCheckpoint() == nil)
            _ = try await service.candidate(1)
            #expect(try await service.housekeeping.publishCheckpoint() == first + 3, "two consents and a login")
        }
    }

    /// What somebody with access to the disk might do, and the entry that fsck then names.
    static let tampering: [(sql: String, entry: UInt64?)] = [
        ("UPDATE log_entries SET body = replace(body, 'non_match', 'match') WHERE entry_index = 6", 6),
        ("DELETE FROM log_entries WHERE entry_index = 8", 8),
        ("UPDATE log_entries SET kind = 'grade' WHERE entry_index = 2", 2),
        ("UPDATE log_entries SET at = at + 60000000 WHERE entry_index = 3", 3),
        ("DELETE FROM log_entries WHERE entry_index = (SELECT max(entry_index) FROM log_entries)", 12),
        ("UPDATE log_checkpoints SET note = replace(note, 'attestd.test', 'attestd.best')", nil),
    ]

    @Test("F1: whoever changes the log on the disk is found out, and fsck names the entry", arguments: tampering)
    func tamperingIsFound(sql: String, entry: UInt64?) async throws {
        try await TestService.run(comparesFaces: true) { service in
            _ = try await history(service)
            _ = try await service.housekeeping.publishCheckpoint()
            let verifier = service.signer.verifier
            func fsck() async throws -> FsckReport {
                try await service.services.database.read { try Log.fsck($0, verifiers: [verifier]) }
            }
            #expect(try await fsck().isSound)
            // BLOB columns keep their type only where the new value is a blob too.
            let blob = sql.replacing(
                "replace(body, 'non_match', 'match')",
                with: "CAST(replace(CAST(body AS TEXT), 'non_match', 'match') AS BLOB)"
            )
            let database = try service.rawDatabase()
            try database.execute(blob)
            #expect(try database.column("SELECT changes()") == ["1"])
            let report = try await fsck()
            #expect(!report.isSound)
            #expect(report.problem?.firstEntry == entry, "\(String(describing: report.problem))")
        }
    }

    @Test("F1: records are filtered and paged for compliance staff")
    func filters() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (officer, attempt) = try await history(service)
            func reasons(_ query: String) async throws -> [String] {
                try await officer.get("/v1/identifications?\(query)").json["identifications"].array
                    .compactMap { $0["reason"].string }
            }
            #expect(try await reasons("attempt=\(attempt)") == ["compared", "no_face", "compared"])
            #expect(try await reasons("attempt=\(attempt)&outcome=non_match") == ["compared"])
            #expect(try await reasons("method=biometric&outcome=inconclusive") == ["no_face"])
            #expect(try await reasons("method=electronic&outcome=non_match") == ["password_wrong"])
            #expect(try await reasons("method=visual").isEmpty)
            let start = service.clock.now.addingTimeInterval(-1.5).formatted(.iso8601)
            #expect(try await reasons("until=\(start)").contains("password_wrong") == false)
            let all = try await officer.get("/v1/identifications?limit=500").json["identifications"].array
            var paged: [JSON] = []
            var target = "/v1/identifications?limit=3"
            while true {
                let page = try await officer.get(target).json["identifications"].array
                guard let last = page.last?["id"].string else { break }
                paged += page
                target = "/v1/identifications?limit=3&before=\(last)"
            }
            #expect(paged == all)
            #expect(all.compactMap { $0["at"].string } == all.compactMap { $0["at"].string }.sorted(by: >))
        }
    }
}
