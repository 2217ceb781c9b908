import Cryptography
import EvidenceBundle
import Foundation
import Testing
import TransparencyLog

@Suite("F2: bundles by an older and a newer key than the one that is trusted")
struct RotatedKeyBundleTests {
    private static let time = Date(timeIntervalSince1970: 1_757_000_000)

    private func write(_ sample: SampleBundle, by signer: NoteSigner, _ notes: KeyNotes, to file: URL) throws {
        let checkpoint = try Log.publishCheckpoint(signer: signer, in: sample.store)
        var items = try sample.items()[...]
        let writer = BundleWriter(checkpoint: checkpoint, signer: signer, madeAt: Self.time, keyNotes: notes)
        try writer.write(to: file) { limit in
            defer { items = items.dropFirst(limit) }
            return Array(items.prefix(limit))
        }
    }

    @Test("notes that both keys signed lead from the trusted key to the bundle's, either way; others do not")
    func chain() throws {
        let (sample, scratch) = (try SampleBundle(records: 9), try Scratch())
        let first = sample.signer
        let (second, third) = try (
            NoteSigner(name: first.name, key: .generate()), NoteSigner(name: first.name, key: .generate())
        )
        let (old, new) = (scratch.file("old.zip"), scratch.file("new.zip"))
        try write(sample, by: first, KeyNotes(), to: old)
        _ = try Log.rotateKey(from: first, to: second, at: Self.time, in: sample.store)
        _ = try Log.rotateKey(from: second, to: third, at: Self.time, in: sample.store)
        let notes = KeyNotes(try LogKeys.rotations(in: sample.store))
        #expect(notes.rotations.count == 2)
        // The checkpoint over a rotation is signed by both keys; the next one by the new key alone.
        try Log.append([SealedRecord(kind: "test", timestamp: Self.time).body()], to: sample.store)
        try write(sample, by: third, notes, to: new)
        let published = scratch.file("notes.json")
        try notes.encoded().write(to: published)

        func expect(_ bundle: URL, _ key: NoteVerifier, _ more: KeyNotes = KeyNotes(), isSound: Bool) throws {
            let report = BundleVerifier.verify(bundle, key: key, keyNotes: more)
            #expect(report.isSound == isSound, "\(bundle.lastPathComponent): \(report.problems)")
            #expect(!isSound || report.signedBy == (bundle == old ? first : third).verifier.text)
            let words = more.rotations.isEmpty ? [] : ["--key-notes", published.path]
            let peer = try PeerTests.verify(bundle, key.text, words)
            #expect((peer.status == 0) == isSound, "\(bundle.lastPathComponent): \(peer.words)")
        }
        for key in [first, second, third] { try expect(new, key.verifier, isSound: true) }
        try expect(old, first.verifier, isSound: true)
        for key in [second, third] {
            try expect(old, key.verifier, isSound: false)
            try expect(old, key.verifier, notes, isSound: true)
        }
        let stranger = try NoteSigner(name: first.name, key: .generate())
        try expect(new, stranger.verifier, isSound: false)
        try expect(old, stranger.verifier, notes, isSound: false)

        // A forger signs for the own key only: without the trusted key's signature the note leads nowhere.
        let forged = try KeyRotation(from: stranger, to: NoteSigner(name: first.name, key: .generate()))
        let swapped = forged.statement.encoded.replacing(stranger.verifier.text, with: first.verifier.text)
        let json = try JSONEncoder().encode(["notes": [swapped, forged.statement.encoded, "nonsense", ""]])
        let read = try #require(KeyNotes(json: json))
        #expect(read.rotations.count == 1)
        #expect(LogKeyChain(trusted: first.verifier, rotations: read.rotations).keys == [first.verifier])
        #expect(LogKeyChain(trusted: second.verifier, rotations: notes.rotations.reversed()).keys.count == 3)
        #expect(KeyNotes(json: Data("[]".utf8)) == nil)
        let other = try KeyRotation(
            from: NoteSigner(name: "other.example", key: .generate()),
            to: NoteSigner(name: "other.example", key: .generate())
        )
        #expect(LogKeyChain(trusted: first.verifier, rotations: [other]).keys == [first.verifier])
    }
}
