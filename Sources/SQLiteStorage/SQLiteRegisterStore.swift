import Accounts
import Foundation
package import Identification

extension SQLiteStores: RegisterStore {
    func identifications(_ filter: IdentificationFilter) throws -> [IdentificationRecord] {
        guard let query = try RegisterQuery.page(filter, place: { try self.place(of: $0) }) else { return [] }
        return try connection.query(query.sql, query.arguments, Self.record)
    }

    func identifications(
        _ filter: IdentificationFilter,
        after place: RegisterPlace?,
        limit: Int
    ) throws -> [IdentificationRecord] {
        let query = RegisterQuery.following(place, filter, limit: limit)
        return try connection.query(query.sql, query.arguments, Self.record)
    }

    func identificationLines(
        _ filter: IdentificationFilter,
        after place: RegisterPlace?,
        limit: Int
    ) throws -> [PlacedIdentification] {
        let query = RegisterQuery.lines(behind: place, filter, limit: limit)
        return try connection.query(query.sql, query.arguments) { row in
            PlacedIdentification(
                record: try Self.record(row),
                logIndex: row.isNull(18) ? nil : UInt64(clamping: row.integer(18))
            )
        }
    }

    func personName(of accountID: UUID) throws -> PersonName? {
        try connection.first(
            "SELECT surname, given_name, patronymic FROM accounts WHERE id = ?",
            [.id(accountID)]
        ) { PersonName(surname: $0.text(0), givenName: $0.text(1), patronymic: $0.optionalText(2)) }
    }

    func identificationCount(_ filter: IdentificationFilter, atMost limit: Int) throws -> Int {
        let conditions = RegisterQuery.Conditions(filter)
        return try connection.first(
            "SELECT count(*) FROM (SELECT 1 FROM identifications \(conditions.clause) LIMIT ?)",
            conditions.arguments + [.integer(Int64(limit))]
        ) { Int($0.integer(0)) } ?? 0
    }

    func identificationCells(_ filter: IdentificationFilter, among limit: Int) throws -> [RegisterCell] {
        let conditions = RegisterQuery.Conditions(filter)
        return try connection.query(
            """
            SELECT method, outcome, procedure, discipline, operator_id, count(*) FROM (
                SELECT method, outcome, procedure, discipline, operator_id FROM identifications \(conditions.clause)
                ORDER BY at DESC, id DESC LIMIT ?
            ) GROUP BY 1, 2, 3, 4, 5
            """,
            conditions.arguments + [.integer(Int64(limit))]
        ) { row in
            RegisterCell(
                method: try row.value(0, as: IdentificationMethod.self),
                outcome: try row.value(1, as: IdentificationOutcome.self),
                procedure: row.isNull(2) ? nil : try row.value(2, as: ProcedureKind.self),
                discipline: row.optionalText(3),
                operatorID: try row.optionalID(4),
                count: Int(row.integer(5))
            )
        }
    }

    private func place(of id: UUID) throws -> RegisterPlace? {
        try connection.first("SELECT at FROM identifications WHERE id = ?", [.id(id)]) {
            RegisterPlace(at: $0.time(0), id: id)
        }
    }

    // MARK: - Consents

    func consentCount(_ filter: IdentificationFilter, until: Date) throws -> Int {
        let conditions = RegisterQuery.consents(filter, until: until)
        return try connection.first("SELECT count(*) FROM consents \(conditions.clause)", conditions.arguments) {
            Int($0.integer(0))
        } ?? 0
    }

    func consents(
        _ filter: IdentificationFilter,
        until: Date,
        after number: Int64?,
        limit: Int
    ) throws -> [NumberedConsent] {
        var conditions = RegisterQuery.consents(filter, until: until)
        conditions.add("number > ?", .integer(number ?? 0))
        return try connection.query(
            "\(Self.consentColumns) \(conditions.clause) ORDER BY number LIMIT ?",
            conditions.arguments + [.integer(Int64(limit))]
        ) { NumberedConsent(number: $0.integer(11), statement: try Self.consent($0)) }
    }

    // MARK: - Places in the log

    func insertLogPlace(_ index: UInt64, of recordID: UUID) throws {
        try connection.run(
            "INSERT INTO log_places (record_id, entry_index) VALUES (?, ?)",
            [.id(recordID), .integer(Int64(clamping: index))]
        )
    }

    func logPlaces(of recordID: UUID) throws -> [UInt64] {
        try connection.query(
            "SELECT entry_index FROM log_places WHERE record_id = ? ORDER BY entry_index",
            [.id(recordID)]
        ) { UInt64($0.integer(0)) }
    }

    // MARK: - Views

    func saveView(_ view: SavedView) throws {
        try connection.run(
            """
            INSERT INTO saved_views (id, owner_id, name, filter, is_shared, changed_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, filter = excluded.filter,
                is_shared = excluded.is_shared, changed_at = excluded.changed_at
            """,
            [
                .id(view.id), .id(view.ownerID), .text(view.name), try .json(view.filter),
                .integer(view.isShared ? 1 : 0), .time(view.changedAt),
            ]
        )
    }

    func savedView(_ id: UUID) throws -> SavedView? {
        try connection.first("\(Self.viewColumns) WHERE id = ?", [.id(id)], Self.view)
    }

    func savedViews(of ownerID: UUID, limit: Int) throws -> [SavedView] {
        try connection.query(
            "\(Self.viewColumns) WHERE owner_id = ? OR is_shared = 1 ORDER BY name, id LIMIT ?",
            [.id(ownerID), .integer(Int64(limit))],
            Self.view
        )
    }

    func deleteView(_ id: UUID) throws {
        try connection.run("DELETE FROM saved_views WHERE id = ?", [.id(id)])
    }

    private static let viewColumns = "SELECT id, owner_id, name, filter, is_shared, changed_at FROM saved_views"

    private static func view(_ row: SQLiteRow) throws -> SavedView {
        SavedView(
            id: try row.id(0),
            ownerID: try row.id(1),
            name: row.text(2),
            filter: try row.json(3, as: IdentificationFilter.self),
            isShared: row.integer(4) != 0,
            changedAt: row.time(5)
        )
    }
}

extension SQLiteDatabase {
    /// How SQLite reads a page of a search, a step a line (`EXPLAIN QUERY PLAN`): so that it can be seen that none reads
    /// the whole register.
    package func searchPlan(_ filter: IdentificationFilter, after place: RegisterPlace?) async throws -> [String] {
        let query = RegisterQuery.following(place, filter, limit: 1)
        return try await read { stores in
            guard let stores = stores as? SQLiteStores else { return [] }
            return try stores.connection.query("EXPLAIN QUERY PLAN \(query.sql)", query.arguments) { $0.text(3) }
        }
    }
}
