/// A relative folder and a name that stay where they are put.
public struct SafePath: Hashable, Sendable {
    /// With a slash at both ends.
    public var folder: String
    /// The file's own name.
    public var name: String

    /// Nil for empty names, `..`, control characters, backslashes and drive letters.
    public init?(folder: String, name: String) {
        let parts = folder.split(separator: "/").map(String.init)
        guard parts.count <= 20, !name.contains("/"), (parts + [name]).allSatisfy(Self.isName) else { return nil }
        self.folder = "/" + parts.map { $0 + "/" }.joined()
        self.name = name
    }

    /// The path of a file in a package, relative to the file that names it.
    public init?(relative path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        while parts.first == "." { parts.removeFirst() }
        guard let name = parts.popLast(), !parts.contains("") else { return nil }
        self.init(folder: parts.joined(separator: "/"), name: name)
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 255
            && !name.contains { $0 == "\\" || $0 == ":" }
            && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
