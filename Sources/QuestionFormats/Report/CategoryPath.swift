import Foundation

/// Moodle's paths of categories: `$course$/top/Сети/Модель OSI`, where `//` is a slash inside a name.
enum CategoryPath {
    /// The names from the outermost category, without the context (`$course$`, `$system$`, …) and its root `top`.
    static func parse(_ text: String) -> [String] {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        var names: [String] = []
        var name = ""
        var rest = trimmed[...]
        while let character = rest.popFirst() {
            if character != "/" {
                name.append(character)
            } else if rest.first == "/" {
                name.append("/")
                rest.removeFirst()
            } else {
                names.append(name)
                name = ""
            }
        }
        names.append(name)
        names = names.map { $0.trimmingCharacters(in: .whitespaces) }
        if let first = names.first, first.count > 1, first.hasPrefix("$"), first.hasSuffix("$") { names.removeFirst() }
        if names.first == "top" { names.removeFirst() }
        return names.filter { !$0.isEmpty }
    }

    /// The path that ``parse(_:)`` reads as `names`.
    static func text(_ names: [String]) -> String {
        (["top"] + names.map { $0.replacing("/", with: "//").replacing("\n", with: " ") }).joined(separator: "/")
    }
}
