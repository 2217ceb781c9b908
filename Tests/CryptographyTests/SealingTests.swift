import Foundation
import Testing

@testable import Cryptography

@Suite("Sealing")
struct SealingTests {
    @Test("XChaCha20-Poly1305 gives the box of draft-irtf-cfrg-xchacha A.3.1")
    func vector() throws {
        let text =
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen "
            + "would be it."
        let key = SecretBytes(copying: 0x80...0x9f)
        let nonce = [UInt8](0x40...0x57)
        let data = try Hex.decode("50515253c0c1c2c3c4c5c6c7")
        let sealed = try Hex.decode(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                + "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                + "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                + "21f9664c97637da9768812f615c68b13b52e" + "c0875924c1c7987947deafd8780acf49"
        )
        let box = Array(text.utf8).withUnsafeBytes { text in
            key.withPointer { XChaCha20Poly1305.seal(text, associatedData: data, nonce: nonce, key: $0) }
        }
        #expect(box == sealed)
        var opened = [UInt8](repeating: 0, count: text.utf8.count)
        let isAuthentic = sealed.withUnsafeBytes { source in
            opened.withUnsafeMutableBytes { target in
                key.withPointer {
                    XChaCha20Poly1305.open(source, associatedData: data, nonce: nonce, key: $0, into: target)
                }
            }
        }
        #expect(isAuthentic)
        #expect(String(decoding: opened, as: UTF8.self) == text)
    }

    @Test("opens what it sealed", arguments: [0, 1, 63, 64, 65, 100_000])
    func roundTrip(count: Int) throws {
        let key = SealingKey.random()
        let plaintext = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let box = key.seal(plaintext, associatedData: [7])
        #expect(box.bytes.count == count + SealedBox.overhead)
        #expect(box.plaintextCount == count)
        #expect(try key.open(box, associatedData: [7]) == plaintext)
        #expect(try key.open(SealedBox(bytes: box.bytes), associatedData: [7]) == plaintext)
        #expect(key.seal(plaintext, associatedData: [7]) != box, "each nonce is fresh")
    }

