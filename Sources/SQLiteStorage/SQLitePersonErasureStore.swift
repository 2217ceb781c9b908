import Foundation
import Retention

extension SQLiteStores: PersonErasureStore {
    func insertPersonErasure(_ erasure: PersonErasure) throws {
        try connection.run(
            "INSERT INTO person_erasures (id, account_id, state, document) VALUES (?, ?, ?, ?)",
            [.id(erasure.id), .id(erasure.accountID), .text(erasure.state.rawValue), .json(erasure)]
        )
    }

    func updatePersonErasure(_ erasure: PersonErasure) throws {
        try connection.run(
            "UPDATE person_erasures SET state = ?, document = ? WHERE id = ?",
            [.text(erasure.state.rawValue), .json(erasure), .id(erasure.id)]
        )
    }

    func personErasure(_ id: UUID) throws -> PersonErasure? {
        try connection.first("SELECT document FROM person_erasures WHERE id = ?", [.id(id)], Self.personErasure)
    }

    func personErasures(before: UUID?, limit: Int) throws -> [PersonErasure] {
        try connection.query(
            "SELECT document FROM person_erasures WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            [.id(before), .integer(Int64(limit))],
            Self.personErasure
        )
    }

    func personErasures(of accountID: UUID) throws -> [PersonErasure] {
        try connection.query(
            "SELECT document FROM person_erasures WHERE account_id = ? ORDER BY id DESC",
            [.id(accountID)],
            Self.personErasure
        )
    }

    func unfinishedPersonErasures() throws -> [PersonErasure] {
        try connection.query(
            "SELECT document FROM person_erasures WHERE state IN ('approved', 'clearing') ORDER BY id",
            [],
            Self.personErasure
        )
    }

    private static func personErasure(_ row: SQLiteRow) throws -> PersonErasure {
        try row.json(0, as: PersonErasure.self)
    }

    // MARK: - What there is

    func personalDataInventory(of accountID: UUID) throws -> [PersonalDataLine] {
        var lines: [PersonalDataCategory: PersonalDataLine] = [:]
        for table in PersonalDataInventory.tables {
            guard let category = table.category else { continue }
            let count = try count(table, accountID)
            guard count > 0 else { continue }
            var line = lines[category] ?? PersonalDataLine(category: category)
            if case .kept(let ground) = table.fate {
                line.kept += count
                if line.ground == nil { line.ground = ground }
            } else {
                line.erased += count
            }
            lines[category] = line
        }
        return PersonalDataCategory.allCases.compactMap { lines[$0] }
    }

    private func count(_ table: PersonalTable, _ accountID: UUID) throws -> Int {
        var condition = table.rows
        if case .stripped(let column, let members) = table.fate {
            let found = members.sorted().map { "instr(\(column), '\"\($0)\"') > 0" }.joined(separator: " OR ")
            condition = "(\(condition)) AND (\(found))"
        }
        return try connection.first("SELECT count(*) FROM \(table.name) WHERE \(condition)", [.id(accountID)]) {
            Int($0.integer(0))
        } ?? 0
    }

    // MARK: - Erasing

    func erasePerson(
        _ accountID: UUID,
        for work: UUID,
        unusablePassword: String,
        at time: Date,
        seal: (Data) -> Data
    ) throws -> Int {
        try connection.run("INSERT INTO erasure_permits (account_id) VALUES (?)", [.id(accountID)])
        defer { _ = try? connection.run("DELETE FROM erasure_permits") }
        // Files that were exported may name the person: they end now, whoever still wants one exports again.
        try connection.run("UPDATE exports SET expires_at = ? WHERE state = 'finished'", [.time(time)])
        try archiveSheetRows(of: accountID, for: work, seal: seal)
        try forgetDuplicates(of: accountID)
        try takeOverBiometricErasures(of: accountID, for: work, at: time)
        var files = try noteCaseDocuments(of: accountID, for: work)
        // All files first: deleting one table's rows must not hide another's.
        for table in PersonalDataInventory.tables {
            guard let sql = table.files else { continue }
            for evidence in try connection.query(sql, [.id(accountID)], { $0.text(0) }) {
                files += try noteDestroyed(evidence, for: work)
            }
        }
        let arguments: [SQLiteValue] = [.id(accountID), .time(time), .text(unusablePassword)]
        for table in PersonalDataInventory.tables {
            switch table.fate {
            case .deleted: try connection.run("DELETE FROM \(table.name) WHERE \(table.rows)", [.id(accountID)])
            case .overwritten(let columns):
                let assignments = columns.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
                let sql = "UPDATE \(table.name) SET \(assignments.joined(separator: ", ")) WHERE \(table.rows)"
                let highest = sql.contains("?3") ? 3 : sql.contains("?2") ? 2 : 1
                try connection.run(sql, Array(arguments.prefix(highest)))
            case .stripped(let column, let members): try strip(table, column, members, of: accountID)
            case .kept, .nobody: break
            }
        }
        return files
    }

