import Accounts
import Foundation
import Identification
import Storage

/// Makes every try at logging in an identification record (S1 6.8).
struct LoginRecords {
    let services: Services

    /// Stores a record in a transaction of its own.
    func store(_ account: Account?, _ outcome: IdentificationOutcome, _ reason: String, at now: Date) async throws {
        try await services.database.write { try store(account, outcome, reason, at: now, in: $0) }
    }

    /// Stores a record inside a transaction.
    func store(
        _ account: Account?,
        _ outcome: IdentificationOutcome,
        _ reason: String,
        at now: Date,
        in stores: any Stores
    ) throws {
        try store(subject: account?.id, outcome, reason, tries: 1, at: now, in: stores)
    }

    /// Records that a throttle turned a try away, and answers what to tell. Of a flood only the first try of a minute
    /// writes; the others are counted, under the login or, where a network is blocked, for all logins tried from it.
    func turnAway(_ account: Account?, _ wait: ThrottleGate.Wait, at now: Date) async throws -> Refusal {
        let subject = wait.isOfNetwork ? nil : account?.id
        if let batch = services.throttledTries.note(wait.key, subject: subject, at: now) {
            try await store([batch], at: now)
        }
        return Login.tooMany(wait.seconds)
    }

    /// Records tries that were counted.
    func store(_ batches: [ThrottledTries.Batch], at now: Date) async throws {
        guard !batches.isEmpty else { return }
        try await services.database.write { stores in
            for batch in batches {
                try store(
                    subject: batch.subject,
                    .inconclusive,
                    "throttled",
                    tries: batch.count,
                    at: now,
                    in: stores
                )
            }
        }
    }

    private func store(
        subject: UUID?,
        _ outcome: IdentificationOutcome,
        _ reason: String,
        tries: Int,
        at now: Date,
        in stores: any Stores
    ) throws {
        let record = IdentificationRecord(
            id: services.makeID(at: now),
            method: .electronic,
            subject: subject,
            outcome: outcome,
            reason: reason,
            at: now,
            tries: tries
        )
        try LogBook(vault: services.vault).store(record, in: stores)
    }
}
