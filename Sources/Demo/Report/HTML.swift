import Foundation

/// Pieces of HTML; whatever came from outside is escaped.
enum HTML {
    /// Text for an element or a quoted attribute.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }

    /// A Russian term of the field beside its English name.
    static func term(_ russian: String) -> String { "<i lang=\"ru\" class=\"term\">\(escaped(russian))</i>" }

    /// A section with its heading.
    static func section(_ identifier: String, _ heading: String, _ content: String) -> String {
        """
        <section aria-labelledby="\(identifier)">
        <h2 id="\(identifier)">\(heading)</h2>
        \(content)
        </section>
        """
    }

    /// A number for an attribute: never in a locale's or an exponent's notation.
    static func number(_ value: Double) -> String { String(format: "%.2f", value) }
}
