import Accounts
import Foundation
import TestSupport
import Testing

@Suite("A6 Accounts in the hands of administrators")
struct AccountRegisterTests {
    private static let staffForm: JSON = [
        "email": "new@example.org", "surname": "Новый", "given_name": "Никита", "roles": ["examiner", "reviewer"],
    ]

    @Test("A6: an account of staff is opened with a code, and its holder sets the password")
    func addsStaff() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let reply = try await administrator.post("/v1/staff", Self.staffForm)
            #expect(reply.status == 201, "\(reply.text)")
            let code = try #require(reply.json["code"].string)
            service.personal.update { $0.formUnion(["new@example.org", code, "три слова сразу"]) }
            #expect(try await service.loginReply("new@example.org", code).status == 401)
            let redeemed = try await service.anybody.post(
                "/v1/password-resets",
                ["email": "new@example.org", "code": .string(code), "new_password": "три слова сразу"]
            )
            #expect(redeemed.status == 204)
            let client = try await service.logIn("new@example.org", "три слова сразу", role: "examiner")
            #expect(try await client.get("/v1/me").json["roles"] == ["examiner", "reviewer"])
            #expect(try await administrator.post("/v1/staff", Self.staffForm).code == "email_taken")
        }
    }

    @Test(
        "A6: nobody is staff and candidate by one account",
        arguments: [[], ["candidate"], ["candidate", "examiner"], ["god"]] as [[String]]
    )
    func mixedRoles(_ roles: [String]) async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let examiner = try await service.id(of: try await service.staff(.examiner))
            let value = JSON.array(roles.map { .string($0) })
            #expect(try await administrator.post("/v1/staff", Self.staffForm.with(["roles": value])).status == 422)
            #expect(try await administrator.put("/v1/accounts/\(examiner)/roles", ["roles": value]).status == 422)
            let read = try await administrator.get("/v1/accounts/\(examiner)")
            #expect(read.json["roles"] == ["examiner"])
        }
    }

    @Test("A6: new roles count at once: the person logs in again and has no right of the old ones")
    func roles() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let examiner = try await service.staff(.examiner)
            let id = try await service.id(of: examiner)
            let reply = try await administrator.put("/v1/accounts/\(id)/roles", ["roles": ["reviewer"]])
            #expect(reply.status == 200 && reply.json["roles"] == ["reviewer"])
            #expect(try await examiner.get("/v1/me").status == 401)
            let again = try await service.logIn(
                "examiner@example.org",
                TestService.staffPassword,
                role: "reviewer"
            )
            #expect(try await again.get("/v1/question-banks/IB").status == 403)
            #expect(try await again.get("/v1/face-duplicates").status == 200)
            let candidate = try await service.id(of: try await service.candidate(0))
            let promoted = try await administrator.put("/v1/accounts/\(candidate)/roles", ["roles": ["administrator"]])
            #expect(promoted.code == "roles_mixed")
        }
    }

    @Test("A6: the last administrator keeps the role and stays enabled")
    func lastAdministrator() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let id = try await service.id(of: administrator)
            let demoted = try await administrator.put("/v1/accounts/\(id)/roles", ["roles": ["examiner"]])
            #expect(demoted.status == 409 && demoted.code == "last_administrator")
            let disabled = try await administrator.post("/v1/accounts/\(id)/disabling", ["reason": "ухожу"])
            #expect(disabled.status == 409 && disabled.code == "last_administrator")
            let examiner = try await service.id(of: try await service.staff(.examiner))
            _ = try await administrator.put("/v1/accounts/\(examiner)/roles", ["roles": ["administrator"]])
            let own = try await administrator.post("/v1/accounts/\(id)/disabling", ["reason": "ухожу"])
            #expect(own.code == "own_account")
            #expect(try await administrator.put("/v1/accounts/\(id)/roles", ["roles": ["examiner"]]).status == 200)
        }
    }

    @Test("A6: two administrators who take each other's role away at the same moment leave one")
    func race() async throws {
        try await TestService.run { service in
            let one = try await service.staff(.administrator)
            let other = try await service.staff(.examiner)
            let (oneID, otherID) = (try await service.id(of: one), try await service.id(of: other))
            _ = try await one.put("/v1/accounts/\(otherID)/roles", ["roles": ["administrator"]])
            let again = try await service.logIn(
                "examiner@example.org",
                TestService.staffPassword,
                role: "administrator"
            )
            async let first = one.put("/v1/accounts/\(otherID)/roles", ["roles": ["examiner"]])
            async let second = again.put("/v1/accounts/\(oneID)/roles", ["roles": ["examiner"]])
            _ = try await (first, second)
            let left = try service.rawDatabase()
                .column("SELECT account_id FROM account_roles WHERE role = 'administrator'")
            #expect(left.count == 1)
        }
    }

    @Test("A6: disabling ends logins and event streams at once, and enabling opens the login again")
    func disabling() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let id = try await service.id(of: examiner)
            let reader = try await EventReader.open(examiner, "/v1/exams/\(exam)/events/stream")
            let reply = try await administrator.post("/v1/accounts/\(id)/disabling", ["reason": "уволен"])
            #expect(reply.status == 200 && reply.json["disabled_at"] != .null)
            _ = await reader.take { _ in false }
            #expect(try await examiner.get("/v1/me").status == 401)
            let refused = try await service.loginReply("examiner@example.org", TestService.staffPassword)
            #expect(refused.status == 403 && refused.code == "account_disabled")
            let wrong = try await service.loginReply("examiner@example.org", "wrong password")
            #expect(wrong.code == "login_failed", "only who knows the password learns it")
            #expect(try await administrator.post("/v1/accounts/\(id)/password-reset").code == "account_disabled")
            _ = try await administrator.post("/v1/accounts/\(id)/enabling", ["reason": "вернулся"])
            #expect(try await examiner.get("/v1/me").status == 401, "an ended login stays ended")
            #expect(
                try await service.loginReply("examiner@example.org", TestService.staffPassword).status == 200
            )
        }
    }

    @Test("A6: accounts are found by name, login, role and state; technical support finds candidates only")
    func listing() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let support = try await service.staff(.technicalResponsible)
            let candidate = try await service.id(of: try await service.candidate(0))
            let staff = try await service.id(of: support)
            func found(_ client: Client, _ query: String) async throws -> Set<String> {
                let reply = try await client.get("/v1/accounts\(query)")
                #expect(reply.status == 200, "\(reply.text)")
                #expect(!reply.text.contains("argon2"))
                return Set(reply.json["accounts"].array.compactMap { $0["id"].string })
            }
            let name = "соловьева".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            #expect(try await found(administrator, "").count == 3)
            #expect(try await found(administrator, "?search=\(name)") == [candidate])
            #expect(try await found(administrator, "?search=Candidate0@") == [candidate])
            #expect(try await found(administrator, "?role=technical_responsible") == [staff])
            #expect(try await found(administrator, "?state=disabled") == [])
            #expect(try await found(support, "") == [candidate])
            #expect(try await found(support, "?role=administrator") == [])
            #expect(try await support.get("/v1/accounts/\(candidate)").json["contracts"].array.count == 1)
            #expect(try await support.get("/v1/accounts/\(staff)").status == 404)
            let one = try await administrator.get("/v1/accounts/\(staff)")
            #expect(one.json["has_second_factor"] == false && one.json["email"] == "technical_responsible@example.org")
        }
    }
}
