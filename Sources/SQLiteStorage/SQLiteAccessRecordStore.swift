import Foundation
import Identification
import Retention

extension SQLiteStores: AccessRecordStore {
    func accesses(_ filter: AccessFilter) throws -> [NumberedAccess] {
        var conditions = ["1"]
        var arguments: [SQLiteValue] = []
        func condition(_ sql: String, _ argument: SQLiteValue?) {
            guard let argument else { return }
            conditions.append(sql)
            arguments.append(argument)
        }
        condition("subject = ?", filter.subject.map { .id($0) })
        condition("actor = ?", filter.actor.map { .id($0) })
        condition("at >= ?", filter.from.map { .time($0) })
        condition("at < ?", filter.until.map { .time($0) })
        condition("number < ?", filter.before.map { .integer($0) })
        return try connection.query(
            """
            SELECT actor, subject, what, purpose, at, task, items, number FROM biometric_accesses
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC LIMIT ?
            """,
            arguments + [.integer(Int64(filter.limit))]
        ) { NumberedAccess(number: $0.integer(7), access: try Self.access($0)) }
    }

    func peopleSeen(by actor: UUID, since: Date) throws -> Int {
        try connection.first(
            """
            SELECT count(DISTINCT subject) FROM biometric_accesses WHERE actor = ?1 AND at >= ?2 AND subject <> ?1
                AND what NOT IN (SELECT value FROM json_each(?3))
            """,
            [.id(actor), .time(since), .json(BiometricAccess.readInGrading.sorted())]
        ) { Int($0.integer(0)) } ?? 0
    }

    func hasAccess(by actor: UUID, to what: String, task: UUID, since: Date) throws -> Bool {
        try connection.first(
            "SELECT EXISTS (SELECT 1 FROM biometric_accesses WHERE actor = ? AND at >= ? AND task = ? AND what = ?)",
            [.id(actor), .time(since), .id(task), .text(what)]
        ) { $0.integer(0) != 0 } ?? false
    }

    func isTaskOpen(_ task: UUID?, about subject: UUID) throws -> Bool {
        if let task, try isVerificationOpen(task) { return true }
        return try !retentionHolds(of: subject).isDisjoint(with: [
            .attemptOpen, .resultUnderReview, .caseOpen, .verificationOpen, .duplicateUndecided,
        ])
    }

    /// A case of visual identification that somebody has yet to decide.
    private func isVerificationOpen(_ task: UUID) throws -> Bool {
        try connection.first(
            "SELECT EXISTS (SELECT 1 FROM visual_cases WHERE id = ? AND closed_at IS NULL)",
            [.id(task)]
        ) { $0.integer(0) != 0 } ?? false
    }

    func accessRules() throws -> AccessRules {
        try connection.first("SELECT document FROM access_rules ORDER BY number DESC LIMIT 1") {
            try $0.json(0, as: AccessRules.self)
        } ?? .standard
    }

    func insertAccessRules(_ rules: AccessRules, by: UUID, at: Date) throws {
        try connection.run(
            "INSERT INTO access_rules (number, document, set_by, at) VALUES (?, ?, ?, ?)",
            [.integer(Int64(rules.number)), .json(rules), .id(by), .time(at)]
        )
    }

    func insertAccessAlert(_ alert: AccessAlert) throws {
        try connection.run(
            "INSERT INTO access_alerts (id, kind, actor, at, document) VALUES (?, ?, ?, ?, ?)",
            [.id(alert.id), .text(alert.kind.rawValue), .id(alert.actor), .time(alert.at), .json(alert)]
        )
    }

    func updateAccessAlert(_ alert: AccessAlert) throws {
        try connection.run("UPDATE access_alerts SET document = ? WHERE id = ?", [.json(alert), .id(alert.id)])
    }

    func accessAlert(_ id: UUID) throws -> AccessAlert? {
        try connection.first("SELECT document FROM access_alerts WHERE id = ?", [.id(id)]) {
            try $0.json(0, as: AccessAlert.self)
        }
    }

    func accessAlerts(before: UUID?, limit: Int) throws -> [AccessAlert] {
        try connection.query(
            "SELECT document FROM access_alerts WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            [.id(before), .integer(Int64(limit))]
        ) { try $0.json(0, as: AccessAlert.self) }
    }

    func hasAccessAlert(_ kind: AccessAlert.Kind, of actor: UUID, since: Date) throws -> Bool {
        try connection.first(
            "SELECT EXISTS (SELECT 1 FROM access_alerts WHERE actor = ? AND kind = ? AND at >= ?)",
            [.id(actor), .text(kind.rawValue), .time(since)]
        ) { $0.integer(0) != 0 } ?? false
    }
}
