import Attestation
import Foundation

extension SQLiteStores: FormStore {
    func examForm(examID: UUID) throws -> ExamForm {
        try connection.first("SELECT document FROM exam_forms WHERE exam_id = ?", [.id(examID)]) {
            try $0.document(0, as: ExamForm.self)
        } ?? .test
    }

    func setExamForm(_ form: ExamForm, examID: UUID) throws {
        try connection.run(
            "INSERT OR REPLACE INTO exam_forms (exam_id, document) VALUES (?, ?)",
            [.id(examID), try .document(form)]
        )
    }

    // MARK: - Sheets

    func insertSheet(_ sheet: AnswerSheet) throws {
        try connection.run(
            """
            INSERT INTO answer_sheets (id, attempt_id, item, digest, evidence, byte_count, at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(sheet.id), .id(sheet.attemptID), .integer(Int64(sheet.item)), .text(sheet.digest),
                .text(sheet.evidence), .integer(Int64(sheet.byteCount)), .time(sheet.at),
            ]
        )
    }

    func sheets(attemptID: UUID) throws -> [AnswerSheet] {
        try connection.query(
            """
            SELECT id, attempt_id, item, digest, evidence, byte_count, at FROM answer_sheets
            WHERE attempt_id = ? ORDER BY id
            """,
            [.id(attemptID)]
        ) { row in
            AnswerSheet(
                id: try row.id(0),
                attemptID: try row.id(1),
                item: Int(row.integer(2)),
                digest: row.text(3),
                evidence: row.text(4),
                byteCount: Int(row.integer(5)),
                at: row.time(6)
            )
        }
    }

    // MARK: - Slots

    func insertSlot(_ slot: TalkSlot) throws {
        try connection.run(
            "INSERT INTO talk_slots (exam_id, candidate_id, document) VALUES (?, ?, ?)",
            [.id(slot.examID), .id(slot.candidateID), try .document(slot)]
        )
    }

    func slots(examID: UUID) throws -> [TalkSlot] {
        try newestSlots("exam_id = ?", examID).sorted {
            ($0.beginsAt, $0.candidateID.uuidString) < ($1.beginsAt, $1.candidateID.uuidString)
        }
    }

    func slots(candidateID: UUID, after: Date) throws -> [TalkSlot] {
        try newestSlots("candidate_id = ?", candidateID).filter { $0.endsAt > after }.sorted {
            $0.beginsAt < $1.beginsAt
        }
    }

    private func newestSlots(_ condition: String, _ id: UUID) throws -> [TalkSlot] {
        try connection.query(
            """
            SELECT document FROM talk_slots AS newest WHERE \(condition) AND number =
                (SELECT max(number) FROM talk_slots
                    WHERE exam_id = newest.exam_id AND candidate_id = newest.candidate_id)
            """,
            [.id(id)]
        ) { try $0.document(0, as: TalkSlot.self) }
    }

    // MARK: - Notes

    func insertNote(_ note: TalkNote) throws {
        try connection.run(
            "INSERT INTO talk_notes (id, attempt_id, kind, item, sealed, author, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .id(note.id), .id(note.attemptID), .text(note.kind.rawValue),
                note.item.map { .integer(Int64($0)) } ?? .null, .blob(note.sealed), .id(note.author), .time(note.at),
            ]
        )
    }

    func notes(attemptID: UUID) throws -> [TalkNote] {
        try connection.query(
            "SELECT id, attempt_id, kind, item, sealed, author, at FROM talk_notes WHERE attempt_id = ? ORDER BY id",
            [.id(attemptID)]
        ) { row in
            TalkNote(
                id: try row.id(0),
                attemptID: try row.id(1),
                kind: try row.value(2, as: TalkNote.Kind.self),
                item: row.isNull(3) ? nil : Int(row.integer(3)),
                sealed: row.blob(4),
                author: try row.id(5),
                at: row.time(6)
            )
        }
    }

    // MARK: - What is due

    func setSendingDue(_ due: Date?, attemptID: UUID) throws {
        guard let due else {
            try connection.run("DELETE FROM sendings_due WHERE attempt_id = ?", [.id(attemptID)])
            return
        }
        try connection.run(
            "INSERT OR REPLACE INTO sendings_due (attempt_id, due_at) VALUES (?, ?)",
            [.id(attemptID), .time(due)]
        )
    }

    func dueSendings(at now: Date, limit: Int) throws -> [UUID] {
        try connection.query(
            "SELECT attempt_id FROM sendings_due WHERE due_at <= ? ORDER BY due_at LIMIT ?",
            [.time(now), .integer(Int64(limit))]
        ) { try $0.id(0) }
    }
}
