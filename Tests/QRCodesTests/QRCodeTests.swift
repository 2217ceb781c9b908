import QRCodes
import Testing

@Suite("QR codes")
struct QRCodeTests {
    @Test("a short text is a code of version 1 or more, with its three finder patterns")
    func finders() throws {
        let code = try #require(QRCode("https://exams.example.org/phone#" + String(repeating: "A", count: 43)))
        #expect(code.isDark.count == code.side * code.side && (code.side - 17) % 4 == 0)
        for (row, column) in [(0, 0), (0, code.side - 7), (code.side - 7, 0)] {
            for y in 0..<7 {
                for x in 0..<7 {
                    // ISO/IEC 18004, 6.3.3: a dark ring, a light ring, a dark square of three.
                    let ring = max(abs(x - 3), abs(y - 3))
                    #expect(code.isDark[(row + y) * code.side + column + x] == (ring != 2))
                }
            }
        }
    }

    @Test("what cannot be a code is none", arguments: ["", "a\u{0}b", String(repeating: "я", count: 201)])
    func refused(text: String) {
        #expect(QRCode(text) == nil)
    }

    @Test("the drawing covers exactly the dark modules inside its quiet zone")
    func drawing() throws {
        let code = try #require(QRCode("attestd"))
        #expect(code.svg.contains("viewBox=\"0 0 \(code.side + 8) \(code.side + 8)\""))
        var dark = 0
        for match in code.svg.matches(of: #/M(\d+) (\d+)h(\d+)v1/#) {
            let (x, y, width) = (Int(match.1) ?? -1, Int(match.2) ?? -1, Int(match.3) ?? 0)
            for column in x..<x + width { #expect(code.isDark[(y - 4) * code.side + column - 4]) }
            dark += width
        }
        #expect(dark == code.isDark.count { $0 })
    }
}
