import Foundation
import Testing
import TransparencyLog

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    private static func canonical(_ text: String) throws -> String {
        String(decoding: try CanonicalJSON.encode(CanonicalJSON.decode(Array(text.utf8))), as: UTF8.self)
    }

    @Test("writes the example of RFC 8785 §3.2.2 as §3.2.3 has it")
    func example() throws {
        let input = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        let output =
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
            + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try Self.canonical(input) == output)
    }

    @Test("orders keys by UTF-16 code units, as in RFC 8785 §3.2.3")
    func order() throws {
        let input = #"""
            {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
             "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}
            """#
        let values = [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
            "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
        ]
        let output = try Self.canonical(input)
        let places = values.map { output.range(of: $0)?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }

    /// RFC 8785, appendix B.
    @Test(
        "writes numbers as RFC 8785, appendix B",
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"), (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"), (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"), (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"), (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"), (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5556, "333333333.3333334"), (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"), (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] as [(UInt64, String)]
    )
    func numbers(bits: UInt64, text: String) throws {
        let encoded = try CanonicalJSON.encode(.double(Double(bitPattern: bits)))
        #expect(String(decoding: encoded, as: UTF8.self) == text)
    }

    @Test("writes whole and small numbers without needless digits and reads them back")
    func moreNumbers() throws {
        let cases: [(Double, String)] = [
            (1, "1"), (-1, "-1"), (10, "10"), (100_000, "100000"), (0.1, "0.1"), (123.456, "123.456"),
            (1e20, "100000000000000000000"), (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (1e100, "1e+100"),
            (4.5, "4.5"), (0.00001234, "0.00001234"), (12_345_678_901_234_567_168, "12345678901234567000"),
        ]
        for (number, text) in cases {
            #expect(String(decoding: try CanonicalJSON.encode(.double(number)), as: UTF8.self) == text)
            #expect(Double(text) == number)
        }
    }

    @Test("refuses numbers that JSON cannot hold")
    func impossibleNumbers() {
        for value in [Double.nan, .infinity, -.infinity] {
            #expect(throws: TransparencyLogError(.malformedJSON, "")) { try CanonicalJSON.encode(.double(value)) }
        }
        for value in [Int64.max, Int64.min, 1 << 53, -(1 << 53)] {
            #expect(throws: TransparencyLogError(.malformedJSON, "")) { try CanonicalJSON.encode(.integer(value)) }
        }
        #expect(throws: Never.self) { try CanonicalJSON.encode(.integer((1 << 53) - 1)) }
    }

    @Test("escapes what must be escaped and nothing else")
    func escapes() throws {
        let text = "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f}\"\\/\u{7f}\u{2028}é😀"
        let output = String(decoding: try CanonicalJSON.encode(.string(text)), as: UTF8.self)
        #expect(output == #""\u0000\b\t\n\u000b\f\r\u001f\"\\/"# + "\u{7f}\u{2028}é😀\"")
        #expect(try CanonicalJSON.decode(Array(output.utf8)) == .string(text))
    }

    @Test("keeps texts as they are: no normalisation")
    func normalisation() throws {
        let (composed, decomposed) = (try Self.canonical("\"\u{e9}\""), try Self.canonical("\"e\u{301}\""))
        #expect(!composed.utf8.elementsEqual(decomposed.utf8))
    }

    @Test(
        "refuses what is no JSON, or has no single meaning",
        arguments: [
            "", " ", "{", "}", "[", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "01", "-",
            "+1", "1.", ".5", "1e", "1e+", "--1", "0x10", "NaN", "Infinity", "1e999", "tru", "nul", "True", "\"",
            "\"\\\"",
            "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"",
            "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "{\"\\u00e9\":1,\"e\\u0301\":2}", "1 1", "[1]]",
            "\u{feff}1",
            "/* */ 1", "[1,,2]", "\"\\u+123\"",
        ]
    )
    func malformed(text: String) {
        #expect(throws: TransparencyLogError(.malformedJSON, "")) { try CanonicalJSON.decode(Array(text.utf8)) }
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [[0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]]
    )
    func notUTF8(bytes: [UInt8]) {
        #expect(throws: TransparencyLogError(.malformedJSON, "")) { try CanonicalJSON.decode([0x22] + bytes + [0x22]) }
        #expect(throws: TransparencyLogError(.malformedJSON, "")) { try CanonicalJSON.decode(bytes) }
    }

    @Test("reads up to 64 levels and no more")
    func depth() {
        let nested = { (count: Int) in
            Array((String(repeating: "[", count: count) + String(repeating: "]", count: count)).utf8)
        }
        #expect(throws: Never.self) { try CanonicalJSON.decode(nested(64)) }
        #expect(throws: TransparencyLogError(.malformedJSON, "")) { try CanonicalJSON.decode(nested(66)) }
        #expect(throws: TransparencyLogError(.malformedJSON, "")) { try CanonicalJSON.decode(nested(100_000)) }
    }

    @Test("reads whole numbers as such up to 2^53 − 1, others as binary64")
    func kinds() throws {
        let decode = { try CanonicalJSON.decode(Array(($0 as String).utf8)) }
        #expect(try decode("9007199254740991") == .integer(9_007_199_254_740_991))
        #expect(try decode("-9007199254740991") == .integer(-9_007_199_254_740_991))
        #expect(try decode("9007199254740992") == .double(9_007_199_254_740_992))
        #expect(try decode("1.0") == .double(1))
        #expect(try decode("-0") == .double(-0.0))
        #expect(try Self.canonical("[-0,1.0,1e2,0.10]") == "[0,1,100,0.1]")
        #expect(try decode(" { } ") == .object([:]))
        #expect(try decode("[ ]") == .array([]))
    }
}
