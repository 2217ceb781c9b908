import API
import Accounts
import Foundation
import TestSupport
import Testing

@Suite("Tokens for other programs")
struct APITokenTests {
    private func form(_ service: TestService, _ scopes: [String], days: Double = 30) -> JSON {
        [
            "name": "Moodle", "scopes": .array(scopes.map { .string($0) }),
            "expires_at": .string(service.clock.now.addingTimeInterval(days * 86_400).formatted(.iso8601)),
        ]
    }

    private func issue(
        _ service: TestService,
        _ scopes: [String],
        days: Double = 30,
        by administrator: Client
    ) async throws -> (client: Client, id: String) {
        let reply = try await administrator.post("/v1/api-tokens", form(service, scopes, days: days))
        try #require(reply.status == 201, "\(reply.text)")
        return (try service.client(reply.json["token"]), try #require(reply.json["id"].string))
    }

    @Test("A token does what its scopes say and nothing else, and is stored as a hash")
    func scopes() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let (client, _) = try await issue(service, ["read_exams", "manage_exams"], by: administrator)
            let text = try #require(client.token)
            #expect(text.wholeMatch(of: /attestd_[A-Za-z0-9_-]{43}/) != nil)
            #expect(try service.rawDatabase().column("SELECT token_hash FROM api_tokens").contains(text) == false)
            #expect(try await client.get("/v1/exams").status == 200)
            #expect(try await service.exam(by: client).isEmpty == false)
            for target in ["/v1/identifications", "/v1/face-duplicates", "/v1/contracts"] {
                let reply = try await client.get(target)
                #expect(reply.status == 403 && reply.code == "scope_missing", "\(target)")
            }
            let listed = try await administrator.get("/v1/api-tokens")
            #expect(!listed.text.contains(text) && listed.json["tokens"][0]["token"] == .null)
        }
    }

    @Test("A token reads no attempt that its scopes do not cover, though its issuer could")
    func scopesBelowTheSurface() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let exam = try await service.exam(by: administrator)
            let attempt = try await service.attempt(exam, by: try await service.candidate(0))
            let (narrow, _) = try await issue(service, ["read_exams"], by: administrator)
            let (wide, _) = try await issue(service, ["read_exams", "read_attempts"], by: administrator)
            #expect(try await narrow.get("/v1/attempts/\(attempt)").status == 403)
            #expect(try await wide.get("/v1/attempts/\(attempt)").status == 200)
        }
    }

    @Test("Accounts, the own account and tokens are for people: no token can have or use such rights")
    func needsSession() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let personal = Permission.allCases.filter(\.needsSession)
            #expect(personal.count == 5)
            for permission in personal {
                let reply = try await administrator.post("/v1/api-tokens", form(service, [permission.rawValue]))
                #expect(reply.status == 422)
            }
            #expect(
                try await administrator.post("/v1/api-tokens", form(service, ["sit_exams"])).code == "scope_not_yours"
            )
            let (client, _) = try await issue(service, ["read_exams"], by: administrator)
            // What the database says is not believed either.
            let all = Permission.allCases.map(\.rawValue).joined(separator: " ")
            try service.rawDatabase().execute("UPDATE api_tokens SET scopes = '\(all)'")
            #expect(try await client.get("/v1/identifications").status == 200)
            for target in ["/v1/me", "/v1/accounts", "/v1/api-tokens", "/v1/me/second-factor"] {
                #expect(try await client.get(target).code == "scope_missing", "\(target)")
            }
            #expect(try await client.post("/v1/logout").status == 403)
        }
    }

    @Test("A token holds for a year at most", arguments: [(-1.0, 422), (0, 422), (365, 201), (366, 201), (367, 422)])
    func lifetime(_ days: Double, _ status: Int) async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let reply = try await administrator.post("/v1/api-tokens", form(service, ["read_exams"], days: days))
            #expect(reply.status == status, "\(reply.text)")
        }
    }

    @Test("A token ends with its time, its revocation, its issuer's disabling or lost right")
    func ends() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let examiner = try await service.id(of: try await service.staff(.examiner))
            _ = try await administrator.put("/v1/accounts/\(examiner)/roles", ["roles": ["administrator"]])
            func other() async throws -> Client {
                try await service.logIn("examiner@example.org", TestService.staffPassword, role: "administrator")
            }
            let (short, _) = try await issue(service, ["read_exams"], days: 0.001, by: administrator)
            let (revoked, id) = try await issue(service, ["read_exams"], by: administrator)
            let (orphan, _) = try await issue(service, ["read_exams"], by: try await other())
            for client in [short, revoked, orphan] { #expect(try await client.get("/v1/exams").status == 200) }
            service.clock.advance(minutes: 2)
            #expect(try await short.get("/v1/exams").status == 401)
            #expect(try await administrator.delete("/v1/api-tokens/\(id)").status == 204)
            #expect(try await administrator.delete("/v1/api-tokens/\(id)").code == "token_unknown")
            #expect(try await revoked.get("/v1/exams").status == 401)
            _ = try await administrator.put("/v1/accounts/\(examiner)/roles", ["roles": ["examiner"]])
            #expect(try await orphan.get("/v1/exams").status == 401, "an examiner may read exams, not issue tokens")
            _ = try await administrator.put("/v1/accounts/\(examiner)/roles", ["roles": ["administrator"]])
            #expect(try await orphan.get("/v1/exams").status == 401, "what ended stays ended")
            let (last, _) = try await issue(service, ["read_exams"], by: try await other())
            _ = try await administrator.post("/v1/accounts/\(examiner)/disabling", ["reason": "уволен"])
            #expect(try await last.get("/v1/exams").status == 401)
            _ = try await administrator.post("/v1/accounts/\(examiner)/enabling", ["reason": "вернулся"])
            #expect(try await last.get("/v1/exams").status == 401)
        }
    }

    @Test("A token's event stream ends with it: at once by revocation, and by the watch when its time is over")
    func streams() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let exam = try await service.exam(by: administrator)
            let target = "/v1/exams/\(exam)/events/stream"
            let (revoked, id) = try await issue(service, ["follow_exams"], by: administrator)
            let (short, _) = try await issue(service, ["follow_exams"], days: 0.01, by: administrator)
            let (first, second) = (
                try await EventReader.open(revoked, target), try await EventReader.open(short, target)
            )
            #expect(first.head.status == 200 && second.head.status == 200)
            #expect(try await administrator.delete("/v1/api-tokens/\(id)").status == 204)
            _ = await first.take { _ in false }
            try await service.api.endStreamsOfEndedLogins()
            service.clock.advance(minutes: 20)
            try await service.api.endStreamsOfEndedLogins()
            _ = await second.take { _ in false }
        }
    }

    @Test("When a token was last used is noted to the minute")
    func lastUse() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let (client, _) = try await issue(service, ["read_exams"], by: administrator)
            func lastUse() async throws -> String? {
                try await administrator.get("/v1/api-tokens").json["tokens"][0]["last_used_at"].string
            }
            #expect(try await lastUse() == nil)
            _ = try await client.get("/v1/exams")
            let first = try await lastUse()
            #expect(first != nil)
            service.clock.advance(seconds: 59)
            _ = try await client.get("/v1/exams")
            #expect(try await lastUse() == first)
            service.clock.advance(seconds: 2)
            _ = try await client.get("/v1/exams")
            #expect(try await lastUse() != first)
        }
    }

    @Test("A token that nobody issued opens nothing, and many of them are slowed down without a write")
    func guesses() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let (right, _) = try await issue(service, ["read_exams"], by: administrator)
            var guess = service.anybody
            guess.token = "attestd_" + String(repeating: "A", count: 43)
            for _ in 0..<51 { #expect(try await guess.get("/v1/exams").code == "login_needed") }
            #expect(try await guess.get("/v1/exams").status == 429)
            #expect(try service.rawDatabase().count("throttles") == 0)
            #expect(try await administrator.get("/v1/exams").status == 200, "people are not slowed down by it")
            service.clock.advance(seconds: 2)
            #expect(try await right.get("/v1/exams").status == 200)
        }
    }
}
