import Accounts
package import Foundation
package import Identification
import Storage
import TransparencyLog

/// Destroys biometric data when the consent to them ends (rows B5, F3; 152-ФЗ art. 21 part 5).
///
/// From the withdrawal on the data serve nothing: the consent gate, the comparison and the search for duplicates all ask
/// for the consent. Destroying waits for what `ErasureHold` names, thirty days at most. It is done in an order that a
/// crash cannot spoil: first the key and the rows in one transaction, after which nothing can be opened; then the files;
/// then whatever the database's own files still hold of the deleted rows; at last the record that nothing is left.
package struct Erasure: Sendable {
    private let services: Services

    /// How many demands are looked at together.
    private static let pageSize = 100

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    // MARK: - Demanding

    /// Demands the erasure after a statement that ends a consent; where there is nothing to destroy, nothing is demanded.
    /// Runs inside a write transaction.
    static func request(
        after statement: ConsentStatement,
        services: Services,
        in stores: any Stores
    ) throws {
        let person = statement.accountID
        let isThere =
            try stores.wrappedBiometricKey(of: person) != nil || stores.currentPortrait(of: person) != nil
        guard isThere, try stores.pendingErasure(of: person) == nil else { return }
        try stores.insertErasure(
            ErasureRequest(
                id: services.makeID(at: statement.at),
                accountID: person,
                reason: "consent_withdrawn",
                requestedBy: statement.recordedBy,
                requestedAt: statement.at
            )
        )
    }

    /// A person who consents again before anything was destroyed keeps it. Runs inside a write transaction.
    static func consentGivenAnew(by statement: ConsentStatement, in stores: any Stores) throws {
        if let pending = try stores.pendingErasure(of: statement.accountID) {
            _ = try stores.cancelErasure(pending.id, at: statement.at)
        }
        // The portrait was passed over while there was no consent.
        try stores.forgetSearches(of: statement.accountID)
    }

    // MARK: - Carrying out

    /// Carries out what is due.
    ///
    /// - Returns: the accounts whose data were destroyed in this round, so that copies in memory go too.
    @discardableResult
    package func carryOut() async throws -> [UUID] {
        var destroyed: [UUID] = []
        var last: UUID?
        while true {
            let page = try await services.database.read { [last] in
                try $0.openErasures(after: last, limit: Self.pageSize)
            }
            guard let end = page.last else { return destroyed }
            for request in page {
                if try await destroy(request) { destroyed.append(request.accountID) }
            }
            last = end.id
        }
    }

    /// Takes one demand as far as it goes; tells whether the data were destroyed just now.
    private func destroy(_ request: ErasureRequest) async throws -> Bool {
        let now = services.now()
        let (isDestroyed, isNew) = try await services.database.write { stores in
            guard let current = try stores.erasure(request.id) else { return (false, false) }
            let holds = try stores.erasureHolds(of: current.accountID)
            guard current.isDue(given: holds, at: now) else { return (false, false) }
            if current.state == .destroyed { return (true, false) }
            let done = try stores.destroyBiometrics(for: current.id, at: now) != nil
            return (done, done)
        }
        guard isDestroyed else { return false }
        let files = try await services.database.read { try $0.filesToDelete(for: request.id) }
        for file in files { try await services.evidence.delete(file) }
        // Readers may be in the way; then the next round goes on from here.
        guard try await services.database.scrub() else { return isNew }
        try await services.database.write { [services] stores in
            guard try stores.completeErasure(request.id, at: now),
                let erased = try stores.erasure(request.id)?.destroyed
            else { return }
            try LogBook(vault: services.vault).append(
                "erasure",
                recordID: request.id,
                subject: request.accountID,
                at: now,
                facts: [
                    "what": "biometric", "reason": .string(request.reason),
                    "portraits": .integer(Int64(erased.portraits)), "records": .integer(Int64(erased.records)),
                    "files": .integer(Int64(erased.files)),
                ],
                personal: [String: String](),
                to: stores
            )
        }
        return isNew
    }

    // MARK: - Reading

    /// A demand with what holds it.
    package struct Listed: Sendable {
        package var request: ErasureRequest
        package var holds: Set<ErasureHold>
    }

    /// A page of demands, newest first.
    package func requests(before: UUID?, limit: Int) async throws -> [Listed] {
        try await services.database.read { stores in
            try stores.erasures(before: before, limit: limit).map { request in
                let isWaiting = request.state == .requested
                return Listed(
                    request: request,
                    holds: isWaiting ? try stores.erasureHolds(of: request.accountID) : []
                )
            }
        }
    }
}
