import Accounts
import Foundation
import TestSupport
import Testing

@Suite("C2, A6 Register of orders and powers of attorney")
struct OrderTests {
    /// A power of attorney as it is entered; the test clock stands on 2026-03-02.
    private func form(_ holders: [String], _ changes: [String: JSON] = [:]) -> JSON {
        JSON.object([
            "kind": "power_of_attorney", "number": "12/Д", "date": "2026-01-15", "valid_until": "2026-06-30",
            "scopes": ["identification"], "holders": .array(holders.map { .string($0) }),
            "issued_by": "Ректор Громов Г. Г.",
        ]).with(changes)
    }

    @Test("C2: what is entered is what is read, and is in the identification log without names")
    func entering() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let verifier = try await service.staff(.verifier)
            let holder = try await service.id(of: verifier)
            let reply = try await officer.post("/v1/orders", form([holder]))
            #expect(reply.status == 201, "\(reply.text)")
            let order = reply.json
            #expect(order["valid_from"] == "2026-01-15" && order["valid_until"] == "2026-06-30")
            #expect(order["entered_by"].string == (try await service.id(of: officer)))
            #expect(order["revocation"] == .null)
            let path = "/v1/orders/\(order["id"].string ?? "")"
            #expect(try await officer.get(path).json == order)
            #expect(try await verifier.get(path).json == order, "the holder sees it")

