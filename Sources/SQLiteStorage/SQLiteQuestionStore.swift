import Attestation
import Foundation

/// The part of the attestation's store that keeps question banks.
extension SQLiteStores {
    func insertQuestions(_ questions: [BankEntry]) throws {
        for entry in questions {
            let question = entry.question
            try connection.run(
                """
                INSERT INTO questions
                    (id, version, discipline, topic, identity, content_sha256, summary, added_at, document)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .id(question.id), .integer(Int64(question.version)), .text(question.discipline),
                    .text(question.topic), .text(entry.identity), .text(entry.digest),
                    try .document(question.summary), .time(entry.addedAt), try .document(question),
                ]
            )
        }
    }

    func questions(discipline: String, after: UUID?, limit: Int) throws -> [Question] {
        try connection.query(
            """
            SELECT document FROM questions AS newest WHERE discipline = ?1 AND id > ?2 AND version =
                (SELECT max(version) FROM questions WHERE id = newest.id)
            ORDER BY id LIMIT ?3
            """,
            [.text(discipline), after.map { .id($0) } ?? .text(""), .integer(Int64(limit))]
        ) { try $0.document(0, as: Question.self) }
    }

    func questionSummaries(discipline: String) throws -> [QuestionSummary] {
        // What was added before there were summaries is read whole.
        try connection.query(
            """
            SELECT summary, iif(summary = '', document, '') FROM questions AS newest WHERE discipline = ?1 AND version =
                (SELECT max(version) FROM questions WHERE id = newest.id)
            ORDER BY id
            """,
            [.text(discipline)]
        ) { row in
            row.text(0).isEmpty
                ? try row.document(1, as: Question.self).summary : try row.document(0, as: QuestionSummary.self)
        }
    }

    func firstQuestionSummaries(discipline: String) throws -> [QuestionSummary] {
        try connection.query(
            "SELECT document FROM questions WHERE discipline = ? AND version = 1 ORDER BY id",
            [.text(discipline)]
        ) { try $0.document(0, as: Question.self).summary }
    }

    func bankRevision(discipline: String) throws -> String {
        // Versions are only ever added, so that their number tells; the index holds all that is read.
        let revision = try connection.first(
            "SELECT count(*), coalesce(max(id), ''), total(version) FROM questions WHERE discipline = ?",
            [.text(discipline)]
        ) { "\($0.integer(0)) \($0.text(1)) \($0.integer(2))" }
        return revision ?? ""
    }

    func knownQuestion(discipline: String, identity: String) throws -> KnownQuestion? {
        try connection.first(
            """
            SELECT id, version, content_sha256, iif(content_sha256 = '', document, '') FROM questions
            WHERE discipline = ? AND identity = ? ORDER BY version DESC LIMIT 1
            """,
            [.text(discipline), .text(identity)]
        ) { row in
            // What was added before there were digests has none.
            let digest =
                row.text(2).isEmpty
                ? try Question.digest(of: row.document(3, as: Question.self).content) : row.text(2)
            return KnownQuestion(id: try row.id(0), version: Int(row.integer(1)), digest: digest)
        }
    }

    func identity(ofQuestion id: UUID) throws -> String? {
        try connection.first("SELECT identity FROM questions WHERE id = ? LIMIT 1", [.id(id)]) { $0.text(0) }
    }

    func question(_ id: UUID, version: Int) throws -> Question? {
        try connection.first(
            "SELECT document FROM questions WHERE id = ? AND version = ?",
            [.id(id), .integer(Int64(version))]
        ) { try $0.document(0, as: Question.self) }
    }

    func questionVersions(_ id: UUID) throws -> [QuestionVersion] {
        try connection.query(
            "SELECT document, added_at FROM questions WHERE id = ? ORDER BY version DESC",
            [.id(id)]
        ) { QuestionVersion(question: try $0.document(0, as: Question.self), addedAt: $0.optionalTime(1)) }
    }

    func insertQuestionFile(_ data: Data, sha256: String) throws {
        try connection.run(
            "INSERT OR IGNORE INTO question_files (sha256, data) VALUES (?, ?)",
            [.text(sha256), .blob(data)]
        )
    }

    func questionFile(sha256: String) throws -> Data? {
        try connection.first("SELECT data FROM question_files WHERE sha256 = ?", [.text(sha256)]) { $0.blob(0) }
    }
}
