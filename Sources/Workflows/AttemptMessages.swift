import Accounts
import Attestation
import Cryptography
package import Foundation
package import Proctoring
import Storage

/// Messages between the person who conducts an exam and a candidate (row E4): kept, sealed under the candidate's key,
/// and told by an event without their words.
package struct AttemptMessages: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A message with its words.
    package struct Shown: Sendable {
        package var message: AttemptMessage
        /// `nil` where the person's key is destroyed.
        package var text: String?
    }

    /// Sends a message; who may send as what, the caller's permission has said.
    ///
    /// - Throws: `Refusal` where the attempt is over, or another candidate's.
    package func send(
        _ text: String,
        fromCandidate: Bool,
        attemptID: UUID,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> Shown {
        let now = services.now()
        let digest = SHA256Digest.hash(utf8: "message:\(attemptID):\(fromCandidate):\(text)").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        return try await services.database.write { [services] stores in
            let found =
                fromCandidate
                ? try AttemptAccess.own(attemptID, of: principal, in: stores) : try stores.attempt(attemptID)
            guard let attempt = found else { throw Refusal.unknownAttempt }
            if let id = try idempotency.earlierResource(in: stores), let earlier = try stores.message(id) {
                return Shown(message: earlier, text: text)
            }
            guard attempt.state.acceptsFrames else { throw Refusal.attemptClosed }
            let id = services.makeID(at: now)
            let key = try services.vault.personKey(of: attempt.candidateID, in: stores)
            let message = AttemptMessage(
                id: id,
                attemptID: attemptID,
                author: principal.id,
                isFromCandidate: fromCandidate,
                at: now,
                sealed: key.sealed(Data(text.utf8), purpose: Self.purpose(id))
            )
            try stores.insertMessage(message)
            try EventRecorder(services: services, stores: stores).record(
                .messageSent,
                attempt: attempt,
                at: now,
                facts: ["message_id": id.lowercased, "from": fromCandidate ? "candidate" : "examiner"]
            )
            try idempotency.note(id, at: now, in: stores)
            return Shown(message: message, text: text)
        }
    }

    /// The messages of an attempt, oldest first.
    ///
    /// - Throws: `Refusal` where the attempt is not the caller's to see.
    package func messages(attemptID: UUID, principal: Principal) async throws -> [Shown] {
        try await services.database.read { [vault = services.vault] stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            let key = try vault.existingPersonKey(of: attempt.candidateID, in: stores)
            return try stores.messages(attemptID: attemptID).map { message in
                let bytes = try key?.opened(message.sealed, purpose: Self.purpose(message.id))
                return Shown(message: message, text: bytes.map { String(decoding: $0, as: UTF8.self) })
            }
        }
    }

    /// Bound to its place: one message's words cannot be passed off as another's.
    private static func purpose(_ id: UUID) -> String { "attempt message:\(id.lowercased)" }
}
