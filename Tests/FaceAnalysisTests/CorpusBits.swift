import Foundation

@testable import Biometrics

extension Data {
    /// Appends a number, its most significant byte first.
    mutating func append(bigEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}

/// Bits as a JPEG scan holds them: the most significant first, a zero behind every byte of ones.
struct ScanBits {
    private(set) var bytes = Data()
    private var current: UInt8 = 0
    private var used = 0

    mutating func append(_ value: Int, count: Int) {
        for shift in stride(from: count - 1, through: 0, by: -1) { appendBit(value >> shift & 1 == 1) }
    }

    private mutating func appendBit(_ bit: Bool) {
        current = current << 1 | (bit ? 1 : 0)
        used += 1
        guard used == 8 else { return }
        bytes.append(current)
        if current == 0xFF { bytes.append(0) }
        (current, used) = (0, 0)
    }

    /// Fills the last byte with ones, as the standard asks.
    mutating func align() {
        while used != 0 { appendBit(true) }
    }
}

/// zlib streams made without a compressor.
enum Deflate {
    private static func checksum(_ bytes: Data) -> UInt32 {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }

    /// The bytes as they are, in blocks that are not compressed.
    static func stored(_ bytes: Data) -> Data {
        var stream = Data([0x78, 0x01])
        for start in stride(from: 0, to: max(1, bytes.count), by: 60_000) {
            let block = bytes.dropFirst(start).prefix(60_000)
            stream.append(start + 60_000 >= bytes.count ? 1 : 0)
            stream.append(bigEndian: UInt16(block.count).byteSwapped)
            stream.append(bigEndian: (~UInt16(block.count)).byteSwapped)
            stream += block
        }
        stream.append(bigEndian: checksum(bytes))
        return stream
    }

    /// Some `count` zeros in a hundred and fiftieth of the space: one literal, then copies of 258 bytes from one byte
    /// before, in the fixed code of RFC 1951, 3.2.6.
    static func zeros(_ count: Int) -> Data {
        var stream = Data([0x78, 0x01])
        var current: UInt8 = 0
        var used = 0
        func append(_ bits: [UInt8]) {
            for bit in bits {
                current |= bit << used
                used += 1
                if used == 8 {
                    stream.append(current)
                    (current, used) = (0, 0)
                }
            }
        }
        append([1, 1, 0])  // the last block, in the fixed code
        append([0, 0, 1, 1, 0, 0, 0, 0])  // the literal 0
        let copies = (count - 1) / 258
        for _ in 0..<copies { append([1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0]) }
        append([0, 0, 0, 0, 0, 0, 0])  // the end
        append([UInt8](repeating: 0, count: 7))
        let zeros = UInt32((1 + copies * 258) % 65_521)
        stream.append(bigEndian: zeros << 16 | 1)
        return stream
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
