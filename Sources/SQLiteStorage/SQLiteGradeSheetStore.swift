import Foundation
import Grading

extension SQLiteStores: GradeSheetStore {
    func nextSheetNumber() throws -> Int {
        let last = try connection.first("SELECT max(number) FROM grade_sheets") { Int($0.integer(0)) }
        return (last ?? 0) + 1
    }

    func insertSheet(_ sheet: GradeSheet, rows: [SheetRow], noting change: SheetChange) throws {
        try connection.run(
            "INSERT INTO grade_sheets (id, number, exam_id, group_id, state, document) VALUES (?, ?, ?, ?, 'open', ?)",
            [
                .id(sheet.id), .integer(Int64(sheet.number)), .id(sheet.examID), .id(sheet.groupID),
                try .document(sheet),
            ]
        )
        for row in rows {
            try connection.run(
                "INSERT INTO grade_sheet_rows (sheet_id, position, candidate_id, document) VALUES (?, ?, ?, ?)",
                [.id(sheet.id), .integer(Int64(row.position)), .id(row.candidateID), try .document(row)]
            )
        }
        try note(change, of: sheet.id)
    }

    func sheet(_ id: UUID) throws -> GradeSheet? {
        try connection.first("SELECT document FROM grade_sheets WHERE id = ?", [.id(id)], Self.sheet)
    }

    func sheets(_ filter: GradeSheetFilter) throws -> [GradeSheet] {
        var conditions: [(sql: String, value: SQLiteValue)] = []
        if let exam = filter.examID { conditions.append(("exam_id = ?", .id(exam))) }
        if let group = filter.groupID { conditions.append(("group_id = ?", .id(group))) }
        if let state = filter.state { conditions.append(("state = ?", .text(state.rawValue))) }
        if let before = filter.before { conditions.append(("id < ?", .id(before))) }
        let filtering = conditions.isEmpty ? "" : "WHERE \(conditions.map(\.sql).joined(separator: " AND "))"
        return try connection.query(
            "SELECT document FROM grade_sheets \(filtering) ORDER BY id DESC LIMIT ?",
            conditions.map(\.value) + [.integer(Int64(filter.limit))],
            Self.sheet
        )
    }

    func sheetRows(of sheetID: UUID) throws -> [SheetRow] {
        try connection.query(
            "SELECT document FROM grade_sheet_rows WHERE sheet_id = ? ORDER BY position",
            [.id(sheetID)]
        ) { try $0.document(0, as: SheetRow.self) }
    }

    func updateSheet(_ sheet: GradeSheet, noting change: SheetChange) throws {
        try connection.run(
            "UPDATE grade_sheets SET state = ?, document = ? WHERE id = ?",
            [.text(sheet.state.rawValue), try .document(sheet), .id(sheet.id)]
        )
        try note(change, of: sheet.id)
    }

    func updateSheetRows(_ rows: [SheetRow], of sheetID: UUID) throws {
        for row in rows {
            try connection.run(
                """
                UPDATE grade_sheet_rows SET candidate_id = ?, document = ? WHERE sheet_id = ? AND position = ?
                """,
                [.id(row.candidateID), try .document(row), .id(sheetID), .integer(Int64(row.position))]
            )
        }
    }

    func sheetChanges(of sheetID: UUID) throws -> [SheetChange] {
        try connection.query(
            """
            SELECT kind, by, at, reason, position, before, after FROM grade_sheet_changes
            WHERE sheet_id = ? ORDER BY number
            """,
            [.id(sheetID)]
        ) { row in
            SheetChange(
                try row.value(0, as: SheetChange.Kind.self),
                by: try row.id(1),
                at: row.time(2),
                reason: row.optionalText(3),
                position: row.isNull(4) ? nil : Int(row.integer(4)),
                before: row.isNull(5) ? nil : try row.value(5, as: SheetMark.self),
                after: row.isNull(6) ? nil : try row.value(6, as: SheetMark.self)
            )
        }
    }

    func closedRows(of candidateID: UUID) throws -> [(sheet: GradeSheet, row: SheetRow)] {
        try connection.query(
            """
            SELECT grade_sheets.document, grade_sheet_rows.document
            FROM grade_sheet_rows JOIN grade_sheets ON grade_sheets.id = sheet_id
            WHERE candidate_id = ? AND state = 'closed' ORDER BY grade_sheets.id
            """,
            [.id(candidateID)]
        ) { (try Self.sheet($0), try $0.document(1, as: SheetRow.self)) }
    }

    private func note(_ change: SheetChange, of sheetID: UUID) throws {
        try connection.run(
            """
            INSERT INTO grade_sheet_changes (sheet_id, kind, by, at, reason, position, before, after)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(sheetID), .text(change.kind.rawValue), .id(change.by), .time(change.at), .text(change.reason),
                change.position.map { .integer(Int64($0)) } ?? .null, .text(change.before?.rawValue),
                .text(change.after?.rawValue),
            ]
        )
    }

    private static func sheet(_ row: SQLiteRow) throws -> GradeSheet { try row.document(0, as: GradeSheet.self) }
}
