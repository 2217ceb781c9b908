public import Foundation

/// Moments as the log writes them: RFC 3339 in UTC with exactly three decimals, `2025-09-01T08:30:00.000Z`.
///
/// One moment has one text, which is why no general formatter is used.
public enum LogTimestamp {
    /// The text of a moment, rounded to the millisecond; the years 0000 to 9999 are what it can say.
    public static func text(_ date: Date) -> String {
        let total = min(max(milliseconds(date), first), last)
        let days = (total >= 0 ? total : total - 86_399_999) / 86_400_000
        let time = total - days * 86_400_000
        let (year, month, day) = civil(days)
        // Registers of a million rows are written with it, so no strings are put together.
        return String(unsafeUninitializedCapacity: 24) { bytes in
            var place = 0
            func put(_ value: Int64, _ width: Int, _ mark: Unicode.Scalar) {
                var rest = value
                for digit in (place..<place + width).reversed() {
                    bytes[digit] = UInt8(0x30 + rest % 10)
                    rest /= 10
                }
                bytes[place + width] = UInt8(ascii: mark)
                place += width + 1
            }
            put(year, 4, "-")
            put(month, 2, "-")
            put(day, 2, "T")
            put(time / 3_600_000, 2, ":")
            put(time / 60_000 % 60, 2, ":")
            put(time / 1000 % 60, 2, ".")
            put(time % 1000, 3, "Z")
            return place
        }
    }

    /// The moment of a text in exactly this form; nil for any other, also for days and hours that do not exist.
    public static func date(_ text: String) -> Date? {
        milliseconds(utf8: Array(text.utf8)[...]).map(date(milliseconds:))
    }

    /// The milliseconds since 1970 that a text in exactly this form says.
    static func milliseconds(utf8 bytes: some RandomAccessCollection<UInt8>) -> Int64? {
        guard bytes.count == 24 else { return nil }
        func byte(_ place: Int) -> UInt8 { bytes[bytes.index(bytes.startIndex, offsetBy: place)] }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for place in range {
                guard (0x30...0x39).contains(byte(place)) else { return nil }
                value = value * 10 + Int64(byte(place) - 0x30)
            }
            return value
        }
        guard byte(4) == 0x2d, byte(7) == 0x2d, byte(10) == 0x54, byte(13) == 0x3a, byte(16) == 0x3a,
            byte(19) == 0x2e, byte(23) == 0x5a,
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16),
            let second = number(17..<19), let millisecond = number(20..<23),
            (1...12).contains(month), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = self.days(year, month, day)
        guard civil(days) == (year, month, day) else { return nil }
        return days * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
    }

    /// Milliseconds since 1970, rounded.
    public static func milliseconds(_ date: Date) -> Int64 {
        Int64((min(max(date.timeIntervalSince1970, -1e12), 1e12) * 1000).rounded())
    }

    /// The moment of so many milliseconds since 1970.
    public static func date(milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    private static let first = days(0, 1, 1) * 86_400_000
    private static let last = days(10_000, 1, 1) * 86_400_000 - 1

    /// Days since 1970 in the proleptic Gregorian calendar; years are counted from March, so that leap days end them.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * fromMarch + 2) / 5 + 1)
    }
}
