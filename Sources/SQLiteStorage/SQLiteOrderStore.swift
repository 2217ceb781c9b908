import Accounts
import Foundation

extension SQLiteStores: OrderStore {
    func insertOrder(_ order: Order) throws {
        try connection.run(
            """
            INSERT INTO orders
                (id, kind, number, date, valid_from, valid_until, partner_organisation, issued_by, entered_by,
                entered_at, revoked_day, revocation_reason, revoked_by, revoked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(order.id), .text(order.kind.rawValue), .text(order.number), .day(order.date),
                .day(order.validFrom), .day(order.validUntil), .text(order.partnerOrganisation),
                .text(order.issuedBy), .id(order.enteredBy), .time(order.enteredAt),
                .day(order.revocation?.day), .text(order.revocation?.reason), .id(order.revocation?.by),
                .time(order.revocation?.at),
            ]
        )
        for scope in order.scopes {
            try connection.run(
                "INSERT INTO order_scopes (order_id, scope) VALUES (?, ?)",
                [.id(order.id), .text(scope.rawValue)]
            )
        }
        for (position, holder) in order.holders.enumerated() {
            try connection.run(
                "INSERT INTO order_holders (order_id, account_id, position) VALUES (?, ?, ?)",
                [.id(order.id), .id(holder), .integer(Int64(position))]
            )
        }
    }

    func order(_ id: UUID) throws -> Order? {
        try connection.first("\(Self.orderColumns) WHERE id = ?", [.id(id)], Self.order)
    }

    func orders(_ filter: OrderFilter) throws -> [Order] {
        var conditions: [String] = []
        var arguments: [SQLiteValue] = []
        func condition(_ sql: String, _ values: SQLiteValue...) {
            conditions.append(sql)
            arguments += values
        }
        if let holder = filter.holder {
            condition("id IN (SELECT order_id FROM order_holders WHERE account_id = ?)", .id(holder))
        }
        if let scope = filter.scope {
            condition("id IN (SELECT order_id FROM order_scopes WHERE scope = ?)", .text(scope.rawValue))
        }
        if let day = filter.validOn {
            // Days stand as 2026-01-31, so they sort as text.
            condition(
                """
                valid_from <= ? AND (valid_until IS NULL OR valid_until >= ?)
                AND (revoked_day IS NULL OR revoked_day > ?)
                """,
                .day(day),
                .day(day),
                .day(day)
            )
        }
        if filter.ofPartners { condition("partner_organisation IS NOT NULL") }
        if let before = filter.before { condition("id < ?", .id(before)) }
        let filtering = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        return try connection.query(
            "\(Self.orderColumns) \(filtering) ORDER BY id DESC LIMIT ?",
            arguments + [.integer(Int64(filter.limit))],
            Self.order
        )
    }

    func revokeOrder(_ id: UUID, _ revocation: Order.Revocation) throws -> Bool {
        try connection.run(
            """
            UPDATE orders SET revoked_day = ?, revocation_reason = ?, revoked_by = ?, revoked_at = ?
            WHERE id = ? AND revoked_day IS NULL
            """,
            [.day(revocation.day), .text(revocation.reason), .id(revocation.by), .time(revocation.at), .id(id)]
        ) == 1
    }

    private static let orderColumns = """
        SELECT id, kind, number, date, valid_from, valid_until, partner_organisation, issued_by, entered_by, entered_at,
            revoked_day, revocation_reason, revoked_by, revoked_at,
            (SELECT group_concat(scope, ' ') FROM order_scopes WHERE order_id = id),
            (SELECT group_concat(account_id, ' ') FROM
                (SELECT account_id FROM order_holders WHERE order_id = id ORDER BY position))
        FROM orders
        """

    private static func order(_ row: SQLiteRow) throws -> Order {
        Order(
            id: try row.id(0),
            kind: try row.value(1, as: Order.Kind.self),
            number: row.text(2),
            date: try row.day(3),
            validFrom: try row.day(4),
            validUntil: try row.optionalDay(5),
            scopes: Set(
                try row.text(14).split(separator: " ").map { name in
                    guard let scope = Order.Scope(rawValue: String(name)) else { throw row.damaged("scope") }
                    return scope
                }
            ),
            holders: try row.text(15).split(separator: " ").map { text in
                guard let id = UUID(uuidString: String(text)) else { throw row.damaged("holder") }
                return id
            },
            partnerOrganisation: row.optionalText(6),
            issuedBy: row.text(7),
            enteredBy: try row.id(8),
            enteredAt: row.time(9),
            revocation: try row.optionalDay(10).map { day in
                Order.Revocation(day: day, reason: row.text(11), by: try row.id(12), at: row.time(13))
            }
        )
    }
}

extension SQLiteValue {
    /// A day as `2026-01-31`.
    static func day(_ day: CalendarDay) -> SQLiteValue { .text(day.description) }

    static func day(_ day: CalendarDay?) -> SQLiteValue { day.map { .day($0) } ?? .null }
}

extension SQLiteRow {
    func day(_ column: Int32) throws -> CalendarDay {
        guard let day = CalendarDay(text(column)) else { throw damaged("day") }
        return day
    }
}
