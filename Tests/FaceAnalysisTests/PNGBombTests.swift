import Foundation
import Testing

@testable import Biometrics
@testable import FaceAnalysis

@Suite("PNG with too much data")
struct PNGBombTests {
    /// A grey PNG of 8 x 8 pixels whose rows are stored uncompressed, followed by `extra` more bytes.
    private static func png(extra: Int) -> Data {
        func bigEndian(_ number: UInt32) -> Data { withUnsafeBytes(of: number.bigEndian) { Data($0) } }
        func chunk(_ type: String, _ body: Data) -> Data {
            let tagged = Data(type.utf8) + body
            return bigEndian(UInt32(body.count)) + tagged + bigEndian(CRC32.checksum(of: Array(tagged)[...]))
        }
        let rows = Data(repeating: 0, count: 8 * 9 + extra)
        var stream = Data([0x78, 0x01])
        for start in stride(from: 0, to: rows.count, by: 10_000) {
            let block = rows[start..<min(start + 10_000, rows.count)]
            let count = UInt16(block.count)
            stream.append(start + 10_000 >= rows.count ? 1 : 0)
            for part in [count, ~count] { withUnsafeBytes(of: part.littleEndian) { stream.append(contentsOf: $0) } }
            stream += block
        }
        // Adler-32 of zeros: one in the lower half, the count in the upper.
        stream += bigEndian(UInt32(rows.count % 65_521) << 16 | 1)
        let header = bigEndian(8) + bigEndian(8) + Data([8, 0, 0, 0, 0])
        return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) + chunk("IHDR", header)
            + chunk("IDAT", stream) + chunk("IEND", Data())
    }

    @Test("rows alone, and a little more than the rows, are read", arguments: [0, 1, 100])
    func honest(_ extra: Int) {
        #expect(DecodingTests.code(Self.png(extra: extra)) == nil)
    }

    @Test("a stream that goes on behind the rows is refused before it is inflated", arguments: [40_000, 4_000_000])
    func bomb(_ extra: Int) {
        #expect(DecodingTests.code(Self.png(extra: extra)) == .pictureCorrupt)
    }
}
