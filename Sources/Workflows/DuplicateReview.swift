import Accounts
package import Foundation
package import Identification
import Storage
import TransparencyLog

/// What people make of found duplicates (row B7): a list to look into, and decisions that stand.
package struct DuplicateReview: Sendable {
    private let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A finding, with the names of those whom it concerns.
    package struct Finding: Sendable {
        package var duplicate: FaceDuplicate
        package var name: String
        package var otherName: String
    }

    /// A page of findings, newest first. Whose scores it shows is recorded (row F5).
    package func found(
        undecidedOnly: Bool,
        before: UUID?,
        limit: Int,
        principal: Principal
    ) async throws -> [Finding] {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let found = try stores.duplicates(undecidedOnly: undecidedOnly, before: before, limit: limit)
            for duplicate in found where duplicate.distance != nil {
                for subject in [duplicate.accountID, duplicate.otherAccountID] {
                    try AccessJournal(services).note(
                        BiometricAccess(
                            actor: principal.id,
                            subject: subject,
                            what: "scores",
                            purpose: "duplicate_review",
                            at: now,
                            task: duplicate.id
                        ),
                        in: stores
                    )
                }
            }
            return try found.map { try Self.finding($0, in: stores) }
        }
    }

    /// Notes a person's decision, which stands.
    ///
    /// - Throws: `Refusal` where there is no such finding or it is decided.
    package func decide(
        _ id: UUID,
        _ verdict: FaceDuplicate.Verdict,
        comment: String,
        principal: Principal
    ) async throws -> Finding {
        let now = services.now()
        let decision = FaceDuplicate.Decision(verdict: verdict, decidedBy: principal.id, at: now, comment: comment)
        return try await services.database.write { [services] stores in
            guard var duplicate = try stores.duplicate(id) else {
                throw Refusal.notFound(
                    "duplicate_unknown",
                    ru: "Такого совпадения нет.",
                    en: "There is no such finding."
                )
            }
            guard try stores.decideDuplicate(id, decision) else {
                throw Refusal(
                    .conflict,
                    "duplicate_decided",
                    ru: "Решение по этому совпадению уже принято.",
                    en: "This finding has been decided already."
                )
            }
            duplicate.decision = decision
            try LogBook(vault: services.vault).append(
                "face_duplicate_decision",
                recordID: id,
                subject: duplicate.accountID,
                at: now,
                facts: ["verdict": .string(verdict.rawValue), "decided_by": .string(principal.id.lowercased)],
                personal: ["comment": comment],
                to: stores
            )
            return try Self.finding(duplicate, in: stores)
        }
    }

    private static func finding(_ duplicate: FaceDuplicate, in stores: any Stores) throws -> Finding {
        func name(_ id: UUID) throws -> String { try stores.account(id)?.name.displayed ?? "" }
        return Finding(
            duplicate: duplicate,
            name: try name(duplicate.accountID),
            otherName: try name(duplicate.otherAccountID)
        )
    }
}
