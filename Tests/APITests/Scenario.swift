import Accounts
import Cryptography
import Foundation
import Storage
import TestSupport
import Testing
import Workflows

/// The steps that many scenarios begin with.
extension TestService {
    /// A person who may register as a candidate.
    struct Person: Sendable {
        var email: String
        var password: String
        var surname: String
        var givenName: String
        var patronymic: String?
        var contract: String

        init(_ number: Int) {
            email = "candidate\(number)@example.org"
            password = "correct horse battery \(number)"
            surname = ["Соловьёва", "Журавлёв", "Воробьёва", "Синицын"][number % 4]
            givenName = ["Алёна", "Пётр", "Майя", "Глеб"][number % 4]
            patronymic = number == 2 ? nil : "Игоревич"
            contract = "17-\(number)/2026"
        }

        /// What the person sends to register.
        var form: JSON {
            [
                "email": .string(email), "password": .string(password), "surname": .string(surname),
                "given_name": .string(givenName), "patronymic": patronymic.map { .string($0) } ?? .null,
                "contract_number": .string(contract),
            ]
        }

        var name: PersonName { PersonName(surname: surname, givenName: givenName, patronymic: patronymic) }
    }

    func noteAsPersonal(_ person: Person) {
        personal.update {
            $0.formUnion([person.email, person.password, person.surname, person.givenName, person.contract])
        }
    }

    /// Puts a person's contract into the register.
    func importContract(of person: Person, born birthDate: String? = nil) async throws {
        noteAsPersonal(person)
        let now = clock.now
        let number = try #require(ContractNumber(person.contract))
        _ = try await services.database.write { stores in
            try stores.importContract(
                Contract(
                    number: number,
                    name: person.name,
                    birthDate: birthDate.flatMap { CalendarDay($0) },
                    importedAt: now
                )
            )
        }
    }

    /// Logs in over HTTP and answers a client with a bearer token.
    func logIn(_ email: String, _ password: String, role: String) async throws -> Client {
        let reply = try await anybody.post(
            "/v1/login",
            ["email": .string(email), "password": .string(password), "deliver": "token"]
        )
        var client = anybody
        let token = try #require(reply.json["token"].string, "\(reply.text)")
        client.token = token
        client.role = role
        personal.update { _ = $0.insert(token) }
        return client
    }

    /// A registered candidate who is logged in and has given consents, the usual ones unless said otherwise.
    func candidate(_ number: Int = 0, consents: [String] = ["personal_data", "biometric"]) async throws -> Client {
        let person = Person(number)
        try await importContract(of: person)
        let reply = try await anybody.post("/v1/accounts", person.form)
        try #require(reply.status == 201, "\(reply.text)")
        let client = try await logIn(person.email, person.password, role: "candidate")
        for kind in consents { try await consent(to: kind, by: client) }
        return client
    }

    /// What somebody sends who consents to the text in force, having read it.
    func consentForm(_ kind: String, language: String = "ru") async throws -> JSON {
        let texts = try await anybody.get("/v1/consent-texts").json["texts"].array
        let text = try #require(texts.first { $0["kind"].string == kind })
        let shown = try #require(text[language]["text"].string)
        return [
            "kind": .string(kind), "version": text["version"], "sha256": .string(SHA256Digest.hash(utf8: shown).hex),
        ]
    }

    /// Gives a consent.
    func consent(to kind: String, by candidate: Client) async throws {
        let reply = try await candidate.post("/v1/me/consents", consentForm(kind))
        try #require(reply.status == 200, "\(reply.text)")
    }

    /// The account that is logged in.
    func id(of client: Client) async throws -> String {
        try #require(try await client.get("/v1/me").json["id"].string)
    }

    /// A member of staff who is logged in.
    func staff(_ role: Role) async throws -> Client {
        let email = "\(role.rawValue)@example.org"
        let password = "staff pass phrase"
        personal.update { $0.formUnion([email, password, "Служебный"]) }
        _ = try await Registration(services).addStaff(
            email: email,
            password: password,
            name: PersonName(surname: "Служебный", givenName: "Семён"),
            roles: [role]
        )
        return try await logIn(email, password, role: role.rawValue)
    }

    /// Publishes an exam over the questions of `TestBank`; without `biometric` a login suffices to start it.
    func exam(
        by examiner: Client,
        biometric: Bool = false,
        discipline: String = "IB",
        changes: [String: JSON] = [:]
    ) async throws -> String {
        if try await examiner.get("/v1/question-banks/\(discipline)").json["questions"].int == 0 {
            let reply = try await examiner.post(
                "/v1/question-banks/\(discipline)/imports",
                type: "text/plain",
                Data(TestBank.gift.utf8)
            )
            try #require(reply.json["read"].int == TestBank.count, "\(reply.text)")
        }
        let reply = try await examiner.post(
            "/v1/exams",
            examForm(discipline: discipline, biometric: biometric).with(changes)
        )
        return try #require(reply.json["id"].string, "\(reply.text)")
    }

    /// An exam that is open for the next thirty days and gives every question of the bank within an hour.
    func examForm(discipline: String = "IB", biometric: Bool = false, liveness: Bool = false) -> JSON {
        [
            "title": "Экзамен", "discipline": .string(discipline),
            "opens_at": .string(clock.now.addingTimeInterval(-60).formatted(.iso8601)),
            "closes_at": .string(clock.now.addingTimeInterval(30 * 86_400).formatted(.iso8601)),
            "duration_seconds": 3600,
            "sections": [["count": .number(Double(TestBank.closedCount)), "types": TestBank.closedTypes]],
            "identification": biometric ? ["electronic", "biometric"] : ["electronic"],
            // Photographs cannot pass a liveness challenge; the tests of those ask for it.
            "liveness": .bool(liveness),
        ]
    }

    /// The candidate's attempt at an exam.
    func attempt(_ exam: String, by candidate: Client) async throws -> String {
        let reply = try await candidate.post("/v1/exams/\(exam)/attempts")
        return try #require(reply.json["id"].string, "\(reply.text)")
    }

    /// A started attempt at an exam for which a login suffices.
    func startedAttempt(_ exam: String, by candidate: Client) async throws -> String {
        let id = try await attempt(exam, by: candidate)
        let reply = try await candidate.post("/v1/attempts/\(id)/start")
        try #require(reply.json["state"].string == "started", "\(reply.text)")
        return id
    }

    /// Uploads a sample photograph as portrait.
    func portrait(_ name: String, of candidate: Client) async throws {
        let reply = try await candidate.put("/v1/me/portrait", type: "image/jpeg", ProjectFiles.photograph(name))
        try #require(reply.status == 201, "\(reply.text)")
    }

    /// Shows a sample photograph to the camera.
    func frame(_ name: String, _ attempt: String, by candidate: Client, key: String? = nil) async throws -> Reply {
        let picture = try ProjectFiles.photograph(name)
        return try await candidate.post("/v1/attempts/\(attempt)/frames", type: "image/jpeg", picture, key: key)
    }

    /// The types of an attempt's events, in order.
    func eventTypes(of attempt: String, as client: Client) async throws -> [String] {
        let reply = try await client.get("/v1/attempts/\(attempt)/events?limit=500")
        return reply.json["events"].array.compactMap { $0["type"].string?.replacing("attestd.", with: "") }
    }
}
