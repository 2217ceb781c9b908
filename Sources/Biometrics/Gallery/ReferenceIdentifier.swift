/// The caller's name of one biometric reference in a gallery (ISO/IEC 2382-37, biometric reference identifier).
///
/// Sixteen bytes: a UUID, or a number with zeros before it. The order is that of the bytes.
public struct ReferenceIdentifier: Hashable, Comparable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// Wraps a number.
    public init(_ number: UInt64) {
        high = 0
        low = number
    }

    /// Wraps sixteen bytes, such as those of a UUID; `nil` for any other number of bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    static let byteCount = 16

    /// The sixteen bytes, most significant first.
    public var bytes: [UInt8] {
        [high, low].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
    }

    /// The number, if the identifier was made of one (or of a UUID that begins with eight zeros).
    public var number: UInt64? { high == 0 ? low : nil }

    /// Orders by the bytes, as ties in a candidate list are.
    public static func < (one: ReferenceIdentifier, other: ReferenceIdentifier) -> Bool {
        (one.high, one.low) < (other.high, other.low)
    }
}

/// Identifiers lie in a gallery's memory and file as sixteen bytes each.
extension ReferenceIdentifier {
    init(loadingFrom memory: UnsafeRawPointer) {
        high = UInt64(bigEndian: memory.loadUnaligned(as: UInt64.self))
        low = UInt64(bigEndian: memory.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    func store(to memory: UnsafeMutableRawPointer) {
        memory.storeBytes(of: high.bigEndian, as: UInt64.self)
        memory.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
}
