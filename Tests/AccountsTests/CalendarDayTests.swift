import Accounts
import Foundation
import Testing

@Suite("Days of the calendar")
struct CalendarDayTests {
    @Test(
        "A day that is written as it should be is read, in both ways, and is written as ISO 8601 has it",
        arguments: [
            ("2026-01-31", "2026-01-31"), ("31.01.2026", "2026-01-31"), ("2024-02-29", "2024-02-29"),
            ("29.02.2000", "2000-02-29"), ("2400-02-29", "2400-02-29"), ("0001-01-01", "0001-01-01"),
            ("9999-12-31", "9999-12-31"), ("2026-04-30", "2026-04-30"), ("01.09.0987", "0987-09-01"),
        ]
    )
    func readable(_ text: String, _ written: String) throws {
        let day = try #require(CalendarDay(text))
        #expect(day.description == written)
        #expect(CalendarDay(day.description) == day)
        #expect(CalendarDay(year: day.year, month: day.month, day: day.day) == day)
    }

    @Test(
        "What is no day is not read",
        arguments: [
            // Days that the calendar does not have.
            "2026-02-29", "1900-02-29", "2100-02-29", "29.02.2023", "2026-04-31", "31.06.2026", "2026-00-10",
            "2026-13-01", "2026-01-00", "2026-01-32", "0000-01-01", "00.00.0000",
            // Other forms, also those that other readers let through.
            "", "2026-1-31", "2026-01-3", "26-01-31", "31.1.2026", "31/01/2026", "2026.01.31", "31-01-2026",
            "2026-0131", "20260131", "2026-01-31T", " 2026-01-31", "2026-01-31 ", "2026-01-31\n", "+026-01-31",
            "-026-01-31", "2026--1-31", "2026-01.31", "2026-01-3a", "0x26-01-31", "2026‐01‐31",
            // Digits of other scripts, and figures with a mark on them.
            "２０２６-０１-３１", "٢٠٢٦-٠١-٣١", "2026-01-3\u{0661}", "2026-01-31\u{0301}",
        ]
    )
    func unreadable(_ text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test(
        "A year is a leap year every four years, but not every hundred, but every four hundred",
        arguments: [(2023, false), (2024, true), (1900, false), (2000, true), (2100, false), (2400, true), (4, true)]
    )
    func leapYears(_ year: Int, _ isLeap: Bool) {
        #expect((CalendarDay(year: year, month: 2, day: 29) != nil) == isLeap)
        #expect(CalendarDay(year: year, month: 2, day: 28) != nil)
        #expect(CalendarDay(year: year, month: 2, day: 30) == nil)
    }

    @Test("Numbers beyond the calendar are refused and trap nowhere", arguments: [Int.min, -1, 0, 10_000, Int.max])
    func extremes(_ number: Int) {
        #expect(CalendarDay(year: number, month: 1, day: 1) == nil)
        #expect(CalendarDay(year: 2026, month: number, day: 1) == nil)
        #expect(CalendarDay(year: 2026, month: 1, day: number) == nil)
    }

    /// Rising.
    private static let inOrder = [
        "0001-01-01", "0987-12-31", "1999-12-31", "2000-01-01", "2000-01-31", "2000-02-01", "2000-02-29", "2000-03-01",
        "2000-10-01", "2000-11-30", "2001-01-01", "9999-12-31",
    ]

    @Test("Days compare by order of time, in every pair", arguments: inOrder.indices)
    func order(_ index: Int) throws {
        let day = try #require(CalendarDay(Self.inOrder[index]))
        for (number, text) in Self.inOrder.enumerated() {
            let other = try #require(CalendarDay(text))
            #expect((day < other) == (index < number))
            #expect((day == other) == (index == number))
            #expect((day > other) == (index > number))
        }
    }

    @Test(
        "A person's age: one year more on the birthday and not before; born on 29 February, on 1 March of other years",
        arguments: [
            ("1995-05-20", "2026-05-19", 30), ("1995-05-20", "2026-05-20", 31), ("1995-05-20", "2026-05-21", 31),
            ("1995-12-31", "2026-01-01", 30), ("1995-01-01", "2025-12-31", 30), ("2012-03-02", "2026-03-01", 13),
            ("2012-03-02", "2026-03-02", 14), ("2008-02-29", "2026-02-28", 17), ("2008-02-29", "2026-03-01", 18),
            ("2008-02-29", "2028-02-28", 19), ("2008-02-29", "2028-02-29", 20), ("2026-03-02", "2026-03-02", 0),
            ("2026-03-02", "2026-03-01", -1),
        ]
    )
    func age(_ birth: String, _ today: String, _ years: Int) throws {
        let (born, now) = (try #require(CalendarDay(birth)), try #require(CalendarDay(today)))
        #expect(born.fullYears(until: now) == years)
    }

    @Test(
        "A moment falls on the day of the institution's zone, not on that of Greenwich",
        arguments: [
            ("2026-01-31T20:59:59Z", "Europe/Moscow", "2026-01-31"),
            ("2026-01-31T21:00:00Z", "Europe/Moscow", "2026-02-01"),
            ("2026-01-31T21:00:00Z", "UTC", "2026-01-31"), ("2024-02-28T14:00:00Z", "Asia/Kamchatka", "2024-02-29"),
            ("2026-01-01T00:30:00Z", "America/New_York", "2025-12-31"),
            // Moscow kept summer time until 2010.
            ("2010-07-01T20:00:00Z", "Europe/Moscow", "2010-07-02"),
        ]
    )
    func zone(_ moment: String, _ zone: String, _ day: String) throws {
        let date = try Date(moment, strategy: .iso8601)
        #expect(CalendarDay(date, in: try #require(TimeZone(identifier: zone))).description == day)
    }

    @Test("Every day of four hundred years is the one that Foundation's calendar counts")
    func againstFoundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        let zone = try #require(TimeZone(identifier: "UTC"))
        calendar.timeZone = zone
        var moment = try Date("1900-01-01T12:00:00Z", strategy: .iso8601)
        var previous: CalendarDay?
        for _ in 0..<146_097 {
            let parts = calendar.dateComponents([.year, .month, .day], from: moment)
            let day = CalendarDay(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
            guard let day, previous.map({ $0 < day }) ?? true, CalendarDay(day.description) == day else {
                Issue.record("\(moment)")
                return
            }
            previous = day
            moment += 86_400
        }
        #expect(previous?.description == "2299-12-31")
    }

    @Test("As JSON a day is its text; other JSON is refused", arguments: ["\"2026-02-30\"", "20260131", "null", "{}"])
    func json(_ bad: String) throws {
        let day = try #require(CalendarDay("2024-02-29"))
        let data = try JSONEncoder().encode([day])
        #expect(String(decoding: data, as: UTF8.self) == #"["2024-02-29"]"#)
        #expect(try JSONDecoder().decode([CalendarDay].self, from: data) == [day])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CalendarDay].self, from: Data("[\(bad)]".utf8))
        }
    }
}
