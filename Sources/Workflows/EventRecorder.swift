import Attestation
import Foundation
import Grading
import Proctoring
import Storage

/// Appends session events inside the transaction of what they report.
struct EventRecorder {
    let services: Services
    let stores: any Stores

    /// Records that a write to a closed attempt was refused (row A4).
    ///
    /// - Parameter reason: why, where the state does not say it all.
    func recordRefusedWrite(of what: String, to attempt: Attempt, reason: String? = nil, at now: Date) throws {
        var facts = ["what": what, "state": attempt.state.rawValue]
        facts["reason"] = reason
        try record(.writeRefused, attempt: attempt, at: now, facts: facts)
    }

    /// Appends an event of an attempt, and raises the flags that follow. Both are published once the transaction is
    /// durable.
    @discardableResult
    func record(
        _ type: SessionEventType,
        source: SessionEvent.Source = .server,
        attempt: Attempt,
        at now: Date,
        facts: [String: String] = [:]
    ) throws -> SessionEvent {
        let event = try stores.appendEvent(
            SessionEvent(
                id: services.makeID(at: now),
                attemptID: attempt.id,
                examID: attempt.examID,
                type: type,
                source: source,
                at: now,
                facts: facts
            )
        )
        try FlagWatch(services: services, stores: stores).observe(event, of: attempt)
        if let kind = Self.told[type] {
            try Outbox(services: services).tell(kind, EventMessage(event), at: now, in: stores)
        }
        return event
    }

    /// The events that other systems are told of (row E5).
    private static let told: [SessionEventType: OutboxMessage.Kind] = [
        .attemptStarted: .attemptStarted, .attemptSubmitted: .attemptSubmitted, .attemptRejected: .attemptRejected,
        .attemptGraded: .attemptGraded, .flagRaised: .flagRaised, .flagDecided: .flagDecided,
    ]
}
