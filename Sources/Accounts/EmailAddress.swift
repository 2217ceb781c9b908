import Foundation

/// An e-mail address, which is also the login (S1 6.8).
///
/// It is folded to lower case: people do not remember how they wrote it, and no provider in use tells cases apart.
public struct EmailAddress: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The folded address.
    public let value: String

    /// Reads an address; `nil` where the text has not the form `local@domain` of at most 254 characters.
    ///
    /// Only the form is judged (RFC 5321 4.5.3.1 for the lengths); whether the mailbox exists, a message shows.
    public init?(_ text: String) {
        let folded = text.trimmingCharacters(in: .whitespacesAndNewlines)
            .precomposedStringWithCompatibilityMapping
            .lowercased()
        let parts = folded.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), folded.utf8.count <= 254 else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ (1...63).contains($0.utf8.count) }) else { return nil }
        let forbidden = CharacterSet.whitespacesAndNewlines.union(.controlCharacters)
            .union(CharacterSet(charactersIn: "<>()[],;:\\\""))
        guard folded.unicodeScalars.allSatisfy({ !forbidden.contains($0) }) else { return nil }
        value = folded
    }

    /// The address itself; logs must not use it (they carry account identifiers).
    public var description: String { value }
}
