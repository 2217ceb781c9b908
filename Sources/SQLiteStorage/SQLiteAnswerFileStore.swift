import Attestation
import Foundation

/// The part of the attestation's store that keeps what candidates upload.
extension SQLiteStores {
    func insertAnswerFile(_ file: AnswerFile) throws {
        try connection.run(
            """
            INSERT INTO answer_files (id, attempt_id, number, sha256, byte_count, uploaded_at, evidence)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(file.id), .id(file.attemptID), .integer(Int64(file.number)), .text(file.sha256),
                .integer(Int64(file.byteCount)), .time(file.uploadedAt), .text(file.evidence),
            ]
        )
    }

    func answerFiles(attemptID: UUID) throws -> [AnswerFile] {
        try connection.query(
            """
            SELECT id, attempt_id, number, sha256, byte_count, uploaded_at, evidence FROM answer_files
            WHERE attempt_id = ? ORDER BY id
            """,
            [.id(attemptID)]
        ) { row in
            AnswerFile(
                id: try row.id(0),
                attemptID: try row.id(1),
                number: Int(row.integer(2)),
                sha256: row.text(3),
                byteCount: Int(row.integer(4)),
                uploadedAt: row.time(5),
                evidence: row.text(6)
            )
        }
    }
}
