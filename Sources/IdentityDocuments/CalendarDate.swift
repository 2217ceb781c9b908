/// A day of the Gregorian calendar as documents bear it, without a time of day.
///
/// Written as `2026-01-31` (ISO 8601); days compare by order of time.
public struct CalendarDate: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The year, 1 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// A day; `nil` where the calendar has none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.length(ofMonth: month, in: year)).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2026-01-31`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// The day on which so many years are full. Who was born on 29 February reaches it on 1 March of other years.
    public func anniversary(_ years: Int) -> CalendarDate? {
        CalendarDate(year: year + years, month: month, day: day)
            ?? CalendarDate(year: year + years, month: 3, day: 1)
    }

    /// The day so many days later; `nil` beyond the year 9999.
    public func adding(days: Int) -> CalendarDate? {
        var rest = days
        var result = self
        while rest > 0 {
            let left = Self.length(ofMonth: result.month, in: result.year) - result.day
            let step = min(rest, left + 1)
            let isNextMonth = step > left
            let isNextYear = isNextMonth && result.month == 12
            guard
                let next = CalendarDate(
                    year: result.year + (isNextYear ? 1 : 0),
                    month: isNextYear ? 1 : result.month + (isNextMonth ? 1 : 0),
                    day: isNextMonth ? 1 : result.day + step
                )
            else { return nil }
            result = next
            rest -= step
        }
        return result
    }

    /// As `2026-01-31`.
    public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    /// As `31.01.2026`.
    public var inRussian: String { "\(padded(day, 2)).\(padded(month, 2)).\(padded(year, 4))" }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// Reads the written form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = CalendarDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day as in 2026-01-31")
        }
        self = date
    }

    /// Writes the written form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private func padded(_ number: Int, _ length: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, length - text.count)) + text
    }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
