/// Nested topics as one text: the names from the outermost one, with `/` between them; a `/` in a name is written twice,
/// as in Moodle's categories.
public enum TopicPath {
    /// The text.
    public static func text(_ names: [String]) -> String {
        names.map { $0.replacing("/", with: "//") }.joined(separator: "/")
    }

    /// The names.
    public static func names(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        var names = [""]
        var rest = text[...]
        while let character = rest.popFirst() {
            if character != "/" {
                names[names.count - 1].append(character)
            } else if rest.first == "/" {
                rest.removeFirst()
                names[names.count - 1].append("/")
            } else {
                names.append("")
            }
        }
        return names
    }

    /// Whether `topic` is `other` or lies below it.
    public static func contains(_ other: String, _ topic: String) -> Bool {
        topic == other || (topic.hasPrefix(other + "/") && !topic.hasPrefix(other + "//"))
    }
}
