public import Foundation

/// A stretch of time in which one device has the attempt: only it may write. Another takes over once the candidate was
/// identified again, and then the first is closed.
public struct DeviceLease: Hashable, Sendable {
    /// What is known of the device's queue.
    public struct Contact: Hashable, Sendable {
        /// When the device was last heard.
        public var at: Date
        /// The highest number that it had given to an answer by then.
        public var sequence: Int64

        /// Makes a value.
        public init(at: Date, sequence: Int64) {
            self.at = at
            self.sequence = sequence
        }
    }

    /// The attempt.
    public let attemptID: UUID
    /// The login that the device works by.
    public let device: String
    /// From when.
    public let since: Date
    /// Until when; nil as long as it has the attempt.
    public var until: Date?
    /// When it was last heard.
    public var contact: Contact?

    /// Makes a value.
    public init(attemptID: UUID, device: String, since: Date, until: Date? = nil, contact: Contact? = nil) {
        self.attemptID = attemptID
        self.device = device
        self.since = since
        self.until = until
        self.contact = contact
    }
}

/// How a device stands to an attempt.
public enum DeviceStanding: Hashable, Sendable {
    /// It has the attempt.
    case holds
    /// Nobody has the attempt, and this device has never had it.
    case vacant
    /// Another device has the attempt, and this one has never had it.
    case newcomer
    /// It had the attempt until then: another took over, or a stop of the clock asks for identification anew.
    case closed(since: Date)

    /// How a device stands by the attempt's leases.
    public init(of device: String, among leases: [DeviceLease]) {
        if leases.contains(where: { $0.device == device && $0.until == nil }) {
            self = .holds
        } else if let end = leases.filter({ $0.device == device }).compactMap(\.until).max() {
            self = .closed(since: end)
        } else {
            self = leases.isEmpty ? .vacant : .newcomer
        }
    }

    /// Whether the device may take the attempt by its login alone, where no face is asked for: a login made since the
    /// device was closed is a new identification, the old one is not.
    public func mayTake(byLoginAt login: Date) -> Bool {
        switch self {
        case .holds, .vacant, .newcomer: true
        case .closed(let since): login > since
        }
    }
}
