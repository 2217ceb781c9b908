public import Cryptography

/// A named Ed25519 public key that verifies notes (C2SP signed-note).
public struct NoteVerifier: Hashable, Sendable {
    /// The key's name: not empty, without spaces and plus signs; best a URL without its scheme.
    public let name: String
    /// The public key.
    public let key: VerificationKey
    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key), big-endian.
    public let keyID: UInt32

    /// The signature type of Ed25519 over the note's text.
    private static let ed25519: UInt8 = 0x01

    /// A verifier.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote` for a name that notes cannot carry.
    public init(name: String, key: VerificationKey) throws {
        guard Self.isName(name) else {
            throw TransparencyLogError(.malformedNote, "A key's name is not empty and has neither spaces nor +.")
        }
        self.name = name
        self.key = key
        let digest = SHA256Digest.hash(Array(name.utf8) + [0x0a, Self.ed25519] + key.bytes)
        keyID = digest.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A verifier from its text, `name+keyid+base64(0x01 ‖ key)`.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote`.
    public init(text: String) throws {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let encoded = try? Base64.decode(parts[2]), encoded.count == 33,
            encoded[0] == Self.ed25519, let key = try? VerificationKey(bytes: encoded.dropFirst())
        else {
            throw TransparencyLogError(.malformedNote, "The text is no Ed25519 verifier key.")
        }
        try self.init(name: parts[0], key: key)
        guard parts[1].utf8.elementsEqual(keyIDText.utf8) else {
            throw TransparencyLogError(.malformedNote, "The verifier key's id does not belong to name and key.")
        }
    }

    /// The verifier as text, for configurations and evidence bundles.
    public var text: String { "\(name)+\(keyIDText)+\(Base64.encode([Self.ed25519] + key.bytes))" }

    private var keyIDText: String {
        Hex.encode((0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) })
    }

    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
    }
}

/// A named Ed25519 private key that signs notes.
public struct NoteSigner: Sendable {
    /// The public half.
    public let verifier: NoteVerifier
    private let key: SigningKey

    /// A signer.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote` for a name that notes cannot carry.
    public init(name: String, key: SigningKey) throws {
        verifier = try NoteVerifier(name: name, key: key.publicKey)
        self.key = key
    }

    /// The key's name.
    public var name: String { verifier.name }

    /// The signature of a note's text.
    func sign(_ text: String) -> NoteSignature {
        NoteSignature(name: name, keyID: verifier.keyID, bytes: key.sign(Array(text.utf8)))
    }
}
