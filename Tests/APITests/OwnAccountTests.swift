import Accounts
import Foundation
import TestSupport
import Testing

@Suite("A2 The own account")
struct OwnAccountTests {
    private static let oldPassword = "correct horse battery 0"
    private static let newPassword = "совсем другая фраза"

    private func change(_ client: Client, from old: String, to new: String = newPassword) async throws -> Reply {
        try await client.post("/v1/me/password", ["old_password": .string(old), "new_password": .string(new)])
    }

    @Test("A2: a new password ends all other logins, gives this one a new token, and the old password opens nothing")
    func password() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            service.noteAsSecret(Self.newPassword)
            let other = try await service.logIn("candidate0@example.org", Self.oldPassword, role: "candidate")
            let reply = try await change(candidate, from: Self.oldPassword)
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply.header("Set-Cookie") == nil)
            #expect(try await other.get("/v1/me").status == 401)
            #expect(try await candidate.get("/v1/me").status == 401, "the old token is gone")
            let renewed = try service.client(reply.json["token"])
            #expect(try await renewed.get("/v1/me").status == 200)
            #expect(try await service.loginReply("candidate0@example.org", Self.oldPassword).status == 401)
            #expect(try await service.loginReply("candidate0@example.org", Self.newPassword).status == 200)
        }
    }

    @Test("A2: a browser gets its new token by the cookie alone")
    func passwordByCookie() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let form: JSON = ["email": "candidate0@example.org", "password": .string(Self.oldPassword)]
            let field = try #require(try await service.anybody.post("/v1/login", form).header("Set-Cookie"))
            let browser = service.anybody.with("Cookie", String(field.prefix { $0 != ";" }))
            let reply = try await change(browser, from: Self.oldPassword)
            #expect(reply.status == 200 && reply.json["token"] == .null)
            let renewed = try #require(reply.header("Set-Cookie"))
            #expect(renewed.hasPrefix("__Host-attestd_session=") && renewed.hasSuffix("; Max-Age=43200"))
            #expect(try await browser.get("/v1/me").status == 401)
            let after = service.anybody.with("Cookie", String(renewed.prefix { $0 != ";" }))
            #expect(try await after.get("/v1/me").status == 200)
        }
    }

    @Test(
        "A2: without the old password, or with a weak new one, nothing changes",
        arguments: [
            ("wrong password", newPassword, 403, "password_wrong"),
            (oldPassword, "qwerty123", 422, "password_too_common"),
            (oldPassword, "Соловьёва7", 422, "password_contains_name"),
            (oldPassword, "Attestd!1", 422, "password_contains_name"), (oldPassword, "kurz", 422, "body_invalid"),
        ]
    )
    func refused(_ old: String, _ new: String, _ status: Int, _ code: String) async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let reply = try await change(candidate, from: old, to: new)
            #expect(reply.status == status)
            #expect(reply.code == code)
            #expect(!reply.text.contains(new) && !reply.text.contains(old))
            #expect(try await candidate.get("/v1/me").status == 200)
            #expect(try await service.loginReply("candidate0@example.org", Self.oldPassword).status == 200)
        }
    }

    @Test("A2: with a session in hand the password is not guessed, and the login is not slowed down by it")
    func guessing() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            for _ in 0..<6 { #expect(try await change(candidate, from: "wrong password").status == 403) }
            let reply = try await change(candidate, from: Self.oldPassword)
            #expect(reply.status == 429)
            #expect(reply.header("Retry-After") == "30")
            #expect(try await service.loginReply("candidate0@example.org", Self.oldPassword).status == 200)
            service.clock.advance(seconds: 31)
            #expect(try await change(candidate, from: Self.oldPassword).status == 200)
        }
    }

    @Test("A2: the login is changed with the password, to an address that nobody has")
    func email() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            _ = try await service.candidate(1)
            service.personal.update { $0.formUnion(["new@example.org"]) }
            func change(_ email: String, _ password: String = Self.oldPassword) async throws -> Reply {
                try await candidate.post("/v1/me/email", ["email": .string(email), "password": .string(password)])
            }
            #expect(try await change("new@example.org", "wrong password").code == "password_wrong")
            #expect(try await change("nobody").code == "email_malformed")
            #expect(try await change("CANDIDATE1@example.org").code == "email_taken")
            let reply = try await change(" New@Example.ORG")
            #expect(reply.status == 200 && reply.json["email"] == "new@example.org")
            #expect(try await service.loginReply("candidate0@example.org", Self.oldPassword).status == 401)
            #expect(try await service.loginReply("new@example.org", Self.oldPassword).status == 200)
            let officer = try await service.staff(.complianceOfficer)
            let log = try await officer.get("/v1/log/entries?limit=500").text
            #expect(log.contains("email_changed") && !log.contains("new@example.org"))
        }
    }

    @Test("A2: finding out by trying who has an account is slowed down")
    func emailProbing() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            _ = try await service.candidate(1)
            let form: JSON = ["email": "candidate1@example.org", "password": .string(Self.oldPassword)]
            for _ in 0..<6 { #expect(try await candidate.post("/v1/me/email", form).status == 409) }
            #expect(try await candidate.post("/v1/me/email", form).status == 429)
        }
    }

    @Test("A2: the own logins are listed with device and address, and end one by one or all others at once")
    func sessions() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(1)
            let first = try await service.candidate(0)
            let form: JSON = [
                "email": "candidate0@example.org", "password": .string(Self.oldPassword), "deliver": "token",
            ]
            service.clock.advance(seconds: 1)
            let agent = "Firefox/128 " + String(repeating: "x", count: 500)
            let reply = try await service.anybody.with("User-Agent", agent).post("/v1/login", form)
            let second = try service.client(reply.json["token"])
            let third = try await service.logIn("candidate0@example.org", Self.oldPassword, role: "candidate")
            let listed = try await first.get("/v1/me/sessions").json["sessions"].array
            #expect(listed.count == 3)
            #expect(listed.map { $0["is_current"] } == [false, false, true])
            #expect(listed[1]["user_agent"].string?.hasPrefix("Firefox/128 xxx") == true)
            #expect(listed[1]["user_agent"].string?.count == 160)
            #expect(listed[1]["address"] == "127.0.0.1")
            let text = listed.map { "\($0)" }.joined()
            #expect(!text.contains(first.token ?? "-") && !text.contains("hash"))
            let id = try #require(listed[1]["id"].string)
            #expect(try await first.delete("/v1/me/sessions/\(id)").status == 204)
            #expect(try await second.get("/v1/me").status == 401)
            #expect(try await first.delete("/v1/me/sessions/\(id)").status == 404)
            #expect(try await first.post("/v1/me/sessions/revocation").status == 204)
            #expect(try await third.get("/v1/me").status == 401)
            #expect(try await first.get("/v1/me/sessions").json["sessions"].array.count == 1)
        }
    }

    @Test("A2: nobody ends another one's login")
    func foreignSession() async throws {
        try await TestService.run { service in
            let (one, other) = (try await service.candidate(0), try await service.candidate(1))
            let id = try #require(try await other.get("/v1/me/sessions").json["sessions"][0]["id"].string)
            #expect(try await one.delete("/v1/me/sessions/\(id)").code == "session_unknown")
            #expect(try await other.get("/v1/me").status == 200)
        }
    }

    @Test("A2: an event stream ends with the login that another session ends")
    func streamEnds() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: try await service.staff(.examiner))
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            let other = try await service.logIn("candidate0@example.org", Self.oldPassword, role: "candidate")
            let reader = try await EventReader.open(candidate, "/v1/attempts/\(attempt)/events/stream")
            #expect(reader.head.status == 200)
            #expect(try await other.post("/v1/me/sessions/revocation").status == 204)
            _ = await reader.take { _ in false }
        }
    }
}
