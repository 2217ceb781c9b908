import Foundation
import Grading

extension SQLiteStores: SheetPaperStore {
    func savePaper(_ paper: SheetPaper) throws {
        try connection.run(
            """
            INSERT INTO grade_sheet_papers (sheet_id, version, document) VALUES (?, ?, ?)
            ON CONFLICT (sheet_id, version) DO UPDATE SET document = excluded.document
            """,
            [.id(paper.sheetID), .integer(Int64(paper.version)), try .document(paper)]
        )
    }

    func papers(of sheetID: UUID) throws -> [SheetPaper] {
        try connection.query(
            "SELECT document FROM grade_sheet_papers WHERE sheet_id = ? ORDER BY version",
            [.id(sheetID)]
        ) { try $0.document(0, as: SheetPaper.self) }
    }
}
