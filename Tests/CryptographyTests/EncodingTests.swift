import Cryptography
import Testing

@Suite("Hexadecimal and base64")
struct EncodingTests {
    @Test(
        "base64 gives the texts of RFC 4648 §10",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func base64(text: String, encoded: String) throws {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(try Base64.decode(encoded) == Array(text.utf8))
        let unpadded = encoded.filter { $0 != "=" }
        #expect(Base64.encode(Array(text.utf8), .urlSafeUnpadded) == unpadded)
        #expect(try Base64.decode(unpadded, .standardUnpadded) == Array(text.utf8))
    }

    @Test("base64url uses - and _")
    func alphabet() throws {
        #expect(Base64.encode([0xfb, 0xff, 0xfe], .urlSafeUnpadded) == "-__-")
        #expect(Base64.encode([0xfb, 0xff, 0xfe]) == "+//+")
        #expect(throws: CryptographyError(.malformedEncoding, "")) { try Base64.decode("+//+", .urlSafeUnpadded) }
    }

    @Test(
        "base64 with stray bits, spaces, missing or surplus padding is refused",
        arguments: ["Zh==", "Zg", "Zg=", "Zg===", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9vYg==Zg==", "Z", "====", "Zm9v\u{0}"]
    )
    func malformed(text: String) {
        #expect(throws: CryptographyError(.malformedEncoding, "")) { try Base64.decode(text) }
    }

    @Test("hexadecimal is read in both cases and written in lower case")
    func hexadecimal() throws {
        #expect(Hex.encode([0x00, 0xab, 0xff]) == "00abff")
        #expect(Hex.encode([UInt8]()) == "")
        #expect(try Hex.decode("00ABff") == [0x00, 0xab, 0xff])
        #expect(try Hex.decode("") == [])
    }

    @Test("what is not hexadecimal is refused", arguments: ["0", "abc", "0g", "00 ", "0x00", "00:11", "é0"])
    func notHexadecimal(text: String) {
        #expect(throws: CryptographyError(.malformedEncoding, "")) { try Hex.decode(text) }
    }

    @Test("comparison in constant time sees each difference")
    func comparison() {
        #expect(constantTimeEqual([], []))
        #expect(constantTimeEqual([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2]))
    }
}
