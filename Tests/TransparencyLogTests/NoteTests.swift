import Cryptography
import Foundation
import Testing
import TransparencyLog

@Suite("Signed notes and checkpoints")
struct NoteTests {
    /// The published example of the note format's reference implementation.
    private static let text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    private static let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private static let line =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    private static let example = text + "\n" + line

    @Test("the published example is verified with its key, and written byte by byte")
    func example() throws {
        let verifier = try NoteVerifier(text: Self.key)
        let note = try SignedNote(encoded: Self.example)
        #expect(note.text == Self.text)
        #expect(note.verify(with: [verifier]) == .verified(by: [verifier]))
        #expect(note.encoded == Self.example)
        #expect(verifier.text == Self.key)
        #expect(verifier.keyID == 0xc74f_20a3)
    }

    @Test("the example of the C2SP text is read, with its empty line, and written byte by byte")
    func specificationExample() throws {
        let encoded = """
            Ognuno sta solo sul cuor della terra
            trafitto da un raggio di sole:

            ed è subito sera.

            — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ih\
            AQwaqP3ZekRwNtIc=

            """
        let note = try SignedNote(encoded: encoded)
        #expect(note.text.hasSuffix("sole:\n\ned è subito sera.\n"))
        #expect(note.signatures.map(\.name) == ["quasimodo.example/salvatore"])
        #expect(note.signatures.map(\.keyID) == [0x367b_a04b])
        #expect(note.signatures.map(\.bytes.count) == [64])
        #expect(note.encoded == encoded)
        #expect(note.verify(with: [try NoteVerifier(text: Self.key)]) == .unknown)
    }

    @Test("the example's private key gives the example's signature")
    func signing() throws {
        // The reference's private key text is base64 of the type's byte 0x01 and this seed.
        let secret = try Base64.decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")
        let seed = SecretBytes(copying: secret.dropFirst())
        let signer = try NoteSigner(name: "PeterNeumann", key: SigningKey(seed: seed))
        #expect(signer.verifier.text == Self.key)
        #expect(try SignedNote(text: Self.text, signers: [signer]).encoded == Self.example)
    }

