import Accounts
import Attestation
import Cryptography
import EvidenceBundle
import Foundation
import Grading
import Identification
import SQLiteStorage
import Storage
import TestSupport
import Testing
import TransparencyLog
import Workflows

@Suite("F3 The master key is followed by another", .timeLimit(.minutes(2)))
struct MasterKeyRotationTests {
    /// What a day leaves in every place where something lies under the master key.
    private struct Day {
        var candidate: Client
        var officer: Client
        var export: String
        var table: Data
        var scan: String
        var scanned: Data
        var attempt: UUID
        var bundle: URL
    }

    private func live(_ service: TestService) async throws -> Day {
        let day = try await ExamDay.begin(service, candidates: 1)
        let candidate = day.candidates[0]
        let id = try #require(UUID(uuidString: try await service.id(of: candidate)))
        try await service.portrait("obama", of: candidate)
        let attempt = try #require(UUID(uuidString: try await day.handIn(0, right: 6)))
        let path = "/v1/grade-sheets/\(try await day.sheet())"
        _ = try await day.examiner().post("\(path)/filling")
        try #require(try await day.examiner().post("\(path)/closing").status == 200)
        let keeper = try await service.sheetKeeper()
        try #require(try await keeper.post("\(path)/papers", [:]).status == 201)
        let scanned = Data("%PDF-1.7 скан с подписью".utf8)
        let scan = "\(path)/papers/1/scan"
        try #require(try await keeper.put(scan, type: "application/pdf", scanned).status == 200)
        _ = try await service.housekeeping.publishCheckpoint()
        let bundle = try await Crowd.bundle(service, of: id)
        let officer = try await service.officer(1)
        let ordered = try await officer.post("/v1/exports", ["format": "jsonl"])
        while try await service.exports.work() {}
        let export = "/v1/exports/\(ordered.json["id"].string ?? "")/file"
        let table = try await officer.get(export)
        try #require(table.status == 200, "\(table.text)")
        try await seal(service, for: id)
        return Day(
            candidate: candidate,
            officer: officer,
            export: export,
            table: table.body,
            scan: scan,
            scanned: scanned,
            attempt: attempt,
            bundle: bundle
        )
    }

    /// A receiver of messages, a login under way at the provider, and a row of an erased person's sheet.
    private func seal(_ service: TestService, for account: UUID) async throws {
        let vault = service.services.vault
        let now = service.clock.now
        let receiver = UUID()
        try await service.services.database.write { stores in
            try stores.saveReceiver(
                WebhookReceiver(
                    id: receiver,
                    url: "https://dean.example/hook",
                    kinds: [.sheetClosed],
                    sealedKey: vault.seal(
                        Data("webhook key".utf8),
                        purpose: MasterKeyUse(.webhookKeys, receiver.uuidString.lowercased())
                    ),
                    createdBy: account,
                    createdAt: now
                )
            )
            try stores.insertPendingProviderLogin(
                PendingProviderLogin(
                    stateHash: "5a",
                    network: "192.0.2.0/24",
                    sealedContent: vault.seal(Data("login".utf8), purpose: MasterKeyUse(.providerLogins, "5a")),
                    createdAt: now
                )
            )
        }
        let row = vault.seal(Data("row".utf8), purpose: MasterKeyUse(.archivedDocuments))
        try service.rawDatabase().execute(
            """
            INSERT INTO archived_documents (erasure_id, what, place, sealed)
            VALUES ('00000000-0000-7000-8000-000000000001', 'grade_sheet_row', 'a/1', X'\(Hex.encode(row))')
            """
        )
    }

    private func items(_ database: any Database) async throws -> [MasterKeyItem] {
        try await database.read { stores in
            try MasterKeyPlace.allCases.flatMap { try stores.masterKeyItems(in: $0, after: nil, limit: 10_000) }
        }
    }

