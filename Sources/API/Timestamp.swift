import Foundation

/// Times in JSON: RFC 3339 in UTC with milliseconds.
enum Timestamp {
    /// A time as text, `2026-01-31T09:00:00.000Z`.
    static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Reads a time with or without a fraction, in UTC or with an offset.
    static func date(_ text: String) -> Date? {
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
}
