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
        _ runner: ExportRunner? = nil
    ) async throws -> (job: JSON, file: URL) {
        let order: JSON = ["format": "bundle", "filter": filter, "pictures": .bool(pictures)]
        let ordered = try await officer.post("/v1/exports", order)
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
