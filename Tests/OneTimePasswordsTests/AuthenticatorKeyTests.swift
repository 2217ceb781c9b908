import Cryptography
import Foundation
import OneTimePasswords
import Testing

@Suite("A8: codes of authenticator apps")
struct AuthenticatorKeyTests {
    /// The published secret, as long as the hash is.
    private static func secret(_ length: Int) -> SecretBytes {
        SecretBytes(copying: Array((0..<length).map { UInt8(ascii: "0") + UInt8(($0 + 1) % 10) }))
    }

    private let key = AuthenticatorKey(secret: secret(20))
    private let now = Date(timeIntervalSince1970: 1_111_111_111)

    @Test(
        "The codes are those of RFC 4226, appendix D",
        arguments: Array(
            zip(
                0...,
                [
                    "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
                    "520489",
                ]
            )
        )
    )
    func hotp(_ counter: Int, _ code: String) throws {
        #expect(try key.code(ofStep: UInt64(counter)) == code)
    }

    struct Vector: Sendable {
        var time: TimeInterval
        var sha1: String
        var sha256: String
        var sha512: String
    }

    static let vectors = [
        Vector(time: 59, sha1: "94287082", sha256: "46119246", sha512: "90693936"),
        Vector(time: 1_111_111_109, sha1: "07081804", sha256: "68084774", sha512: "25091201"),
        Vector(time: 1_111_111_111, sha1: "14050471", sha256: "67062674", sha512: "99943326"),
        Vector(time: 1_234_567_890, sha1: "89005924", sha256: "91819424", sha512: "93441116"),
        Vector(time: 2_000_000_000, sha1: "69279037", sha256: "90698825", sha512: "38618901"),
        Vector(time: 20_000_000_000, sha1: "65353130", sha256: "77737706", sha512: "47863826"),
    ]

    @Test("The codes are those of RFC 6238, appendix B", arguments: vectors)
    func totp(_ vector: Vector) throws {
        let step = AuthenticatorKey.step(at: Date(timeIntervalSince1970: vector.time))
        func code(_ algorithm: AuthenticatorKey.Algorithm, _ length: Int) throws -> String {
            try AuthenticatorKey(secret: Self.secret(length), algorithm: algorithm, digits: 8).code(ofStep: step)
        }
        #expect(try code(.sha1, 20) == vector.sha1)
        #expect(try code(.sha256, 32) == vector.sha256)
        #expect(try code(.sha512, 64) == vector.sha512)
    }

    @Test("A code counts in its step and the neighbouring ones, and not further away", arguments: -3...3)
    func window(_ offset: Int) throws {
        let step = UInt64(Int(AuthenticatorKey.step(at: now)) + offset)
        let found = try key.step(of: try key.code(ofStep: step), at: now, after: 0)
        #expect(found == (abs(offset) <= 1 ? step : nil))
    }

    @Test("A code that counted counts no more, nor does one before it; the next one does")
    func replay() throws {
        let step = AuthenticatorKey.step(at: now)
        #expect(try key.step(of: try key.code(ofStep: step), at: now, after: step) == nil)
        #expect(try key.step(of: try key.code(ofStep: step - 1), at: now, after: step) == nil)
        #expect(try key.step(of: try key.code(ofStep: step + 1), at: now, after: step) == step + 1)
    }

    @Test("Spaces as apps show them make no difference")
    func spaces() throws {
        let code = try key.code(ofStep: AuthenticatorKey.step(at: now))
        #expect(try key.step(of: " \(code.prefix(3)) \(code.suffix(3))", at: now, after: 0) != nil)
    }

    @Test("What is no code counts nowhere", arguments: ["", "000000", "05047", "0504711", "o50471", "٠٥٠٤٧١"])
    func noCode(_ text: String) throws {
        #expect(try key.step(of: text, at: now, after: 0) == nil)
    }

    @Test("At the beginning of time there is no step before the first")
    func epoch() throws {
        let start = Date(timeIntervalSince1970: 0)
        #expect(try key.step(of: "287082", at: start, after: 0) == 1)
        #expect(try key.step(of: "000000", at: start.addingTimeInterval(-100), after: 0) == nil)
    }

    @Test("The app gets the secret as base32 and as a URI without a letter that could break it")
    func shown() throws {
        #expect(try key.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        let uri = try key.uri(issuer: "Служба & Ко", account: "anna+1@example.org")
        #expect(uri.hasPrefix("otpauth://totp/%D0%A1"))
        #expect(uri.contains("%20%26%20") && uri.contains(":anna%2B1%40example%2Eorg?secret=GEZDGNBVGY3TQ"))
        #expect(uri.hasSuffix("&algorithm=SHA1&digits=6&period=30"))
        #expect(URL(string: uri) != nil)
    }

    @Test("Two keys differ, and printing one shows nothing of it")
    func hidden() throws {
        let (one, other) = (AuthenticatorKey.random(), AuthenticatorKey.random())
        #expect(one.secretBytes != other.secretBytes)
        #expect(one.secretBytes.count == 20)
        var text = "\(one) \(String(reflecting: one))"
        dump(one, to: &text)
        #expect(!text.contains(try one.base32))
        #expect(!text.contains("\(one.secretBytes)"))
    }

    @Test("A number of digits that no standard has is an error", arguments: [0, 5, 9])
    func digits(_ count: Int) {
        let odd = AuthenticatorKey(secret: Self.secret(20), digits: count)
        #expect(throws: OneTimePasswordError.self) { try odd.code(ofStep: 1) }
    }
}