            let bodies = try service.rawDatabase().column(
                "SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'order'"
            )
            #expect(bodies.count == 1)
            #expect(bodies[0].contains(order["id"].string ?? "-") && bodies[0].contains(holder))
            for word in ["Громов", "12/Д", "Служебный"] { #expect(!bodies[0].contains(word)) }
        }
    }

    @Test("C2: a repeated request enters a paper once; another one under its key is refused")
    func idempotency() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let holder = try await service.id(of: service.staff(.verifier))
            let first = try await officer.post("/v1/orders", form([holder]), key: "one")
            #expect(try await officer.post("/v1/orders", form([holder]), key: "one").json == first.json)
            let other = try await officer.post("/v1/orders", form([holder], ["number": "13/Д"]), key: "one")
            #expect(other.code == "idempotency_key_reused")
            #expect(try await officer.get("/v1/orders").json["orders"].array.count == 1)
        }
    }

    static let wrong: [(changes: [String: JSON], status: Int, code: String)] = [
        (["valid_until": "2026-01-14"], 422, "order_dates"),
        (["valid_from": "2026-01-14"], 422, "order_dates"),
        (["date": "2026-02-30"], 422, "body_invalid"),
        (["date": "15.01.2026"], 422, "body_invalid"),
        (["scopes": []], 422, "body_invalid"),
        (["scopes": ["everything"]], 422, "body_invalid"),
        (["holders": []], 422, "body_invalid"),
        (["holders": ["00000000-0000-7000-8000-000000000000"]], 422, "order_holders"),
        (["partner_organisation": "ООО «Партнёр»"], 422, "order_partner"),
        (["issued_by": ""], 422, "body_invalid"),
    ]

    @Test("C2: what cannot be a paper is refused with the reason", arguments: wrong)
    func refusals(changes: [String: JSON], status: Int, code: String) async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let holder = try await service.id(of: service.staff(.verifier))
            let reply = try await officer.post("/v1/orders", form([holder], changes))
            #expect(reply.status == status && reply.code == code, "\(reply.text)")
            #expect(try service.rawDatabase().count("orders") == 0)
        }
    }

    @Test("C2: a candidate holds no order, a holder is named once, and a partner's people need their organisation")
    func holders() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let verifier = try await service.id(of: service.staff(.verifier))
            let partner = try await service.id(of: service.staff(.partner))
            let candidate = try await service.id(of: service.candidate(0))
            #expect(try await officer.post("/v1/orders", form([candidate])).code == "order_holders")
            #expect(try await officer.post("/v1/orders", form([verifier, verifier])).code == "order_holders")
            #expect(try await officer.post("/v1/orders", form([partner])).code == "order_partner")
            let named: [String: JSON] = ["partner_organisation": "ООО «Партнёр»"]
            #expect(try await officer.post("/v1/orders", form([partner, verifier], named)).code == "order_partner")
            #expect(try await officer.post("/v1/orders", form([partner], named)).status == 201)
        }
    }

    @Test("A6: nobody enters a power to identify for themself; support may be ordered for oneself and is logged")
    func forOneself() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let own = try await service.id(of: administrator)
            let other = try await service.id(of: service.staff(.verifier))
            #expect(try await administrator.post("/v1/orders", form([own])).code == "order_for_oneself")
            #expect(try await administrator.post("/v1/orders", form([other, own])).code == "order_for_oneself")
            let support: [String: JSON] = ["kind": "order", "scopes": ["technical_support", "organisational_support"]]
            #expect(try await administrator.post("/v1/orders", form([own], support)).status == 201)
            #expect(try service.rawDatabase().column("SELECT kind FROM log_entries").last == "order")
        }
    }

    @Test("C2: a power of attorney without a term counts for a year, an order without an end has none")
    func withoutTerm() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let holder = try await service.id(of: service.staff(.verifier))
            let open: [String: JSON] = ["valid_until": .null]
            let power = try await officer.post("/v1/orders", form([holder], open))
            #expect(power.json["valid_until"] == "2027-01-15")
            let order = try await officer.post("/v1/orders", form([holder], open.merging(["kind": "order"]) { $1 }))
            #expect(order.status == 201 && order.json["valid_until"] == .null)
        }
    }

    @Test("C2: a revoked paper counts until the day before, and is revoked once")
    func revocation() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let holder = try await service.id(of: service.staff(.verifier))
            let id = try await officer.post("/v1/orders", form([holder])).json["id"].string ?? ""
            let path = "/v1/orders/\(id)/revocation"
            #expect(try await officer.post(path, ["day": "2026-01-14", "reason": "…"]).code == "order_dates")
            let reply = try await officer.post(path, ["day": "2026-03-03", "reason": "Уволен"])
            #expect(reply.status == 200 && reply.json["revocation"]["day"] == "2026-03-03")
            #expect(try await officer.post(path, ["day": "2026-03-03", "reason": "…"]).code == "order_revoked")
            let unknown = "/v1/orders/\(UUID().uuidString.lowercased())/revocation"
            #expect(try await officer.post(unknown, ["day": "2026-03-03", "reason": "…"]).code == "order_unknown")
            for (day, count) in [
                ("2026-01-14", 0), ("2026-01-15", 1), ("2026-03-02", 1), ("2026-03-03", 0), ("2026-06-30", 0),
            ] {
                let listed = try await officer.get("/v1/orders?scope=identification&valid_on=\(day)&holder=\(holder)")
                #expect(listed.json["orders"].array.count == count, "\(day)")
            }
            let kinds = try service.rawDatabase().column("SELECT kind FROM log_entries")
            #expect(kinds.suffix(2) == ["order", "order_revocation"])
        }
    }

    @Test("A6: others than those who keep the register see their own papers only")
    func reading() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let verifier = try await service.staff(.verifier)
            let examiner = try await service.staff(.examiner)
            let own = try await service.id(of: verifier)
            let others = try await service.id(of: examiner)
            let mine = try await officer.post("/v1/orders", form([own])).json["id"].string ?? ""
            let theirs = try await officer.post("/v1/orders", form([others])).json["id"].string ?? ""
            #expect(try await officer.get("/v1/orders").json["orders"].array.map { $0["id"].string } == [theirs, mine])
            let page = try await officer.get("/v1/orders?limit=1&before=\(theirs)")
            #expect(page.json["orders"].array.map { $0["id"].string } == [mine])
            #expect(try await verifier.get("/v1/orders").json["orders"].array.map { $0["id"].string } == [mine])
            #expect(try await verifier.get("/v1/orders?holder=\(others)").code == "order_of_others")
            #expect(try await verifier.get("/v1/orders/\(theirs)").code == "order_of_others")
            #expect(try await service.candidate(0).get("/v1/orders").status == 403)
        }
    }
}
