import Foundation
import TransparencyLog

/// Times in JSON: RFC 3339 in UTC with milliseconds.
enum Timestamp {
    /// A time as text, `2026-01-31T09:00:00.000Z`.
    static func text(_ date: Date) -> String {
        LogTimestamp.text(date)
    }

    /// Reads a time with or without a fraction, in UTC or with an offset.
    static func date(_ text: String) -> Date? {
        guard isCalendarDay(text) else { return nil }
        let styles = [
            Date.ISO8601FormatStyle(includingFractionalSeconds: false),
            Date.ISO8601FormatStyle(includingFractionalSeconds: true),
        ]
        for style in styles {
            if let date = try? style.parse(text), (0..<253_402_300_800).contains(date.timeIntervalSince1970) {
                return date
            }
        }
        return nil
    }

    /// Whether the date in front is one: Foundation's parser takes 30 February for 2 March.
    private static func isCalendarDay(_ text: String) -> Bool {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), (1...12).contains(month)
        else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...lengths[month - 1]).contains(day)
    }
}
