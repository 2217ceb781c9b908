import Accounts
import Foundation
import Grading
import Testing

@Suite("D14 The calendar of working days")
struct WorkingCalendarTests {
    static let calendar = WorkingCalendar.russian

    static func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    /// Working days of each month as the production calendars of the five-day week give them.
    static let months: [(year: Int, counts: [Int])] = [
        (2025, [17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22]),
        (2026, [15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22]),
    ]

    @Test("each month has as many working days as the production calendar says", arguments: months)
    func productionCalendar(year: Int, counts: [Int]) throws {
        for (month, expected) in counts.enumerated() {
            let days = (1...31).compactMap { CalendarDay(year: year, month: month + 1, day: $0) }
            #expect(days.filter(Self.calendar.isWorking).count == expected, "\(year)-\(month + 1)")
        }
        #expect(counts.reduce(0, +) == 247)
    }

    static let days: [(day: String, isWorking: Bool)] = [
        ("2025-05-02", false), ("2025-05-08", false), ("2025-06-13", false), ("2025-11-01", true),
        ("2025-11-03", false), ("2025-12-31", false), ("2025-12-30", true), ("2025-02-24", true),
        ("2025-03-10", true), ("2026-01-09", false), ("2026-01-12", true), ("2026-03-09", false),
        ("2026-03-10", true), ("2026-05-11", false), ("2026-05-12", true), ("2026-12-31", false),
        ("2027-02-20", true), ("2027-02-22", false), ("2027-05-03", false), ("2027-05-10", false),
        ("2027-06-14", false), ("2027-11-05", false), ("2027-11-13", false), ("2027-12-31", false),
    ]

    @Test("moved days, holidays on days off, and days before holidays", arguments: days)
    func single(day: String, isWorking: Bool) throws {
        #expect(Self.calendar.isWorking(try Self.day(day)) == isWorking)
    }

    static let deadlines: [(from: String, count: Int, to: String, isProvisional: Bool)] = [
        ("2026-03-02", 1, "2026-03-03", false),
        // Fifteen working days over the holiday that 8 March moves to Monday.
        ("2026-03-02", 15, "2026-03-24", false),
        ("2025-12-22", 15, "2026-01-22", false),
        ("2026-03-06", 3, "2026-03-12", false),
        ("2026-03-07", 3, "2026-03-12", false),
        ("2027-12-24", 15, "2028-01-24", true),
        ("2027-12-01", 15, "2027-12-22", false),
    ]

    @Test("D14: a deadline counts from the day after, and says where it is provisional", arguments: deadlines)
    func deadline(from: String, count: Int, to: String, isProvisional: Bool) throws {
        let deadline = Self.calendar.deadline(count, workingDaysAfter: try Self.day(from))
        #expect(deadline.day == (try Self.day(to)))
        #expect(deadline.isProvisional == isProvisional)
        #expect(Self.calendar.workingDays(after: try Self.day(from), through: deadline.day) == count)
    }

    @Test("a year without a resolution follows the Labour Code alone")
    func codeAlone() throws {
        let bare = WorkingCalendar([])
        #expect(!bare.isWorking(try Self.day("2027-01-08")))
        #expect(bare.isWorking(try Self.day("2027-11-05")))
        #expect(!bare.isWorking(try Self.day("2027-02-20")))
        #expect(!bare.isWorking(try Self.day("2027-05-03")), "1 May on a Saturday goes to Monday by the Code itself")
        #expect(!bare.isCertain(try Self.day("2027-11-05")))
    }

    static let broken = [
        #"[{"year":2026,"resolution":"x","moved":[{"from":"2025-01-03","to":"2026-01-09"}]}]"#,
        #"[{"year":2026,"resolution":"x","moved":[{"from":"2026-01-14","to":"2026-01-15"}]}]"#,
        #"[{"year":2026,"resolution":"x","moved":[{"from":"2026-01-03","to":"2026-01-10"}]}]"#,
        #"[{"year":2026,"resolution":"x","moved":[]},{"year":2026,"resolution":"y","moved":[]}]"#,
        #"{"year":2026}"#,
    ]

    @Test("a file that cannot be a resolution is refused", arguments: broken)
    func refused(json: String) {
        #expect(throws: DecodingError.self) { try WorkingCalendar(json: Data(json.utf8)) }
    }
}