    @Test("opens nothing with any bit changed, another key or another place")
    func tampering() throws {
        let key = SealingKey.random()
        let box = key.seal(Array("passport 4509".utf8), associatedData: [1, 2])
        // The version byte is looked at before the key.
        for bit in 8..<box.bytes.count * 8 {
            var bytes = box.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = try SealedBox(bytes: bytes)
            #expect(throws: CryptographyError(.notAuthentic, ""), "bit \(bit)") {
                try key.open(changed, associatedData: [1, 2])
            }
        }
        for data in [[], [1], [1, 2, 3], [2, 1]] as [[UInt8]] {
            #expect(throws: CryptographyError(.notAuthentic, "")) { try key.open(box, associatedData: data) }
        }
        #expect(throws: CryptographyError(.notAuthentic, "")) {
            try SealingKey.random().open(box, associatedData: [1, 2])
        }
        let shorter = try SealedBox(bytes: box.bytes.dropLast())
        #expect(throws: CryptographyError(.notAuthentic, "")) { try key.open(shorter, associatedData: [1, 2]) }
    }

    @Test("refuses a box of another version or shorter than an empty one")
    func format() {
        let box = SealingKey.random().seal([UInt8]()).bytes
        #expect(throws: CryptographyError(.unknownVersion, "")) { try SealedBox(bytes: [3] + box.dropFirst()) }
        #expect(throws: CryptographyError(.wrongLength, "")) { try SealedBox(bytes: box.dropLast()) }
        #expect(throws: CryptographyError(.wrongLength, "")) { try SealedBox(bytes: [UInt8]()) }
    }

    @Test("the ciphertext alone is bound: a box whose commitment was made under another key is refused")
    func commitment() throws {
        let (first, second) = (SealingKey.random(), SealingKey.random())
        let (one, other) = (first.seal([1, 2, 3] as [UInt8]), second.seal([1, 2, 3] as [UInt8]))
        var mixed = one.bytes
        mixed.replaceSubrange(25..<57, with: other.bytes[25..<57])
        let box = try SealedBox(bytes: mixed)
        #expect(throws: CryptographyError(.notAuthentic, "")) { try first.open(box) }
        #expect(throws: CryptographyError(.notAuthentic, "")) { try second.open(box) }
    }

    @Test("a person's key wrapped under the master key opens what it sealed, and never comes out as data")
    func wrapping() throws {
        let (master, person) = (SealingKey.random(), SealingKey.random())
        let box = person.seal([1, 2, 3] as [UInt8])
        let wrapped = master.wrap(person, associatedData: [9])
        let unwrapped = try master.unwrap(wrapped, associatedData: [9])
        #expect(unwrapped == person)
        #expect(unwrapped.fingerprint == person.fingerprint)
        #expect(master.fingerprint != person.fingerprint)
        #expect(try unwrapped.open(box) == [1, 2, 3])
        #expect(throws: CryptographyError(.notAuthentic, "")) { try master.open(wrapped, associatedData: [9]) }
        #expect(throws: CryptographyError(.notAuthentic, "")) { try master.unwrap(wrapped, associatedData: [8]) }
        #expect(throws: CryptographyError(.notAuthentic, "")) { try person.unwrap(wrapped, associatedData: [9]) }
    }

    @Test("a box's own key opens that box and no other, and makes it again byte for byte")
    func boxKey() throws {
        let person = SealingKey.random()
        let plaintext = Array("{\"score\":0.31}".utf8)
        let box = person.seal(plaintext, associatedData: [1])
        let other = person.seal(plaintext, associatedData: [1])
        let key = try BoxKey(bytes: person.boxKey(of: box, associatedData: [1]).disclosed())
        #expect(try key.open(box, associatedData: [1]) == plaintext)
        #expect(try key.remake(plaintext, nonce: box.nonce, associatedData: [1]) == box)
        #expect(try key.remake(plaintext + [0x20], nonce: box.nonce, associatedData: [1]).digest != box.digest)
        #expect(throws: CryptographyError(.notAuthentic, "")) { try key.open(other, associatedData: [1]) }
        #expect(throws: CryptographyError(.notAuthentic, "")) { try key.open(box, associatedData: [2]) }
        #expect(throws: CryptographyError(.notAuthentic, "")) { try person.boxKey(of: box, associatedData: [2]) }
        #expect(throws: CryptographyError(.notAuthentic, "")) { try SealingKey.random().boxKey(of: box) }
        #expect(throws: CryptographyError(.wrongLength, "")) { try BoxKey(bytes: [1, 2, 3]) }
        #expect(throws: CryptographyError(.wrongLength, "")) { try key.remake(plaintext, nonce: [1, 2, 3]) }
    }

    @Test("a wrapped key has no key of its own to show")
    func wrappedKeyStaysHidden() throws {
        let (master, person) = (SealingKey.random(), SealingKey.random())
        let wrapped = master.wrap(person)
        #expect(throws: CryptographyError(.notAuthentic, "")) { try master.boxKey(of: wrapped) }
    }

    @Test("a box of version 1, sealed with the person's key itself, still opens, and shows no key")
    func firstVersion() throws {
        let key = try SealingKey(secret: SecretBytes(copying: 0...31))
        let box = try SealedBox(bytes: Hex.decode(Self.firstVersionBox))
        #expect(try key.open(box, associatedData: [7]) == Array("attestd".utf8))
        #expect(throws: CryptographyError(.unknownVersion, "")) { try key.boxKey(of: box, associatedData: [7]) }
    }

    /// Made by Python's hmac and PyNaCl: «attestd» under the key 00…1f with the nonce 40…57 and associated data 07.
    private static let firstVersionBox =
        "01404142434445464748494a4b4c4d4e4f505152535455565728d1dc6804a97179815d508ed833a55f98c06c81439f50"
        + "6f08fe8bae4c9a7dbfb54d7115a3941d2a0f86db5a15c5875fb2833aa9e60dde"

    @Test("a box of version 2 is what another implementation makes of the same key and nonce")
    func vectorOfBox() throws {
        let key = try SealingKey(secret: SecretBytes(copying: 0...31))
        let box = try SealedBox(bytes: Hex.decode(Self.secondVersionBox))
        #expect(try key.open(box, associatedData: [7]) == Array("attestd".utf8))
        let own = try key.boxKey(of: box, associatedData: [7])
        #expect(Hex.encode(own.disclosed()) == Self.secondVersionKey)
    }

    /// Made like the first.
    private static let secondVersionBox =
        "02404142434445464748494a4b4c4d4e4f50515253545556576006051464d387d3b999663286b917cb86bc345ffbf347"
        + "bfb4008961ae674b1550527091ba6e83169a6e1aca4f57473590245f92a0a2c6"
    private static let secondVersionKey = "fb33bd7e527359ca9db1ab19511de2e9c07e1883327c4fa3d4f1911e68fc793a"
}
