public import Foundation

/// What a frame changed in what is known about a candidate's presence.
public enum PresenceChange: Hashable, Sendable {
    /// A condition began.
    ///
    /// - Parameters:
    ///   - since: when the first frame was judged that showed it.
    ///   - frames: how many frames showed it up to now.
    case began(PresenceCondition, since: Date, frames: Int)
    /// A condition is over.
    ///
    /// - Parameters:
    ///   - since: when it began, as its beginning told.
    ///   - until: when the first frame was judged that showed the contrary.
    ///   - frames: how many frames showed the contrary up to now.
    case ended(PresenceCondition, since: Date, until: Date, frames: Int)
    /// No frame came for too long. The service learns of it only when the next frame comes; while none does, it cannot
    /// tell a candidate who hides from a network that is down.
    case framesMissing(since: Date, until: Date)

    /// The event that tells of it.
    public var eventType: SessionEventType {
        switch self {
        case .began(let condition, _, _): condition.began
        case .ended(let condition, _, _, _): condition.ended
        case .framesMissing: .presenceFramesMissing
        }
    }
}
