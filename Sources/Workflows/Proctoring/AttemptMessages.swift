import Accounts
import Attestation
import Cryptography
package import Foundation
package import Proctoring
import Storage

/// What examiners write to candidates while attempts are under way (row E4). Texts are sealed under the candidate's key.
package struct AttemptMessages: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A message with its text; `nil` once its person is erased.
    package struct Shown: Sendable {
        package var message: AttemptMessage
        package var text: String?
    }

    /// Writes to the candidate of an attempt.
    ///
    /// - Throws: `Refusal` where the attempt is over.
    package func write(
        _ text: String,
        attemptID: UUID,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> Shown {
        let now = services.now()
        let digest = SHA256Digest.hash(utf8: "message:\(attemptID):\(text)").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        return try await services.database.write { stores in
            guard let attempt = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            if let id = try idempotency.earlierResource(in: stores),
                let earlier = try stores.messages(attemptID: attemptID).first(where: { $0.id == id })
            {
                return Shown(message: earlier, text: text)
            }
            guard attempt.state.isBeforeStart || attempt.state.isUnderWay else { throw Refusal.attemptClosed }
            let message = try send(text, to: attempt, by: principal, at: now, in: stores)
            try idempotency.note(message.id, at: now, in: stores)
            return Shown(message: message, text: text)
        }
    }

    /// Writes to all whose attempts at an exam are under way.
    ///
    /// - Returns: to how many.
    /// - Throws: `Refusal` where there is no such exam.
    package func writeToAll(
        _ text: String,
        examID: UUID,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> Int {
        let now = services.now()
        let digest = SHA256Digest.hash(utf8: "messages:\(examID):\(text)").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        return try await services.database.write { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            guard try idempotency.earlierResource(in: stores) == nil else { return 0 }
            var (count, last): (Int, UUID?) = (0, nil)
            while true {
                let page = try stores.attempts(examID: examID, after: last, limit: 500)
                guard let newest = page.last else { break }
                for attempt in page where attempt.state.isBeforeStart || attempt.state.isUnderWay {
                    _ = try send(text, to: attempt, by: principal, at: now, in: stores)
                    count += 1
                }
                last = newest.id
            }
            try idempotency.note(examID, at: now, in: stores)
            return count
        }
    }

    /// The messages of an attempt in order, for its candidate and for staff.
    ///
    /// - Throws: `Refusal`.
    package func messages(attemptID: UUID, principal: Principal) async throws -> [Shown] {
        try await services.database.read { [vault = services.vault] stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            let key = try vault.existingPersonKey(of: attempt.candidateID, in: stores)
            return try stores.messages(attemptID: attemptID).map { message in
                let text = try key.map {
                    String(
                        decoding: try $0.opened(message.sealedText, purpose: Self.purpose(message.id)),
                        as: UTF8.self
                    )
                }
                return Shown(message: message, text: text)
            }
        }
    }

    /// The candidate's page has shown the messages up to one.
    ///
    /// - Throws: `Refusal`.
    package func noteRead(upTo id: UUID, attemptID: UUID, principal: Principal) async throws {
        let now = services.now()
        try await services.database.write { [services] stores in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            for id in try stores.noteMessagesRead(attemptID: attemptID, upTo: id, at: now) {
                try EventRecorder(services: services, stores: stores)
                    .record(.messageRead, attempt: attempt, at: now, facts: ["message_id": id.lowercased])
            }
        }
    }

    private func send(
        _ text: String,
        to attempt: Attempt,
        by principal: Principal,
        at now: Date,
        in stores: any Stores
    ) throws -> AttemptMessage {
        let id = services.makeID(at: now)
        let sealed = try services.vault.personKey(of: attempt.candidateID, in: stores)
            .sealed(Data(text.utf8), purpose: Self.purpose(id))
        let message = AttemptMessage(
            id: id,
            attemptID: attempt.id,
            authorID: principal.id,
            sealedText: sealed,
            at: now
        )
        try stores.insertMessage(message)
        try EventRecorder(services: services, stores: stores).record(
            .messageSent,
            attempt: attempt,
            at: now,
            facts: ["message_id": id.lowercased]
        )
        return message
    }

    private static func purpose(_ id: UUID) -> String { "attempt message:\(id.lowercased)" }
}
