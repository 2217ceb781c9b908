import CSodium
public import Foundation

/// An Ed25519 public key, 32 bytes (RFC 8032).
public struct VerificationKey: Hashable, Sendable {
    /// The number of bytes in a key.
    public static let byteCount = 32
    /// The number of bytes in a signature.
    public static let signatureByteCount = 64

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A key from its 32 bytes; whether they are a point on the curve shows at verification.
    ///
    /// - Throws: ``CryptographyError`` with code `wrongLength`.
    public init(bytes: some DataProtocol) throws {
        guard bytes.count == Self.byteCount else {
            throw CryptographyError(.wrongLength, "An Ed25519 public key has 32 bytes, not \(bytes.count).")
        }
        self.init(unchecked: [UInt8](bytes))
    }

    init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether `signature` is this key's over `message`.
    ///
    /// Strict: points of small order and non-canonical scalars are refused, so that nobody without the key can make a
    /// second signature from a first.
    public func verify(_ signature: some DataProtocol, of message: some DataProtocol) -> Bool {
        guard signature.count == Self.signatureByteCount else { return false }
        Sodium.ready
        let message = [UInt8](message)
        return crypto_sign_ed25519_verify_detached([UInt8](signature), message, UInt64(message.count), bytes) == 0
    }
}

extension VerificationKey: Codable, CustomStringConvertible {
    /// Reads standard base64.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(bytes: Base64.decode(container.decode(String.self)))
        } catch let error as CryptographyError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.reason)
        }
    }

    /// Writes standard base64.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Base64.encode(bytes))
    }

    /// The key in standard base64.
    public var description: String { Base64.encode(bytes) }
}
