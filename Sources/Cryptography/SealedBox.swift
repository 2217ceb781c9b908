public import Foundation

/// Sealed data: version ‖ nonce ‖ key commitment ‖ ciphertext ‖ tag.
///
/// | Bytes | Meaning |
/// | --- | --- |
/// | 1 | format version, 2 |
/// | 24 | random nonce |
/// | 32 | commitment to the box's key, the nonce and the associated data |
/// | n + 16 | XChaCha20-Poly1305 ciphertext and tag |
///
/// Each box has a key of its own (``BoxKey``), so that one can be shown without the others. In version 1, which is
/// still read, all of a person's boxes had that person's key.
///
/// The commitment is there because the log's entries bind ciphertexts: without it somebody who chooses the keys could
/// make one ciphertext that opens to two different records.
public struct SealedBox: Hashable, Sendable {
    /// The whole box as it is stored.
    public let bytes: [UInt8]

    static let version: UInt8 = 2
    static let firstVersion: UInt8 = 1
    static let commitmentByteCount = 32
    /// By how much a box is longer than what it holds.
    public static let overhead = 1 + 24 + commitmentByteCount + 16

    /// A box from storage; whether it opens is seen only with the key.
    ///
    /// - Throws: ``CryptographyError`` with code `wrongLength` or `unknownVersion`.
    public init(bytes: some DataProtocol) throws {
        guard bytes.count >= Self.overhead else {
            throw CryptographyError(.wrongLength, "A sealed box has at least \(Self.overhead) bytes.")
        }
        guard bytes.first == Self.version || bytes.first == Self.firstVersion else {
            throw CryptographyError(.unknownVersion, "The sealed box has an unknown format version.")
        }
        self.bytes = [UInt8](bytes)
    }

    init(version: UInt8, nonce: [UInt8], commitment: [UInt8], ciphertext: [UInt8]) {
        bytes = [version] + nonce + commitment + ciphertext
    }

    /// The digest of the whole box, which log entries bind.
    public var digest: SHA256Digest { .hash(bytes) }

    /// The length of what the box holds, in bytes.
    public var plaintextCount: Int { bytes.count - Self.overhead }

    var version: UInt8 { bytes[0] }
    /// The random nonce: no secret, and with ``BoxKey`` enough to make the same box of the same plaintext again.
    public var nonce: [UInt8] { Array(bytes[1..<25]) }
    var commitment: [UInt8] { Array(bytes[25..<57]) }

    func withCiphertext<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[57...])) }
    }
}
