import Cases
import Foundation
import Identification
import Retention

extension SQLiteStores: RetentionStore {
    // MARK: - Rules

    func retentionRules() throws -> [RetentionRule] {
        try DataKind.allCases.map { kind in
            try connection.first(
                "SELECT document FROM retention_rules WHERE kind = ? ORDER BY number DESC LIMIT 1",
                [.text(kind.rawValue)]
            ) { try $0.json(0, as: RetentionRule.self) } ?? kind.standardRule
        }
    }

    func insertRetentionRule(_ rule: RetentionRule) throws {
        try connection.run(
            "INSERT INTO retention_rules (kind, number, document) VALUES (?, ?, ?)",
            [.text(rule.kind.rawValue), .integer(Int64(rule.number)), .json(rule)]
        )
    }

    func approveRetentionRule(_ kind: DataKind, number: Int, by: UUID, at: Date) throws {
        guard var rule = try retentionRules().first(where: { $0.kind == kind }), rule.number == number else { return }
        rule.approvedBy = by
        rule.approvedAt = at
        try connection.run(
            "UPDATE retention_rules SET document = ? WHERE kind = ? AND number = ?",
            [.json(rule), .text(kind.rawValue), .integer(Int64(number))]
        )
    }

    // MARK: - Holds

    func insertManualHold(_ hold: ManualHold) throws {
        try connection.run(
            """
            INSERT INTO retention_holds (id, account_id, sealed_reason, placed_by, placed_at) VALUES (?, ?, ?, ?, ?)
            """,
            [
                .id(hold.id), .id(hold.accountID), .blob(hold.sealedReason), .id(hold.placedBy), .time(hold.placedAt),
            ]
        )
    }

    func manualHold(_ id: UUID) throws -> ManualHold? {
        try connection.first("\(Self.holdColumns) WHERE id = ?", [.id(id)], Self.hold)
    }

    func liftManualHold(_ id: UUID, by: UUID, at: Date) throws {
        try connection.run(
            "UPDATE retention_holds SET lifted_by = ?, lifted_at = ? WHERE id = ? AND lifted_at IS NULL",
            [.id(by), .time(at), .id(id)]
        )
    }

    func manualHolds(before: UUID?, limit: Int) throws -> [ManualHold] {
        try connection.query(
            "\(Self.holdColumns) WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            [.id(before), .integer(Int64(limit))],
            Self.hold
        )
    }

    func retentionHolds(of accountID: UUID) throws -> Set<RetentionHold> {
        var holds: Set<RetentionHold> = []
        for (hold, sql) in Self.holdQueries {
            let isHeld = try connection.first("SELECT EXISTS (\(sql))", [.id(accountID)]) { $0.integer(0) != 0 }
            if isHeld == true { holds.insert(hold) }
        }
        return holds
    }

    private static let holdQueries: [(RetentionHold, String)] = [
        (
            .attemptOpen,
            """
            SELECT 1 FROM attempts WHERE candidate_id = ?1 AND state IN
                ('created', 'ready_to_start', 'started', 'ready_to_submit', 'paused', 'timed_out')
            """
        ),
        (
            .resultUnderReview,
            "SELECT 1 FROM attempts WHERE candidate_id = ?1 AND state = 'second_review_required'"
        ),
        (.caseOpen, "SELECT 1 FROM cases WHERE subject = ?1 AND (kind || ':' || state) NOT IN (\(closedCases))"),
        (.verificationOpen, "SELECT 1 FROM visual_cases WHERE subject = ?1 AND closed_at IS NULL"),
        (
            .duplicateUndecided,
            "SELECT 1 FROM face_duplicates WHERE verdict IS NULL AND (account_id = ?1 OR other_account_id = ?1)"
        ),
        (
            .gradingOpen,
            """
            SELECT 1 FROM open_works JOIN attempts ON attempts.id = open_works.attempt_id
            WHERE attempts.candidate_id = ?1 AND open_works.state = 'waiting'
            """
        ),
        (
            .gradeSheetOpen,
            """
            SELECT 1 FROM grade_sheet_rows JOIN grade_sheets ON grade_sheets.id = sheet_id
            WHERE candidate_id = ?1 AND grade_sheets.state = 'open'
            """
        ),
        (
            .messageWaiting,
            "SELECT 1 FROM outbox WHERE next_try_at IS NOT NULL AND instr(CAST(body AS TEXT), ?1) > 0"
        ),
        (
            .flagUndecided,
            """
            SELECT 1 FROM flags JOIN attempts ON attempts.id = flags.attempt_id
            WHERE attempts.candidate_id = ?1 AND flags.state NOT IN ('confirmed', 'dismissed')
            """
        ),
        (.exportRunning, "SELECT 1 FROM exports WHERE ?1 <> '' AND state IN ('waiting', 'running')"),
        (.manual, "SELECT 1 FROM retention_holds WHERE account_id = ?1 AND lifted_at IS NULL"),
    ]

