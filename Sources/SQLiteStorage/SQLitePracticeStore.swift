import Attestation
import Foundation

/// The part of the attestation's store that keeps practice tests.
extension SQLiteStores {
    func savePracticeSession(_ session: PracticeSession) throws {
        try connection.run(
            "INSERT OR REPLACE INTO practice_sessions (id, candidate_id, discipline, document) VALUES (?, ?, ?, ?)",
            [.id(session.id), .id(session.candidateID), .text(session.discipline), try .document(session)]
        )
    }

    func practiceSession(_ id: UUID) throws -> PracticeSession? {
        try connection.first("SELECT document FROM practice_sessions WHERE id = ?", [.id(id)]) {
            try $0.document(0, as: PracticeSession.self)
        }
    }
}
