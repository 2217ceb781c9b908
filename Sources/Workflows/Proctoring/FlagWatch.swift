import Attestation
import Foundation
import Proctoring
import Storage

/// Looks at the rules when an event comes, and raises flags in the event's own transaction (row E2).
struct FlagWatch {
    let services: Services
    let stores: any Stores

    /// How many earlier events of a rule's types are looked at.
    private static let mostEvents = 500
    /// While a flag is young it takes what goes on; afterwards the same thing raises a new one.
    private static let growth: TimeInterval = 300

    /// Takes an event that was appended.
    func observe(_ event: SessionEvent, of attempt: Attempt) throws {
        let rules = services.flagRules.rules(for: event.type)
        guard !rules.isEmpty, try !isSilenced(event, attempt) else { return }
        for rule in rules {
            var history = [event]
            if rule.memory > 0 {
                history = try stores.newestEvents(of: attempt.id, types: Array(rule.types), limit: Self.mostEvents)
                    .filter { $0.index <= event.index && event.at.timeIntervalSince($0.at) <= rule.memory }
            }
            guard let pattern = rule.pattern(in: history) else { continue }
            try raise(rule, pattern, of: attempt)
        }
    }

    /// Raises a flag that an examiner put up by hand.
    func raise(
        byExaminer event: SessionEvent,
        severity: Double?,
        reason: AttemptReason?,
        of attempt: Attempt
    ) throws {
        let asked = severity ?? EventSeverity.warning.incidentSeverity
        let nearest = EventSeverity.allCases.filter { $0 > .ordinary }
            .min { abs($0.incidentSeverity - asked) < abs($1.incidentSeverity - asked) }
        try raise(Flag.byExaminer, nearest ?? .warning, reason ?? .suspicion, [event], of: attempt)
    }

    /// What an accommodation or a pause makes no matter at all (row D6).
    private func isSilenced(_ event: SessionEvent, _ attempt: Attempt) throws -> Bool {
        switch event.type.catalogueEntry.silencedBy {
        case .pause: attempt.state == .paused
        case .assistant:
            try stores.accommodation(examID: attempt.examID, candidateID: attempt.candidateID)?.allowsAssistant == true
        case nil: false
        }
    }

    private func raise(_ rule: FlagRule, _ pattern: [SessionEvent], of attempt: Attempt) throws {
        guard let last = pattern.last else { return }
        if var flag = try stores.newestFlag(of: rule.id, attemptID: attempt.id), flag.state == .open,
            last.at.timeIntervalSince(flag.lastAt) <= max(Self.growth, TimeInterval(rule.withinSeconds)),
            flag.events.count < Flag.mostEvents
        {
            let known = Set(flag.events)
            flag.events += pattern.map(\.index).filter { !known.contains($0) }
            flag.lastAt = max(flag.lastAt, last.at)
            return try stores.updateFlag(flag)
        }
        try raise(rule.id, rule.severity, rule.reason, pattern, of: attempt)
    }

    private func raise(
        _ rule: String,
        _ severity: EventSeverity,
        _ reason: AttemptReason,
        _ pattern: [SessionEvent],
        of attempt: Attempt
    ) throws {
        guard let first = pattern.first, let last = pattern.last else { return }
        let flag = Flag(
            id: services.makeID(at: last.at),
            attemptID: attempt.id,
            examID: attempt.examID,
            rule: rule,
            severity: severity,
            reason: reason,
            events: pattern.map(\.index),
            firstAt: first.at,
            lastAt: last.at
        )
        try stores.insertFlag(flag)
        try EventRecorder(services: services, stores: stores).record(
            .flagRaised,
            attempt: attempt,
            at: last.at,
            facts: [
                "flag_id": flag.id.lowercased, "rule": rule, "severity": severity.rawValue, "reason": reason.rawValue,
            ]
        )
    }
}
