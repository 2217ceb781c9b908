import Accounts
import Attestation
package import Foundation
import Proctoring
import Storage
import TransparencyLog

/// Records who tries to get at another candidate's attempt: an event of that attempt, which names nobody because its
/// candidate reads it, and an entry in the log, which does.
package struct ForeignAccess: Sendable {
    let services: Services

    /// One entry for so many seconds of one attempt: a program that tries again and again must not fill the disk.
    static let silence: TimeInterval = 60

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Records a try.
    ///
    /// - Parameter operation: the method and the route, without identifiers.
    package func record(_ attemptID: UUID, by principal: Principal, operation: String) async throws {
        let now = services.now()
        try await services.database.write { [services] stores in
            guard let attempt = try stores.attempt(attemptID), attempt.candidateID != principal.id else { return }
            let last = try stores.newestEvents(of: attemptID, types: [.accessRefused], limit: 1).last
            if let last, now.timeIntervalSince(last.at) < Self.silence { return }
            try EventRecorder(services: services, stores: stores).record(
                .accessRefused,
                attempt: attempt,
                at: now,
                facts: ["what": operation]
            )
            try LogBook(vault: services.vault).append(
                "access_refused",
                recordID: attempt.id,
                subject: principal.id,
                at: now,
                facts: ["operation": .string(operation)],
                personal: [String: String](),
                to: stores
            )
        }
    }
}
