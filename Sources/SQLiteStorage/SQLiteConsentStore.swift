import Accounts
import Foundation

extension SQLiteStores: ConsentStore {
    func currentConsentTexts() throws -> [ConsentText] {
        try connection.query(
            """
            \(Self.consentTextColumns) AS t
            WHERE version = (SELECT max(version) FROM consent_texts WHERE kind = t.kind) ORDER BY kind
            """,
            [],
            Self.consentText
        )
    }

    func consentText(_ kind: ConsentKind, version: Int) throws -> ConsentText? {
        try connection.first(
            "\(Self.consentTextColumns) WHERE kind = ? AND version = ?",
            [.text(kind.rawValue), .integer(Int64(version))],
            Self.consentText
        )
    }

    func consentRenewal(_ kind: ConsentKind) throws -> Int {
        try connection.first(
            "SELECT max(version) FROM consent_texts WHERE kind = ? AND requires_renewal = 1",
            [.text(kind.rawValue)]
        ) { $0.isNull(0) ? 0 : Int($0.integer(0)) } ?? 0
    }

    func insertConsentText(_ text: ConsentText) throws {
        try connection.run(
            """
            INSERT INTO consent_texts
                (kind, version, russian, english, requires_renewal, published_at, published_by)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(text.kind.rawValue), .integer(Int64(text.version)), .text(text.russian), .text(text.english),
                .integer(text.requiresRenewal ? 1 : 0), .time(text.publishedAt), .id(text.publishedBy),
            ]
        )
    }

    func insertConsent(_ statement: ConsentStatement) throws {
        var representative: ConsentStatement.Representative?
        if case .representative(let someone) = statement.statedBy { representative = someone }
        try connection.run(
            """
            INSERT INTO consents
                (id, account_id, kind, decision, text_version, text_digest, partners, representative, paper,
                recorded_by, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(statement.id), .id(statement.accountID), .text(statement.kind.rawValue),
                .text(statement.decision.rawValue), .integer(Int64(statement.textVersion)),
                .text(statement.textDigest), try .json(statement.partners),
                try representative.map { try .json($0) } ?? .null, try statement.paper.map { try .json($0) } ?? .null,
                .id(statement.recordedBy), .time(statement.at),
            ]
        )
    }

    func consents(of accountID: UUID) throws -> [ConsentStatement] {
        try connection.query(
            "\(Self.consentColumns) WHERE account_id = ? ORDER BY number",
            [.id(accountID)],
            Self.consent
        )
    }

    func latestConsent(of accountID: UUID, _ kind: ConsentKind) throws -> ConsentStatement? {
        try connection.first(
            "\(Self.consentColumns) WHERE account_id = ? AND kind = ? ORDER BY number DESC LIMIT 1",
            [.id(accountID), .text(kind.rawValue)],
            Self.consent
        )
    }

    private static let consentTextColumns = """
        SELECT kind, version, russian, english, requires_renewal, published_at, published_by FROM consent_texts
        """

    private static func consentText(_ row: SQLiteRow) throws -> ConsentText {
        ConsentText(
            kind: try row.value(0, as: ConsentKind.self),
            version: Int(row.integer(1)),
            russian: row.text(2),
            english: row.text(3),
            requiresRenewal: row.integer(4) != 0,
            publishedAt: row.time(5),
            publishedBy: try row.optionalID(6)
        )
    }

    static let consentColumns = """
        SELECT id, account_id, kind, decision, text_version, text_digest, partners, representative, paper, recorded_by, at,
            number
        FROM consents
        """

    static func consent(_ row: SQLiteRow) throws -> ConsentStatement {
        ConsentStatement(
            id: try row.id(0),
            accountID: try row.id(1),
            kind: try row.value(2, as: ConsentKind.self),
            decision: try row.value(3, as: ConsentStatement.Decision.self),
            textVersion: Int(row.integer(4)),
            textDigest: row.text(5),
            partners: try row.json(6, as: [String].self),
            statedBy: row.isNull(7)
                ? .person : .representative(try row.json(7, as: ConsentStatement.Representative.self)),
            paper: row.isNull(8) ? nil : try row.json(8, as: ConsentStatement.Paper.self),
            recordedBy: try row.id(9),
            at: row.time(10)
        )
    }
}
