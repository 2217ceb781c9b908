import CSodium
public import Foundation

/// A 256-bit key that seals data with XChaCha20-Poly1305, so that it can be neither read nor altered without it.
///
/// Each person has one of their own, wrapped under the master key: destroying it erases all that it sealed.
public struct SealingKey: Sendable, Equatable {
    /// What a box may hold; bound to it, so that a wrapped key never comes out as data.
    private enum Purpose: UInt8 {
        case data = 0
        case key = 1
    }

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
        Hex.encode(authenticationCode(of: Array("attestd sealing key fingerprint".utf8)).prefix(8))
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

    private func seal(
        raw plaintext: UnsafeRawBufferPointer,
        _ associatedData: [UInt8],
        _ purpose: Purpose
    ) -> SealedBox {
        // 192 random bits never repeat by chance, whatever the number of boxes.
        let nonce = SystemRandomSource().bytes(count: XChaCha20Poly1305.nonceByteCount)
        let header = [SealedBox.version, purpose.rawValue] + associatedData
        let ciphertext = XChaCha20Poly1305.seal(plaintext, associatedData: header, nonce: nonce, key: secret)
        return SealedBox(nonce: nonce, commitment: commitment(nonce, header), ciphertext: ciphertext)
    }

    private func open(
        _ box: SealedBox,
        _ associatedData: [UInt8],
        _ purpose: Purpose,
        into target: UnsafeMutableRawBufferPointer
    ) throws {
        let header = [SealedBox.version, purpose.rawValue] + associatedData
        let committed = constantTimeEqual(commitment(box.nonce, header), box.commitment)
        let opened = box.withCiphertext { ciphertext in
            XChaCha20Poly1305.open(ciphertext, associatedData: header, nonce: box.nonce, key: secret, into: target)
        }
        guard committed, opened else {
            if let start = target.baseAddress { sodium_memzero(start, target.count) }
            throw CryptographyError(.notAuthentic, "The box was altered, or this is not its key or its place.")
        }
    }

    private func commitment(_ nonce: [UInt8], _ header: [UInt8]) -> [UInt8] {
        authenticationCode(of: Array("attestd sealed box commitment".utf8) + nonce + header)
    }

    /// HMAC-SHA-256 under this key. Neither of its two labels begins the other.
    private func authenticationCode(of message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        secret.withPointer { key in
            _ = crypto_auth_hmacsha256(&code, message, UInt64(message.count), key)
        }
        return code
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
