import Accounts
package import Attestation
import Cryptography
package import Foundation
import Storage
import TransparencyLog

/// What candidates are entitled to at an exam, as staff sets it (row D6).
package struct Accommodations: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What staff fills in.
    package struct Draft: Sendable {
        package var extraSeconds: Int
        package var breakSeconds: Int
        package var allowsAssistant: Bool
        package var basis: String

        package init(extraSeconds: Int, breakSeconds: Int, allowsAssistant: Bool, basis: String) {
            self.extraSeconds = extraSeconds
            self.breakSeconds = breakSeconds
            self.allowsAssistant = allowsAssistant
            self.basis = basis
        }
    }

    /// Sets what a candidate is entitled to at an exam. While the attempt runs, time can be added and not taken away.
    ///
    /// - Throws: `Refusal` where there is no such exam or candidate, or the attempt is over.
    package func set(
        _ draft: Draft,
        examID: UUID,
        candidateID: UUID,
        principal: Principal
    ) async throws -> Accommodation {
        let now = services.now()
        let accommodation = Accommodation(
            id: services.makeID(at: now),
            examID: examID,
            candidateID: candidateID,
            extraSeconds: draft.extraSeconds,
            breakSeconds: draft.breakSeconds,
            allowsAssistant: draft.allowsAssistant,
            basis: draft.basis,
            decidedBy: principal.id,
            at: now
        )
        return try await services.database.write { [services] stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            guard let account = try stores.account(candidateID), account.roles.contains(.candidate) else {
                throw Refusal(
                    .notFound,
                    "candidate_unknown",
                    ru: "Такого обучающегося нет.",
                    en: "There is no such candidate."
                )
            }
            try Self.apply(accommodation, services: services, at: now, in: stores)
            try stores.insertAccommodation(accommodation)
            try LogBook(vault: services.vault).append(
                "accommodation",
                recordID: accommodation.id,
                subject: candidateID,
                at: now,
                facts: ["exam": .string(examID.lowercased), "decided_by": .string(principal.id.lowercased)],
                personal: Sealed(
                    extraSeconds: draft.extraSeconds,
                    breakSeconds: draft.breakSeconds,
                    assistant: draft.allowsAssistant,
                    basis: draft.basis
                ),
                to: stores
            )
            return accommodation
        }
    }

    /// The accommodations at an exam.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func all(examID: UUID) async throws -> [Accommodation] {
        try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.accommodations(examID: examID)
        }
    }

    /// A running attempt gets what is new at once; one that has not started gets it at its start.
    private static func apply(
        _ accommodation: Accommodation,
        services: Services,
        at now: Date,
        in stores: any Stores
    ) throws {
        let found = try stores.attempt(examID: accommodation.examID, candidateID: accommodation.candidateID)
        guard let found else { return }
        let keeper = AttemptKeeper(services: services)
        let attempt = try keeper.settle(found, at: now, in: stores)
        if attempt.state.isBeforeStart { return }
        let next = try Refusal.onAttemptError {
            guard attempt.state.isUnderWay else {
                throw AttemptError(.transitionNotAllowed, "The attempt is over.")
            }
            return try attempt.applying(accommodation, at: now)
        }
        try keeper.store(next, after: attempt, at: now, in: stores)
    }

    private struct Sealed: Encodable {
        var extraSeconds: Int
        var breakSeconds: Int
        var assistant: Bool
        var basis: String
    }
}
