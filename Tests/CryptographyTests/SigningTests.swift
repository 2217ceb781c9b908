import Cryptography
import Foundation
import Testing

@Suite("Ed25519")
struct SigningTests {
    struct Vector: Sendable {
        let seed: String
        let publicKey: String
        let message: String
        let signature: String
    }

    /// RFC 8032 §7.1, tests 1 to 3.
    static let vectors = [
        Vector(
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            message: "",
            signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        Vector(
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            message: "72",
            signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        Vector(
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            message: "af82",
            signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ]

    @Test("gives the keys and signatures of RFC 8032", arguments: vectors)
    func vector(_ vector: Vector) throws {
        let key = try SigningKey(seed: SecretBytes(copying: Hex.decode(vector.seed)))
        let message = try Hex.decode(vector.message)
        #expect(Hex.encode(key.publicKey.bytes) == vector.publicKey)
        #expect(Hex.encode(key.sign(message)) == vector.signature)
        #expect(key.publicKey.verify(try Hex.decode(vector.signature), of: message))
    }

    @Test("refuses a signature or a message with any bit changed, another key, and another length")
    func tampering() throws {
        let key = SigningKey.generate()
        let message = Array("grade sheet 12".utf8)
        let signature = key.sign(message)
        #expect(key.publicKey.verify(signature, of: message))
        for bit in 0..<signature.count * 8 {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.verify(changed, of: message), "signature bit \(bit)")
        }
        for bit in 0..<message.count * 8 {
            var changed = message
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.verify(signature, of: changed), "message bit \(bit)")
        }
        #expect(!SigningKey.generate().publicKey.verify(signature, of: message))
        #expect(!key.publicKey.verify(signature.dropLast(), of: message))
        #expect(!key.publicKey.verify(signature + [0], of: message))
    }

    @Test("refuses a key of small order and a scalar beyond the group's order")
    func strictness() throws {
        let neutral = try VerificationKey(bytes: [1] + [UInt8](repeating: 0, count: 31))
        #expect(!neutral.verify([1] + [UInt8](repeating: 0, count: 63), of: Array("anything".utf8)))

        let key = SigningKey.generate()
        var signature = key.sign(Array("x".utf8))
        // s + L, which plain arithmetic would accept; L is the order of the group.
        let order = try Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
        var carry = 0
        for place in 0..<32 {
            let sum = Int(signature[32 + place]) + Int(order[place]) + carry
            signature[32 + place] = UInt8(sum & 0xff)
            carry = sum >> 8
        }
        #expect(!key.publicKey.verify(signature, of: Array("x".utf8)))
    }

    @Test("takes keys of 32 bytes only, and a public key travels as base64 in JSON")
    func keys() throws {
        #expect(throws: CryptographyError(.wrongLength, "")) { try VerificationKey(bytes: [1, 2]) }
        #expect(throws: CryptographyError(.wrongLength, "")) { try SigningKey(seed: SecretBytes(copying: [1])) }
        let key = SigningKey.generate().publicKey
        let encoded = try JSONEncoder().encode([key])
        #expect(try JSONDecoder().decode([VerificationKey].self, from: encoded) == [key])
    }
}
