import Accounts
import CSQLite
import Cryptography
import EvidenceBundle
import Foundation
import Identification
import Retention
import Storage
import TestSupport
import Testing
import TransparencyLog
import Workflows

@testable import SQLiteStorage

@Suite("F3 Erasing a person", .timeLimit(.minutes(3)))
struct PersonErasureTests {
    @Test("F3: every table of the schema has its line in the inventory of personal data, and no line is left over")
    func inventory() async throws {
        try await TestService.run { service in
            let tables = try service.rawDatabase().column(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
            let listed = Set(PersonalDataInventory.tables.map(\.name))
            #expect(Set(tables).subtracting(listed).isEmpty, "say what becomes of these when a person is erased")
            #expect(listed.subtracting(tables).isEmpty, "there are no such tables")
        }
    }

    @Test(
        "F3: every column with text or bytes is dealt with when a person is erased, or known to tell nobody who it was"
    )
    func columns() async throws {
        try await TestService.run { service in
            let raw = try service.rawDatabase()
            var dealtWith: [String: Set<String>] = PersonalDataColumns.harmless
            var whole: Set<String> = []
            for table in PersonalDataInventory.tables {
                switch table.fate {
                case .deleted, .nobody: whole.insert(table.name)
                case .overwritten(let columns): dealtWith[table.name, default: []].formUnion(columns.keys)
                case .stripped(let column, _): dealtWith[table.name, default: []].insert(column)
                case .kept: dealtWith[table.name, default: []].formUnion([])
                }
            }
            for table in dealtWith.keys where !whole.contains(table) {
                let columns = try raw.column(
                    "SELECT name FROM pragma_table_info('\(table)') WHERE type IN ('TEXT', 'BLOB')"
                )
                let left = Set(columns).subtracting(dealtWith[table] ?? [])
                #expect(left.isEmpty, "\(table): say what becomes of \(left.sorted())")
            }
        }
    }

    @Test("F3: erased from a log of 10 000 entries, nothing of the person is left anywhere, and every proof holds")
    func erased() async throws {
        try await TestService.run(comparesFaces: true) { service in
            var story = try await PersonStory.live(in: service)
            try await Crowd.fill(service, entries: 10_000, subject: story.id)
            _ = try await service.housekeeping.publishCheckpoint()
            let bundle = try await Crowd.bundle(service, of: story.id)
            let before = BundleVerifier.verify(bundle, key: service.signer.verifier)
            #expect(before.isSound && before.records > 100 && before.opened > 100, "\(before.problems)")
            try await story.noteSealed()

            // What is looked for stands somewhere: in the open, or planted, and then it is found.
            let there = story.needles.found(in: try Self.disk(service).reduce(Data()) { $0 + $1.data })
            for name in [
                "e-mail", "surname", "given name", "contract", "record book", "address", "device", "answer",
                "basis", "comment", "wrapped key", "sealed template", "sealed picture",
            ] {
                #expect(there.contains(name), "\(name) was never there")
            }
            for needle in story.needles.all {
                #expect(PersonNeedles.stands(needle, in: Data("x ".utf8) + needle.bytes + Data(" y".utf8)))
            }

            try await story.erase()

            for (name, data) in try Self.disk(service) {
                for found in story.needles.found(in: data) { Issue.record("\(name) holds the person's \(found)") }
            }
            let other = Data("candidate2@example.org".utf8)
            let left = try Data(contentsOf: service.folder.url.appending(path: "attestd.sqlite"))
            #expect(left.range(of: other) != nil, "other people stay")
            #expect(service.folder.files(below: "evidence").isEmpty)

            let after = BundleVerifier.verify(bundle, key: service.signer.verifier)
            #expect(after.isSound && after.records == before.records && after.opened == before.opened)
            _ = try await service.housekeeping.publishCheckpoint()
            let verifier = service.signer.verifier
            let report = try await service.services.database.read { try Log.fsck($0, verifiers: [verifier]) }
            #expect(report.isSound && report.entries > 10_000)
            try await story.expectCertificate()
        }
    }

    /// The database with all its files, the evidence, and backups made now.
    private static func disk(_ service: TestService) throws -> [(name: String, data: Data)] {
        let folder = service.folder.url
        let database = folder.appending(path: "attestd.sqlite")
        let copies = [folder.appending(path: "vacuumed.backup"), folder.appending(path: "paged.backup")]
        for copy in copies { try? FileManager.default.removeItem(at: copy) }
        try service.rawDatabase().execute("VACUUM INTO '\(copies[0].path)'")
        try OnlineBackup.copy(database, to: copies[1])
        return try service.folder.files().filter { !$0.path.contains("/keys/") && !$0.path.hasSuffix(".zip") }.map {
            ($0.lastPathComponent, try Data(contentsOf: $0))
        }
    }

    @Test("F3: an open appeal holds an approved erasure; it is carried out once the appeal is over")
    func held() async throws {
        try await TestService.run { service in
            let failed = try await FailedSitting.make(service)
            let appeal = try await failed.appeal()
            let candidate = failed.sitting.candidate
            let asked = try await candidate.post("/v1/me/erasure-requests")
            #expect(asked.status == 201 && asked.json["state"] == "requested", "\(asked.text)")
            #expect(asked.json["holds"] == ["case_open"])
            #expect(try await candidate.post("/v1/me/erasure-requests").json["id"] == asked.json["id"], "asked once")
            let officer = try await service.officer(1)
            let path = "/v1/erasure-requests/\(asked.json["id"].string ?? "")"
            #expect(try await officer.get("\(path)/certificate").code == "certificate_not_ready")
            #expect(try await officer.post("\(path)/decision", ["decision": "refused"]).code == "clause_missing")
            let approved = try await officer.post("\(path)/decision", ["decision": "approved"])
            #expect(approved.json["state"] == "approved" && approved.json["holds"] == ["case_open"])
            #expect(try await officer.post("\(path)/decision", ["decision": "approved"]).code == "erasure_decided")
            try await service.keepHouse()
            #expect(try await candidate.get("/v1/me").status == 200, "nothing is destroyed yet")
            let withdrawn = try await candidate.post("/v1/appeals/\(appeal)/withdraw")
            #expect(withdrawn.json["is_closed"] == true, "\(withdrawn.text)")
            try await service.keepHouse()
            #expect(try await candidate.get("/v1/me").status == 401)
            #expect(try await officer.get(path).json["state"] == "completed")
        }
    }

    @Test(
        "F3: withdrawing the consent to all processing asks for erasure; a refusal names its clause; staff are not erased"
    )
    func withdrawal() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            #expect(try await candidate.post("/v1/me/consents/personal_data/withdrawal").status == 200)
            let own = try await candidate.get("/v1/me/erasure-requests").json["erasures"].array
            #expect(own.count == 1 && own.first?["ground"] == "consent_withdrawn")
            let officer = try await service.officer(1)
            let path = "/v1/erasure-requests/\(own.first?["id"].string ?? "")"
            let refusal: JSON = ["decision": "refused", "clause": "152-ФЗ, ст. 21 ч. 5; договор исполняется"]
            #expect(try await officer.post("\(path)/decision", refusal).json["state"] == "refused")
            try await service.keepHouse()
            #expect(try await candidate.get("/v1/me").status == 200)
            let staff = try await service.id(of: officer)
            let form: JSON = ["account_id": .string(staff), "ground": "purpose_achieved"]
            #expect(try await officer.post("/v1/erasure-requests", form).code == "erasure_of_staff")
        }
    }
}
