public import Foundation

/// A SHA-256 digest, 32 bytes (FIPS 180-4).
///
/// The bytes lie inline, so that trees of millions of digests cost no allocation each.
public struct SHA256Digest: Hashable, Sendable {
    /// The number of bytes in a digest.
    public static let byteCount = 32

    private var word0: UInt64 = 0
    private var word1: UInt64 = 0
    private var word2: UInt64 = 0
    private var word3: UInt64 = 0

    /// The digest that `fill` writes into the 32 zero bytes it is given.
    init(filling fill: (UnsafeMutableRawBufferPointer) -> Void) {
        withUnsafeMutableBytes(of: &self) { fill($0) }
    }

    /// A digest from its 32 bytes.
    ///
    /// - Throws: ``CryptographyError`` with code `wrongLength`.
    public init(bytes: some Collection<UInt8>) throws {
        guard bytes.count == Self.byteCount else {
            throw CryptographyError(.wrongLength, "A SHA-256 digest has 32 bytes, not \(bytes.count).")
        }
        self.init { target in target.copyBytes(from: bytes) }
    }

    /// A digest from its 32 bytes in memory that the caller lends.
    ///
    /// - Throws: ``CryptographyError`` with code `wrongLength`.
    public init(raw bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count == Self.byteCount else {
            throw CryptographyError(.wrongLength, "A SHA-256 digest has 32 bytes, not \(bytes.count).")
        }
        self.init { target in target.copyMemory(from: bytes) }
    }

    /// A digest from 64 hexadecimal digits, in lower or upper case.
    ///
    /// - Throws: ``CryptographyError`` with code `malformedEncoding` or `wrongLength`.
    public init(hex: String) throws {
        try self.init(bytes: Hex.decode(hex))
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// The digest as 64 lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }

    /// Lends the 32 bytes to `body` without copying them.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try Swift.withUnsafeBytes(of: self, body)
    }

    /// The digest of `data`.
    public static func hash(_ data: some DataProtocol) -> SHA256Digest {
        var hasher = SHA256Hasher()
        hasher.update(data)
        return hasher.finalize()
    }

    /// The digest of `bytes`.
    public static func hash(_ bytes: [UInt8]) -> SHA256Digest {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The digest of a string's UTF-8 bytes.
    public static func hash(utf8 text: String) -> SHA256Digest {
        hash(Array(text.utf8))
    }

    /// The digest of a file's contents, read piece by piece.
    ///
    /// - Throws: ``CryptographyError`` with code `fileAccess`.
    public static func hash(contentsOf file: URL) throws -> SHA256Digest {
        let descriptor = try FileDescriptor(reading: file)
        var hasher = SHA256Hasher()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = try descriptor.read(into: &buffer)
            if count == 0 { return hasher.finalize() }
            hasher.update(buffer[..<count])
        }
    }
}

extension SHA256Digest: Codable, CustomStringConvertible {
    /// Reads 64 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(hex: container.decode(String.self))
        } catch let error as CryptographyError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.reason)
        }
    }

    /// Writes 64 lower-case hexadecimal digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }

    /// The same as ``hex``.
    public var description: String { hex }
}
