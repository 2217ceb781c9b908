import Accounts
import Cryptography
package import Foundation
import Identification
package import Retention
import Storage

/// A person who was erased after a backup was made, as the log of then told it.
package struct ErasedPerson: Hashable, Sendable {
    /// The account.
    package var accountID: UUID
    /// The demand's identifier.
    package var erasureID: UUID
    /// Why.
    package var ground: PersonErasure.Ground

    /// Creates a value.
    package init(accountID: UUID, erasureID: UUID, ground: PersonErasure.Ground) {
        self.accountID = accountID
        self.erasureID = erasureID
        self.ground = ground
    }
}

extension PersonErasures {
    /// Erases again, in a database that is being restored, who was erased after its backup was made.
    ///
    /// That was decided, so no hold keeps anything now. Files and what the database's own file held are gone when this
    /// returns; the record in the log follows when the service runs, as after any erasure.
    ///
    /// - Returns: how many people were there to be erased.
    /// - Throws: the backend's errors.
    package func replay(_ people: [ErasedPerson]) async throws -> Int {
        var count = 0
        for person in people where try await replay(person) { count += 1 }
        try await RetentionRuns(services).deleteFiles()
        try await services.database.rebuild()
        guard try await services.database.scrub() else { throw Unscrubbed() }
        return count
    }

    /// Somebody else reads the database, so that its files may still hold what was erased.
    package struct Unscrubbed: Error {}

    private func replay(_ person: ErasedPerson) async throws -> Bool {
        let password = try await NewPassword(services: services).unusable()
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let account = try stores.account(person.accountID) else { return false }
            let known = try stores.personErasure(person.erasureID)
            guard known?.destroyedAt == nil else { return false }
            var erasure =
                known
                ?? PersonErasure(
                    id: person.erasureID,
                    accountID: person.accountID,
                    ground: person.ground,
                    requestedBy: person.accountID,
                    requestedAt: now
                )
            if known == nil { try stores.insertPersonErasure(erasure) }
            try Self.destroy(&erasure, of: account, password.phc, at: now, services, in: stores)
            return true
        }
    }
}
