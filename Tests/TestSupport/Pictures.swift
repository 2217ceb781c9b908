package import Foundation

/// Files that the set-up fetches, and those of the project.
package enum ProjectFiles {
    /// The project's folder.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    package static let photographs = root.appending(path: "SampleImages/photographs")
    package static let models = root.appending(path: "Models")

    /// A sample photograph.
    package static func photograph(_ name: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: photographs.appending(path: "\(name).jpg").path) else {
            throw TestFailure("the photograph \(name).jpg is missing: run Config/setup")
        }
        return data
    }

    /// A file of the project.
    package static func contents(_ path: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: root.appending(path: path).path) else {
            throw TestFailure("\(path) is missing")
        }
        return data
    }
}

/// PNG files that are drawn here (ISO/IEC 15948), without compression.
package enum DrawnPNG {
    /// A grey ramp, in which nobody is to be seen.
    package static func ramp(width: Int = 320, height: Int = 240) -> Data {
        var rows: [UInt8] = []
        for y in 0..<height {
            rows.append(0)
            rows += (0..<width).map { UInt8(($0 + y) * 255 / (width + height)) }
        }
        return file(width: width, height: height, rows: rows)
    }

    /// A file whose header promises a picture that its few bytes do not hold.
    package static func promising(width: Int, height: Int) -> Data {
        file(width: width, height: height, rows: [0, 0])
    }

    private static func file(width: Int, height: Int, rows: [UInt8]) -> Data {
        // 8 bits of grey, no interlace.
        let header = bigEndian(width) + bigEndian(height) + [8, 0, 0, 0, 0]
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        return Data(signature + chunk("IHDR", header) + chunk("IDAT", stored(rows)) + chunk("IEND", []))
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let typed = Array(type.utf8) + content
        return bigEndian(content.count) + typed + bigEndian(Int(crc(typed)))
    }

    /// A zlib stream (RFC 1950) of stored blocks.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(start + 65_535, bytes.count)
            let count = UInt16(end - start)
            stream.append(end == bytes.count ? 1 : 0)
            stream += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
            stream += bytes[start..<end]
            start = end
        } while start < bytes.count
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return stream + bigEndian(Int(high << 16 | low))
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { register, byte in
            (0..<8).reduce(register ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
            }
        }
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
