import Accounts
import Attestation
import Cryptography
package import Foundation
package import Proctoring
import Storage

/// Session events for those who may see them (row E1): listing, following, and what the candidate's device reports.
package struct EventFeed: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Makes sure that the principal may follow a scope.
    ///
    /// - Throws: `Refusal`.
    package func authorize(_ scope: EventScope, principal: Principal) async throws {
        try await services.database.read { stores in
            switch scope {
            case .attempt(let id): _ = try AttemptAccess.visible(id, to: principal, in: stores)
            case .exam(let id):
                guard try stores.exam(id) != nil else { throw Refusal.unknownExam }
            case .everything: break
            }
        }
    }

    /// A page of events with an index above `after`, of the types that are wanted.
    package func page(
        of scope: EventScope,
        _ types: Set<SessionEventType>?,
        after: Int64,
        limit: Int
    ) async throws -> [SessionEvent] {
        try await services.database.read { try $0.events(of: scope, types: types, after: after, limit: limit) }
    }

    /// Follows a scope from `after` on: what the store has first, then what is committed from now on, in order and
    /// without gap or repetition, all of it or some types. `receive` answers whether it takes more.
    ///
    /// - Returns: what ends the following when called.
    package func follow(
        _ scope: EventScope,
        _ types: Set<SessionEventType>?,
        after: Int64,
        receive: @escaping @Sendable (SessionEvent) -> Bool
    ) async throws -> @Sendable () -> Void {
        let gate = FollowGate(after: after, receive: receive)
        let subscription = services.events.subscribe(to: scope) { event in
            guard types?.contains(event.type) ?? true else { return true }
            return gate.live(event)
        }
        let hub = services.events
        do {
            var last = after
            while true {
                let page = try await page(of: scope, types, after: last, limit: 500)
                guard let newest = page.last else { break }
                guard gate.replay(page) else { break }
                last = newest.index
            }
            gate.open()
        } catch {
            hub.cancel(subscription)
            throw error
        }
        return { hub.cancel(subscription) }
    }

    /// Takes an event from the candidate's device.
    ///
    /// - Throws: `Refusal` where only the service reports such events, or the attempt is closed.
    package func report(
        _ type: SessionEventType,
        facts: [String: String],
        attemptID: UUID,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> UUID {
        guard type.isFromClient else {
            throw Refusal(
                .unprocessable,
                "event_not_from_client",
                ru: "О таких событиях сообщает только служба.",
                en: "Only the service reports such events."
            )
        }
        let now = services.now()
        let summary = facts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
        let digest = SHA256Digest.hash(utf8: "event:\(attemptID):\(type.rawValue)\n\(summary)").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        // The refusal is a value inside, so that its event becomes durable.
        let stored = try await services.database.write { [services] stores -> UUID? in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            if let earlier = try idempotency.earlierResource(in: stores) { return earlier }
            let recorder = EventRecorder(services: services, stores: stores)
            guard attempt.state.acceptsFrames else {
                try recorder.recordRefusedWrite(of: "event", to: attempt, at: now)
                return nil
            }
            let event = try recorder.record(type, source: .client, attempt: attempt, at: now, facts: facts)
            try idempotency.note(event.id, at: now, in: stores)
            return event.id
        }
        guard let stored else { throw Refusal.attemptClosed }
        return stored
    }
}

/// Joins the past from the store with the present from the hub: live events wait until the past has been passed on.
private final class FollowGate: @unchecked Sendable {
    private let lock = NSLock()
    private let receive: @Sendable (SessionEvent) -> Bool
    private var last: Int64
    private var waiting: [SessionEvent]? = []
    private var isOpenForMore = true

    /// How many live events may wait for the past; a follower that is further behind is cut and resumes.
    private static let mostWaiting = 10_000

    init(after: Int64, receive: @escaping @Sendable (SessionEvent) -> Bool) {
        last = after
        self.receive = receive
    }

    func live(_ event: SessionEvent) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        if let count = waiting?.count {
            guard count < Self.mostWaiting else {
                isOpenForMore = false
                return false
            }
            waiting?.append(event)
            return isOpenForMore
        }
        return pass(event)
    }

    func replay(_ events: [SessionEvent]) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        for event in events where !pass(event) { return false }
        return isOpenForMore
    }

    func open() {
        lock.lock()
        defer { lock.unlock() }
        for event in waiting ?? [] where !pass(event) { break }
        waiting = nil
    }

    private func pass(_ event: SessionEvent) -> Bool {
        guard isOpenForMore else { return false }
        guard event.index > last else { return true }
        last = event.index
        isOpenForMore = receive(event)
        return isOpenForMore
    }
}
