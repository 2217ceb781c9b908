public import Foundation

/// Every second that an attempt was given, with who gave it and why.
///
/// Seconds are only ever added; the end of the attempt is its start plus their sum.
public struct TimeLedger: Hashable, Sendable {
    /// Why time was given.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The time of the blueprint.
        case base
        /// Extra time for a candidate who is entitled to it.
        case accommodation
        /// The attempt was paused by the examiner.
        case pause
        /// The connection or the service failed.
        case outage
        /// The examiner gave more time.
        case `extension`
    }

    /// One grant of time.
    public struct Entry: Hashable, Sendable, Codable {
        /// Why time was given.
        public let kind: Kind
        /// How many seconds, at least one.
        public let seconds: Int
        /// The account of the person, or `system`.
        public let author: String
        /// Why, in words; empty for the base time only.
        public let reason: String
        /// When it was entered.
        public let at: Date
    }

    /// The most seconds all entries may add up to: a week.
    public static let limitSeconds = 604_800

    /// The entries in the order in which they were made; the first is the base time.
    public private(set) var entries: [Entry]

    /// Starts a ledger with the base time.
    ///
    /// - Throws: ``AttemptError`` with code `invalidTime` unless `baseSeconds` is between one second and a week.
    public init(baseSeconds: Int, author: String = "system", at: Date) throws(AttemptError) {
        entries = []
        try add(Entry(kind: .base, seconds: baseSeconds, author: author, reason: "", at: at.toMillisecond))
    }

    /// Gives more time.
    ///
    /// - Throws: ``AttemptError`` with code `invalidTime` for no or too many seconds or a second base time, and
    ///   `reasonRequired` when author or reason is empty.
    public mutating func grant(
        _ kind: Kind,
        seconds: Int,
        author: String,
        reason: String,
        at: Date
    ) throws(AttemptError) {
        guard kind != .base else { throw AttemptError(.invalidTime, "The base time is entered once.") }
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw AttemptError(.reasonRequired, "Time is given with a reason.")
        }
        try add(Entry(kind: kind, seconds: seconds, author: author, reason: reason, at: at.toMillisecond))
    }

    /// All the seconds given.
    public var totalSeconds: Int { entries.reduce(0) { $0 + $1.seconds } }

    /// When an attempt that began at `startedAt` ends.
    public func deadline(startedAt: Date) -> Date {
        startedAt.addingTimeInterval(TimeInterval(totalSeconds))
    }

    /// The whole seconds left at `now`, rounded down; zero after the end.
    public func remainingSeconds(startedAt: Date, now: Date) -> Int {
        let left = deadline(startedAt: startedAt).timeIntervalSince(now)
        return left <= 0 ? 0 : Int(min(left, TimeInterval(Int32.max)))
    }

    private mutating func add(_ entry: Entry) throws(AttemptError) {
        guard !entry.author.isEmpty else { throw AttemptError(.reasonRequired, "Time is given by somebody.") }
        guard entry.seconds >= 1, entry.seconds <= Self.limitSeconds - totalSeconds else {
            throw AttemptError(.invalidTime, "Time is at least a second, and at most a week in all.")
        }
        entries.append(entry)
    }
}

extension TimeLedger: Codable {
    enum CodingKeys: String, CodingKey {
        case entries
    }

    /// Reads a ledger.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when the entries are not such as could have been made.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let entries = try container.decode([Entry].self, forKey: .entries)
        do throws(AttemptError) {
            guard let base = entries.first, base.kind == .base else {
                throw AttemptError(.invalidTime, "A ledger begins with the base time.")
            }
            try self.init(baseSeconds: base.seconds, author: base.author, at: base.at)
            for entry in entries.dropFirst() {
                try grant(
                    entry.kind,
                    seconds: entry.seconds,
                    author: entry.author,
                    reason: entry.reason,
                    at: entry.at
                )
            }
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .entries,
                in: container,
                debugDescription: error.reason
            )
        }
    }

    /// Writes the entries.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(entries, forKey: .entries)
    }
}
