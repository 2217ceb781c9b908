import Foundation

/// A zip archive made byte by byte, so that it can say what no honest program writes (PKWARE APPNOTE 6.3, stored entries).
struct RawZip {
    struct Entry {
        var name: [UInt8]
        var data: [UInt8]
        var claimedSize: UInt32?
        var mode: UInt16 = 0o100644
        var flags: UInt16 = 0x0800

        init(_ name: String, _ text: String = "x", mode: UInt16 = 0o100644, flags: UInt16 = 0x0800, size: UInt32? = nil)
        {
            self.name = Array(name.utf8)
            data = Array(text.utf8)
            self.mode = mode
            self.flags = flags
            claimedSize = size
        }
    }

    static func data(_ entries: [Entry]) -> Data {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = UInt32(bytes.count)
            let size = entry.claimedSize ?? UInt32(entry.data.count)
            let parts: [[UInt8]] = [
                u16(20), u16(entry.flags), u16(0), u16(0), u16(0x21), u32(crc(entry.data)),
                u32(UInt32(entry.data.count)), u32(size), u16(UInt16(entry.name.count)), u16(0),
            ]
            let common = Array(parts.joined())
            bytes += u32(0x0403_4B50)
            bytes += common
            bytes += entry.name
            bytes += entry.data
            let attributes: [[UInt8]] = [u16(0), u16(0), u16(0), u32(UInt32(entry.mode) << 16), u32(offset)]
            directory += u32(0x0201_4B50)
            directory += u16(0x0314)
            directory += common
            directory += attributes.joined()
            directory += entry.name
        }
        let count = u16(UInt16(entries.count))
        let end: [[UInt8]] = [
            u32(0x0605_4B50), u16(0), u16(0), count, count, u32(UInt32(directory.count)), u32(UInt32(bytes.count)),
            u16(0),
        ]
        return Data(bytes + directory + Array(end.joined()))
    }

    private static func u16(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

    private static func u32(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd = crc & 1 == 1
                crc >>= 1
                if isOdd { crc ^= 0xEDB8_8320 }
            }
        }
        return ~crc
    }
}
