import Accounts
import Foundation
import OneTimePasswords
import TestSupport
import Testing
import Workflows

@Suite("A8 Second factor")
struct SecondFactorTests {
    private static let email = "examiner@example.org"

    /// The first step's ticket.
    private func ticket(_ service: TestService) async throws -> String {
        let reply = try await service.loginReply(Self.email, TestService.staffPassword)
        #expect(reply.status == 200 && reply.json["second_factor_needed"] == true)
        #expect(reply.json["token"] == .null && reply.json["account"] == .null)
        #expect(reply.header("Set-Cookie") == nil)
        let ticket = try #require(reply.json["ticket"].string, "\(reply.text)")
        service.noteAsSecret(ticket)
        return ticket
    }

    private func complete(_ service: TestService, _ ticket: String, _ code: String) async throws -> Reply {
        try await service.anybody.post(
            "/v1/login/second-factor",
            ["ticket": .string(ticket), "code": .string(code), "deliver": "token"]
        )
    }

    @Test("A8: without a second factor nothing changes; set up, it is shown once and asked for at login")
    func setUp() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            #expect(try await examiner.get("/v1/me/second-factor").json["state"] == "absent")
            let other = try await service.logIn(Self.email, TestService.staffPassword, role: "examiner")
            let (key, codes, renewed) = try await service.secondFactor(of: examiner)
            #expect(codes.count == 10 && Set(codes).count == 10)
            #expect(try await other.get("/v1/me").status == 401, "it rested on the password only")
            #expect(try await examiner.get("/v1/me").status == 401, "the session has a new token")
            let standing = try await renewed.get("/v1/me/second-factor").json
            #expect(standing["state"] == "active" && standing["recovery_codes_left"].int == 10)
            let again = try await renewed.post(
                "/v1/me/second-factor",
                ["password": .string(TestService.staffPassword)]
            )
            #expect(again.status == 409, "the secret is not shown twice")

