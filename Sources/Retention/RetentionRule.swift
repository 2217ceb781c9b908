public import Foundation

/// How long data are kept: calendar months, and days on top.
public struct RetentionPeriod: Hashable, Sendable, Codable {
    /// Calendar months.
    public var months: Int
    /// Days.
    public var days: Int

    /// Makes a period.
    public init(months: Int = 0, days: Int = 0) {
        self.months = months
        self.days = days
    }

    /// The moment whose data are just due: what began before it is destroyed.
    public func cutoff(at now: Date, in zone: TimeZone) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar.date(byAdding: DateComponents(month: -months, day: -days), to: now) ?? .distantPast
    }
}

/// What a period counts from.
public enum RetentionStart: String, Hashable, Sendable, Codable, CaseIterable {
    /// When the data came, or the decision that they served was made.
    case taken
    /// When the attempt was over; data apart from attempts count from when they came.
    case attemptEnd = "attempt_end"
    /// When the last of the person's contracts was closed.
    case studiesEnd = "studies_end"
}

/// How long one kind of data is kept, and who said so.
public struct RetentionRule: Hashable, Sendable, Codable {
    /// The kind.
    public var kind: DataKind
    /// Counts the rules of the kind; 0 is the standard one.
    public var number: Int
    /// How long.
    public var period: RetentionPeriod
    /// From when.
    public var start: RetentionStart
    /// On which ground, for people: an act with its clause, an order of the institution.
    public var source: String
    /// Whether the service carries it out by itself once it is approved.
    public var runsByItself: Bool
    /// Who set it.
    public var setBy: UUID?
    /// When.
    public var setAt: Date?
    /// Who else approved it.
    public var approvedBy: UUID?
    /// When.
    public var approvedAt: Date?

    /// Makes a rule.
    public init(
        kind: DataKind,
        number: Int,
        period: RetentionPeriod,
        start: RetentionStart,
        source: String,
        runsByItself: Bool = false,
        setBy: UUID? = nil,
        setAt: Date? = nil,
        approvedBy: UUID? = nil,
        approvedAt: Date? = nil
    ) {
        self.kind = kind
        self.number = number
        self.period = period
        self.start = start
        self.source = source
        self.runsByItself = runsByItself
        self.setBy = setBy
        self.setAt = setAt
        self.approvedBy = approvedBy
        self.approvedAt = approvedAt
    }

    /// Whether the timer may act on it: a second person has looked at it.
    public var isAutomatic: Bool { runsByItself && approvedBy != nil }
}
