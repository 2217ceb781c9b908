public import Foundation

/// Identifiers that sort by their time of making (RFC 9562 §5.7).
public enum UUIDv7 {
    /// An identifier for a moment: 48 bits of Unix milliseconds and 74 random bits.
    ///
    /// Two identifiers of one millisecond sort at random; ``UUIDv7Generator`` keeps their order. Moments before 1970
    /// count as its first millisecond.
    public static func make(at date: Date, random: some RandomSource) -> UUID {
        make(milliseconds: milliseconds(of: date), tail: random.bytes(count: 10))
    }

    /// The moment in an identifier, to the millisecond; nil for another version or variant of UUID.
    public static func date(of identifier: UUID) -> Date? {
        let bytes = withUnsafeBytes(of: identifier.uuid) { [UInt8]($0) }
        guard bytes[6] >> 4 == 7, bytes[8] >> 6 == 0b10 else { return nil }
        let milliseconds = bytes[..<6].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    static func milliseconds(of date: Date) -> UInt64 {
        // Whole microseconds first: 0.123 s as a binary fraction lies a hair below 123 ms.
        let microseconds = (date.timeIntervalSince1970 * 1_000_000).rounded()
        let limit = Double((1 as UInt64) << 48 - 1)
        return UInt64(min(max(microseconds / 1000, 0).rounded(.down), limit))
    }

    /// Lays out the fields; of `tail`'s 80 bits the six that the version and the variant take are dropped.
    static func make(milliseconds: UInt64, tail: [UInt8]) -> UUID {
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * $0)) } + tail
        bytes[6] = 0x70 | bytes[6] & 0x0f
        bytes[8] = 0x80 | bytes[8] & 0x3f
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

/// Makes UUIDv7 in strictly rising order, also within a millisecond and when the clock steps back.
///
/// RFC 9562 §6.2, method 2: within a millisecond the random part rises by a random step.
public final class UUIDv7Generator: Sendable {
    private let random: any RandomSource
    private let lock = NSLock()
    // All guarded by `lock`.
    nonisolated(unsafe) private var milliseconds: UInt64 = 0
    nonisolated(unsafe) private var high: UInt64 = 0
    nonisolated(unsafe) private var low: UInt64 = 0

    /// A generator that draws from `random`.
    public init(random: any RandomSource = SystemRandomSource()) {
        self.random = random
    }

    /// The next identifier for a moment; greater than every earlier one of this generator.
    public func make(at date: Date) -> UUID {
        let now = UUIDv7.milliseconds(of: date)
        let fresh = random.bytes(count: 16)
        let word = { (range: Range<Int>) in fresh[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        return lock.withLock {
            if now > milliseconds {
                milliseconds = now
                // 12 bits beside the version, 62 beside the variant.
                high = word(0..<8) & 0xfff
                low = word(8..<16) & Self.lowMask
            } else {
                low += word(12..<16) + 1
                if low > Self.lowMask {
                    low &= Self.lowMask
                    high += 1
                }
                if high > 0xfff {
                    high = 0
                    milliseconds += 1
                }
            }
            let tail =
                [UInt8(high >> 8), UInt8(high & 0xff)]
                + (0..<8).map { UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * $0)) }
            return UUIDv7.make(milliseconds: milliseconds, tail: tail)
        }
    }

    private static let lowMask: UInt64 = (1 << 62) - 1
}
