import CSodium
import Foundation

/// A login session's bearer secret: 256 random bits.
///
/// The browser holds ``text``; the server stores only ``hashedForStorage``, so that a stolen database opens no
/// session (ASVS 5). Never printed.
public struct SessionToken: Sendable {
    private let bytes: [UInt8]

    /// A fresh token.
    public static func random(from source: some RandomSource = SystemRandomSource()) -> SessionToken {
        SessionToken(bytes: source.bytes(count: 32))
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A token from what a client sent.
    ///
    /// - Throws: ``CryptographyError`` with code `malformedEncoding` or `wrongLength`.
    public init(text: String) throws {
        // Before decoding: what a stranger sends may be long.
        guard text.utf8.count == 43 else {
            throw CryptographyError(.wrongLength, "A session token has 43 characters.")
        }
        self.init(bytes: try Base64.decode(text, .urlSafeUnpadded))
    }

    /// The secret as 43 characters of unpadded base64url.
    public var text: String { Base64.encode(bytes, .urlSafeUnpadded) }

    /// What the server keeps; plain SHA-256 suffices for 256 random bits.
    public var hashedForStorage: SHA256Digest { .hash(bytes) }
}

extension SessionToken: Equatable {
    /// Compares in constant time.
    public static func == (left: SessionToken, right: SessionToken) -> Bool {
        constantTimeEqual(left.bytes, right.bytes)
    }
}

extension SessionToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type's name, and nothing else.
    public var description: String { "SessionToken(hidden)" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no members.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
