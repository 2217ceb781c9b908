/// How much attention an event or a flag deserves.
///
/// The numbers are those of the 1EdTech LTI Assessment Control Service (`incident_severity`, 0 to 1).
public enum EventSeverity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// The ordinary course of things.
    case ordinary
    /// Worth knowing.
    case notice
    /// Worth a look.
    case warning
    /// To be looked at.
    case serious
    /// To be looked at now.
    case critical

    /// The severity as the LTI Assessment Control Service counts it, from 0 to 1.
    public var incidentSeverity: Double {
        switch self {
        case .ordinary: 0
        case .notice: 0.25
        case .warning: 0.5
        case .serious: 0.75
        case .critical: 1
        }
    }

    /// The graver one is greater.
    public static func < (left: EventSeverity, right: EventSeverity) -> Bool {
        left.incidentSeverity < right.incidentSeverity
    }
}
