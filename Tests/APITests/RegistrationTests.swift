import Foundation
import TestSupport
import Testing

@Suite("A1 Registration")
struct RegistrationTests {
    struct Spelling: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var changes: [String: JSON]
    }

    static let accepted = [
        Spelling(testDescription: "exactly", changes: [:]),
        Spelling(testDescription: "ё written as е", changes: ["surname": "Соловьева", "given_name": "Алена"]),
        Spelling(testDescription: "other case", changes: ["surname": "СОЛОВЬЁВА", "given_name": "алёна"]),
        Spelling(testDescription: "more spaces", changes: ["surname": "  Соловьёва ", "patronymic": " Игоревич  "]),
        Spelling(testDescription: "number with № and spaces", changes: ["contract_number": "№ 17-0 / 2026"]),
    ]

    @Test("A1: a candidate registers under the contract in the register", arguments: accepted)
    func registers(_ spelling: Spelling) async throws {
        try await TestService.run { service in
            let person = TestService.Person(0)
            try await service.importContract(of: person)
            let reply = try await service.anybody.post("/v1/accounts", person.form.with(spelling.changes))
            #expect(reply.status == 201)
            #expect(reply.json["roles"] == ["candidate"])
            #expect(reply.json["email"].string == person.email)
            #expect(!reply.text.contains("password") && !reply.text.contains(person.password))
            let client = try await service.logIn(person.email, person.password, role: "candidate")
            #expect(try await client.get("/v1/me").json["id"] == reply.json["id"])
            #expect(try service.rawDatabase().column("SELECT account_id FROM contracts") == [reply.json["id"].string])
            let hash = try #require(try service.rawDatabase().column("SELECT password FROM accounts").first)
            #expect(hash.hasPrefix("$argon2id$") && !hash.contains(person.password))
        }
    }

    static let refused = [
        Spelling(testDescription: "another surname", changes: ["surname": "Соколова"]),
        Spelling(testDescription: "another given name", changes: ["given_name": "Елена"]),
        Spelling(testDescription: "no patronymic where the contract has one", changes: ["patronymic": nil]),
        Spelling(testDescription: "unknown contract", changes: ["contract_number": "99-9/2026"]),
        Spelling(
            testDescription: "contract that has its account already",
            changes: ["contract_number": "17-1/2026", "surname": "Журавлёв", "given_name": "Пётр"]
        ),
        Spelling(testDescription: "number of which nothing is left", changes: ["contract_number": "№"]),
    ]

    @Test("A1: wrong name, unknown and bound contract get one and the same refusal", arguments: refused)
    func refuses(_ spelling: Spelling) async throws {
        try await TestService.run { service in
            _ = try await service.candidate(1)
            let person = TestService.Person(0)
            try await service.importContract(of: person)
            let reply = try await service.anybody.post("/v1/accounts", person.form.with(spelling.changes))
            #expect(reply.status == 422)
            #expect(reply.code == "contract_not_accepted")
            #expect(reply.json["detail"].string == Self.refusal)
            #expect(reply.json["faults"] == .null)
            #expect(try service.rawDatabase().count("accounts") == 1)
            let taken = try service.rawDatabase().column("SELECT number FROM contracts WHERE account_id NOT NULL")
            #expect(taken == ["17-1/2026"])
        }
    }

    private static let refusal =
        "Договор с таким номером и именем не найден или по нему уже есть учётная запись. "
        + "Проверьте номер и написание имени или обратитесь в учебный отдел."

    @Test(
        "A1: a weak password is refused with the reason",
        arguments: [
            ("1234567", "body_invalid"), (String(repeating: "пароль ", count: 19), "body_invalid"),
            ("qwerty123", "password_too_common"), ("12345678", "password_too_common"),
            ("aaaaaaaaaa", "password_too_common"), ("candidate0!", "password_contains_name"),
            ("Соловьёва7", "password_contains_name"),
        ]
    )
    func weakPassword(password: String, code: String) async throws {
        try await TestService.run { service in
            let person = TestService.Person(0)
            try await service.importContract(of: person)
            let reply = try await service.anybody.post(
                "/v1/accounts",
                person.form.with(["password": .string(password)])
            )
            #expect(reply.status == 422)
            #expect(reply.code == code)
            #expect(!reply.text.contains(password))
            #expect(try service.rawDatabase().count("accounts") == 0)
        }
    }

    @Test("A1: an e-mail address serves one account")
    func emailTaken() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let other = TestService.Person(1)
            try await service.importContract(of: other)
            let reply = try await service.anybody.post(
                "/v1/accounts",
                other.form.with(["email": "Candidate0@EXAMPLE.org"])
            )
            #expect(reply.status == 409)
            #expect(reply.code == "email_taken")
            #expect(try service.rawDatabase().count("accounts") == 1)
        }
    }

    @Test(
        "A1: what is no e-mail address is refused",
        arguments: ["candidate", "@example.org", "a@", "a b@example.org", "a@b@c"]
    )
    func malformedEmail(_ email: String) async throws {
        try await TestService.run { service in
            let person = TestService.Person(0)
            try await service.importContract(of: person)
            let reply = try await service.anybody.post("/v1/accounts", person.form.with(["email": .string(email)]))
            #expect(reply.status == 422)
            #expect(["email_malformed", "body_invalid"].contains(reply.code))
            #expect(try service.rawDatabase().count("accounts") == 0)
        }
    }

    @Test("A1: a person without patronymic registers, and a role cannot be chosen")
    func roleCannotBeChosen() async throws {
        try await TestService.run { service in
            let person = TestService.Person(2)
            try await service.importContract(of: person)
            let reply = try await service.anybody.post("/v1/accounts", person.form.with(["role": "administrator"]))
            #expect(reply.status == 201)
            #expect(reply.json["roles"] == ["candidate"])
            #expect(reply.json["patronymic"] == .null)
        }
    }

    @Test("A1: guessing contracts from one address is slowed down")
    func guessingIsThrottled() async throws {
        try await TestService.run { service in
            let person = TestService.Person(0)
            try await service.importContract(of: person)
            let wrong = person.form.with(["contract_number": "1"])
            for _ in 0..<51 {
                #expect(try await service.anybody.post("/v1/accounts", wrong).status == 422)
            }
            let reply = try await service.anybody.post("/v1/accounts", person.form)
            #expect(reply.status == 429)
            #expect(reply.header("Retry-After") == "1")
            service.clock.advance(seconds: 2)
            #expect(try await service.anybody.post("/v1/accounts", person.form).status == 201)
        }
    }

    @Test("A1: two registrations for one contract at the same time make one account")
    func race() async throws {
        try await TestService.run { service in
            let person = TestService.Person(0)
            try await service.importContract(of: person)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<6 {
                    let form = person.form.with(["email": "racer\(number)@example.org"])
                    group.addTask { try await service.anybody.post("/v1/accounts", form).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [201, 422, 422, 422, 422, 422])
            #expect(try service.rawDatabase().count("accounts") == 1)
        }
    }
}
