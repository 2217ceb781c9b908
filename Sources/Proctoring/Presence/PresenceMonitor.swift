public import Foundation

/// Watches a candidate's presence: a fold over what the frames of a running attempt show, one after the other.
///
/// Each condition is a track of its own. It begins once there is enough evidence of it and ends once there is enough of
/// the contrary, so that begins and ends alternate and one bad frame is neither. The monitor knows nothing but the last
/// ``memory`` frames and what is open; whoever keeps those can go on at any time, also in another process.
///
/// Time is what the server's clock says, and passes only forwards: a step backwards counts as no time at all.
public struct PresenceMonitor: Hashable, Sendable {
    /// How many frames are remembered. More than ten a second would outrun the slowest rule, so as many in a row as are
    /// remembered are enough, however quickly they came.
    public static let memory = 64

    /// When conditions begin and end.
    public let settings: PresenceSettings
    /// The last frames, oldest first.
    public private(set) var recent: [PresenceObservation]
    /// The conditions that have begun and not ended, each with the time of the first frame that showed it.
    public private(set) var open: [PresenceCondition: Date]
    /// When the candidate began to work; counts while no frame has come.
    private let runningSince: Date?

    /// Starts watching, or goes on where another monitor stopped.
    ///
    /// - Parameters:
    ///   - runningSince: when the candidate began to work, to notice that the first frame comes too late.
    ///   - recent: the frames so far, oldest first; of these only the last ``memory`` matter.
    ///   - open: the conditions that have begun and not ended.
    public init(
        settings: PresenceSettings = .standard,
        runningSince: Date? = nil,
        recent: [PresenceObservation] = [],
        open: [PresenceCondition: Date] = [:]
    ) {
        self.settings = settings
        self.runningSince = runningSince
        self.recent = Array(recent.suffix(Self.memory))
        self.open = open
    }

    /// Takes the next frame, in the order of arrival, and answers what it changed: a gap first, then what ended, then
    /// what began.
    public mutating func observe(_ observation: PresenceObservation) -> [PresenceChange] {
        let gap = missingFrames(before: observation)
        recent.append(observation)
        if recent.count > Self.memory { recent.removeFirst() }
        var endings: [PresenceChange] = []
        var beginnings: [PresenceChange] = []
        for condition in PresenceCondition.allCases {
            switch (observation.kind.bearing(on: condition), open[condition]) {
            case (.refutes, let since?):
                guard let refuting = evidence(of: .refutes, on: condition, by: settings.ending) else { continue }
                open[condition] = nil
                endings.append(.ended(condition, since: since, until: refuting.since, frames: refuting.frames))
            case (.shows, nil):
                let rule = settings.beginning(of: condition)
                guard let showing = evidence(of: .shows, on: condition, by: rule) else { continue }
                open[condition] = showing.since
                beginnings.append(.began(condition, since: showing.since, frames: showing.frames))
            default: continue
            }
        }
        return gap + endings + beginnings
    }

    private func missingFrames(before observation: PresenceObservation) -> [PresenceChange] {
        guard let last = recent.last?.at ?? runningSince,
            observation.at.timeIntervalSince(last) > settings.longestGapSeconds
        else { return [] }
        return [.framesMissing(since: last, until: observation.at)]
    }

    /// Looks back from the newest frame over all that bears on a condition the same way, and over as few as the rule
    /// lets through that do not; nil where this is not enough for the rule.
    private func evidence(
        of bearing: PresenceBearing,
        on condition: PresenceCondition,
        by rule: PresenceRule
    ) -> (since: Date, frames: Int)? {
        var found: (since: Date, frames: Int, seconds: Double)?
        var misses = 0
        var elapsed = 0.0
        var later: Date?
        for observation in recent.reversed() {
            if let later { elapsed += max(0, later.timeIntervalSince(observation.at)) }
            later = observation.at
            guard elapsed <= max(settings.memorySeconds, rule.seconds) else { break }
            let said = observation.kind.bearing(on: condition)
            if said == bearing {
                found = (observation.at, (found?.frames ?? 0) + 1, elapsed)
            } else if said != .silent {
                misses += 1
            }
            if misses > rule.misses { break }
        }
        guard let found, found.frames >= rule.frames else { return nil }
        guard found.seconds >= rule.seconds || found.frames == Self.memory else { return nil }
        return (found.since, found.frames)
    }
}
