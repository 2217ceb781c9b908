import Accounts
import Foundation
import TestSupport
import Testing

@Suite("A2 Known devices: how they come and go")
struct KnownDeviceEndTests {
    private static let email = "candidate0@example.org"
    private static let password = "correct horse battery 0"
    private static let newPassword = "совсем другая фраза"

    /// The cookies that an answer sets, as a browser sends them back.
    private func cookies(_ reply: Reply, _ service: TestService) -> [String] {
        let pairs = reply.headers.filter { $0.0 == "Set-Cookie" }.map { String($0.1.prefix { $0 != ";" }) }
        for pair in pairs { service.noteAsSecret(String(pair.split(separator: "=", maxSplits: 1).last ?? "")) }
        return pairs
    }

    private func browser(_ reply: Reply, _ service: TestService) throws -> Client {
        let pairs = cookies(reply, service)
        try #require(reply.status < 300 && pairs.count == 2, "\(reply.text)")
        return service.anybody.with("Cookie", pairs.joined(separator: "; "))
    }

    private func logIn(_ client: Client, _ password: String = password) async throws -> Reply {
        try await client.post("/v1/login", ["email": .string(Self.email), "password": .string(password)])
    }

    /// Whether the browser gets past the throttle while strangers guess.
    private func isKnown(_ client: Client, _ service: TestService) async throws -> Bool {
        for host in 50..<60 { _ = try await logIn(service.anybody.at(UInt8(host)), "a guess") }
        let status = try await logIn(client.at(61), "a wrong one").status
        try #require([401, 429].contains(status))
        return status == 401
    }

    /// What makes devices known or unknown to an account.
    enum Event: String, CaseIterable, CustomTestStringConvertible {
        case nothing, logOut, passwordChange, allOtherLogins, endFromElsewhere, disabling, reset

        var testDescription: String { rawValue }

        /// Whether the browser is known afterwards in which it happened, and the other one.
        var known: (here: Bool, other: Bool) {
            switch self {
            case .nothing, .logOut: (true, true)
            case .allOtherLogins: (true, false)
            case .passwordChange, .endFromElsewhere, .disabling, .reset: (false, false)
            }
        }
    }

    @Test(
        "A2: a device is known until its login is ended from elsewhere or the password is another",
        arguments: Event.allCases
    )
    func ends(_ event: Event) async throws {
        try await TestService.run { service in
            let id = try await service.id(of: try await service.candidate(0))
            let here = try browser(try await logIn(service.anybody), service)
            let other = try browser(try await logIn(service.anybody), service)
            let administrator = try await service.staff(.administrator)
            switch event {
            case .nothing: break
            case .logOut:
                #expect(try await here.post("/v1/logout").status == 204)
            case .passwordChange:
                let form: JSON = ["old_password": .string(Self.password), "new_password": .string(Self.newPassword)]
                let renewed = try browser(try await here.post("/v1/me/password", form), service)
                #expect(try await logIn(renewed, Self.newPassword).status == 200)
            case .allOtherLogins:
                #expect(try await here.post("/v1/me/sessions/revocation").status == 204)
            case .endFromElsewhere:
                let session = try #require(
                    try await here.get("/v1/me/sessions").json["sessions"].array.first {
                        $0["is_current"] == false
                    }
                )
                #expect(try await here.delete("/v1/me/sessions/\(session["id"].string ?? "")").status == 204)
                let mine = try #require(
                    try await here.get("/v1/me/sessions").json["sessions"].array.first {
                        $0["is_current"] == true
                    }
                )
                #expect(try await here.delete("/v1/me/sessions/\(mine["id"].string ?? "")").status == 204)
            case .disabling:
                #expect(
                    try await administrator.post("/v1/accounts/\(id)/disabling", ["reason": "проверка"]).status < 300
                )
                #expect(
                    try await administrator.post("/v1/accounts/\(id)/enabling", ["reason": "проверка"]).status < 300
                )
            case .reset:
                let issued = try await administrator.post("/v1/accounts/\(id)/password-reset")
                #expect(try await redeem(issued.json["code"], service).status == 204)
            }
            #expect(try await isKnown(other, service) == event.known.other)
            #expect(try await isKnown(here, service) == event.known.here)
        }
    }

    private func redeem(_ code: JSON, _ service: TestService, host: UInt8? = nil) async throws -> Reply {
        service.noteAsSecret(code.string ?? "")
        var client = service.anybody
        client.host = host
        return try await client.post(
            "/v1/password-resets",
            ["email": .string(Self.email), "code": code, "new_password": .string(Self.newPassword)]
        )
    }

    @Test(
        "A2: with a code from staff the owner gets in from anywhere, whoever tries account, code and network meanwhile"
    )
    func byCode() async throws {
        try await TestService.run { service in
            let id = try await service.id(of: try await service.candidate(0))
            let administrator = try await service.staff(.administrator)
            let code = try await administrator.post("/v1/accounts/\(id)/password-reset").json["code"]
            let wrong: JSON = "AAAAAA-AAAAAA-AAAAAA-AAAAAA"
            for _ in 0..<6 { #expect(try await redeem(wrong, service, host: 61).status == 422) }
            #expect(try await redeem(wrong, service, host: 61).status == 429)
            #expect(try await isKnown(service.anybody, service) == false)
            let reply = try await redeem(code, service, host: 61)
            #expect(reply.status == 204, "\(reply.text)")
            let pairs = cookies(reply, service)
            #expect(pairs.count == 1)
            let owner = service.anybody.with("Cookie", pairs.joined())
            #expect(try await owner.get("/v1/me").status == 401, "the password is still to be typed")
            #expect(try await isKnown(owner, service))
            #expect(try await logIn(owner, Self.newPassword).status == 200)
        }
    }

    @Test("A8: with a second factor a device is known only once that one is shown too, and has its own tries at it")
    func secondFactor() async throws {
        try await TestService.run { service in
            let factor = try await service.secondFactor(of: try await service.staff(.examiner))
            let form: JSON = ["email": "examiner@example.org", "password": .string(TestService.staffPassword)]
            func second(_ client: Client, _ first: Reply, _ code: String) async throws -> Reply {
                let ticket = try #require(first.json["ticket"].string, "\(first.text)")
                service.noteAsSecret(ticket)
                return try await client.post(
                    "/v1/login/second-factor",
                    ["ticket": .string(ticket), "code": .string(code)]
                )
            }
            service.clock.advance(seconds: 31)
            let first = try await service.anybody.post("/v1/login", form)
            #expect(cookies(first, service).isEmpty)
            #expect(cookies(try await second(service.anybody, first, "000000"), service).isEmpty)
            let done = try await second(service.anybody, first, try service.code(of: factor.key))
            let owner = try browser(done, service)
            // Somebody else knows the password, and guesses at the second factor.
            for _ in 0..<6 {
                let guess = try await service.anybody.at(50).post("/v1/login", form)
                #expect(try await second(service.anybody.at(50), guess, "000000").status == 401)
            }
            service.clock.advance(seconds: 29)
            let stranger = try await service.anybody.at(61).post("/v1/login", form)
            #expect(try await second(service.anybody.at(61), stranger, "000000").status == 429)
            let own = try await owner.post("/v1/login", form)
            #expect(try await second(owner, own, "000000").status == 401)
            service.clock.advance(seconds: 1)
            #expect(try await second(owner, own, try service.code(of: factor.key)).status == 200)
        }
    }
}
