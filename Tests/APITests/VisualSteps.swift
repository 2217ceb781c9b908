import Accounts
import Foundation
import Storage
import TestSupport
import Testing
import Workflows

/// The steps of visual identification that many scenarios share.
extension TestService {
    /// A verifier who is logged in, with a power of attorney unless said otherwise.
    func verifier(
        _ number: Int = 0,
        role: Role = .verifier,
        authority: [String: JSON]? = [:]
    ) async throws -> Client {
        let email = "\(role.rawValue)\(number)@example.org"
        let password = "staff pass phrase"
        let surname = ["Громова", "Белов", "Крылова"][number % 3]
        personal.update { $0.formUnion([email, surname]) }
        _ = try await Registration(services).addStaff(
            email: email,
            password: password,
            name: PersonName(surname: surname, givenName: "Нина"),
            roles: [role]
        )
        let client = try await logIn(email, password, role: role.rawValue)
        if let authority { try await authorize(client, authority) }
        return client
    }

    /// Enters a power of attorney that lets somebody identify; the test clock stands on 2026-03-02.
    func authorize(_ verifier: Client, _ changes: [String: JSON] = [:]) async throws {
        let officer = try await keeper()
        let form: JSON = [
            "kind": "power_of_attorney", "number": "12/Д", "date": "2026-01-15", "valid_until": "2026-06-30",
            "scopes": ["identification"], "holders": [.string(try await id(of: verifier))],
            "issued_by": "Ректор Громов Г. Г.",
        ]
        let reply = try await officer.post("/v1/orders", form.with(changes))
        try #require(reply.status == 201, "\(reply.text)")
    }

    /// The officer who keeps the registers.
    func keeper() async throws -> Client {
        let email = "keeper@example.org"
        let known = try await services.database.read { stores in
            try EmailAddress(email).flatMap { try stores.account(email: $0) } != nil
        }
        if !known {
            _ = try await Registration(services).addStaff(
                email: email,
                password: "staff pass phrase",
                name: PersonName(surname: "Орлова", givenName: "Вера"),
                roles: [.complianceOfficer]
            )
        }
        return try await logIn(email, "staff pass phrase", role: "compliance_officer")
    }

    /// A Russian passport of a person, as it is typed in.
    func passport(of person: Person, _ changes: [String: JSON] = [:]) -> JSON {
        personal.update { $0.formUnion(["123456", "4515 123456"]) }
        let form: JSON = [
            "kind": "russian_passport", "series": "4515", "number": "123456", "issue_date": "2015-06-10",
            "birth_date": "1995-05-20", "surname": .string(person.surname), "given_name": .string(person.givenName),
            "patronymic": person.patronymic.map { .string($0) } ?? .null,
        ]
        return form.with(changes)
    }

    /// What a verifier says who has looked at everything that is on the list.
    func decision(_ details: JSON, reason: String = "document_matches", _ changes: [String: JSON] = [:]) -> JSON {
        let form: JSON = [
            "reason": .string(reason), "checklist": .array(details["checklist"].array.map { $0["check"] }),
            "route": "video_link",
        ]
        return form.with(changes)
    }

    /// Joins the queue for an attempt; answers the case.
    func joinQueue(_ attempt: String, by candidate: Client) async throws -> String {
        let reply = try await candidate.post("/v1/attempts/\(attempt)/visual-identification")
        return try #require(reply.status == 201 ? reply.json["id"].string : nil, "\(reply.text)")
    }

    /// A verifier takes a case, types in the document and decides.
    func verify(
        _ caseID: String,
        by verifier: Client,
        document: JSON,
        reason: String = "document_matches",
        _ changes: [String: JSON] = [:]
    ) async throws -> Reply {
        let path = "/v1/visual-identifications/\(caseID)"
        let taken = try await verifier.post("\(path)/taking")
        guard taken.status == 200 else { return taken }
        let filled = try await verifier.put("\(path)/document", document)
        guard filled.status == 200 else { return filled }
        return try await verifier.post("\(path)/decision", decision(filled.json, reason: reason, changes))
    }

    /// An exam that asks for what is said, without liveness.
    func exam(by examiner: Client, policy: JSON) async throws -> String {
        try await exam(
            by: examiner,
            changes: ["identification_policy": policy.with(["liveness": false])]
        )
    }

    /// A parent's consent on paper, entered by the officer.
    func parentsConsent(_ kind: String, for candidate: Client) async throws -> Reply {
        let own = try await consentForm(kind)
        let form: JSON = [
            "kind": .string(kind), "decision": "given", "version": own["version"],
            "representative": ["name": "Соловьёв И. П.", "relationship": "отец"],
            "document": ["reference": "Дело 7", "date": "2026-03-01"],
        ]
        personal.update { _ = $0.insert("Соловьёв И. П.") }
        return try await keeper().post("/v1/accounts/\(id(of: candidate))/consents", form)
    }
}
