import Foundation
import Identification

extension SQLiteStores: DuplicateStore {
    func currentPortraits(modelID: String, after accountID: UUID?, limit: Int) throws -> [Portrait] {
        try connection.query(
            """
            SELECT \(Self.portraitColumns) FROM portraits AS p
            WHERE account_id > ?1 AND model_id = ?2 AND \(Self.isCurrent)
            ORDER BY account_id LIMIT ?3
            """,
            [.text(accountID.map { $0.uuidString.lowercased() } ?? ""), .text(modelID), .integer(Int64(limit))],
            Self.portrait
        )
    }

    func unsearchedPortraits(modelID: String, limit: Int) throws -> [Portrait] {
        try connection.query(
            """
            SELECT \(Self.portraitColumns) FROM portraits AS p
            WHERE searched_at IS NULL AND model_id = ?1 AND \(Self.isCurrent)
            ORDER BY id LIMIT ?2
            """,
            [.text(modelID), .integer(Int64(limit))],
            Self.portrait
        )
    }

    func noteSearched(_ portraitID: UUID, at: Date) throws {
        try connection.run("UPDATE portraits SET searched_at = ? WHERE id = ?", [.time(at), .id(portraitID)])
    }

    func forgetSearches(of accountID: UUID) throws {
        try connection.run("UPDATE portraits SET searched_at = NULL WHERE account_id = ?", [.id(accountID)])
    }

    /// Of a person's portraits the newest is the current one.
    private static let isCurrent = """
        NOT EXISTS (
            SELECT 1 FROM portraits AS newer WHERE newer.account_id = p.account_id
                AND (newer.created_at, newer.id) > (p.created_at, p.id)
        )
        """

    func insertDuplicate(_ duplicate: FaceDuplicate) throws -> Bool {
        try connection.run(
            """
            INSERT OR IGNORE INTO face_duplicates
                (id, account_id, other_account_id, portrait_id, other_portrait_id, distance, threshold, gallery_size,
                is_near_copy, found_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(duplicate.id), .id(duplicate.accountID), .id(duplicate.otherAccountID), .id(duplicate.portraitID),
                .id(duplicate.otherPortraitID), duplicate.distance.map { .real(Double($0)) } ?? .null,
                .real(Double(duplicate.threshold)),
                .integer(Int64(duplicate.gallerySize)), .integer(duplicate.isNearCopy ? 1 : 0),
                .time(duplicate.foundAt),
            ]
        ) == 1
    }

    func duplicate(_ id: UUID) throws -> FaceDuplicate? {
        try connection.first("\(Self.duplicateColumns) WHERE id = ?", [.id(id)], Self.duplicate)
    }

    func duplicates(undecidedOnly: Bool, before: UUID?, limit: Int) throws -> [FaceDuplicate] {
        var conditions = undecidedOnly ? ["verdict IS NULL"] : []
        var arguments: [SQLiteValue] = []
        if let before {
            conditions.append("id < ?")
            arguments.append(.id(before))
        }
        let filtering = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        return try connection.query(
            "\(Self.duplicateColumns) \(filtering) ORDER BY id DESC LIMIT ?",
            arguments + [.integer(Int64(limit))],
            Self.duplicate
        )
    }

    func decideDuplicate(_ id: UUID, _ decision: FaceDuplicate.Decision) throws -> Bool {
        try connection.run(
            """
            UPDATE face_duplicates SET verdict = ?, decided_by = ?, decided_at = ?, comment = ?
            WHERE id = ? AND verdict IS NULL
            """,
            [
                .text(decision.verdict.rawValue), .id(decision.decidedBy), .time(decision.at),
                .text(decision.comment), .id(id),
            ]
        ) == 1
    }

    private static let duplicateColumns = """
        SELECT id, account_id, other_account_id, portrait_id, other_portrait_id, distance, threshold, gallery_size,
            is_near_copy, found_at, verdict, decided_by, decided_at, comment
        FROM face_duplicates
        """

    private static func duplicate(_ row: SQLiteRow) throws -> FaceDuplicate {
        FaceDuplicate(
            id: try row.id(0),
            accountID: try row.id(1),
            otherAccountID: try row.id(2),
            portraitID: try row.id(3),
            otherPortraitID: try row.id(4),
            distance: row.isNull(5) ? nil : Float(row.real(5)),
            threshold: Float(row.real(6)),
            gallerySize: Int(row.integer(7)),
            isNearCopy: row.integer(8) != 0,
            foundAt: row.time(9),
            decision: row.isNull(10)
                ? nil
                : FaceDuplicate.Decision(
                    verdict: try row.value(10, as: FaceDuplicate.Verdict.self),
                    decidedBy: try row.id(11),
                    at: row.time(12),
                    comment: row.text(13)
                )
        )
    }
}
