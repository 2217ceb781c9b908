import CSodium
public import Foundation

/// A 256-bit key that seals data with XChaCha20-Poly1305, so that it can be neither read nor altered without it.
///
/// Each person has one of their own, wrapped under the master key: destroying it erases all that it sealed.
public struct SealingKey: Sendable, Equatable {
    /// The number of bytes in a key.
    public static let byteCount = 32

    private let secret: SecretBytes

    /// A key from its 32 secret bytes.
    ///
    /// - Throws: ``CryptographyError`` with code `wrongLength`.
    public init(secret: SecretBytes) throws {
        guard secret.count == Self.byteCount else {
            throw CryptographyError(.wrongLength, "A sealing key has 32 bytes, not \(secret.count).")
        }
        self.secret = secret
    }

    private init(unchecked secret: SecretBytes) {
        self.secret = secret
    }

    /// A fresh key.
    public static func random() -> SealingKey {
        SealingKey(unchecked: .random(count: byteCount))
    }

    /// Names the key without telling anything of it: 16 hexadecimal digits, for rotation and for reports.
    public var fingerprint: String {
        secret.withPointer { key in
            BoxCipher.withCode(of: Array("attestd sealing key fingerprint".utf8), under: key) {
                Hex.encode(UnsafeBufferPointer(start: $0, count: 8))
            }
        }
    }

    /// Seals `plaintext`; the same `associatedData` must be given to open it.
    ///
    /// Put into the associated data what the box belongs to (record id, kind), so that boxes can't change places.
    public func seal(_ plaintext: some ContiguousBytes, associatedData: [UInt8] = []) -> SealedBox {
        plaintext.withUnsafeBytes { seal(raw: $0, associatedData, .data) }
    }

    /// The plaintext of a box sealed with this key and `associatedData`.
    ///
    /// - Throws: ``CryptographyError`` with code `notAuthentic`.
    public func open(_ box: SealedBox, associatedData: [UInt8] = []) throws -> [UInt8] {
        var plaintext = [UInt8](repeating: 0, count: box.plaintextCount)
        try plaintext.withUnsafeMutableBytes { try open(box, associatedData, .data, into: $0) }
        return plaintext
    }

    /// Seals another key under this one.
    public func wrap(_ key: SealingKey, associatedData: [UInt8] = []) -> SealedBox {
        key.secret.withUnsafeBytes { seal(raw: $0, associatedData, .key) }
    }

    /// The key that ``wrap(_:associatedData:)`` sealed.
    ///
    /// - Throws: ``CryptographyError`` with code `notAuthentic` or `wrongLength`.
    public func unwrap(_ box: SealedBox, associatedData: [UInt8] = []) throws -> SealingKey {
        let secret = try SecretBytes(count: box.plaintextCount) { target in
            try open(box, associatedData, .key, into: target)
        }
        return try SealingKey(secret: secret)
    }

    /// The key of one box of data, to be handed to somebody who is to check what this box holds and nothing else.
    ///
    /// - Throws: ``CryptographyError`` with code `notAuthentic`, or `unknownVersion` for a box of version 1, which was
    ///   sealed with the person's key itself.
    public func boxKey(of box: SealedBox, associatedData: [UInt8] = []) throws -> BoxKey {
        guard box.version != SealedBox.firstVersion else {
            throw CryptographyError(.unknownVersion, "A box of version 1 has no key of its own to show.")
        }
        let header = BoxCipher.header(box.version, .data, associatedData)
        let key = withBoxKey(box.version, box.nonce, header) { BoxKey(unchecked: $0) }
        _ = try key.open(box, associatedData: associatedData)
        return key
    }

    private func seal(
        raw plaintext: UnsafeRawBufferPointer,
        _ associatedData: [UInt8],
        _ content: BoxCipher.Content
    ) -> SealedBox {
        // 192 random bits never repeat by chance, whatever the number of boxes.
        let nonce = SystemRandomSource().bytes(count: XChaCha20Poly1305.nonceByteCount)
        let header = BoxCipher.header(SealedBox.version, content, associatedData)
        return withBoxKey(SealedBox.version, nonce, header) { key in
            BoxCipher.seal(plaintext, header: header, nonce: nonce, key: key)
        }
    }

    private func open(
        _ box: SealedBox,
        _ associatedData: [UInt8],
        _ content: BoxCipher.Content,
        into target: UnsafeMutableRawBufferPointer
    ) throws {
        let header = BoxCipher.header(box.version, content, associatedData)
        try withBoxKey(box.version, box.nonce, header) { key in
            try BoxCipher.open(box, header: header, key: key, into: target)
        }
    }

    /// Lends the key that seals one box: of version 1 this key itself, since then
    /// HMAC-SHA-256(this key, label ‖ nonce ‖ header).
    private func withBoxKey<Result>(
        _ version: UInt8,
        _ nonce: [UInt8],
        _ header: [UInt8],
        _ body: (UnsafePointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        if version == SealedBox.firstVersion { return try secret.withPointer(body) }
        let label = Array("attestd sealed box key".utf8)
        return try secret.withPointer { try BoxCipher.withCode(of: label + nonce + header, under: $0, body) }
    }
}

extension SealingKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type's name, and nothing else.
    public var description: String { "SealingKey(hidden)" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no members.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
