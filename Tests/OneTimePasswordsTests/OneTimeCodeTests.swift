import Cryptography
import Foundation
import OneTimePasswords
import Testing

@Suite("Codes that work once")
struct OneTimeCodeTests {
    @Test("A code is 120 bits in four groups of six letters and digits")
    func form() throws {
        for seed in 0..<50 {
            let code = try OneTimeCode.random(from: SeededRandomSource(seed: UInt64(seed)))
            #expect(code.text.wholeMatch(of: /[A-Z2-7]{6}(-[A-Z2-7]{6}){3}/) != nil)
            #expect(OneTimeCode(typed: code.text)?.hashedForStorage == code.hashedForStorage)
        }
    }

    @Test("However a code is typed, it is the same code")
    func typed() throws {
        let code = try OneTimeCode.random(from: SeededRandomSource(seed: 4))
        for text in [
            code.text.lowercased(), code.text.replacingOccurrences(of: "-", with: ""),
            " " + code.text.replacingOccurrences(of: "-", with: " ") + "\n",
            code.text.replacingOccurrences(of: "O", with: "0").replacingOccurrences(of: "I", with: "1")
                .replacingOccurrences(of: "B", with: "8"),
        ] {
            #expect(OneTimeCode(typed: text)?.hashedForStorage == code.hashedForStorage)
        }
    }

    @Test(
        "What has not the form is none",
        arguments: [
            "", "K7QX2M", "ABCDEF-GHIJKL-MNOPQR-STUVW", "ABCDEF-GHIJKL-MNOPQR-STUVWXY", "ABCDEF-GHIJKL-MNOPQR-STUVW9",
            "ABCDEF-GHIJKL-MNOPQR-STUVW=", "АБВГДЕ-АБВГДЕ-АБВГДЕ-АБВГДЕ", String(repeating: "A", count: 200),
        ]
    )
    func malformed(_ text: String) {
        #expect(OneTimeCode(typed: text) == nil)
    }

    @Test("Printing a code shows nothing of it")
    func hidden() throws {
        let code = try OneTimeCode.random()
        var text = "\(code) \(String(reflecting: code))"
        dump(code, to: &text)
        #expect(!text.contains(code.text))
    }
}
