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

    /// Days as a calendar has them.
    ///
    /// - Parameter counts: whether a day counts as one of the unit; never asked about calendar days.
    public init(in zone: TimeZone, counts: @escaping @Sendable (CalendarDay, DayUnit) -> Bool) {
        self.zone = zone
        self.counts = counts
    }

    /// Monday to Friday for work and Monday to Saturday for lessons, less the holidays of the Labour Code, art. 112.
    /// It knows nothing of days that the government moves from year to year.
    public static func plain(in zone: TimeZone) -> DayCount {
        DayCount(in: zone) { day, unit in
            guard !holidays.contains(day.month * 100 + day.day) else { return false }
            let weekday = calendar(zone).component(.weekday, from: start(of: day, zone))
            return weekday != 1 && (unit == .study || weekday != 7)
        }
    }

    private static let holidays: Set<Int> = [
        101, 102, 103, 104, 105, 106, 107, 108, 223, 308, 501, 509, 612, 1104,
    ]

    /// The last moment of a term of so many days that begins on the day after `day` (Civil Code, art. 191, 194).
    public func end(of days: Int, _ unit: DayUnit, after day: CalendarDay) -> Date {
        var current = day
        var left = days
        while left > 0 {
            current = next(current)
            if unit == .calendar || counts(current, unit) { left -= 1 }
        }
        // Whole milliseconds, as records keep them.
        let milliseconds = (Self.start(of: next(current), zone).timeIntervalSince1970 * 1_000).rounded() - 1
        return Date(timeIntervalSince1970: milliseconds / 1_000)
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
