import Accounts
import Cryptography
import EvidenceBundle
import Foundation
import Identification
import Storage
import TestSupport
import Testing
import TimeStamps
import TransparencyLog
import Workflows

@Suite("F2 Evidence bundles from the service")
struct BundleExportTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Two candidates with a portrait and frames each; the compliance officer.
    private func history(_ service: TestService) async throws -> (officer: Client, attempts: [String], people: [String])
    {
        let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
        var attempts: [String] = []
        var people: [String] = []
        for number in 0..<2 {
            let candidate = try await service.candidate(number)
            try await service.portrait(number == 0 ? "obama" : "biden", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            _ = try await service.frame("obama2", attempt, by: candidate)
            service.clock.advance(seconds: 1)
            attempts.append(attempt)
            people.append(try await candidate.get("/v1/me").json["id"].string ?? "")
        }
        return (try await service.staff(.complianceOfficer), attempts, people)
    }

    private func bundle(
        _ filter: JSON,
        pictures: Bool,
        by officer: Client,
        _ service: TestService,
        _ runner: ExportRunner? = nil,
        more: [String: JSON] = [:]
    ) async throws -> (job: JSON, file: URL) {
        let order: JSON = ["format": "bundle", "filter": filter, "pictures": .bool(pictures)]
        let ordered = try await officer.post("/v1/exports", order.with(more))
        try #require(ordered.status == 202, "\(ordered.text)")
        #expect(try await (runner ?? service.exports).work())
        let id = ordered.json["id"].string ?? ""
        let job = try await officer.get("/v1/exports/\(id)").json
        let file = service.folder.url.appending(path: "\(id).zip")
        guard job["state"].string == "finished" else { return (job, file) }
        let reply = try await officer.get("/v1/exports/\(id)/file")
        try reply.body.write(to: file)
        #expect(SHA256Digest.hash(reply.body).hex == job["sha256"].string)
        return (job, file)
    }

    private func peer(_ file: URL, _ key: String) throws -> (status: Int32, words: String) {
        let process = Process()
        process.executableURL = Self.project.appending(path: ".build/evidence-peer/bin/python")
        process.arguments = [
            Self.project.appending(path: "Tests/EvidenceBundleTests/Peer/verify_bundle.py").path, file.path, key,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let words = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: words, as: UTF8.self))
    }

    @Test(
        "F2: a bundle of an attempt, a person or a search is sound for us and for a stranger, with or without pictures",
        arguments: [true, false]
    )
    func sound(_ pictures: Bool) async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (officer, attempts, people) = try await history(service)
            let key = service.signer.verifier
            // One attempt: its frame. One person: the frame, logins, consents. A search: both frames.
            let cases: [(JSON, records: Int, pictures: Int)] = [
                (["attempt": .string(attempts[0])], 1, 1), (["subject": .string(people[1])], 4, 1),
                (["method": "biometric"], 2, 2),
            ]
            for (filter, records, count) in cases {
                let (job, file) = try await bundle(filter, pictures: pictures, by: officer, service)
                #expect(job["state"].string == "finished" && job["done"].int == records, "\(job)")
                let report = BundleVerifier.verify(file, key: key)
                #expect(report.isSound, "\(report.problems)")
                #expect(report.records == records && report.opened == records + (pictures ? count : 0))
                #expect(report.stampedAt == nil)
                let (status, words) = try peer(file, key.text)
                #expect(status == 0 && words.hasPrefix("sound: \(records) records"), "\(words)")
            }
            let staging = service.folder.url.appending(path: "exports/staging")
            #expect(try FileManager.default.contentsOfDirectory(atPath: staging.path).isEmpty)
        }
    }

    /// The names and texts of a bundle's files, read by somebody else's program.
    private func files(of bundle: URL) throws -> [String: String] {
        let script = """
            import json, sys, zipfile
            zip = zipfile.ZipFile(sys.argv[1])
            print(json.dumps({name: zip.read(name).decode("utf-8", "replace") for name in zip.namelist()}))
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", script, bundle.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let answer = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try JSONDecoder().decode([String: String].self, from: answer)
    }

    @Test("F2, D11: a person's bundle has the tickets, the grades and the rows of closed sheets, and nothing of others")
    func wholePerson() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let story = try await PersonStory.live(in: service)
            let officer = try await service.keeper()
            let subject: JSON = ["subject": .string(story.id.uuidString.lowercased())]
            let (job, file) = try await bundle(subject, pictures: false, by: officer, service)
            #expect(job["state"] == "finished", "\(job)")
            let key = service.signer.verifier
            let report = BundleVerifier.verify(file, key: key)
            let (status, words) = try peer(file, key.text)
            #expect(report.isSound && status == 0, "\(report.problems) \(words)")
            let files = try files(of: file)
            let opened = files.filter { $0.key.hasPrefix("opened/") }
            #expect(report.opened == opened.count)
            #expect(words.contains("\(opened.count) files opened"))
            let names = Set(opened.keys.compactMap { $0.split(separator: "/").last.map(String.init) })
            #expect(names.isSuperset(of: ["ticket.json", "dealt_ticket.json", "grade.json", "measurements.json"]))
            let records = files.filter { $0.key.hasPrefix("records/") }.values.joined()
            for kind in ["ticket", "grade", "grade_sheet", "open_grading", "consent", "identification"] {
                #expect(records.contains(#"\"kind\":\"\#(kind)\""#), "\(kind)")
            }
            let row = opened.values.filter { $0.contains("sheet_number") || $0.contains("sheetNumber") }
            #expect(row.count == 1 && row[0].contains(story.person.surname))
            #expect(!opened.values.contains { $0.contains(TestService.Person(2).surname) }, "others are not shown")
            try service.rawDatabase().execute("DELETE FROM person_keys; DELETE FROM biometric_keys")
            let (_, after) = try await bundle(subject, pictures: true, by: officer, service)
            #expect(BundleVerifier.verify(after, key: key).isSound)
            #expect(
                !(try self.files(of: after)).values.contains { $0.contains("measurements") && $0.contains("distance") }
            )
        }
    }

    @Test("F2, F5: pictures of documents go in when a reason is given, and the look is recorded with it")
    func documents() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["visual"]]])
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let waiting = try await service.joinQueue(attempt, by: candidate)
            for (kind, name) in [("document", "biden"), ("live", "obama2")] {
                let path = "/v1/me/visual-identifications/\(waiting)/pictures/\(kind)"
                let sent = try await candidate.put(path, type: "image/jpeg", ProjectFiles.photograph(name))
                try #require(sent.status == 200, "\(sent.text)")
            }
            let passport = service.passport(of: TestService.Person(0))
            let decided = try await service.verify(waiting, by: service.verifier(), document: passport)
            try #require(decided.status == 200, "\(decided.text)")
            let officer = try await service.keeper()
            let person = try #require(UUID(uuidString: try await service.id(of: candidate)))
            let filter: JSON = ["attempt": .string(attempt)]
            func looks() async throws -> [String] {
                try await service.services.database.read { try $0.biometricAccesses(of: person, limit: 100) }
                    .filter { $0.what == "document" && $0.purpose == "inspection" }.map(\.what)
            }
            func pictures(_ more: [String: JSON], _ live: Bool) async throws -> Set<String> {
                let (job, file) = try await bundle(filter, pictures: live, by: officer, service, more: more)
                #expect(job["state"] == "finished", "\(job)")
                let report = BundleVerifier.verify(file, key: service.signer.verifier)
                #expect(report.isSound, "\(report.problems)")
                #expect(try peer(file, service.signer.verifier.text).status == 0)
                let names = try files(of: file).keys.filter { $0.hasSuffix(".jpg") }
                return Set(
                    names.compactMap { $0.split(separator: "-").last?.split(separator: "/").last.map(String.init) }
                )
            }
            #expect(try await pictures([:], false) == [])
            #expect(try await pictures([:], true) == ["picture.jpg"])
            #expect(try await looks().isEmpty)
            let reason: [String: JSON] = ["document_pictures_for": "inspection"]
            #expect(try await pictures(reason, false) == ["document.jpg"])
            #expect(try await looks().count == 1)
            #expect(try await pictures(reason, true) == ["document.jpg", "picture.jpg"])
            let order: JSON = ["format": "csv", "document_pictures_for": "inspection"]
            #expect(try await officer.post("/v1/exports", order).code == "pictures_in_bundles_only")
            let idle = try await officer.post("/v1/exports", order.with(["document_pictures_for": "curiosity"]))
            #expect(idle.status == 422)
        }
    }

    @Test("F5: whose measurements or pictures went into a bundle is recorded")
    func access() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (officer, attempts, people) = try await history(service)
            _ = try await bundle(["attempt": .string(attempts[0])], pictures: true, by: officer, service)
            for (number, person) in people.enumerated() {
                let id = try #require(UUID(uuidString: person))
                let accesses = try await service.services.database.read { try $0.biometricAccesses(of: id, limit: 100) }
                #expect(accesses.contains { $0.purpose == "export" && $0.what == "frame" } == (number == 0))
            }
        }
    }

    @Test("F2, F3: what was erased is not opened, and the bundle is sound all the same")
    func erased() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (officer, attempts, _) = try await history(service)
            let filter: JSON = ["attempt": .string(attempts[0])]
            let (_, before) = try await bundle(filter, pictures: true, by: officer, service)
            try service.rawDatabase().execute("DELETE FROM biometric_keys")
            let (_, after) = try await bundle(filter, pictures: true, by: officer, service)
            let key = service.signer.verifier
            #expect(BundleVerifier.verify(before, key: key).opened == 2)
            let report = BundleVerifier.verify(after, key: key)
            #expect(report.isSound && report.records == 1 && report.opened == 0, "\(report.problems)")
            #expect(BundleVerifier.verify(before, key: key).isSound, "what was exported before holds")
        }
    }

    @Test("F2: a configured authority stamps the checkpoint, which is checked offline; another's stamp is refused")
    func stamped() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let officer = try await service.staff(.complianceOfficer)
            let authority = try TestAuthority()
            func trust(_ file: URL) throws -> TrustedAuthorities { try TrustedAuthorities(pem: Data(contentsOf: file)) }
            let runner = ExportRunner(
                service.services,
                signer: service.signer,
                timeStamps: TimeStampAuthority(url: authority.url, trusted: try trust(authority.root))
            )
            let (_, file) = try await bundle([:], pictures: false, by: officer, service, runner)
            let key = service.signer.verifier
            let report = BundleVerifier.verify(file, key: key, authorities: try trust(authority.root))
            #expect(report.isSound && report.stampedAt != nil, "\(report.problems)")
            let other = BundleVerifier.verify(file, key: key, authorities: try trust(authority.other))
            #expect(other.problems.map(\.code) == [.timeStamp] && other.stampedAt == nil)
            #expect(BundleVerifier.verify(file, key: key).isSound, "who asks for no stamp is not kept from checking")
            #expect(try peer(file, key.text).status == 0)
            let (_, plain) = try await bundle([:], pictures: false, by: officer, service)
            let missing = BundleVerifier.verify(plain, key: key, authorities: try trust(authority.root))
            #expect(missing.problems.map(\.code) == [.timeStamp])
        }
    }

    @Test("F2: a bundle that should be stamped is not made without")
    func unstamped() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let officer = try await service.staff(.complianceOfficer)
            let authority = try TestAuthority(.garbage)
            let trusted = try TrustedAuthorities(pem: Data(contentsOf: authority.root))
            let runner = ExportRunner(
                service.services,
                signer: service.signer,
                timeStamps: TimeStampAuthority(url: authority.url, trusted: trusted)
            )
            let (job, _) = try await bundle([:], pictures: false, by: officer, service, runner)
            #expect(job["state"].string == "failed" && job["failure"].string == "time_stamp_unavailable")
        }
    }
}
