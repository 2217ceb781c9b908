import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("C7 Logins are recorded with time, address and device")
struct LoginRecordTests {
    private static let browser = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"

    /// Logs in with a browser's name.
    private func tryLogin(_ service: TestService, _ password: String, device: String = browser) async throws -> Reply {
        let form: JSON = ["email": "candidate0@example.org", "password": .string(password), "deliver": "token"]
        return try await service.anybody.with("User-Agent", device).post("/v1/login", form)
    }

    /// Newest first.
    private func records(_ service: TestService, of id: String) async throws -> [JSON] {
        let reply = try await service.keeper().get("/v1/identifications?subject=\(id)&method=electronic&limit=500")
        return reply.json["identifications"].array
    }

    @Test("C7: right, wrong and turned away: each record tells address and device, in the list and by itself")
    func everyOutcome() async throws {
        try await TestService.run { service in
            let id = try await service.id(of: try await service.candidate(0))
            let before = try await records(service, of: id).count
            for _ in 0..<6 { #expect(try await tryLogin(service, "wrong password").status == 401) }
            #expect(try await tryLogin(service, "wrong password").status == 429)
            service.clock.advance(minutes: 1)
            #expect(try await tryLogin(service, "correct horse battery 0").status == 200)
            let made = try await records(service, of: id).dropLast(before)
            let reasons = Dictionary(grouping: made) { $0["reason"].string ?? "" }.mapValues(\.count)
            #expect(reasons == ["password_wrong": 6, "throttled": 1, "password_valid": 1])
            for record in made {
                #expect(record["address"] == "127.0.0.1")
                #expect(record["device"].string == Self.browser)
                #expect(record["at"].string?.hasSuffix("Z") == true)
                let one = try await service.keeper().get("/v1/identifications/\(record["id"].string ?? "")").json
                #expect(one["address"] == record["address"] && one["device"] == record["device"])
            }
        }
    }

    @Test("A8, C7: both steps of a login with a second factor tell where they came from")
    func secondFactor() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let id = try await service.id(of: examiner)
            let factor = try await service.secondFactor(of: examiner)
            let client = service.anybody.with("User-Agent", Self.browser)
            let form: JSON = [
                "email": "examiner@example.org", "password": .string(TestService.staffPassword), "deliver": "token",
            ]
            let first = try await client.post("/v1/login", form)
            let ticket = try #require(first.json["ticket"].string, "\(first.text)")
            service.noteAsSecret(ticket)
            let wrong: JSON = ["ticket": .string(ticket), "code": "000000", "deliver": "token"]
            #expect(try await client.post("/v1/login/second-factor", wrong).status == 401)
            service.clock.advance(seconds: 31)
            let code = try service.code(of: factor.key)
            let right = try await client.post("/v1/login/second-factor", wrong.with(["code": .string(code)]))
            #expect(right.status == 200, "\(right.text)")
            let made = try await records(service, of: id).prefix(3)
            #expect(made.compactMap { $0["reason"].string }.last == "second_factor_needed")
            #expect(made.map { $0["outcome"] } == ["match", "non_match", "inconclusive"])
            #expect(made.allSatisfy { $0["device"].string == Self.browser && $0["address"] == "127.0.0.1" })
        }
    }

    @Test("C7: of tries from several devices that were counted together no device is told; of one device's it is")
    func counted() async throws {
        try await TestService.run { service in
            let id = try await service.id(of: try await service.candidate(0))
            for _ in 0..<6 { _ = try await tryLogin(service, "wrong password") }
            for _ in 0..<4 { _ = try await tryLogin(service, "wrong password") }
            service.clock.advance(seconds: 1)
            _ = try await tryLogin(service, "wrong password", device: "another/1")
            try await service.housekeeping.recordThrottledTries(all: true)
            let made = try await records(service, of: id).filter { $0["reason"] == "throttled" }
            #expect(made.map { $0["tries"] } == [4, 1])
            #expect(made.map { $0["device"] } == [.null, .string(Self.browser)])
        }
    }

    @Test("C7, F3: a long name of a device is cut; of a login that names nobody nothing personal is kept")
    func bounds() async throws {
        try await TestService.run { service in
            let id = try await service.id(of: try await service.candidate(0))
            let long = String(repeating: "A", count: 900)
            #expect(try await tryLogin(service, "wrong password", device: long).status == 401)
            #expect(try await records(service, of: id).first?["device"].string == String(long.prefix(200)))
            let unknown: JSON = ["email": "nobody@example.org", "password": "wrong password"]
            let client = service.anybody.with("User-Agent", Self.browser)
            #expect(try await client.post("/v1/login", unknown).status == 401)
            let all = try await service.keeper().get("/v1/identifications?limit=500").json["identifications"].array
            let record = try #require(all.first { $0["reason"] == "login_unknown" })
            #expect(record["address"] == .null && record["device"] == .null && record["subject"] == .null)
            #expect(record["at"] != .null)
        }
    }

    @Test("C7: address and device stand nowhere in the database in the clear, nor in the log's entries")
    func sealed() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            #expect(try await tryLogin(service, "wrong password", device: "needle-in-a-browser/7").status == 401)
            let raw = try service.rawDatabase()
            let bodies = try raw.column("SELECT CAST(body AS TEXT) FROM log_entries")
            #expect(!bodies.isEmpty && !bodies.contains { $0.contains("needle") || $0.contains("127.0.0.1") })
            let files = service.folder.files().filter { $0.lastPathComponent.hasPrefix("attestd.sqlite") }
            #expect(!files.isEmpty)
            for file in files {
                let data = try Data(contentsOf: file)
                #expect(data.range(of: Data("needle-in-a-browser".utf8)) == nil, "\(file.lastPathComponent)")
            }
        }
    }
}
