import CSodium
public import Foundation

/// SHA-256 over data that comes in pieces.
///
/// A value: a copy goes on independently from the same state.
public struct SHA256Hasher: Sendable {
    private var state = crypto_hash_sha256_state()

    /// A hasher that has seen nothing.
    public init() {
        Sodium.ready
        crypto_hash_sha256_init(&state)
    }

    /// Takes the next piece.
    public mutating func update(_ data: some DataProtocol) {
        for region in data.regions {
            region.withUnsafeBytes { update(raw: $0) }
        }
    }

    /// Takes the next piece.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update(raw: $0) }
    }

    /// Takes the next piece from memory that the caller lends.
    public mutating func update(raw bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        crypto_hash_sha256_update(&state, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
    }

    /// Takes one byte, such as a domain separator.
    public mutating func update(byte: UInt8) {
        withUnsafePointer(to: byte) { _ = crypto_hash_sha256_update(&state, $0, 1) }
    }

    /// Takes a digest's 32 bytes.
    public mutating func update(_ digest: SHA256Digest) {
        digest.withUnsafeBytes { update(raw: $0) }
    }

    /// The digest of all that has been taken; the hasher itself may go on.
    public func finalize() -> SHA256Digest {
        var last = state
        return SHA256Digest { target in
            _ = target.withMemoryRebound(to: UInt8.self) { bytes in
                bytes.baseAddress.map { crypto_hash_sha256_final(&last, $0) }
            }
        }
    }
}
