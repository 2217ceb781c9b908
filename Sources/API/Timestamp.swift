import Foundation
import TransparencyLog

/// Times in JSON: RFC 3339 in UTC with milliseconds.
enum Timestamp {
    /// A time as text, `2026-01-31T09:00:00.000Z`.
    static func text(_ date: Date) -> String {
        LogTimestamp.text(date)
    }

    /// Reads a time with or without a fraction, in UTC or with an offset (RFC 3339 §5.6), to the millisecond.
    ///
    /// Foundation's parser is not used: it takes 30 February for 2 March, and counts by the Julian calendar before 1582.
    static func date(_ text: String) -> Date? {
        let form = /([0-9-]{10})[Tt]([0-9:]{8})(?:\.([0-9]+))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))/
        guard let parts = text.wholeMatch(of: form)?.output else { return nil }
        let fraction = ((parts.3 ?? "") + "000").prefix(3)
        let hours = Double(parts.5 ?? "0") ?? 0
        let minutes = Double(parts.6 ?? "0") ?? 0
        guard hours < 24, minutes < 60, let local = LogTimestamp.date("\(parts.1)T\(parts.2).\(fraction)Z") else {
            return nil
        }
        let offset = (parts.4 == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
        let date = local.addingTimeInterval(-offset)
        return years.contains(date.timeIntervalSince1970) ? date : nil
    }

    /// The years 0000 to 9999, which is all that RFC 3339 can write.
    private static let years: Range<TimeInterval> = -62_167_219_200..<253_402_300_800
}
