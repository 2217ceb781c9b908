public import Foundation

/// A day of the calendar without a time of day: a birthday, an order's date.
///
/// Written as `2026-01-31` (ISO 8601); days compare by order of time.
public struct CalendarDay: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The year, 1 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// A day; `nil` where the (Gregorian) calendar has none such.
    public init?(year: Int, month: Int, day: Int) {
        let lengths = [31, Self.isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...9999).contains(year), (1...12).contains(month), (1...lengths[month - 1]).contains(day) else {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2026-01-31`, or `31.01.2026` as Russian papers have it.
    public init?(_ text: String) {
        let parts: [Substring]
        if text.count == 10, text.contains("-") {
            parts = text.split(separator: "-", omittingEmptySubsequences: false)
        } else if text.count == 10 {
            parts = text.split(separator: ".", omittingEmptySubsequences: false).reversed()
        } else {
            return nil
        }
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// The day that a moment falls on in a time zone.
    public init(_ moment: Date, in zone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: moment)
        year = parts.year ?? 1
        month = parts.month ?? 1
        day = parts.day ?? 1
    }

    /// How many years are full on another day: a person's age. Who was born on 29 February is a year older on
    /// 1 March of other years.
    public func fullYears(until other: CalendarDay) -> Int {
        let isBeforeAnniversary = (other.month, other.day) < (month, day)
        return other.year - year - (isBeforeAnniversary ? 1 : 0)
    }

    /// As `2026-01-31`.
    public var description: String {
        func padded(_ number: Int, _ length: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, length - text.count)) + text
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Whether one day comes before another.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// Reads the written form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = CalendarDay(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day as in 2026-01-31")
        }
        self = day
    }

    /// Writes the written form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
}
