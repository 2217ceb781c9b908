import Foundation
import Identification

/// The SQL of searches in the identification log.
enum RegisterQuery {
    /// A statement with its arguments.
    struct Statement: Sendable {
        var sql: String
        var arguments: [SQLiteValue]
    }

    /// A filter as the conditions of a statement.
    struct Conditions {
        private(set) var parts: [String] = []
        private(set) var arguments: [SQLiteValue] = []

        init() {}

        init(_ filter: IdentificationFilter) {
            add("subject = ?", filter.subject.map { .id($0) })
            add("subject \(RegisterQuery.isInGroup)", filter.groupID.map { .id($0) })
            add("attempt_id = ?", filter.attemptID.map { .id($0) })
            // One attempt's records are few: a plus keeps SQLite from walking all records of a method or an outcome instead
            // (optoverview.html, 2.1).
            let plain = filter.attemptID == nil ? "" : "+"
            add("\(plain)procedure = ?", filter.procedure.map { .text($0.rawValue) })
            add("\(plain)discipline = ?", filter.discipline.map { .text($0) })
            add("\(plain)method = ?", filter.method.map { .text($0.rawValue) })
            add("\(plain)outcome = ?", filter.outcome.map { .text($0.rawValue) })
            add("\(plain)operator_id = ?", filter.operatorID.map { .id($0) })
            add("at >= ?", filter.from.map { .time($0) })
            add("at < ?", filter.until.map { .time($0) })
            if let isFlagged = filter.isFlagged {
                let flagged = "SELECT attempt_id FROM session_events WHERE type IN (\(Migrations.flaggingEvents))"
                parts.append(
                    isFlagged
                        ? "attempt_id IN (\(flagged))" : "(attempt_id IS NULL OR attempt_id NOT IN (\(flagged)))"
                )
            }
        }

        mutating func add(_ sql: String, _ values: SQLiteValue?...) {
            let values = values.compactMap(\.self)
            guard !values.isEmpty else { return }
            parts.append(sql)
            arguments += values
        }

        /// The `WHERE` clause, where there are conditions.
        var clause: String { parts.isEmpty ? "" : "WHERE \(parts.joined(separator: " AND "))" }
    }

    private static let isInGroup = """
        IN (SELECT account_id FROM contracts WHERE account_id IS NOT NULL
            AND id IN (SELECT contract_id FROM group_members WHERE group_id = ?))
        """

    /// The conditions that apply to consents.
    static func consents(_ filter: IdentificationFilter, until: Date) -> Conditions {
        var conditions = Conditions()
        conditions.add("account_id = ?", filter.subject.map { .id($0) })
        conditions.add("account_id \(isInGroup)", filter.groupID.map { .id($0) })
        conditions.add("at >= ?", filter.from.map { .time($0) })
        conditions.add("at < ?", .time(min(until, filter.until ?? until)))
        return conditions
    }

    /// A page, newest first; `nil` where the page's mark names no record, behind which there is nothing.
    static func page(
        _ filter: IdentificationFilter,
        place: (UUID) throws -> RegisterPlace?
    ) rethrows -> Statement? {
        var conditions = Conditions(filter)
        if let before = filter.before {
            guard let place = try place(before) else { return nil }
            conditions.add("(at, id) < (?, ?)", .time(place.at), .id(place.id))
        }
        return Statement(
            sql: "\(SQLiteStores.recordColumns) \(conditions.clause) ORDER BY at DESC, id DESC LIMIT ?",
            arguments: conditions.arguments + [.integer(Int64(filter.limit))]
        )
    }

    /// A page, oldest first, behind a place.
    static func following(_ place: RegisterPlace?, _ filter: IdentificationFilter, limit: Int) -> Statement {
        rising(SQLiteStores.recordColumns, place, filter, limit)
    }

    /// The same page with each record's first place in the log as the column behind the record's own.
    static func lines(behind place: RegisterPlace?, _ filter: IdentificationFilter, limit: Int) -> Statement {
        rising(lineColumns, place, filter, limit)
    }

    private static let lineColumns = """
        SELECT id, method, subject, attempt_id, outcome, reason, at, comparison, evidence, NULL,
            procedure, moment, operator_id, authority_id, document_kind, sealed, erased_at, tries,
            (SELECT min(entry_index) FROM log_places WHERE record_id = identifications.id)
        FROM identifications
        """

    private static func rising(
        _ columns: String,
        _ place: RegisterPlace?,
        _ filter: IdentificationFilter,
        _ limit: Int
    ) -> Statement {
        var conditions = Conditions(filter)
        if let place { conditions.add("(at, id) > (?, ?)", .time(place.at), .id(place.id)) }
        return Statement(
            sql: "\(columns) \(conditions.clause) ORDER BY at, id LIMIT ?",
            arguments: conditions.arguments + [.integer(Int64(limit))]
        )
    }
}
