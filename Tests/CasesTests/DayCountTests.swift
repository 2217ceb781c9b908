import Accounts
import Cases
import Foundation
import Testing

@Suite("Terms in calendar, working and study days")
struct DayCountTests {
    static let moscow = TimeZone(secondsFromGMT: 3 * 3_600) ?? .gmt

    /// The day after the last moment of a term, in Moscow. 2026-03-06 is a Friday; 8 March is a holiday, a Sunday.
    static let table: [(from: String, days: Int, unit: DayUnit, last: String)] = [
        ("2026-03-02", 3, .study, "2026-03-05"),
        ("2026-03-05", 3, .study, "2026-03-09"),
        ("2026-03-05", 3, .working, "2026-03-10"),
        ("2026-03-06", 1, .study, "2026-03-07"),
        ("2026-03-06", 1, .working, "2026-03-09"),
        ("2026-03-06", 10, .calendar, "2026-03-16"),
        ("2026-12-31", 1, .working, "2027-01-11"),
        ("2028-02-28", 1, .calendar, "2028-02-29"),
    ]

    @Test("A term begins on the day after and ends with its last day", arguments: table)
    func ends(from: String, days: Int, unit: DayUnit, last: String) throws {
        let count = DayCount.plain(in: Self.moscow)
        let end = count.end(of: days, unit, after: try #require(CalendarDay(from)))
        #expect(count.day(of: end.at) == CalendarDay(last))
        #expect(count.day(of: end.at.addingTimeInterval(1)) != CalendarDay(last), "to the last moment of the day")
        #expect(end.isProvisional == (last.hasPrefix("2027")))
    }

    @Test("A term in calendar days rests on no decision about days off")
    func calendarDays() throws {
        let count = DayCount.plain(in: Self.moscow)
        let end = count.end(of: 30, .calendar, after: try #require(CalendarDay("2026-12-20")))
        #expect(count.day(of: end.at) == CalendarDay("2027-01-19"))
        #expect(!end.isProvisional)
    }
}
