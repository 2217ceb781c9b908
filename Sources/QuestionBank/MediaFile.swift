import Cryptography
public import Foundation

/// A picture, sound or other file that belongs to a text of a question.
public struct MediaFile: Hashable, Sendable, Codable {
    /// What stands before a file's path where a text refers to it: `@@PLUGINFILE@@/figures/a.png`, as in Moodle.
    public static let marker = "@@PLUGINFILE@@"

    /// The folder, beginning and ending with a slash; `/` for none.
    public var folder: String
    /// The file's name without folder.
    public var name: String
    /// The bytes.
    public var data: Data
    /// Where the bytes are kept elsewhere, their SHA-256 in hexadecimal; ``data`` is empty then.
    public var storedAs: String?

    enum CodingKeys: String, CodingKey {
        case folder, name, data
        case storedAs = "stored_as"
    }

    /// Makes a file.
    public init(folder: String = "/", name: String, data: Data) {
        self.folder = folder
        self.name = name
        self.data = data
    }

    /// SHA-256 of the bytes in hexadecimal, by which equal files are stored once.
    public var sha256: String { storedAs ?? SHA256Digest.hash(data).hex }

    /// How a text refers to the file.
    public var reference: String {
        Self.marker
            + (folder + name).split(separator: "/").map { "/" + Self.encoded(String($0)) }.joined()
    }

    /// The folder and name that a reference in a text stands for; nil when it is none.
    public static func path(ofReference reference: String) -> String? {
        guard reference.hasPrefix(marker + "/") else { return nil }
        return reference.dropFirst(marker.count).removingPercentEncoding
    }

    private static func encoded(_ part: String) -> String {
        part.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed.subtracting(["&", "'", ";"])) ?? part
    }
}
