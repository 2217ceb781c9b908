public import Foundation
import Storage

extension SQLiteStores: MasterKeyStore {
    /// How a place's rows are found. A new place without its rows does not compile.
    private struct Rows {
        var table: String
        /// What a row is told by, as text.
        var mark: String
        /// What its box is bound to, as text.
        var name: String
        /// The column with the box, or the reference of the evidence.
        var column: String
        var condition = "TRUE"
        /// Sets the column of one row.
        var update: String { "UPDATE \(table) SET \(assignment) WHERE \(mark) = ?2" }
        var assignment: String

        /// Boxes in a column of their own, in a table with one key.
        init(_ table: String, _ key: String, _ column: String) {
            (self.table, mark, name, self.column) = (table, key, key, column)
            assignment = "\(column) = ?1"
        }

        /// Texts in a document.
        init(_ table: String, mark: String, path: String) {
            (self.table, self.mark, name) = (table, mark, mark)
            column = "document ->> '\(path)'"
            condition = "\(column) IS NOT NULL"
            assignment = "document = json_set(document, '\(path)', ?1)"
        }
    }

    private static func rows(of place: MasterKeyPlace) -> Rows {
        switch place {
        case .personKeys: Rows("person_keys", "account_id", "wrapped_key")
        case .biometricKeys: Rows("biometric_keys", "account_id", "wrapped_key")
        case .examSecrets: Rows("exams", "id", "sealed_secret")
        case .webhookKeys: Rows("webhook_receivers", "id", "sealed_key")
        case .providerLogins: Rows("pending_provider_logins", "state_hash", "sealed_content")
        case .archivedDocuments:
            Rows("archived_documents", "erasure_id || '/' || what || '/' || place", "sealed")
        case .exportKeys: Rows("exports", mark: "id", path: "$.wrappedKey")
        case .sheetScans: Rows("grade_sheet_papers", mark: "sheet_id || ':' || version", path: "$.scan.evidence")
        }
    }

    func masterKeyItems(in place: MasterKeyPlace, after mark: String?, limit: Int) throws -> [MasterKeyItem] {
        let rows = Self.rows(of: place)
        return try connection.query(
            """
            SELECT \(rows.mark) AS mark, \(rows.name), \(rows.column) FROM \(rows.table)
            WHERE mark > ? AND \(rows.condition) ORDER BY mark LIMIT ?
            """,
            [.text(mark ?? ""), .integer(Int64(limit))]
        ) { row in
            let content: MasterKeyItem.Content
            switch place {
            case .sheetScans: content = .evidence(row.text(2))
            case .exportKeys:
                guard let box = Data(base64Encoded: row.text(2)) else { throw row.damaged("wrapped key") }
                content = .box(box)
            default: content = .box(row.blob(2))
            }
            return MasterKeyItem(place: place, mark: row.text(0), name: row.text(1), content: content)
        }
    }

    func masterKeyItemCount(in place: MasterKeyPlace) throws -> Int {
        let rows = Self.rows(of: place)
        return try connection.first("SELECT count(*) FROM \(rows.table) WHERE \(rows.condition)") {
            Int($0.integer(0))
        } ?? 0
    }

    func replace(_ item: MasterKeyItem, with content: MasterKeyItem.Content, for work: UUID) throws {
        let rows = Self.rows(of: item.place)
        switch (item.content, content) {
        case (.box, .box(let box)):
            let value: SQLiteValue = item.place == .exportKeys ? .text(box.base64EncodedString()) : .blob(box)
            try connection.run(rows.update, [value, .text(item.mark)])
        case (.evidence(let old), .evidence(let new)):
            try connection.run(rows.update, [.text(new), .text(item.mark)])
            _ = try noteDestroyed(old, for: work)
        case (.box, .evidence), (.evidence, .box):
            throw SQLiteError(code: 20, reason: "bytes and evidence do not replace each other", sql: nil)
        }
    }
}

extension SQLiteDatabase {
    /// Something that lies under the master key of a database's file, to see whether a key is the right one.
    ///
    /// - Returns: `nil` where the file is missing, or nothing was sealed yet.
    /// - Throws: `SQLiteError`.
    public static func masterKeyProbe(of file: URL) throws -> (account: UUID, wrapped: Data)? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let connection = try SQLiteConnection(path: file.path, readOnly: true)
        guard try connection.first("SELECT 1 FROM sqlite_master WHERE name = 'person_keys'", [], { _ in true }) != nil
        else { return nil }
        return try connection.first("SELECT account_id, wrapped_key FROM person_keys ORDER BY account_id DESC LIMIT 1")
        {
            (try $0.id(0), $0.blob(1))
        }
    }
}