    @Test("any changed character of text or signature is not believed")
    func tampering() throws {
        let verifier = try NoteVerifier(text: Self.key)
        let bytes = Array(Self.example.utf8)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0x01
            guard let encoded = String(validating: changed, as: UTF8.self),
                let note = try? SignedNote(encoded: encoded)
            else { continue }
            #expect(!note.verify(with: [verifier]).isVerified, "byte \(place)")
        }
    }

    @Test("signatures of unknown keys are passed over; one forged in a known key's name rejects the note")
    func severalSignatures() throws {
        let (first, second, stranger) =
            (try Samples.signer("a", seed: 1), try Samples.signer("b", seed: 2), try Samples.signer("c", seed: 3))
        let note = try SignedNote(text: "x\n", signers: [stranger, first, second])
        #expect(note.verify(with: [first.verifier]) == .verified(by: [first.verifier]))
        #expect(
            note.verify(with: [second.verifier, first.verifier]) == .verified(by: [second.verifier, first.verifier])
        )
        #expect(note.verify(with: []) == .unknown)
        #expect(note.verify(with: [try Samples.signer("a", seed: 9).verifier]) == .unknown)

        let other = try SignedNote(text: "y\n", signers: [second])
        let lines = other.encoded.dropFirst("y\n\n".count)
        let mixed = try SignedNote(encoded: SignedNote(text: "x\n", signers: [first]).encoded + lines)
        #expect(mixed.verify(with: [first.verifier]).isVerified)
        #expect(mixed.verify(with: [first.verifier, second.verifier]) == .forged(second.verifier))
        #expect(mixed.verify(with: [second.verifier]) == .forged(second.verifier))
    }

    @Test("what is no note is refused")
    func malformed() {
        let cases = [
            "", "\n", Self.text, Self.text + Self.line, Self.text + "\n", String(Self.example.dropLast()),
            Self.example + "\n", "\n" + Self.line, "a\u{1}b\n\n" + Self.line, "a\r\n\n" + Self.line,
            "a\tb\n\n" + Self.line, Self.example.replacingOccurrences(of: "— ", with: "- "),
            Self.example.replacingOccurrences(of: "— ", with: "—"),
            Self.example.replacingOccurrences(of: "PeterNeumann x", with: "Peter+Neumann x"),
            Self.example.replacingOccurrences(of: "PeterNeumann x", with: "Peter\u{a0}Neumann x"),
            Self.example.replacingOccurrences(of: "PeterNeumann x", with: "PeterNeumann  x"),
            Self.example.replacingOccurrences(of: "AM=\n", with: "AM\n"), Self.example + "trailing\n",
            Self.text + "\n— PeterNeumann x08gow==\n", "a\n\n" + String(repeating: Self.line, count: 65),
        ]
        for (place, encoded) in cases.enumerated() {
            #expect(throws: TransparencyLogError(.malformedNote, ""), "case \(place)") {
                try SignedNote(encoded: encoded)
            }
        }
    }

    @Test("a text with empty lines is divided at the last one")
    func emptyLines() throws {
        let signer = try Samples.signer()
        for text in ["a\n\nb\n", "a\n\n\n", "\n"] {
            let note = try SignedNote(text: text, signers: [signer])
            #expect(try SignedNote(encoded: note.encoded) == note)
        }
    }

    @Test("a text that a note cannot carry is not signed", arguments: ["", "x", "x\u{0}\n", "x\r\n", "\t\n"])
    func unsignable(text: String) throws {
        let signer = try Samples.signer()
        #expect(throws: TransparencyLogError(.malformedNote, "")) { try SignedNote(text: text, signers: [signer]) }
    }

    @Test(
        "verifier keys of another form, type, id or length are refused",
        arguments: [
            "", "PeterNeumann", "PeterNeumann+c74f20a3", "PeterNeumann+c74f20a4+\(key.suffix(44))",
            "PeterNeumann+C74F20A3+\(key.suffix(44))", "+c74f20a3+\(key.suffix(44))",
            "Peter Neumann+c74f20a3+\(key.suffix(44))",
            "PeterNeumann+c74f20a3+\(key.suffix(44).dropLast(4))", "PeterNeumann+c74f20a3+AhpcZZ",
            "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "Q\(key)",
        ]
    )
    func malformedKeys(text: String) {
        #expect(throws: TransparencyLogError(.malformedNote, "")) { try NoteVerifier(text: text) }
    }

    @Test("a checkpoint says origin, size and root, and is read back")
    func checkpoint() throws {
        let signer = try Samples.signer()
        let root = SHA256Digest.hash(utf8: "root")
        let checkpoint = try Checkpoint(origin: "log.example/exams", size: 20_852_163, root: root, signer: signer)
        #expect(
            checkpoint.note.text == "log.example/exams\n20852163\n\(Base64.encode(root.bytes))\n"
        )
        let read = try Checkpoint(encoded: checkpoint.encoded)
        #expect(read == checkpoint)
        #expect(read.verify(with: [signer.verifier]).isVerified)
        #expect(read.extensions == [])
    }

    @Test("the published checkpoint example is read")
    func publishedCheckpoint() throws {
        let checkpoint = try Checkpoint(
            encoded: """
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo\
                +zyWE+xeMcTOAYQ8=

                """
        )
        #expect(checkpoint.origin == "example.com/behind-the-sofa")
        #expect(checkpoint.size == 20_852_163)
        #expect(checkpoint.root.hex == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62")
        #expect(checkpoint.note.signatures[0].keyID == 0x033d_e0ae)
    }

    @Test("extension lines are kept")
    func extensions() throws {
        let signer = try Samples.signer()
        let text = "o\n1\n\(Base64.encode(MerkleTree.emptyRoot.bytes))\nmore\nand more\n"
        let note = try SignedNote(text: text, signers: [signer])
        #expect(try Checkpoint(encoded: note.encoded).extensions == ["more", "and more"])
    }

    @Test(
        "what is no checkpoint is refused",
        arguments: [
            "o\n1\n", "\n1\nROOT\n", "o\n\nROOT\n", "o\n01\nROOT\n", "o\n+1\nROOT\n", "o\n-1\nROOT\n", "o\n1 \nROOT\n",
            "o\n0x1\nROOT\n",
            "o\n18446744073709551616\nROOT\n", "o\n1\nROOT=\n", "o\n1\nAAAA\n", "o\n1\nROOT\n\nmore\n", "o\n1\n ROOT\n",
            "o\n١\nROOT\n",
        ]
    )
    func malformedCheckpoints(form: String) throws {
        let signer = try Samples.signer()
        let text = form.replacingOccurrences(of: "ROOT", with: Base64.encode(MerkleTree.emptyRoot.bytes))
        let note = try SignedNote(text: text, signers: [signer])
        #expect(throws: TransparencyLogError(.malformedNote, "")) { try Checkpoint(encoded: note.encoded) }
    }

    @Test("an origin of several lines or none is not signed", arguments: ["", "a\nb", "a\n\nb"])
    func origins(origin: String) throws {
        let signer = try Samples.signer()
        #expect(throws: TransparencyLogError(.malformedNote, "")) {
            try Checkpoint(origin: origin, size: 1, root: MerkleTree.emptyRoot, signer: signer)
        }
    }
}
