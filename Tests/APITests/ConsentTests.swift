import Accounts
import Cryptography
import Foundation
import Storage
import TestSupport
import Testing
import Workflows

@Suite("B5, F4, C8 Consents")
struct ConsentTests {
    static let kinds = ["biometric", "distance_technology", "partner_transfer", "personal_data"]

    private func state(_ kind: String, of candidate: Client) async throws -> JSON {
        let reply = try await candidate.get("/v1/me/consents")
        return try #require(reply.json["consents"].array.first { $0["kind"].string == kind }, "\(reply.text)")
    }

    @Test("F4: templates are published at the first start, once, in both languages and with their digests")
    func templates() async throws {
        try await TestService.run { service in
            try await ConsentRegister(service.services).publishTemplates()
            let texts = try await service.anybody.get("/v1/consent-texts").json["texts"].array
            #expect(texts.compactMap { $0["kind"].string } == Self.kinds)
            for text in texts {
                #expect(text["version"] == 1 && text["is_template"] == true)
                for (language, mark) in [("ru", "ШАБЛОН"), ("en", "TEMPLATE")] {
                    let shown = text[language]["text"].string ?? ""
                    #expect(shown.hasPrefix(mark), "an unfinished text says that it is one")
                    #expect(SHA256Digest.hash(utf8: shown).hex == text[language]["sha256"].string)
                }
            }
        }
    }

    @Test(
        "F4: a new version supersedes the old one; who consented to that one still consents, unless it must be renewed"
    )
    func versions() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let candidate = try await service.candidate(0)
            let old = try await service.consentForm("biometric")
            var body: JSON = ["kind": "biometric", "ru": "Согласен.", "en": "I consent."]
            let second = try await officer.post("/v1/consent-texts", body)
            #expect(second.status == 201 && second.json["version"] == 2 && second.json["is_template"] == false)
            #expect(try await state("biometric", of: candidate)["in_force"] == true)
            #expect(try await state("biometric", of: candidate)["current_version"] == 2)
            #expect(try await candidate.post("/v1/me/consents", old).code == "consent_text_changed")

            body = body.with(["requires_renewal": true, "ru": "Согласен с новым."])
            #expect(try await officer.post("/v1/consent-texts", body).json["version"] == 3)
            #expect(try await state("biometric", of: candidate)["state"] == "outdated")
            #expect(try await state("biometric", of: candidate)["in_force"] == false)
            try await service.consent(to: "biometric", by: candidate)
            #expect(try await state("biometric", of: candidate)["in_force"] == true)