    /// Kinds of cases with the states that nothing follows from.
    private static let closedCases = CaseKind.allCases.flatMap { kind in
        let definition = kind.definition
        return definition.states.map(\.id).filter { definition.isFinal($0) }.map { "'\(kind.rawValue):\($0)'" }
    }.joined(separator: ", ")

    private static let holdColumns =
        "SELECT id, account_id, sealed_reason, placed_by, placed_at, lifted_by, lifted_at FROM retention_holds"

    private static func hold(_ row: SQLiteRow) throws -> ManualHold {
        var hold = ManualHold(
            id: try row.id(0),
            accountID: try row.id(1),
            sealedReason: row.blob(2),
            placedBy: try row.id(3),
            placedAt: row.time(4)
        )
        hold.liftedBy = try row.optionalID(5)
        hold.liftedAt = row.optionalTime(6)
        return hold
    }

    // MARK: - Runs

    func insertRetentionRun(_ run: RetentionRun) throws {
        try connection.run(
            "INSERT INTO retention_runs (id, state, document) VALUES (?, ?, ?)",
            [.id(run.id), .text(run.state.rawValue), .json(run)]
        )
    }

    func updateRetentionRun(_ run: RetentionRun) throws {
        try connection.run(
            "UPDATE retention_runs SET state = ?, document = ? WHERE id = ?",
            [.text(run.state.rawValue), .json(run), .id(run.id)]
        )
        guard [.completed, .discarded].contains(run.state) else { return }
        try connection.run("DELETE FROM retention_items WHERE run_id = ?", [.id(run.id)])
    }

    func retentionRun(_ id: UUID) throws -> RetentionRun? {
        try connection.first("SELECT document FROM retention_runs WHERE id = ?", [.id(id)]) {
            try $0.json(0, as: RetentionRun.self)
        }
    }

    func retentionRuns(before: UUID?, limit: Int) throws -> [RetentionRun] {
        try connection.query(
            "SELECT document FROM retention_runs WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            [.id(before), .integer(Int64(limit))]
        ) { try $0.json(0, as: RetentionRun.self) }
    }

    func unfinishedRetentionRuns() throws -> [RetentionRun] {
        try connection.query(
            """
            SELECT document FROM retention_runs WHERE state IN ('previewing', 'running', 'clearing') ORDER BY id
            """
        ) { try $0.json(0, as: RetentionRun.self) }
    }

    // MARK: - Items

    func dueItems(_ rule: RetentionRule, cutoff: Date, after: String?, limit: Int) throws -> [DueItem] {
        try connection.query(
            """
            SELECT item, subject FROM (
                SELECT item, subject, \(RetentionSource.start(rule.start)) AS began
                FROM (\(RetentionSource.of(rule.kind).items)) AS source
            )
            WHERE began IS NOT NULL AND began <= ?1 AND (?2 IS NULL OR item > ?2) ORDER BY item LIMIT ?3
            """,
            [.time(cutoff), .text(after), .integer(Int64(limit))]
        ) { DueItem(id: $0.text(0), subject: try $0.optionalID(1)) }
    }

