public import Foundation
public import TransparencyLog

/// The statements by which one key of a log followed another, as `{"notes": […]}`: in a bundle, and published.
public struct KeyNotes: Sendable {
    /// The statements that two keys signed.
    public let rotations: [KeyRotation]

    /// The most bytes of a file.
    public static let longest = 1 << 20

    /// Some statements.
    public init(_ rotations: [KeyRotation] = []) {
        self.rotations = rotations
    }

    private struct File: Codable {
        var notes: [String]
    }

    /// The statements of a file; those that nobody signed are left out. Nil where it is no such file.
    public init?(json: some DataProtocol) {
        guard json.count <= Self.longest, let file = try? JSONDecoder().decode(File.self, from: Data(json)) else {
            return nil
        }
        rotations = file.notes.compactMap { text in (try? SignedNote(encoded: text)).flatMap { KeyRotation($0) } }
    }

    /// The file.
    public func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(File(notes: rotations.map(\.statement.encoded)))
    }
}
