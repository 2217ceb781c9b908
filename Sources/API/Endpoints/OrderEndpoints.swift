import Accounts
import Foundation
import HTTPServer
import Workflows

/// The register of orders and powers of attorney (rows A6, C2).
struct OrderEndpoints {
    let register: OrderRegister

    var all: [Endpoint] { [enter, list, one, revoke] }

    private var enter: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/orders",
            summary: "Enter an order or a power of attorney; entries are never edited, only revoked",
            tag: "orders",
            access: .permission(.manageOrders),
            parameters: [.idempotencyKey],
            body: .json(OrderBody.schema),
            answers: [.init(.created, "The entry", .json(OrderView.schema))],
            problems: [.conflict]
        ) { call in
            let order = try await register.enter(
                call.body(as: OrderBody.self).form,
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, OrderView(order))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/orders",
            summary: "Orders and powers of attorney, the last entered first: all for those who keep the register, "
                + "for others the own ones",
            tag: "orders",
            access: .permission(.readOrders),
            parameters: [
                .init(name: "holder", place: .query, schema: .uuid, summary: "Only this account's."),
                .init(name: "scope", place: .query, schema: OrderBody.scope, summary: "Only of this scope."),
                .init(name: "valid_on", place: .query, schema: .day, summary: "Only those that count on this day."),
                .pageBefore, .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("orders", .array(of: OrderView.schema, count: 0...500), "The entries.")]))
                )
            ]
        ) { call in
            var filter = OrderFilter(limit: call.limit)
            filter.holder = call.query("holder").flatMap { UUID(uuidString: $0) }
            filter.scope = call.query("scope").flatMap { Order.Scope(rawValue: $0) }
            filter.validOn = call.query("valid_on").flatMap { CalendarDay($0) }
            filter.before = call.pageBefore
            let orders = try await register.orders(filter, principal: call.principal)
            return try .json(.ok, ["orders": orders.map { OrderView($0) }])
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/orders/{order_id}",
            summary: "One order or power of attorney",
            tag: "orders",
            access: .permission(.readOrders),
            answers: [.init(.ok, "The entry", .json(OrderView.schema))]
        ) { call in
            try .json(.ok, OrderView(try await register.order(call.id("order_id"), principal: call.principal)))
        }
    }

    private var revoke: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/orders/{order_id}/revocation",
            summary: "Revoke an order or a power of attorney from a day on",
            tag: "orders",
            access: .permission(.manageOrders),
            body: .json(RevocationBody.schema),
            answers: [.init(.ok, "The entry with its revocation", .json(OrderView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: RevocationBody.self)
            let order = try await register.revoke(
                call.id("order_id"),
                from: body.day,
                reason: body.reason,
                principal: call.principal
            )
            return try .json(.ok, OrderView(order))
        }
    }
}

private struct OrderBody: Decodable {
    var kind: Order.Kind
    var number: String
    var date: CalendarDay
    var validFrom: CalendarDay?
    var validUntil: CalendarDay?
    var scopes: [Order.Scope]
    var holders: [UUID]
    var partnerOrganisation: String?
    var issuedBy: String

    var form: OrderRegister.Form {
        OrderRegister.Form(
            kind: kind,
            number: number,
            date: date,
            validFrom: validFrom ?? date,
            validUntil: validUntil,
            scopes: Set(scopes),
            holders: holders,
            partnerOrganisation: partnerOrganisation,
            issuedBy: issuedBy
        )
    }

    static let scope = Schema.oneOf(Order.Scope.allCases.map(\.rawValue))

    static let schema = Schema.object([
        .init("kind", .oneOf(Order.Kind.allCases.map(\.rawValue)), "What kind of paper it is."),
        .init("number", .text(1...100, example: "17-ОД"), "The number on the paper."),
        .init("date", .day, "The date on the paper."),
        .init("valid_from", .day, "The first day on which it counts; the paper's date by default.", required: false),
        .init(
            "valid_until",
            .nullable(.day),
            "The last day on which it counts. Without one an order has no end, and a power of attorney counts for a "
                + "year from its date (Civil Code, art. 186).",
            required: false
        ),
        .init("scopes", .array(of: scope, count: 1...Order.Scope.allCases.count), "What its holders may do."),
        .init("holders", .array(of: .uuid, count: 1...100), "The accounts of its holders."),
        .init(
            "partner_organisation",
            .nullable(.text(1...300)),
            "The partner organisation that the holders belong to, for those with the role `partner`.",
            required: false
        ),
        .init("issued_by", .text(1...300), "Who signed it."),
    ])
}

private struct RevocationBody: Decodable {
    var day: CalendarDay
    var reason: String

    static let schema = Schema.object([
        .init("day", .day, "The first day on which the paper counts no more."),
        .init("reason", .text(1...2_000), "Why."),
    ])
}

/// An order or a power of attorney as staff see it.
private struct OrderView: Encodable {
    var id: String
    var kind: String
    var number: String
    var date: CalendarDay
    var validFrom: CalendarDay
    var validUntil: CalendarDay?
    var scopes: [String]
    var holders: [String]
    var partnerOrganisation: String?
    var issuedBy: String
    var enteredBy: String
    var enteredAt: Date
    var revocation: Revocation?

    struct Revocation: Encodable {
        var day: CalendarDay
        var reason: String
        var by: String
        var at: Date
    }

    init(_ order: Order) {
        id = order.id.lowercased
        kind = order.kind.rawValue
        number = order.number
        date = order.date
        validFrom = order.validFrom
        validUntil = order.validUntil
        scopes = order.scopes.map(\.rawValue).sorted()
        holders = order.holders.map(\.lowercased)
        partnerOrganisation = order.partnerOrganisation
        issuedBy = order.issuedBy
        enteredBy = order.enteredBy.lowercased
        enteredAt = order.enteredAt
        revocation = order.revocation.map {
            Revocation(day: $0.day, reason: $0.reason, by: $0.by.lowercased, at: $0.at)
        }
    }

    static let schema = Schema.named(
        "Order",
        .object([
            .init("id", .uuid, "The entry."),
            .init("kind", .oneOf(Order.Kind.allCases.map(\.rawValue)), "What kind of paper it is."),
            .init("number", .text(), "The number on the paper."),
            .init("date", .day, "The date on the paper."),
            .init("valid_from", .day, "The first day on which it counts."),
            .init("valid_until", .day, "The last day on which it counts, if there is one.", required: false),
            .init("scopes", .array(of: OrderBody.scope, count: 1...10), "What its holders may do."),
            .init("holders", .array(of: .uuid, count: 1...100), "The accounts of its holders."),
            .init("partner_organisation", .text(), "The partner that the holders belong to.", required: false),
            .init("issued_by", .text(), "Who signed it."),
            .init("entered_by", .uuid, "Who entered it."),
            .init("entered_at", .time, "When it was entered."),
            .init(
                "revocation",
                .object([
                    .init("day", .day, "The first day on which the paper counts no more."),
                    .init("reason", .text(), "Why."),
                    .init("by", .uuid, "Who entered the revocation."),
                    .init("at", .time, "When it was entered."),
                ]),
                "Its revocation, if any.",
                required: false
            ),
        ])
    )
}
