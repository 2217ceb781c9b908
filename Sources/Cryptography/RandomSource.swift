import CSodium
import Foundation

/// Where randomness comes from: a seam, so that tests and demonstrations can be repeated.
public protocol RandomSource: Sendable {
    /// The next `count` bytes.
    func bytes(count: Int) -> [UInt8]
}

/// The system's cryptographic generator, by libsodium; the only source fit for keys and tokens.
public struct SystemRandomSource: RandomSource {
    /// Makes a source.
    public init() {}

    /// The next `count` bytes.
    public func bytes(count: Int) -> [UInt8] {
        Sodium.ready
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            if let start = buffer.baseAddress { randombytes_buf(start, count) }
            filled = count
        }
    }
}

/// The same bytes for the same seed, for tests and demonstrations; never for keys or tokens.
public final class SeededRandomSource: RandomSource {
    private let lock = NSLock()
    private let seed: SHA256Digest
    // Guarded by `lock`.
    nonisolated(unsafe) private var calls: UInt64 = 0

    /// A source whose sequence depends on `seed` alone.
    public init(seed: UInt64) {
        self.seed = SHA256Digest.hash(utf8: "attestd seeded random source \(seed)")
    }

    /// The next `count` bytes; depends on the seed and on how many calls went before.
    public func bytes(count: Int) -> [UInt8] {
        let call = lock.withLock {
            calls += 1
            return calls
        }
        var hasher = SHA256Hasher()
        hasher.update(seed)
        withUnsafeBytes(of: call.littleEndian) { hasher.update(raw: $0) }
        let callSeed = hasher.finalize().bytes
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            if let start = buffer.baseAddress { randombytes_buf_deterministic(start, count, callSeed) }
            filled = count
        }
    }
}
