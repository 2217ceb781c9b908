import Accounts
import Foundation
import TestSupport
import Testing

@Suite("A2 Passwords reset by staff")
struct PasswordResetTests {
    private static let newPassword = "совсем другая фраза"

    private func redeem(
        _ service: TestService,
        _ code: String,
        email: String = "candidate0@example.org",
        password: String = newPassword
    ) async throws -> Reply {
        service.noteAsSecret(code)
        return try await service.anybody.post(
            "/v1/password-resets",
            ["email": .string(email), "code": .string(code), "new_password": .string(password)]
        )
    }

    private func issue(_ service: TestService, for id: String, by staff: Client) async throws -> String {
        let reply = try await staff.post("/v1/accounts/\(id)/password-reset")
        try #require(reply.status == 201, "\(reply.text)")
        return try #require(reply.json["code"].string)
    }

    @Test("A2: a code sets a new password once, however it is typed, and ends all logins")
    func works() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let id = try await service.id(of: candidate)
            let support = try await service.staff(.technicalResponsible)
            let code = try await issue(service, for: id, by: support)
            let stored = try service.rawDatabase().column("SELECT code_hash FROM password_resets")
            #expect(stored.count == 1 && !stored.contains(code))
            #expect(try await candidate.get("/v1/me").status == 200, "the issue alone changes nothing")
            let typed = code.lowercased().replacingOccurrences(of: "-", with: " ")
            #expect(try await redeem(service, typed).status == 204)
            #expect(try await candidate.get("/v1/me").status == 401)
            #expect(try await service.loginReply("candidate0@example.org", "correct horse battery 0").status == 401)
            #expect(try await service.loginReply("candidate0@example.org", Self.newPassword).status == 200)
            #expect(try await redeem(service, code, password: "ещё одна другая фраза").status == 422)
        }
    }

    @Test("A2: wrong, used, replaced and old codes and unknown logins get one and the same answer")
    func refusals() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let id = try await service.id(of: candidate)
            let administrator = try await service.staff(.administrator)
            let replaced = try await issue(service, for: id, by: administrator)
            let code = try await issue(service, for: id, by: administrator)
            var answers: Set<JSON> = []
            func expectRefused(_ reply: Reply) {
                #expect(reply.status == 422)
                answers.insert(reply.json.without("instance"))
            }
            expectRefused(try await redeem(service, replaced))
            expectRefused(try await redeem(service, "AAAAAA-AAAAAA-AAAAAA-AAAAAA"))
            expectRefused(try await redeem(service, "no code"))
            expectRefused(try await redeem(service, code, email: "nobody@example.org"))
            expectRefused(try await redeem(service, code, email: "nobody"))
            expectRefused(try await redeem(service, code, email: "administrator@example.org"))
            service.clock.advance(minutes: 24 * 60)
            expectRefused(try await redeem(service, code))
            #expect(answers.count == 1)
            #expect(answers.first?["code"] == "reset_code_refused")
        }
    }

    @Test("A2: a weak password uses no code up, and is told as such to nobody without the code")
    func weakPassword() async throws {
        try await TestService.run { service in
            let id = try await service.id(of: try await service.candidate(0))
            let code = try await issue(service, for: id, by: try await service.staff(.administrator))
            #expect(try await redeem(service, code, password: "qwerty123").code == "password_too_common")
            let stranger = try await redeem(service, "AAAAAA-AAAAAA-AAAAAA-AAAAAA", password: "qwerty123")
            #expect(stranger.code == "reset_code_refused")
            #expect(try await redeem(service, code).status == 204)
        }
    }

    @Test("A2: guessing codes is slowed down, for a login that does not exist too")
    func throttled() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            for email in ["candidate0@example.org", "nobody@example.org"] {
                for _ in 0..<6 { #expect(try await redeem(service, "no code", email: email).status == 422) }
                let reply = try await redeem(service, "no code", email: email)
                #expect(reply.status == 429)
                #expect(reply.header("Retry-After") == "2")
            }
        }
    }

    @Test("A2: a reset opens a login that too many wrong passwords have blocked")
    func unblocks() async throws {
        try await TestService.run { service in
            let id = try await service.id(of: try await service.candidate(0))
            for _ in 0..<6 { _ = try await service.loginReply("candidate0@example.org", "wrong password") }
            #expect(try await service.loginReply("candidate0@example.org", Self.newPassword).status == 429)
            let code = try await issue(service, for: id, by: try await service.staff(.administrator))
            #expect(try await redeem(service, code).status == 204)
            #expect(try await service.loginReply("candidate0@example.org", Self.newPassword).status == 200)
        }
    }

    @Test("A2: technical support resets candidates, administrators everybody, nobody themself")
    func whoMay() async throws {
        try await TestService.run { service in
            let candidate = try await service.id(of: try await service.candidate(0))
            let support = try await service.staff(.technicalResponsible)
            let administrator = try await service.staff(.administrator)
            let (supportID, administratorID) =
                (try await service.id(of: support), try await service.id(of: administrator))
            let examiner = try await service.id(of: try await service.staff(.examiner))
            func status(_ client: Client, _ id: String) async throws -> Int {
                try await client.post("/v1/accounts/\(id)/password-reset").status
            }
            #expect(try await status(support, candidate) == 201)
            for id in [examiner, supportID, administratorID] { #expect(try await status(support, id) == 404) }
            for id in [candidate, examiner, supportID] { #expect(try await status(administrator, id) == 201) }
            #expect(
                try await administrator.post("/v1/accounts/\(administratorID)/password-reset").code == "own_account"
            )
            #expect(try service.rawDatabase().count("password_resets") == 3)
        }
    }

    @Test("A2: the log says who issued and who redeemed, and holds no code")
    func logged() async throws {
        try await TestService.run { service in
            let id = try await service.id(of: try await service.candidate(0))
            let administrator = try await service.staff(.administrator)
            let code = try await issue(service, for: id, by: administrator)
            _ = try await redeem(service, code)
            let entries = try await administrator.get("/v1/log/entries?limit=500").text
            #expect(entries.contains("password_reset_issued") && entries.contains("password_reset_redeemed"))
            #expect(entries.contains(try await service.id(of: administrator)) && !entries.contains(code))
        }
    }
}