    func archivedDocuments(of erasureID: UUID) throws -> [ArchivedDocument] {
        try connection.query(
            "SELECT what, place, sealed FROM archived_documents WHERE erasure_id = ? ORDER BY what, place",
            [.id(erasureID)]
        ) { ArchivedDocument(what: $0.text(0), place: $0.text(1), sealed: $0.blob(2)) }
    }

    /// A closed grade sheet is a document of education: its row with the name is kept sealed, apart from the sheet.
    private func archiveSheetRows(of accountID: UUID, for work: UUID, seal: (Data) -> Data) throws {
        guard let table = PersonalDataInventory.tables.first(where: { $0.name == "grade_sheet_rows" }) else { return }
        let rows = try connection.query(
            "SELECT sheet_id, position, document FROM grade_sheet_rows WHERE \(table.rows)",
            [.id(accountID)]
        ) { ("\($0.text(0))/\($0.integer(1))", $0.text(2)) }
        for (place, document) in rows {
            try connection.run(
                "INSERT INTO archived_documents (erasure_id, what, place, sealed) VALUES (?, 'grade_sheet_row', ?, ?)",
                [.id(work), .text(place), .blob(seal(Data(document.utf8)))]
            )
        }
    }

    /// What a duplicate search measured is sealed for the account that was searched for, and describes both.
    private func forgetDuplicates(of accountID: UUID) throws {
        try connection.run(
            """
            DELETE FROM sealed_payloads WHERE biometric_record_id IN
                (SELECT id FROM face_duplicates WHERE account_id = ?1 OR other_account_id = ?1)
            """,
            [.id(accountID)]
        )
    }

    /// What a withdrawal of the biometric consent had still to destroy is part of this.
    private func takeOverBiometricErasures(of accountID: UUID, for work: UUID, at time: Date) throws {
        try connection.run(
            """
            INSERT OR IGNORE INTO destroyed_evidence (evidence, work_id)
                SELECT evidence, ?2 FROM erasure_files JOIN erasures ON erasures.id = erasure_id WHERE account_id = ?1
            """,
            [.id(accountID), .id(work)]
        )
        try connection.run(
            "DELETE FROM erasure_files WHERE erasure_id IN (SELECT id FROM erasures WHERE account_id = ?)",
            [.id(accountID)]
        )
        try connection.run(
            """
            UPDATE erasures SET completed_at = iif(destroyed_at IS NULL, NULL, ?2),
                cancelled_at = iif(destroyed_at IS NULL, ?2, cancelled_at)
            WHERE account_id = ?1 AND completed_at IS NULL AND cancelled_at IS NULL
            """,
            [.id(accountID), .time(time)]
        )
    }

    /// Documents that were handed in for cases lie as evidence, named in the cases' records.
    private func noteCaseDocuments(of accountID: UUID, for work: UUID) throws -> Int {
        let names = try connection.query(
            """
            SELECT DISTINCT tree.value FROM case_records JOIN cases ON cases.id = case_records.case_id,
                json_tree(case_records.document) AS tree
            WHERE cases.subject = ?1 AND tree.type = 'text' AND length(tree.value) = 64
                AND tree.value NOT GLOB '*[^0-9a-f]*'
            """,
            [.id(accountID)]
        ) { $0.text(0) }
        return try names.reduce(0) { try $0 + noteDestroyed($1, for: work) }
    }

    private func strip(_ table: PersonalTable, _ column: String, _ members: Set<String>, of person: UUID) throws {
        let rows = try connection.query(
            "SELECT \(table.key), \(column) FROM \(table.name) WHERE \(table.rows)",
            [.id(person)]
        ) { ($0.text(0), $0.text(1)) }
        for (key, text) in rows {
            let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            let (stripped, isChanged) = Self.stripped(value, of: members)
            guard isChanged else { continue }
            let data = try JSONSerialization.data(
                withJSONObject: stripped,
                options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed]
            )
            try connection.run(
                "UPDATE \(table.name) SET \(column) = ? WHERE \(table.key) = ?",
                [.text(String(decoding: data, as: UTF8.self)), .text(key)]
            )
        }
    }

    private static func stripped(_ value: Any, of members: Set<String>) -> (Any, Bool) {
        if let object = value as? [String: Any] {
            var changed = false
            var kept: [String: Any] = [:]
            for (name, member) in object {
                if members.contains(name) {
                    changed = true
                    continue
                }
                let (inner, isChanged) = stripped(member, of: members)
                kept[name] = inner
                changed = changed || isChanged
            }
            return (kept, changed)
        }
        if let array = value as? [Any] {
            let inner = array.map { stripped($0, of: members) }
            return (inner.map(\.0), inner.contains(where: \.1))
        }
        return (value, false)
    }
}