            let raw = try service.rawDatabase()
            #expect(try raw.column("SELECT kind FROM log_entries WHERE kind = 'consent_text'").count == 2)
            #expect(try raw.count("consent_texts") == 6, "no version is ever gone")
        }
    }

    @Test("F4: what was shown is what is consented to", arguments: ["ru", "en"])
    func giving(language: String) async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0, consents: [])
            #expect(try await state("biometric", of: candidate)["state"] == "missing")
            let form = try await service.consentForm("biometric", language: language)
            for changes: [String: JSON] in [["sha256": .string(String(repeating: "0", count: 64))], ["version": 7]] {
                let reply = try await candidate.post("/v1/me/consents", form.with(changes))
                #expect(reply.status == 409 && reply.code == "consent_text_changed")
            }
            #expect(try service.rawDatabase().count("consents") == 0)
            let given = try await candidate.post("/v1/me/consents", form)
            #expect(given.status == 200, "\(given.text)")
            #expect(try await candidate.post("/v1/me/consents", form).json == given.json, "twice is once")
            let raw = try service.rawDatabase()
            #expect(try raw.column("SELECT text_digest FROM consents") == [form["sha256"].string ?? ""])
            let bodies = try raw.column("SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'consent'")
            #expect(bodies.count == 1 && bodies[0].contains(form["sha256"].string ?? "-"))
            let item = try await state("biometric", of: candidate)
            #expect(item["state"] == "given" && item["version"] == 1 && item["stated_by"] == "person")
        }
    }

    @Test(
        "F4: distance technology may be refused, a consent taken back; what was never given cannot be",
        arguments: kinds
    )
    func refusing(kind: String) async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0, consents: [])
            #expect(
                try await candidate.post("/v1/me/consents/\(kind)/withdrawal").code == "consent_not_given"
            )
            let form = try await service.consentForm(kind)
            let refused = try await candidate.post("/v1/me/consents", form.with(["decision": "refused"]))
            #expect(refused.status == 200)
            #expect(try await state(kind, of: candidate)["state"] == "refused")
            #expect(try await candidate.post("/v1/me/consents/\(kind)/withdrawal").code == "consent_not_given")
            guard kind != "partner_transfer" else { return }
            try await service.consent(to: kind, by: candidate)
            for _ in 0..<2 { #expect(try await candidate.post("/v1/me/consents/\(kind)/withdrawal").status == 200) }
            #expect(try await state(kind, of: candidate)["state"] == "withdrawn")
            let decisions = try service.rawDatabase().column("SELECT decision FROM consents ORDER BY number")
            #expect(decisions == ["refused", "given", "withdrawn"], "every statement stays on record, none twice")
            #expect(try await candidate.post("/v1/me/consents/everything/withdrawal").status == 404)
        }
    }

    /// A document that staff enter.
    private func paper(_ changes: [String: JSON] = [:]) -> JSON {
        JSON.object([
            "kind": "biometric", "decision": "given", "version": 1,
            "document": ["reference": "Дело 7, л. 3", "date": "2026-02-27", "note": "подписано при сотруднике"],
        ]).with(changes)
    }

    private static let mother: JSON = ["name": "Соловьёва Ирина Павловна", "relationship": "мать"]

    /// Birthdays and whether the person is a minor on 2026-03-02 in Moscow.
    static let birthdays: [(born: String?, isMinor: Bool)] = [
        (nil, false), ("2008-03-02", false), ("2008-03-03", true), ("2013-05-01", true), ("1990-01-01", false),
    ]

    @Test("F4: a minor’s own click gives no consent, a parent’s signed paper does", arguments: birthdays)
    func minors(born: String?, isMinor: Bool) async throws {
        try await TestService.run { service in
            service.personal.update { $0.insert("Соловьёва Ирина Павловна") }
            let officer = try await service.staff(.complianceOfficer)
            let person = TestService.Person(0)
            try await service.importContract(of: person, born: born)
            #expect(try await service.anybody.post("/v1/accounts", person.form).status == 201)
            let candidate = try await service.logIn(person.email, person.password, role: "candidate")
            let reply = try await candidate.get("/v1/me/consents")
            #expect(reply.json["needs_representative"] == .bool(isMinor))

            let own = try await candidate.post("/v1/me/consents", service.consentForm("biometric"))
            let distance = try await service.consentForm("distance_technology").with(["decision": "refused"])
            let refusal = try await candidate.post("/v1/me/consents", distance)
            for reply in [own, refusal] {
                #expect(reply.status == (isMinor ? 403 : 200))
                #expect(reply.code == (isMinor ? "representative_needed" : nil))
            }
            guard isMinor else { return }
            #expect(own.faultCodes == ["representative"])
            let path = "/v1/accounts/\(try await service.id(of: candidate))/consents"
            #expect(try await officer.post(path, paper()).code == "representative_needed")
            let given = try await officer.post(path, paper(["representative": Self.mother]), key: "a")
            #expect(given.status == 201, "\(given.text)")
            #expect(try await officer.post(path, paper(["representative": Self.mother]), key: "a").json == given.json)
            #expect(given.json["history"].array.count == 1)
            #expect(given.json["history"][0]["representative"] == Self.mother)
            #expect(given.json["history"][0]["document"]["date"] == "2026-02-27")
            #expect(try await state("biometric", of: candidate)["stated_by"] == "representative")
            let log = try service.rawDatabase().column("SELECT CAST(body AS TEXT) FROM log_entries")
            #expect(!log.joined().contains("Ирина") && !log.joined().contains("Дело 7"))

            #expect(
                try await candidate.post("/v1/me/consents/biometric/withdrawal").status == 200,
                "taking back is free"
            )
            #expect(try await state("biometric", of: candidate)["in_force"] == false)
        }
    }

    @Test("F4: staff enter and take back what was signed on paper; impossible papers are refused")
    func papers() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let candidate = try await service.candidate(0, consents: [])
            let path = "/v1/accounts/\(try await service.id(of: candidate))/consents"
            let tomorrow: JSON = ["reference": "Дело 7", "date": "2026-03-03"]
            #expect(try await officer.post(path, paper(["document": tomorrow])).code == "paper_date")
            #expect(try await officer.post(path, paper(["version": 9])).code == "consent_text_unknown")
            let takeBack: JSON = ["document": ["reference": "Дело 7, л. 4", "date": "2026-03-02"]]
            #expect(try await officer.post("\(path)/biometric/withdrawal", takeBack).code == "consent_not_given")
            #expect(try await officer.post(path, paper()).status == 201)
            let taken = try await officer.post("\(path)/biometric/withdrawal", takeBack)
            #expect(taken.status == 201)
            #expect(taken.json["history"].array.compactMap { $0["decision"].string } == ["given", "withdrawn"])
            #expect(try await officer.get(path).json == taken.json)
            let staff = "/v1/accounts/\(try await service.id(of: officer))/consents"
            #expect(try await officer.get(staff).code == "candidate_unknown")
            #expect(try await officer.post(staff, paper()).code == "candidate_unknown")
            #expect(try await candidate.get(path).status == 403)
        }
    }

    @Test("C8: a consent to a transfer names organisations whose people may identify today")
    func partners() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let partner = try await service.id(of: service.staff(.partner))
            let candidate = try await service.candidate(0)
            let id = try #require(UUID(uuidString: try await service.id(of: candidate)))
            let form = try await service.consentForm("partner_transfer")
            #expect(try await candidate.post("/v1/me/consents", form).code == "consent_partners")
            let order: JSON = [
                "kind": "power_of_attorney", "number": "1", "date": "2026-03-01", "scopes": ["identification"],
                "holders": [.string(partner)], "partner_organisation": "ООО «Дальний  Филиал»", "issued_by": "Ректор",
            ]
            #expect(try await officer.post("/v1/orders", order).status == 201)
            let listed = try await candidate.get("/v1/me/consents").json["partners"]
            #expect(listed == ["ООО «Дальний  Филиал»"])
            #expect(try await candidate.post("/v1/me/consents", form.with(["partners": ["Другая"]])).status == 422)
            let given = try await candidate.post("/v1/me/consents", form.with(["partners": ["ооо \"дальний филиал\""]]))
            #expect(given.status == 200, "\(given.text)")
            #expect(try await state("partner_transfer", of: candidate)["partners"] == listed)
            try await service.services.database.read { stores throws in
                #expect(try stores.hasPartnerConsent(of: id, to: "ООО \"Дальний филиал\""))
                #expect(try !stores.hasPartnerConsent(of: id, to: "ООО «Ближний филиал»"))
            }
            #expect(try await candidate.post("/v1/me/consents/partner_transfer/withdrawal").status == 200)
            try await service.services.database.read { stores throws in
                #expect(try !stores.hasPartnerConsent(of: id, to: "ООО «Дальний филиал»"))
            }
        }
    }
}
