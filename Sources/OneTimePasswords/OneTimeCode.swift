public import Cryptography
import Foundation

/// A secret that is shown once, typed from paper or dictated, and works once: the code of a password reset, a recovery
/// code.
///
/// 120 random bits, so that plain SHA-256 may stand in the database and guessing needs no throttle to be hopeless
/// (NIST SP 800-63B 3.1.2.2 asks for 112 bits).
public struct OneTimeCode: Sendable {
    private let bytes: [UInt8]
    /// 24 characters of base32 in four groups: `K7QX2M-…`.
    public let text: String

    /// A fresh code.
    public static func random(from source: some RandomSource = SystemRandomSource()) throws -> OneTimeCode {
        try OneTimeCode(bytes: source.bytes(count: 15))
    }

    private init(bytes: [UInt8]) throws {
        self.bytes = bytes
        let characters = Array(try Base32.encode(bytes))
        text = stride(from: 0, to: characters.count, by: 6)
            .map { String(characters[$0..<min($0 + 6, characters.count)]) }
            .joined(separator: "-")
    }

    /// A code from what somebody typed; `nil` where it has not the form. Case, spaces and hyphens make no difference,
    /// and 0, 1 and 8, which codes do not have, are taken for the letters that look like them.
    public init?(typed: String) {
        guard typed.utf8.count <= 100 else { return nil }
        let alike: [Character: Character] = ["0": "O", "1": "I", "8": "B"]
        let folded = typed.uppercased().filter { !$0.isWhitespace && $0 != "-" }.map { alike[$0] ?? $0 }
        guard folded.count == 24, let bytes = Base32.decode(String(folded)), bytes.count == 15 else { return nil }
        try? self.init(bytes: bytes)
    }

    /// What the server keeps.
    public var hashedForStorage: SHA256Digest { .hash(bytes) }
}

extension OneTimeCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type's name, and nothing else.
    public var description: String { "OneTimeCode(hidden)" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no members.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
