import Accounts
package import Attestation
package import Foundation
package import Identification
package import Proctoring
import Storage

/// Attempts as pages show them: the candidate's own ones, and all of an exam side by side with the newest frame
/// (rows E3, E4).
package struct ExamOverview: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// An attempt of the candidate's own, with the exam that it belongs to.
    package struct OwnAttempt: Sendable {
        package var standing: AttemptRunner.Standing
        package var exam: Exam
    }

    /// One place of the exam day's wall.
    package struct Tile: Sendable {
        package var standing: AttemptRunner.Standing
        /// The candidate's name on one line.
        package var candidateName: String
        /// The newest biometric identification, whose picture may be looked at; `nil` before the first frame.
        package var newest: IdentificationRecord?
        /// The newest event of each kind that a person should look at, in the order of their indices.
        package var noticed: [EventTally]
        /// What the attempt's flags come to, from 100 downwards. It sorts, and decides nothing.
        package var credibility: Int
        /// The flags that nobody has decided about.
        package var waitingFlags: Int
        /// The gravest of all flags that were not dismissed.
        package var gravest: EventSeverity?
    }

    /// The candidate's own attempts, newest first.
    package func ownAttempts(of principal: Principal, before: UUID?, limit: Int) async throws -> [OwnAttempt] {
        let now = services.now()
        return try await services.database.read { stores in
            try stores.attempts(candidateID: principal.id, before: before, limit: limit).compactMap { attempt in
                guard let exam = try stores.exam(attempt.examID) else { return nil }
                return OwnAttempt(standing: try AttemptRunner.standing(of: attempt, at: now, in: stores), exam: exam)
            }
        }
    }

    /// A page of the wall in the order in which attempts were made.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func wall(examID: UUID, after: UUID?, limit: Int) async throws -> [Tile] {
        let now = services.now()
        let noticed = SessionEventType.allCases.filter(\.catalogueEntry.deservesALook)
        return try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.attempts(examID: examID, after: after, limit: limit).map { attempt in
                var filter = IdentificationFilter(limit: 1)
                filter.attemptID = attempt.id
                filter.method = .biometric
                let flags = try stores.flags(attemptID: attempt.id)
                return Tile(
                    standing: try AttemptRunner.standing(of: attempt, at: now, in: stores),
                    candidateName: try stores.personName(of: attempt.candidateID)?.displayed ?? "",
                    newest: try stores.identifications(filter).first,
                    noticed: try stores.eventTallies(of: noticed, in: attempt.id),
                    credibility: CredibilityScore(flags).value,
                    waitingFlags: flags.count { !$0.state.isFinal },
                    gravest: flags.filter { $0.state != .dismissed }.map(\.severity).max()
                )
            }
        }
    }

    /// The records of an attempt with their scores, oldest first; nothing that leads to a person beyond the attempt. The
    /// look is recorded (row F5), once an hour, since whoever conducts the exam asks again and again.
    ///
    /// - Throws: `Refusal`.
    package func records(of attemptID: UUID, for principal: Principal) async throws -> [IdentificationRegister.Line] {
        let (records, candidate) = try await services.database.read { stores in
            guard let attempt = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            return (try stores.identifications(attemptID: attemptID), attempt.candidateID)
        }
        if records.contains(where: { $0.comparison != nil || $0.findings != nil }) {
            try await AccessJournal(services).noteWork("scores", of: [candidate], task: attemptID, by: principal)
        }
        return records.map { IdentificationRegister.Line(record: $0, personal: nil) }
    }

    /// One of the frames that an identification of an attempt was made by. Looking is recorded (row F5).
    ///
    /// - Parameter number: its place among the identification's pictures, from 1.
    /// - Throws: `Refusal` where there is none, or it was erased.
    package func picture(
        _ number: Int,
        of identificationID: UUID,
        attemptID: UUID,
        principal: Principal
    ) async throws -> Data {
        let now = services.now()
        let (evidence, key) = try await services.database.write { [vault = services.vault] stores in
            guard let record = try stores.identification(identificationID), record.attemptID == attemptID,
                record.method == .biometric, record.erasedAt == nil, let subject = record.subject,
                let evidence = record.evidence, let key = try vault.existingBiometricKey(of: subject, in: stores)
            else { throw Self.noPicture }
            try stores.insertBiometricAccess(
                BiometricAccess(actor: principal.id, subject: subject, what: "frame", purpose: "control", at: now)
            )
            return (evidence, key)
        }
        let bytes = try await services.evidence.get(evidence)
        let archive = try PictureArchive(
            decoding: key.opened(bytes, purpose: "frame:\(identificationID.lowercased)")
        )
        guard archive.pictures.indices.contains(number - 1) else { throw Self.noPicture }
        return archive.pictures[number - 1].file
    }

    private static let noPicture = Refusal.notFound(
        "picture_unknown",
        ru: "Такого снимка нет: он не сделан или уничтожен.",
        en: "There is no such picture: it was not taken, or it is destroyed."
    )
}