    /// Whether a key opens an item.
    private func opens(_ item: MasterKeyItem, _ key: SealingKey, _ service: TestService) async throws -> Bool {
        let use = MasterKeyUse(item.place, item.name)
        let vault = Vault(masterKey: key)
        let bytes: Data
        switch item.content {
        case .box(let box): bytes = box
        case .evidence(let name):
            bytes = try await service.services.evidence.get(try #require(EvidenceReference(rawValue: name)))
        }
        if item.place.holdsKeys { return (try? vault.unwrap(bytes, purpose: use)) != nil }
        return (try? vault.open(bytes, purpose: use)) != nil
    }

    @Test("F3: everything in every place opens under the new key and nothing under the old one, and every proof holds")
    func rotated() async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let file = folder.url.appending(path: "keys/master.key")
        let bytes = SystemRandomSource().bytes(count: SealingKey.byteCount)
        let new = try SealingKey(secret: SecretBytes(copying: bytes))
        let made = Shared<Day?>(nil)
        try await TestService.run(in: folder, clock: clock, comparesFaces: true) { service in
            let old = try #require(try MasterKey.load(file: file))
            let day = try await live(service)
            made.update { $0 = day }
            let before = try await items(service.services.database)
            for place in MasterKeyPlace.allCases {
                #expect(before.contains { $0.place == place }, "nothing lies in \(place): the test would prove nothing")
            }
            for item in before { #expect(try await opens(item, old, service), "\(item.place)") }

            let rotation = MasterKeyRotation(
                database: service.services.database,
                evidence: service.services.evidence,
                old: [old],
                new: new
            )
            #expect(try await rotation.count().map(\.isOld).reduce(0, +) == before.count)
            try await rotation.run()
            try await rotation.finish(at: clock.now)
            try await rotation.finish(at: clock.now)
            let counts = try await rotation.count()
            #expect(counts.allSatisfy { $0.isOld == 0 && $0.isUnreadable == 0 })
            let after = try await items(service.services.database)
            #expect(after.map(\.mark) == before.map(\.mark))
            for item in after {
                #expect(try await opens(item, new, service), "\(item.place) does not open")
                #expect(try await !opens(item, old, service), "\(item.place) opens under the old key")
            }
            // Not one of the old boxes is left, in no file.
            let disk = try service.folder.files().filter { !$0.path.contains("/keys/") }.map {
                try Data(contentsOf: $0)
            }
            for item in before {
                guard case .box(let box) = item.content else {
                    guard case .evidence(let name) = item.content else { continue }
                    #expect(!service.folder.files(below: "evidence").contains { $0.lastPathComponent == name })
                    continue
                }
                let text = Data(box.base64EncodedString().utf8)
                #expect(!disk.contains { $0.range(of: box) != nil || $0.range(of: text) != nil }, "\(item.place)")
            }
            #expect(try service.rawDatabase().count("log_entries WHERE kind = 'master_key'") == 1)
        }
        try FileManager.default.removeItem(at: file)
        try Data(bytes).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        try await TestService.run(in: folder, clock: clock, seed: 2) { service in
            let day = try #require(made.value)
            let officer = try await service.officer(1)
            let exported = try await officer.get(day.export)
            #expect(exported.status == 200 && exported.body == day.table, "\(exported.text.prefix(200))")
            #expect(try await service.sheetKeeper().get(day.scan).body == day.scanned)
            let (ticket, isIdentical) = try await ExamAdministration(service.services).rebuildTicket(
                attemptID: day.attempt
            )
            #expect(isIdentical && !ticket.items.isEmpty)
            let report = BundleVerifier.verify(day.bundle, key: service.signer.verifier)
            #expect(report.isSound && report.opened > 0, "\(report.problems)")
            _ = try await service.housekeeping.publishCheckpoint()
            let verifier = service.signer.verifier
            #expect(try await service.services.database.read { try Log.fsck($0, verifiers: [verifier]) }.isSound)
        }
    }

    @Test("F3: while a rotation is not finished, what lies under either key opens, and only the new one seals")
    func between() async throws {
        let (old, new) = (SealingKey.random(), SealingKey.random())
        let use = MasterKeyUse(.examSecrets, "7")
        let before = Vault(masterKey: old).seal(Data("old".utf8), purpose: use)
        let vault = Vault(masterKey: new, retired: [old])
        #expect(try vault.open(before, purpose: use) == Data("old".utf8))
        let after = vault.seal(Data("new".utf8), purpose: use)
        #expect(try vault.open(after, purpose: use) == Data("new".utf8))
        #expect(throws: CryptographyError(.notAuthentic, "")) { try Vault(masterKey: old).open(after, purpose: use) }
        #expect(throws: CryptographyError(.notAuthentic, "")) {
            try vault.open(after, purpose: MasterKeyUse(.examSecrets, "8"))
        }
        #expect(throws: CryptographyError(.notAuthentic, "")) {
            try Vault(masterKey: .random(), retired: [old]).open(after, purpose: use)
        }
    }

    @Test("F3: what no key opens is counted and left as it is")
    func unreadable() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let (other, new) = (SealingKey.random(), SealingKey.random())
            let rotation = MasterKeyRotation(
                database: service.services.database,
                evidence: service.services.evidence,
                old: [other],
                new: new
            )
            let before = try await items(service.services.database)
            let keys = try await rotation.count().first { $0.place == .personKeys }
            #expect((keys?.isUnreadable ?? 0) > 0 && keys?.isOld == 0)
            try await rotation.run()
            #expect(try await items(service.services.database) == before)
        }
    }
}
