public import Cryptography

/// A witness's Ed25519 public key (C2SP tlog-cosignature, `cosignature/v1`).
///
/// A cosignature says that its witness saw the log grow from what it saw before to this checkpoint, and nothing else of
/// the same log.
public struct CosignatureVerifier: Hashable, Sendable {
    /// The witness's name: not empty, without spaces and plus signs.
    public let name: String
    /// The public key.
    public let key: VerificationKey
    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x04 ‖ key), big-endian.
    public let keyID: UInt32

    /// The signature type of timestamped Ed25519 cosignatures.
    static let type: UInt8 = 0x04

    /// A verifier.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote` for a name that notes cannot carry.
    public init(name: String, key: VerificationKey) throws {
        guard NoteVerifier.isName(name) else {
            throw TransparencyLogError(.malformedNote, "A key's name is not empty and has neither spaces nor +.")
        }
        self.name = name
        self.key = key
        let digest = SHA256Digest.hash(Array(name.utf8) + [0x0a, Self.type] + key.bytes)
        keyID = digest.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A verifier from its text, `name+keyid+base64(0x04 ‖ key)`.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote`.
    public init(text: String) throws {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let encoded = try? Base64.decode(parts[2]), encoded.count == 33,
            encoded[0] == Self.type, let key = try? VerificationKey(bytes: encoded.dropFirst())
        else {
            throw TransparencyLogError(.malformedNote, "The text is no key of a witness.")
        }
        try self.init(name: parts[0], key: key)
        guard self.text.utf8.elementsEqual(text.utf8) else {
            throw TransparencyLogError(.malformedNote, "The key's id does not belong to name and key.")
        }
    }

    /// The verifier as text, for configurations.
    public var text: String {
        let id = Hex.encode((0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) })
        return "\(name)+\(id)+\(Base64.encode([Self.type] + key.bytes))"
    }

    /// When this witness cosigned the note, in seconds since 1970; nil where it did not, or a signature in its name is
    /// wrong.
    public func timestamp(of note: SignedNote) -> UInt64? {
        let own = note.signatures.filter { $0.keyID == keyID && $0.name.utf8.elementsEqual(name.utf8) }
        let times = own.map { timestamp(of: $0, over: note.text) }
        return times.contains(nil) ? nil : times.compactMap(\.self).max()
    }

    private func timestamp(of signature: NoteSignature, over text: String) -> UInt64? {
        guard signature.bytes.count == 8 + VerificationKey.signatureByteCount else { return nil }
        let time = signature.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        guard time < 1 << 63 else { return nil }
        let message = CosignatureSigner.message(text, time)
        return key.verify(signature.bytes.dropFirst(8), of: message) ? time : nil
    }
}

/// A witness's private key.
public struct CosignatureSigner: Sendable {
    /// The public half.
    public let verifier: CosignatureVerifier
    private let key: SigningKey

    /// A signer. The key must serve nothing else: the signed message does not name the witness.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote` for a name that notes cannot carry.
    public init(name: String, key: SigningKey) throws {
        verifier = try CosignatureVerifier(name: name, key: key.publicKey)
        self.key = key
    }

    /// The cosignature of a checkpoint; the caller has seen to it that it continues what was cosigned before.
    func cosign(_ checkpoint: Checkpoint, at seconds: UInt64) -> NoteSignature {
        let time = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> UInt64(56 - 8 * $0)) }
        let signature = key.sign(Self.message(checkpoint.note.text, seconds))
        return NoteSignature(name: verifier.name, keyID: verifier.keyID, bytes: time + signature)
    }

    static func message(_ text: String, _ seconds: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n\(text)".utf8)
    }
}

extension SignedNote {
    /// The note with further signature lines, as a witness answers them; lines that are there already are left out.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote`.
    public func adding(lines: String) throws -> SignedNote {
        let more = try SignedNote(encoded: text + "\n" + lines).signatures.filter { !signatures.contains($0) }
        return try SignedNote(encoded: encoded + more.map(\.line).joined())
    }
}
