import CXML2

/// HTML text made of elements, as it stands in the bank.
enum Markup {
    /// Elements of HTML that have no content and no end tag.
    private static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ]

    /// The names of namespaces that HTML knows by their elements, and that are written out.
    private static let mathML = "http://www.w3.org/1998/Math/MathML"
    private static let svg = "http://www.w3.org/2000/svg"

    /// The text of some nodes; `<br/>` and its like are closed, so that the text is well-formed XML too.
    static func html(_ nodes: [Element.Node], within namespace: String = "") -> String {
        nodes.reduce(into: "") { append($1, to: &$0, namespace) }
    }

    private static func append(_ node: Element.Node, to text: inout String, _ outer: String) {
        switch node {
        case .text(let characters):
            text += escaped(characters)
        case .element(let element):
            text += "<" + element.name
            let isForeign = element.namespace == mathML || element.namespace == svg
            if isForeign, element.namespace != outer { text += " xmlns=\"\(element.namespace)\"" }
            for (name, value) in element.attributes { text += " \(name)=\"\(escaped(value, isQuoted: true))\"" }
            if element.children.isEmpty, isForeign || void.contains(element.name) {
                text += "/>"
                return
            }
            text += ">"
            for child in element.children { append(child, to: &text, element.namespace) }
            text += "</\(element.name)>"
        }
    }

    /// A text with the characters that have a meaning in HTML as entities.
    static func escaped(_ text: String, isQuoted: Bool = false) -> String {
        guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 }) else { return text }
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where isQuoted: result += "&quot;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// A text with HTML's entities and character references resolved; what is none stays.
    static func unescaped(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var result = String.UnicodeScalarView()
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            guard scalar == "&", let end = rest.prefix(32).firstIndex(of: ";"), end > rest.startIndex,
                let value = resolved(String(rest[..<end]))
            else {
                result.append(scalar)
                continue
            }
            result.append(value)
            rest = rest[rest.index(after: end)...]
        }
        return String(result)
    }

    private static func resolved(_ name: String) -> Unicode.Scalar? {
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
        if name == "apos" { return "'" }
        return htmlEntityLookup(name).flatMap { Unicode.Scalar($0.pointee.value) }
    }
}
