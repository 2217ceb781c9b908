import CNettle
public import Foundation

/// SHA-256 over data that comes in pieces, by Nettle, which uses the processor's instructions for it.
///
/// A value: a copy goes on independently from the same state.
public struct SHA256Hasher: Sendable {
    private var state = sha256_ctx()

    /// A hasher that has seen nothing.
    public init() {
        nettle_sha256_init(&state)
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
        nettle_sha256_update(&state, bytes.count, base.assumingMemoryBound(to: UInt8.self))
    }

    /// Takes one byte, such as a domain separator.
    public mutating func update(byte: UInt8) {
        withUnsafePointer(to: byte) { nettle_sha256_update(&state, 1, $0) }
    }

    /// Takes a digest's 32 bytes.
    public mutating func update(_ digest: SHA256Digest) {
        digest.withUnsafeBytes { update(raw: $0) }
    }

    /// The digest of all that has been taken; the hasher itself may go on.
    public func finalize() -> SHA256Digest {
        var last = state
        return SHA256Digest { target in
            target.withMemoryRebound(to: UInt8.self) { nettle_sha256_digest(&last, $0.count, $0.baseAddress) }
        }
    }
}
