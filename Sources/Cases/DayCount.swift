public import Accounts
public import Foundation

/// Which days count.
public enum DayUnit: String, Hashable, Sendable, Codable, CaseIterable {
    /// Every day (календарный день).
    case calendar
    /// A working day (рабочий день).
    case working
    /// A day with lessons (учебный день).
    case study
}

/// Tells working days and study days from others, in the institution's time zone.
public struct DayCount: Sendable {
    private let zone: TimeZone
    private let counts: @Sendable (CalendarDay, DayUnit) -> Bool
    private let isCertain: @Sendable (CalendarDay) -> Bool

    /// Days as a calendar has them.
    ///
    /// - Parameters:
    ///   - isCertain: whether it is decided which days of a day's year are free; never asked about calendar days.
    ///   - counts: whether a day counts as one of the unit; never asked about calendar days.
    public init(
        in zone: TimeZone,
        isCertain: @escaping @Sendable (CalendarDay) -> Bool = { _ in true },
        counts: @escaping @Sendable (CalendarDay, DayUnit) -> Bool
    ) {
        self.zone = zone
        self.isCertain = isCertain
        self.counts = counts
    }

    /// The end of a term.
    public struct End: Hashable, Sendable {
        /// Its last moment.
        public let at: Date
        /// Whether it rests on a year whose days off are not decided yet.
        public let isProvisional: Bool
    }

    /// The last moment of a term of so many days that begins on the day after `day` (Civil Code, art. 191, 194).
    public func end(of days: Int, _ unit: DayUnit, after day: CalendarDay) -> End {
        var current = day
        var left = days
        var isProvisional = false
        while left > 0 {
            current = next(current)
            if unit != .calendar, !isCertain(current) { isProvisional = true }
            if unit == .calendar || counts(current, unit) { left -= 1 }
        }
        // Whole milliseconds, as records keep them.
        let milliseconds = (Self.start(of: next(current), zone).timeIntervalSince1970 * 1_000).rounded() - 1
        return End(at: Date(timeIntervalSince1970: milliseconds / 1_000), isProvisional: isProvisional)
    }

    /// The first moment of a day.
    public func start(of day: CalendarDay) -> Date { Self.start(of: day, zone) }

    /// The day that a moment falls on.
    public func day(of moment: Date) -> CalendarDay { CalendarDay(moment, in: zone) }

    private func next(_ day: CalendarDay) -> CalendarDay {
        // Noon: no clock is put forward or back then.
        CalendarDay(Self.start(of: day, zone).addingTimeInterval(36 * 3_600), in: zone)
    }

    private static func start(of day: CalendarDay, _ zone: TimeZone) -> Date {
        let parts = DateComponents(year: day.year, month: day.month, day: day.day)
        // A day of the calendar is a moment; the fallback is for the compiler.
        return calendar(zone).date(from: parts) ?? .distantFuture
    }

    private static func calendar(_ zone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }
}
