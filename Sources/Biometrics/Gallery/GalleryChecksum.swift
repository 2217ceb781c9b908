/// CRC-32 (ISO-HDLC) of much memory: eight bytes a step by eight tables (Kounavis, Berry 2005).
enum GalleryChecksum {
    /// Table k holds, for each byte, the check sum of the byte followed by k zeros.
    private static let tables: [UInt32] = {
        var tables: [UInt32] = (0..<256).map { byte in
            var rest = UInt32(byte)
            for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
            return rest
        }
        for index in 256..<(8 * 256) {
            let before = tables[index - 256]
            tables.append(before >> 8 ^ tables[Int(before & 0xFF)])
        }
        return tables
    }()

    /// The check sum of bytes, or of those that follow others whose check sum is known.
    static func of(_ bytes: UnsafeRawBufferPointer, following before: UInt32 = 0) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var rest = ~before
            var offset = 0
            while offset &+ 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let mixed = word ^ UInt64(rest)
                rest = 0
                for byte in 0..<8 {
                    rest ^= tables[(7 &- byte) &* 256 &+ Int((mixed >> UInt64(8 &* byte)) & 0xFF)]
                }
                offset &+= 8
            }
            while offset < bytes.count {
                rest = rest >> 8 ^ tables[Int((rest ^ UInt32(bytes[offset])) & 0xFF)]
                offset &+= 1
            }
            return ~rest
        }
    }
}
