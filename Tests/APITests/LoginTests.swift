import Accounts
import Foundation
import TestSupport
import Testing

@Suite("A2 Login")
struct LoginTests {
    private func form(_ email: String, _ password: String) -> JSON {
        ["email": .string(email), "password": .string(password), "deliver": "token"]
    }

    /// The problem without its request's number.
    private func comparable(_ reply: Reply) -> JSON { reply.json.without("instance") }

    @Test("A2: wrong password and unknown login get the same answer")
    func sameAnswer() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let wrong = try await service.anybody.post("/v1/login", form("candidate0@example.org", "not the password"))
            let unknown = try await service.anybody.post("/v1/login", form("nobody@example.org", "not the password"))
            let malformed = try await service.anybody.post("/v1/login", form("nobody", "not the password"))
            #expect(wrong.status == 401)
            #expect(wrong.code == "login_failed")
            #expect(wrong.header("Set-Cookie") == nil)
            #expect(comparable(wrong) == comparable(unknown))
            #expect(comparable(wrong) == comparable(malformed))
            #expect(wrong.headers.map(\.0) == unknown.headers.map(\.0))
        }
    }

    @Test("A2: every try is an identification record, the throttled one too")
    func everyTryIsRecorded() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let id = try #require(try await candidate.get("/v1/me").json["id"].string)
            for password in Array(repeating: "wrong password", count: 6) + ["correct horse battery 0"] {
                _ = try await service.anybody.post("/v1/login", form("candidate0@example.org", password))
            }
            _ = try await service.anybody.post("/v1/login", form("nobody@example.org", "wrong password"))
            let officer = try await service.staff(.complianceOfficer)
            let mine = try await officer.get("/v1/identifications?subject=\(id)").json["identifications"].array
            let reasons = Dictionary(grouping: mine) { $0["reason"].string ?? "" }.mapValues(\.count)
            #expect(reasons == ["password_valid": 1, "password_wrong": 6, "throttled": 1])
            #expect(mine.allSatisfy { $0["method"] == "electronic" && $0["comparison"] == .null })
            let unknown = try await officer.get("/v1/identifications?outcome=non_match").json["identifications"].array
                .filter { $0["reason"] == "login_unknown" }
            #expect(unknown.count == 1)
            #expect(unknown.first?["subject"] == .null)
        }
    }

    @Test("A2: after five free failures each further one doubles the wait, also for a login that does not exist")
    func throttle() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock) { service in
            _ = try await service.candidate(0)
            var answers: [String: [JSON]] = [:]
            for email in ["candidate0@example.org", "nobody@example.org"] {
                for _ in 0..<6 {
                    #expect(try await service.anybody.post("/v1/login", form(email, "wrong password")).status == 401)
                }
                let seventh = try await service.anybody.post("/v1/login", form(email, "correct horse battery 0"))
                #expect(seventh.status == 429)
                #expect(seventh.code == "too_many_tries")
                #expect(seventh.header("Retry-After") == "2")
                clock.advance(seconds: 2)
                #expect(try await service.anybody.post("/v1/login", form(email, "wrong password")).status == 401)
                let next = try await service.anybody.post("/v1/login", form(email, "wrong password"))
                #expect(next.header("Retry-After") == "4")
                answers[email] = [comparable(seventh), comparable(next)]
            }
            #expect(answers["candidate0@example.org"] == answers["nobody@example.org"])
        }
    }

    @Test("A2: a restart of the service forgives nothing, and a success does")
    func throttleSurvives() async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let right = form("candidate0@example.org", "correct horse battery 0")
        try await TestService.run(in: folder, clock: clock) { service in
            _ = try await service.candidate(0)
            for _ in 0..<6 {
                _ = try await service.anybody.post("/v1/login", form("candidate0@example.org", "wrong password"))
            }
        }
        try await TestService.run(in: folder, clock: clock, seed: 2) { service in
            let early = try await service.anybody.post("/v1/login", right)
            #expect(early.status == 429)
            clock.advance(seconds: 3)
            #expect(try await service.anybody.post("/v1/login", right).status == 200)
            for _ in 0..<5 {
                let wrong = form("candidate0@example.org", "wrong password")
                #expect(try await service.anybody.post("/v1/login", wrong).status == 401)
            }
            #expect(try await service.anybody.post("/v1/login", right).status == 200)
        }
    }

    @Test("A2: many tries at the same time are no more than as many one after the other")
    func parallelTries() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let wrong = form("candidate0@example.org", "wrong password")
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 { group.addTask { try await service.anybody.post("/v1/login", wrong).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 401 }.count == 6)
            #expect(statuses.filter { $0 == 429 }.count == 14)
        }
    }

    @Test("A2: people who log in from one address at the same moment do not block each other, whatever the clock says")
    func sameAddress() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock) { service in
            _ = try await service.candidate(0)
            _ = try await service.anybody.post("/v1/login", form("nobody@example.org", "wrong password"))
            clock.advance(seconds: -0.005)
            let right = form("candidate0@example.org", "correct horse battery 0")
            let reply = try await service.anybody.post("/v1/login", right)
            #expect(reply.status == 200, "\(reply.text)")
        }
    }

    @Test("A2: logging out ends this login and no other")
    func logOut() async throws {
        try await TestService.run { service in
            let first = try await service.candidate(0)
            let second = try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
            let reply = try await first.post("/v1/logout")
            #expect(reply.status == 204)
            #expect(reply.body.isEmpty)
            #expect(try await first.get("/v1/me").code == "login_needed")
            #expect(try await second.get("/v1/me").status == 200)
        }
    }

    @Test("A2: a token is stored as a hash only, and holds for its time")
    func tokens() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock) { service in
            let candidate = try await service.candidate(0)
            let staff = try await service.staff(.reviewer)
            let stored = try service.rawDatabase().column("SELECT token_hash FROM login_sessions")
            #expect(stored.count == 2)
            #expect(!stored.contains(candidate.token ?? ""))
            clock.advance(minutes: 14)
            #expect(try await staff.get("/v1/me").status == 200)
            clock.advance(minutes: 14)
            #expect(try await staff.get("/v1/me").status == 200)
            clock.advance(minutes: 16)
            #expect(try await staff.get("/v1/me").status == 401, "staff is logged out after 15 quiet minutes")
            #expect(try await candidate.get("/v1/me").status == 200)
            clock.advance(minutes: 12 * 60)
            #expect(try await candidate.get("/v1/me").status == 401)
        }
    }

    @Test(
        "A2: what is no token opens nothing",
        arguments: ["Bearer", "Bearer x", "Basic Y2FuZDpwdw==", "bearer  ", "Bearer \u{2603}", ""]
    )
    func forgedToken(_ header: String) async throws {
        try await TestService.run { service in
            let reply = try await service.anybody.with("Authorization", header).get("/v1/me")
            #expect([400, 401].contains(reply.status))
        }
    }
}
