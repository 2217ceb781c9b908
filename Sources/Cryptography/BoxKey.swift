public import Foundation

/// The key of one sealed box: whoever has it can open that box, and from the plaintext make the very same box again,
/// to see that it is the one the log committed to.
public struct BoxKey: Sendable, Equatable {
    private let secret: SecretBytes

    /// A key from its 32 bytes.
    ///
    /// - Throws: ``CryptographyError`` with code `wrongLength`.
    public init(bytes: some Collection<UInt8>) throws {
        guard bytes.count == SealingKey.byteCount else {
            throw CryptographyError(.wrongLength, "A box's key has 32 bytes, not \(bytes.count).")
        }
        secret = SecretBytes(copying: bytes)
    }

    init(unchecked key: UnsafePointer<UInt8>) {
        secret = SecretBytes(copying: UnsafeBufferPointer(start: key, count: SealingKey.byteCount))
    }

    /// The key as it is shown to those who may open the box.
    public func disclosed() -> [UInt8] { secret.withUnsafeBytes { Array($0) } }

    /// What the box holds.
    ///
    /// - Throws: ``CryptographyError`` with code `notAuthentic`.
    public func open(_ box: SealedBox, associatedData: [UInt8] = []) throws -> [UInt8] {
        let header = BoxCipher.header(box.version, .data, associatedData)
        var plaintext = [UInt8](repeating: 0, count: box.plaintextCount)
        try plaintext.withUnsafeMutableBytes { target in
            try secret.withPointer { try BoxCipher.open(box, header: header, key: $0, into: target) }
        }
        return plaintext
    }

    /// The box that holds `plaintext` under this key and a nonce: the same bytes each time.
    ///
    /// Only to be called with the nonce of the box that this key belongs to.
    ///
    /// - Throws: ``CryptographyError`` with code `wrongLength`.
    public func remake(
        _ plaintext: some ContiguousBytes,
        nonce: [UInt8],
        associatedData: [UInt8] = []
    ) throws -> SealedBox {
        guard nonce.count == XChaCha20Poly1305.nonceByteCount else {
            throw CryptographyError(.wrongLength, "A nonce has 24 bytes, not \(nonce.count).")
        }
        let header = BoxCipher.header(SealedBox.version, .data, associatedData)
        return plaintext.withUnsafeBytes { plaintext in
            secret.withPointer { BoxCipher.seal(plaintext, header: header, nonce: nonce, key: $0) }
        }
    }
}
