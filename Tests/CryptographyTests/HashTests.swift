import Cryptography
import Foundation
import Testing

@Suite("SHA-256")
struct HashTests {
    @Test(
        "gives the digests that NIST published",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ]
    )
    func vectors(text: String, hex: String) {
        #expect(SHA256Digest.hash(utf8: text).hex == hex)
        #expect(SHA256Digest.hash(Data(text.utf8)).hex == hex)
    }

    @Test("is the same in pieces as in one, and a copied hasher goes on by itself")
    func pieces() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var hasher = SHA256Hasher()
        for start in stride(from: 0, to: 1000, by: 37) { hasher.update(bytes[start..<min(start + 37, 1000)]) }
        let copy = hasher
        hasher.update(byte: 1)
        #expect(copy.finalize() == .hash(bytes))
        #expect(copy.finalize() == .hash(bytes))
        #expect(hasher.finalize() == .hash(bytes + [1]))
    }

    @Test("of a file is that of its contents", arguments: [0, 1, 1 << 18, (1 << 18) + 1, 700_000])
    func file(count: Int) throws {
        let directory = try TemporaryDirectory()
        let file = directory.url.appendingPathComponent("data")
        let data = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try data.write(to: file)
        #expect(try SHA256Digest.hash(contentsOf: file) == .hash(data))
    }

    @Test("of a file that is not there throws")
    func missingFile() {
        #expect(throws: CryptographyError(.fileAccess, "")) {
            try SHA256Digest.hash(contentsOf: URL(fileURLWithPath: "/nonexistent/file"))
        }
    }

    @Test("reads its own text and refuses any other", arguments: ["", "00", String(repeating: "0g", count: 32), " "])
    func text(wrong: String) throws {
        let digest = SHA256Digest.hash(utf8: "x")
        #expect(try SHA256Digest(hex: digest.hex) == digest)
        #expect(try SHA256Digest(hex: digest.hex.uppercased()) == digest)
        #expect(try SHA256Digest(bytes: digest.bytes) == digest)
        #expect(throws: CryptographyError.self) { try SHA256Digest(hex: wrong) }
    }

    @Test("is a JSON string, and JSON that is no digest is refused as such")
    func json() throws {
        let digest = SHA256Digest.hash(utf8: "x")
        let encoded = try JSONEncoder().encode([digest])
        #expect(String(decoding: encoded, as: UTF8.self) == "[\"\(digest.hex)\"]")
        #expect(try JSONDecoder().decode([SHA256Digest].self, from: encoded) == [digest])
        let wrong = Data(#"["aa"]"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([SHA256Digest].self, from: wrong) }
    }
}