    func insertRunItems(_ items: [DueItem], of run: UUID, kind: DataKind) throws {
        for item in items {
            try connection.run(
                "INSERT OR REPLACE INTO retention_items (run_id, kind, item, subject) VALUES (?, ?, ?, ?)",
                [.id(run), .text(kind.rawValue), .text(item.id), .id(item.subject)]
            )
        }
    }

    func waitingRunItems(of run: UUID, limit: Int) throws -> [(kind: DataKind, item: DueItem)] {
        try connection.query(
            "SELECT kind, item, subject FROM retention_items WHERE run_id = ? ORDER BY kind, item LIMIT ?",
            [.id(run), .integer(Int64(limit))]
        ) { (try $0.value(0, as: DataKind.self), DueItem(id: $0.text(1), subject: try $0.optionalID(2))) }
    }

    func deleteRunItem(_ id: String, of run: UUID, kind: DataKind) throws {
        try connection.run(
            "DELETE FROM retention_items WHERE run_id = ? AND kind = ? AND item = ?",
            [.id(run), .text(kind.rawValue), .text(id)]
        )
    }

    func runItemPeople(of run: UUID, kind: DataKind) throws -> Int {
        try connection.first(
            "SELECT count(DISTINCT subject) FROM retention_items WHERE run_id = ? AND kind = ?",
            [.id(run), .text(kind.rawValue)]
        ) { Int($0.integer(0)) } ?? 0
    }

    func destroyItem(_ id: String, kind: DataKind, for work: UUID, at time: Date) throws -> Int {
        let source = RetentionSource.of(kind)
        var files = 0
        if let sql = source.files {
            for evidence in try connection.query(sql, [.text(id)], { $0.text(0) }) {
                files += try noteDestroyed(evidence, for: work)
            }
        }
        if kind == .measurement, let identifier = UUID(uuidString: id), let record = try identification(identifier) {
            try eraseMeasurements(of: record, at: time)
        }
        for sql in source.statements { try connection.run(sql, [.text(id)]) }
        return files
    }

    /// Notes that a file is to follow; answers 1 where that is new.
    func noteDestroyed(_ evidence: String, for work: UUID) throws -> Int {
        try connection.run(
            "INSERT OR IGNORE INTO destroyed_evidence (evidence, work_id) VALUES (?, ?)",
            [.text(evidence), .id(work)]
        )
    }

    /// Leaves of a record what was decided, and nothing that was measured.
    private func eraseMeasurements(of record: IdentificationRecord, at time: Date) throws {
        let erased = record.erased(at: time)
        try connection.run(
            "UPDATE identifications SET comparison = NULL, findings = ?, erased_at = ? WHERE id = ?",
            [try erased.findings.map { try .json($0) } ?? .null, .time(time), .id(record.id)]
        )
    }

    // MARK: - Files

    func filesToDestroy(limit: Int) throws -> [String] {
        try connection.query(
            "SELECT evidence FROM destroyed_evidence WHERE deleted_at IS NULL ORDER BY evidence LIMIT ?",
            [.integer(Int64(limit))]
        ) { $0.text(0) }
    }

    func fileDestroyed(_ evidence: String, at: Date) throws {
        try connection.run(
            "UPDATE destroyed_evidence SET deleted_at = ? WHERE evidence = ?",
            [.time(at), .text(evidence)]
        )
    }

    func hasFilesToDestroy(for work: UUID) throws -> Bool {
        try connection.first(
            "SELECT EXISTS (SELECT 1 FROM destroyed_evidence WHERE work_id = ? AND deleted_at IS NULL)",
            [.id(work)]
        ) { $0.integer(0) != 0 } ?? false
    }

    func isAnyAttemptUnderWay() throws -> Bool {
        try connection.first(
            "SELECT EXISTS (SELECT 1 FROM attempts WHERE state IN ('started', 'ready_to_submit', 'paused'))"
        ) { $0.integer(0) != 0 } ?? false
    }

    func noteSealedPayload(digest: String, recordID: UUID) throws {
        try connection.run(
            "UPDATE sealed_payloads SET record_id = ? WHERE digest = ?",
            [.id(recordID), .text(digest)]
        )
    }
}
