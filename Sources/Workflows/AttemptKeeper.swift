import Accounts
import Attestation
import Cryptography
import Foundation
import Identification
import Proctoring
import Storage
import TransparencyLog

/// Keeps attempts: every record that an attempt has got becomes durable with its session event, its grade and, where a
/// person decided, its entry in the log. No other code stores attempts that have changed.
struct AttemptKeeper {
    let services: Services

    /// The attempt after what time alone has brought about, which is stored.
    func settle(_ attempt: Attempt, at now: Date, in stores: any Stores) throws -> Attempt {
        var settled = attempt.settled(at: now)
        if settled.state.isBeforeStart, let exam = try stores.exam(attempt.examID), exam.window(at: now) == .closed {
            settled = try settled.transition(to: .expired, .system, at: now)
        }
        return try store(settled, after: attempt, at: now, in: stores)
    }

    /// Stores what an attempt has become since `before`.
    ///
    /// - Returns: the attempt, with its grade where one follows.
    @discardableResult
    func store(_ attempt: Attempt, after before: Attempt, at now: Date, in stores: any Stores) throws -> Attempt {
        guard attempt.records.count > before.records.count else { return attempt }
        var attempt = attempt
        if attempt.state != before.state {
            if attempt.state == .submitted, attempt.result == nil {
                attempt = try AttemptGrading(services: services).grade(attempt, at: now, in: stores)
            } else if attempt.state == .rejected {
                attempt = try AttemptGrading(services: services).fail(attempt, at: now, in: stores)
            }
        }
        try stores.updateAttempt(attempt)
        for record in attempt.records.dropFirst(before.records.count) {
            try report(record, of: attempt, at: now, in: stores)
            try log(record, of: attempt, in: stores)
        }
        try followUp(attempt, after: before, at: now, in: stores)
        try FormKeeper(services: services).noteChange(of: attempt, after: before, in: stores)
        try OpenWorkIntake(services: services).follow(attempt, after: before, at: now, in: stores)
        try DeanReporting(services: services).follow(attempt, after: before, at: now, in: stores)
        return attempt
    }

    // MARK: - What follows

    private func followUp(_ attempt: Attempt, after before: Attempt, at now: Date, in stores: any Stores) throws {
        guard attempt.state.acceptsAnswers, !before.state.acceptsAnswers, before.startedAt != nil else { return }
        let policy = try AttemptReadiness.policy(of: attempt, in: stores)
        if policy.repetition.onResume {
            // Whoever goes on after a stop of the clock is identified first (row A3).
            for var lease in try stores.deviceLeases(attemptID: attempt.id) where lease.until == nil {
                lease.until = now
                try stores.saveDeviceLease(lease)
            }
        }
        let demands = try stores.demands(attemptID: attempt.id)
        if !demands.contains(where: { $0.moment == .interval && ($0.state == .planned || $0.state == .open) }) {
            try DemandKeeper(services: services).planNext(for: attempt, after: now, in: stores)
        }
    }

    // MARK: - Events

    private func report(_ record: AttemptRecord, of attempt: Attempt, at now: Date, in stores: any Stores) throws {
        guard let (type, more) = try Self.event(of: record, attempt, in: stores) else { return }
        var facts = more
        facts["reason"] = record.cause.reason?.rawValue
        if record.cause.actor != .candidate { facts["decided_by"] = record.cause.author?.lowercased }
        if record.at < now { facts["effective_at"] = LogTimestamp.text(record.at) }
        try EventRecorder(services: services, stores: stores).record(type, attempt: attempt, at: now, facts: facts)
    }

    private static func event(
        of record: AttemptRecord,
        _ attempt: Attempt,
        in stores: any Stores
    ) throws -> (SessionEventType, [String: String])? {
        switch record.change {
        case .ticket: return nil
        case .result(let result): return result.grade.map { (.attemptGraded, ["grade": $0.rawValue]) }
        case .time(let kind, let milliseconds):
            return (.attemptTimeGiven, ["kind": kind.rawValue, "seconds": Self.seconds(milliseconds)])
        case .transition(let action, _, let to):
            let items = String(attempt.ticket?.items.count ?? 0)
            switch (action, to) {
            case (.admit, _): return (.attemptReady, [:])
            case (.start, _):
                let digest = attempt.ticket.map { SHA256Digest.hash($0.canonicalBytes()).hex } ?? ""
                return (.attemptStarted, ["items": items, "ticket_sha256": digest])
            case (.takeBreak, _): return (.attemptPaused, ["kind": TimeLedger.Kind.rest.rawValue])
            case (.pause, _):
                let kind: TimeLedger.Kind = record.cause.reason?.isOutage == true ? .outage : .pause
                return (.attemptPaused, ["kind": kind.rawValue])
            case (.endBreak, _), (.resume, _): return (.attemptResumed, [:])
            case (.timeOut, _): return (.attemptTimedOut, [:])
            case (.reopen, _): return (.attemptReopened, [:])
            case (.decline, _): return (.attemptDeclined, [:])
            case (.expire, _): return (.attemptExpired, [:])
            case (_, .submitted):
                let answered = String(try stores.answers(attemptID: attempt.id).count)
                return (.attemptSubmitted, ["answered": answered, "items": items])
            case (_, .rejected): return (.attemptRejected, [:])
            case (_, .error): return (.attemptFailed, [:])
            case (.verify, _), (.requestReview, _): return (.attemptReviewed, ["state": to.rawValue])
            default: return nil
            }
        }
    }

    /// Seconds as a decimal number.
    static func seconds(_ milliseconds: Int64) -> String {
        milliseconds % 1_000 == 0 ? String(milliseconds / 1_000) : String(Double(milliseconds) / 1_000)
    }

    // MARK: - Log

    /// What a person of the institution decides about an attempt stands in the log (row F1), its words sealed.
    private func log(_ record: AttemptRecord, of attempt: Attempt, in stores: any Stores) throws {
        guard record.cause.actor != .system, record.cause.actor != .candidate else { return }
        var facts: [String: JSONValue] = [
            "number": .integer(Int64(record.number)), "role": .string(record.cause.actor.rawValue),
        ]
        facts["decided_by"] = record.cause.author.map { .string($0.lowercased) }
        facts["reason"] = record.cause.reason.map { .string($0.rawValue) }
        switch record.change {
        case .transition(let action, let from, let to):
            facts["action"] = .string(action.rawValue)
            facts["from"] = .string(from.rawValue)
            facts["to"] = .string(to.rawValue)
        case .time(let kind, let milliseconds):
            facts["action"] = .string(AttemptAction.update.rawValue)
            facts["time"] = .string(kind.rawValue)
            facts["milliseconds"] = .integer(milliseconds)
        case .ticket, .result: return
        }
        try LogBook(vault: services.vault).append(
            "attempt_control",
            recordID: attempt.id,
            subject: attempt.candidateID,
            at: record.at,
            facts: facts,
            personal: ["comment": record.cause.comment],
            to: stores
        )
    }
}