            let ticket = try await ticket(service)
            var bearer = service.anybody
            bearer.token = ticket
            #expect(try await bearer.get("/v1/me").status == 401, "a ticket is no session")
            let reply = try await complete(service, ticket, try service.code(of: key, steps: 1))
            #expect(reply.status == 200, "\(reply.text)")
            #expect(try await service.client(reply.json["token"]).get("/v1/me").status == 200)
        }
    }

    @Test("A8: the secret lies sealed in the database, the recovery codes as hashes")
    func storedSealed() async throws {
        try await TestService.run { service in
            let (key, codes, _) = try await service.secondFactor(of: try await service.staff(.examiner))
            let raw = try service.rawDatabase()
            let hex = key.secretBytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            let sealed = try raw.column("SELECT lower(hex(sealed_secret)) FROM second_factors")
            #expect(sealed.count == 1 && sealed[0].count > 2 * 20 && !sealed[0].contains(hex))
            let hashes = try raw.column("SELECT code_hash FROM recovery_codes")
            #expect(hashes.count == 10 && Set(hashes).isDisjoint(with: codes))
        }
    }

    @Test("A8: a code counts once, in a window of a step to either side", arguments: [-2, -1, 0, 1, 2])
    func window(_ steps: Int) async throws {
        try await TestService.run { service in
            let (key, _, _) = try await service.secondFactor(of: try await service.staff(.examiner))
            service.clock.advance(minutes: 10)
            let code = try service.code(of: key, steps: steps)
            let reply = try await complete(service, try await ticket(service), code)
            #expect(reply.status == (abs(steps) <= 1 ? 200 : 401))
            guard reply.status == 200 else { return }
            let replayed = try await complete(service, try await ticket(service), code)
            #expect(replayed.status == 401 && replayed.code == "second_factor_wrong")
        }
    }

    @Test("A8: a code that two logins bring at the same moment makes one session")
    func parallelReplay() async throws {
        try await TestService.run { service in
            let (key, _, _) = try await service.secondFactor(of: try await service.staff(.examiner))
            service.clock.advance(minutes: 10)
            let code = try service.code(of: key)
            let tickets = [try await ticket(service), try await ticket(service), try await ticket(service)]
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for ticket in tickets { group.addTask { try await complete(service, ticket, code).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200, 401, 401])
        }
    }

    @Test("A8: a ticket makes one session, for five minutes, and none for a disabled account")
    func tickets() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let id = try await service.id(of: examiner)
            let (key, codes, _) = try await service.secondFactor(of: examiner)
            service.clock.advance(minutes: 10)
            let first = try await ticket(service)
            #expect(try await complete(service, first, try service.code(of: key)).status == 200)
            let again = try await complete(service, first, codes[0])
            #expect(again.code == "login_ticket_invalid")
            let late = try await ticket(service)
            service.clock.advance(minutes: 5)
            #expect(try await complete(service, late, codes[0]).code == "login_ticket_invalid")
            #expect(try await complete(service, "x", codes[0]).code == "login_ticket_invalid")
            let halted = try await ticket(service)
            let administrator = try await service.staff(.administrator)
            let disabled = try await administrator.post("/v1/accounts/\(id)/disabling", ["reason": "уволен"])
            #expect(disabled.status == 200)
            #expect(try await complete(service, halted, codes[0]).code == "login_ticket_invalid")
            #expect(try service.rawDatabase().count("recovery_codes") == 10)
        }
    }

    @Test("A8: a recovery code stands in once, however it is typed")
    func recovery() async throws {
        try await TestService.run { service in
            let (_, codes, client) = try await service.secondFactor(of: try await service.staff(.examiner))
            let typed = codes[3].lowercased().replacingOccurrences(of: "-", with: " ")
            #expect(try await complete(service, try await ticket(service), typed).status == 200)
            #expect(try await complete(service, try await ticket(service), codes[3]).status == 401)
            #expect(try await complete(service, try await ticket(service), codes[4]).status == 200)
            #expect(try await client.get("/v1/me/second-factor").json["recovery_codes_left"].int == 8)
        }
    }

    @Test("A8: guessing codes is slowed down by account, across tickets and restarts, and every try is recorded")
    func guessing() async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        var key: AuthenticatorKey?
        try await TestService.run(in: folder, clock: clock) { service in
            let examiner = try await service.staff(.examiner)
            let id = try await service.id(of: examiner)
            key = try await service.secondFactor(of: examiner).key
            clock.advance(minutes: 10)
            for _ in 0..<6 {
                let reply = try await complete(service, try await ticket(service), "000000")
                #expect(reply.status == 401 && reply.code == "second_factor_wrong")
            }
            let officer = try await service.staff(.complianceOfficer)
            let records = try await officer.get("/v1/identifications?subject=\(id)").json["identifications"].array
            let reasons = Dictionary(grouping: records) { $0["reason"].string ?? "" }.mapValues(\.count)
            #expect(reasons == ["password_valid": 1, "second_factor_needed": 6, "second_factor_wrong": 6])
            #expect(
                records.filter { $0["reason"] == "second_factor_wrong" }.allSatisfy { $0["outcome"] == "non_match" }
            )
        }
        try await TestService.run(in: folder, clock: clock, seed: 2) { service in
            let key = try #require(key)
            let reply = try await complete(service, try await ticket(service), try service.code(of: key))
            #expect(reply.status == 429 && reply.header("Retry-After") == "30")
            clock.advance(seconds: 31)
            let right = try await complete(service, try await ticket(service), try service.code(of: key))
            #expect(right.status == 200, "\(right.text)")
        }
    }

    @Test("A8: neither a wrong password nor an unknown login tells whether there is a second factor")
    func sameAnswer() async throws {
        try await TestService.run { service in
            _ = try await service.secondFactor(of: try await service.staff(.examiner))
            _ = try await service.staff(.reviewer)
            let replies = [
                try await service.loginReply(Self.email, "wrong password"),
                try await service.loginReply("reviewer@example.org", "wrong password"),
                try await service.loginReply("nobody@example.org", "wrong password"),
            ]
            #expect(Set(replies.map { $0.json.without("instance") }).count == 1)
            #expect(replies.allSatisfy { $0.status == 401 })
        }
    }

    @Test("A8: it is set up and taken away with the password only, and confirmed by a right code only")
    func reauthentication() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let password = JSON.string(TestService.staffPassword)
            let path = "/v1/me/second-factor"
            #expect(try await examiner.post(path, ["password": "wrong password"]).code == "password_wrong")
            let early = try await examiner.post("\(path)/confirmation", ["code": "000000"])
            #expect(early.code == "second_factor_not_begun")
            #expect(try await examiner.post(path, ["password": password]).status == 201)
            #expect(try await examiner.post("\(path)/confirmation", ["code": "000000"]).code == "code_wrong")
            #expect(try await examiner.get(path).json["state"] == "pending")
            let reply = try await service.loginReply(Self.email, TestService.staffPassword)
            #expect(reply.json["second_factor_needed"] == false, "pending is asked of nobody")

            let (key, codes, client) = try await service.secondFactor(of: examiner)
            service.clock.advance(minutes: 1)
            let code = JSON.string(try service.code(of: key))
            #expect(
                try await client.post("\(path)/removal", ["password": "wrong password", "code": code]).code
                    == "password_wrong"
            )
            #expect(
                try await client.post("\(path)/removal", ["password": password, "code": "000000"]).code == "code_wrong"
            )
            #expect(try await client.post("\(path)/removal", ["password": password, "code": code]).status == 204)
            #expect(try await client.get(path).json["state"] == "absent")
            #expect(try service.rawDatabase().count("recovery_codes") == 0)
            #expect(codes.count == 10)
        }
    }

    @Test("A8: an administrator takes away what somebody has lost, never their own")
    func reset() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let examiner = try await service.staff(.examiner)
            let (own, id) = (try await service.id(of: administrator), try await service.id(of: examiner))
            let path = "/v1/accounts/\(id)/second-factor-reset"
            #expect(try await administrator.post(path).code == "second_factor_absent")
            let (_, _, client) = try await service.secondFactor(of: examiner)
            let (_, _, renewed) = try await service.secondFactor(of: administrator)
            #expect(try await renewed.post("/v1/accounts/\(own)/second-factor-reset").code == "own_account")
            #expect(try await renewed.get("/v1/accounts/\(id)").json["has_second_factor"] == true)
            #expect(try await renewed.post(path).status == 204)
            #expect(try await client.get("/v1/me").status == 401)
            let reply = try await service.loginReply(Self.email, TestService.staffPassword)
            #expect(reply.json["second_factor_needed"] == false)
        }
    }

    @Test("A8: where it is required, staff without one can do nothing but set one up; candidates go on")
    func required() async throws {
        try await TestService.run(accounts: AccountSettings(staffSecondFactor: .required)) { service in
            let candidate = try await service.candidate(0)
            #expect(try await candidate.get("/v1/exams").status == 200)
            let login = try await {
                _ = try await service.staff(.examiner)
                return try await service.loginReply(Self.email, TestService.staffPassword)
            }()
            #expect(login.json["second_factor_missing"] == true)
            let examiner = try service.client(login.json["token"])
            for target in ["/v1/exams", "/v1/question-banks/IB", "/v1/me/sessions"] {
                let reply = try await examiner.get(target)
                #expect(reply.status == 403 && reply.code == "second_factor_missing", "\(target)")
            }
            #expect(try await examiner.get("/v1/me").status == 200)
            #expect(try await examiner.get("/v1/me/second-factor").json["is_required"] == true)
            let (_, _, renewed) = try await service.secondFactor(of: examiner)
            #expect(try await renewed.get("/v1/question-banks/IB").status == 200)
        }
    }

    @Test("A8: a reset password leaves the second factor in place")
    func resetKeepsIt() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let id = try await service.id(of: examiner)
            _ = try await service.secondFactor(of: examiner)
            let administrator = try await service.staff(.administrator)
            let code = try await administrator.post("/v1/accounts/\(id)/password-reset").json["code"]
            let redeemed = try await service.anybody.post(
                "/v1/password-resets",
                ["email": .string(Self.email), "code": code, "new_password": "три слова сразу"]
            )
            #expect(redeemed.status == 204)
            let reply = try await service.loginReply(Self.email, "три слова сразу")
            #expect(reply.json["second_factor_needed"] == true)
        }
    }
}
