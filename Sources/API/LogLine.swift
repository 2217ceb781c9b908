package import Foundation

/// One line of the service's own log: JSON on standard error.
///
/// Callers put in identifiers and codes, never e-mail addresses, names, scores, document numbers or secrets.
package struct LogLine: Sendable {
    /// How much it matters.
    package enum Level: String, Sendable, CaseIterable {
        case debug
        case info
        case warning
        case error
    }

    /// How much it matters.
    package var level: Level
    /// What happened, in a few words that do not vary.
    package var message: String
    /// What varies.
    package var fields: [String: String]

    /// Creates a line.
    package init(_ level: Level, _ message: String, _ fields: [String: String] = [:]) {
        self.level = level
        self.message = message
        self.fields = fields
    }

    /// The line as JSON, without its end.
    package func json(at time: Date) -> String {
        var all = fields
        all["time"] = Timestamp.text(time)
        all["level"] = level.rawValue
        all["message"] = message
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(all)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
