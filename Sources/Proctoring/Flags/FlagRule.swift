public import Attestation
public import Foundation

/// A pattern of session events that a person should look at: data, so that an institution can have its own.
///
/// A rule is looked at when an event of its types comes. It holds when that event completes the pattern: as many as
/// asked for within the window. What a rule finds decides nothing (row E2).
public struct FlagRule: Hashable, Sendable, Codable, Identifiable {
    /// Its name, in small letters and underscores.
    public var id: String
    /// What a person reads.
    public var label: BilingualText
    /// How grave what it finds is.
    public var severity: EventSeverity
    /// The reason code that a flag carries.
    public var reason: AttemptReason
    /// The types of events that it counts.
    public var events: Set<SessionEventType>
    /// How many of them make a flag.
    public var atLeast: Int
    /// Within how many seconds.
    public var withinSeconds: Int
    /// An event counts only where one of these came before it, at most ``precedingSeconds`` earlier; empty: always.
    public var precededBy: Set<SessionEventType>
    /// See ``precededBy``.
    public var precedingSeconds: Int
    /// An event counts only where each of these facts has one of these values.
    public var facts: [String: Set<String>]

    /// Creates a rule.
    public init(
        id: String,
        label: BilingualText,
        severity: EventSeverity,
        reason: AttemptReason = .suspicion,
        events: Set<SessionEventType>,
        atLeast: Int = 1,
        withinSeconds: Int = 0,
        precededBy: Set<SessionEventType> = [],
        precedingSeconds: Int = 0,
        facts: [String: Set<String>] = [:]
    ) {
        self.id = id
        self.label = label
        self.severity = severity
        self.reason = reason
        self.events = events
        self.atLeast = atLeast
        self.withinSeconds = withinSeconds
        self.precededBy = precededBy
        self.precedingSeconds = precedingSeconds
        self.facts = facts
    }

    /// The types of events that have to be known to look at it.
    public var types: Set<SessionEventType> { events.union(precededBy) }

    /// How far back those events may lie, in seconds.
    public var memory: TimeInterval { TimeInterval(withinSeconds + precedingSeconds) }

    /// The events that make the pattern, where the last one of `history` completes it; `nil` where it does not.
    ///
    /// - Parameter history: events of one attempt in their order; others than the rule's are passed over.
    public func pattern(in history: [SessionEvent]) -> [SessionEvent]? {
        guard let last = history.last, counts(last, in: history) else { return nil }
        let earliest = last.at.addingTimeInterval(-TimeInterval(withinSeconds))
        let found = history.filter { $0.index == last.index || ($0.at >= earliest && counts($0, in: history)) }
        return found.count >= max(atLeast, 1) ? found : nil
    }

    private func counts(_ event: SessionEvent, in history: [SessionEvent]) -> Bool {
        guard events.contains(event.type) else { return false }
        for (name, values) in facts {
            guard let value = event.facts[name], values.contains(value) else { return false }
        }
        guard !precededBy.isEmpty else { return true }
        let earliest = event.at.addingTimeInterval(-TimeInterval(precedingSeconds))
        return history.contains {
            precededBy.contains($0.type) && $0.index < event.index && $0.at >= earliest && $0.at <= event.at
        }
    }
}
