import Cryptography
import Foundation
import Testing

@Suite("Secrets")
struct SecrecyTests {
    private static func renderings(_ value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value) \(String(reflecting: value)) \(dumped) \([value]) \(["k": value])"
    }

    @Test("never appear in print, interpolation, debug output or dump")
    func printing() throws {
        let marker = [UInt8](repeating: 0xa7, count: 32)
        let secret = SecretBytes(copying: marker)
        let token = SessionToken.random(from: FixedSource(byte: 0xa7))
        let values: [Any] = [secret, try SealingKey(secret: secret), try SigningKey(seed: secret), token]
        for value in values {
            let text = Self.renderings(value)
            for form in ["a7a7", "A7A7", "167", Base64.encode(marker), Base64.encode(marker, .urlSafeUnpadded)] {
                #expect(!text.contains(form), "\(type(of: value)) shows itself")
            }
        }
        #expect("\(secret)" == "SecretBytes(32 bytes)")
    }

    @Test("a password hash shows its cost only")
    func passwordHash() throws {
        let cost = try Argon2idParameters(memoryKiB: 64, iterations: 1)
        let hash = try PasswordHash.make(password: "correct horse", parameters: cost)
        let text = Self.renderings(hash)
        #expect(!text.contains("$argon2id"))
        #expect(!text.contains(hash.phc.suffix(20)))
    }

    @Test("compare by their bytes and lend exactly these")
    func bytes() {
        let secret = SecretBytes(copying: [1, 2, 3])
        #expect(secret == SecretBytes(copying: [1, 2, 3]))
        #expect(secret != SecretBytes(copying: [1, 2, 4]))
        #expect(secret != SecretBytes(copying: [1, 2]))
        #expect(secret.withUnsafeBytes { Array($0) } == [1, 2, 3])
        #expect(SecretBytes.random(count: 32) != SecretBytes.random(count: 32))
        #expect(SecretBytes(copying: []).count == 0)
    }

    @Test("a session token is read back from its text, stored as a digest, and differs each time")
    func token() throws {
        let token = SessionToken.random()
        #expect(token.text.utf8.count == 43)
        let read = try SessionToken(text: token.text)
        #expect(read == token)
        #expect(read.hashedForStorage == token.hashedForStorage)
        #expect(!token.text.contains(token.hashedForStorage.hex))
        #expect(SessionToken.random() != token)
    }

    @Test(
        "a session token's text of another length or alphabet is refused",
        arguments: ["", "abc", String(repeating: "+", count: 43), String(repeating: "A", count: 44)]
    )
    func malformedToken(text: String) {
        #expect(throws: CryptographyError.self) { try SessionToken(text: text) }
    }

    private struct FixedSource: RandomSource {
        let byte: UInt8
        func bytes(count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
    }
}
