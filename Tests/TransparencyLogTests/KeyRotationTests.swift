import Cryptography
import Foundation
import Testing

@testable import TransparencyLog

@Suite("Rotation of the log's key")
struct KeyRotationTests {
    private let signers: [NoteSigner]
    private let store: InMemoryLogStore
    private let time = Date(timeIntervalSince1970: 1_757_000_000)

    /// Three keys after each other: two checkpoints by each.
    init() throws {
        signers = try (1...3).map { try Samples.signer(seed: UInt8($0)) }
        store = InMemoryLogStore()
        for (place, signer) in signers.enumerated() {
            if place > 0 { _ = try Log.rotateKey(from: signers[place - 1], to: signer, at: time, in: store) }
            for part in 0..<2 {
                let first = place * 20 + part * 10
                try Log.append(Samples.bodies(first..<first + 10), to: store)
                _ = try Log.publishCheckpoint(signer: signer, in: store)
            }
        }
    }

    private var keys: [NoteVerifier] { signers.map(\.verifier) }

    @Test("each checkpoint verifies with the key of its time; where one follows the other, with both")
    func periods() throws {
        let found = try #require(try LogKeys(current: keys[2], in: store))
        #expect(found.periods.map(\.verifier) == keys)
        #expect(found.periods.map(\.first) == [0, 21, 42])
        #expect(found.periods.map(\.last) == [21, 42, nil])
        #expect(store.checkpoints.map(\.size) == [10, 20, 21, 31, 41, 42, 52, 62])
        for checkpoint in store.checkpoints {
            let expected = found.verifiers(for: checkpoint.size)
            #expect(checkpoint.verify(with: keys) == .verified(by: expected))
            #expect(expected.count == ([21, 42].contains(checkpoint.size) ? 2 : 1))
        }
        #expect(try Log.fsck(store, keys: found).isSound)
        #expect(try Log.fsck(store, verifiers: [keys[2]]).problem == .checkpointNotSigned(size: 10))
    }

    @Test("a key that is over signs nothing that fsck would believe")
    func over() throws {
        try Log.append(Samples.bodies(90..<91), to: store)
        _ = try Log.publishCheckpoint(signer: signers[0], in: store)
        let found = try #require(try LogKeys(current: keys[2], in: store))
        #expect(try Log.fsck(store, keys: found).problem == .checkpointNotSigned(size: 63))
    }

    @Test("the chain must lead to the key in use, and a key hands over only what is its own")
    func chain() throws {
        #expect(try LogKeys(current: keys[0], in: store) == nil)
        #expect(try LogKeys(current: Samples.signer(seed: 9).verifier, in: store) == nil)
        let size = store.logSize()
        #expect(throws: TransparencyLogError(.inconsistentCheckpoint, "")) {
            try Log.rotateKey(from: signers[0], to: Samples.signer(seed: 9), at: time, in: store)
        }
        #expect(throws: TransparencyLogError(.malformedNote, "")) {
            try Log.rotateKey(from: signers[2], to: signers[2], at: time, in: store)
        }
        #expect(throws: TransparencyLogError(.malformedNote, "")) {
            try Log.rotateKey(from: signers[2], to: Samples.signer("other.example/log"), at: time, in: store)
        }
        #expect(store.logSize() == size)
        #expect(try LogKeys(current: keys[1], in: Samples.store(3))?.periods.map(\.verifier) == [keys[1]])
    }

    @Test("an entry that only one key signed, or that was changed, is no rotation")
    func forged() throws {
        let rotation = try KeyRotation(from: signers[0], to: signers[1])
        func entry(_ statement: String) throws -> LogEntry {
            let record = SealedRecord(kind: KeyRotation.kind, timestamp: time, facts: ["statement": .string(statement)])
            return LogEntry(index: 0, try record.body())
        }
        #expect(try KeyRotation(entry(rotation.statement.encoded)) == rotation)
        for signer in signers {
            let alone = try SignedNote(text: rotation.statement.text, signers: [signer])
            #expect(try KeyRotation(entry(alone.encoded)) == nil)
        }
        let other = rotation.statement.encoded.replacing("rotation 1", with: "rotation 2")
        #expect(try KeyRotation(entry(other)) == nil)
        #expect(try KeyRotation(entry("no note")) == nil)
    }
}
