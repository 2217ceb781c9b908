import Foundation

/// What standard output can show.
struct Terminal: Sendable {
    /// Whether a person watches, rather than a file or a pipe.
    let isTerminal: Bool
    /// How wide it is; a file is as wide as it needs to be.
    let columns: Int
    private let hasColours: Bool
    private let hasUnicode: Bool

    /// - Parameter environment: says the locale, and with `NO_COLOR` that colours are not wanted (no-color.org).
    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        isTerminal = isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
        columns = isTerminal ? Self.widthOfOutput() : Int.max
        hasColours = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
        // POSIX: the first of these that is set and not empty holds.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        hasUnicode = locale.lowercased().replacingOccurrences(of: "-", with: "").hasSuffix("utf8")
    }

    enum Style: String {
        case bold = "1"
        case faint = "2"
        case green = "32"
        case red = "31"
    }

    var right: String { hasUnicode ? "✓" : "ok" }
    var wrong: String { hasUnicode ? "✗" : "NO" }

    private static func widthOfOutput() -> Int {
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return isKnown ? Int(size.ws_col) : 80
    }

    /// Goes back over a step that was shown as under way.
    var startOfLine: String { isTerminal ? "\r\u{1B}[K" : "" }

    func styled(_ text: String, _ style: Style) -> String {
        hasColours ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The text as far as the locale can show it.
    func printable(_ text: String) -> String {
        guard !hasUnicode else { return text }
        let replacements = ["’": "'", "“": "\"", "”": "\"", "«": "\"", "»": "\"", "–": "-", "—": "-", "…": "..."]
        let plain = replacements.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
        return String(String.UnicodeScalarView(plain.unicodeScalars.map { $0.isASCII ? $0 : "?" }))
    }
}
