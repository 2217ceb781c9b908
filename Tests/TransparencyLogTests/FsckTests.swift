import Cryptography
import Foundation
import Testing
import TransparencyLog

@Suite("fsck")
struct FsckTests {
    private static func sound(_ count: Int) throws -> InMemoryLogStore {
        let store = try Samples.store(count)
        _ = try Log.publishCheckpoint(signer: Samples.signer(), in: store)
        return store
    }

    private static func verifiers() throws -> [NoteVerifier] { [try Samples.signer().verifier] }

    private static func problem(_ store: some LogStore) throws -> FsckReport.Problem? {
        try Log.fsck(store, verifiers: verifiers()).problem
    }

    @Test("finds a sound log sound and recomputes its root", arguments: [0, 1, 2, 7, 64, 1000, 4096, 4097, 9000])
    func sound(count: Int) throws {
        let store = try Self.sound(count)
        let report = try Log.fsck(store, verifiers: Self.verifiers())
        #expect(report.isSound)
        #expect(report.entries == UInt64(count))
        #expect(report.checkpointSize == UInt64(count))
        #expect(try report.root == Log.root(size: UInt64(count), in: store))
    }

    @Test("finds a sound log sound that grew since its checkpoint, and one without any")
    func grown() throws {
        let store = try Self.sound(10)
        try Log.append(Samples.bodies(10..<33), to: store)
        #expect(try Self.problem(store) == nil)
        store.checkpoints = []
        #expect(try Self.problem(store) == nil)
    }

    @Test("asks a store without batches for each node and finds the same")
    func defaultReads() throws {
        let store = try PlainStore(Self.sound(100))
        #expect(try Self.problem(store) == nil)
        store.base.nodes[3][2] = .hash(utf8: "x")
        #expect(try Self.problem(store) == .nodeDiffers(NodePosition(level: 3, index: 2)))
    }

    @Test("names the entry of which any one byte was changed")
    func flip() throws {
        let store = try Self.sound(40)
        for index in store.entries.indices {
            let original = store.entries[index]
            for place in original.body.indices {
                var body = original.body
                body[place] ^= 1 << UInt8(place % 8)
                store.entries[index] = LogEntry(
                    index: original.index,
                    kind: original.kind,
                    timestamp: original.timestamp,
                    body: body
                )
                #expect(try Self.problem(store) == .entryDiffers(index: UInt64(index)), "byte \(place)")
            }
            store.entries[index] = original
        }
        #expect(try Self.problem(store) == nil)
    }

    @Test("names the entry whose kind, moment or index is not its body's")
    func facts() throws {
        let store = try Self.sound(20)
        let original = store.entries[11]
        let replace = { (index: UInt64, kind: String, seconds: Double) in
            store.entries[11] = LogEntry(
                index: index,
                kind: kind,
                timestamp: original.timestamp.addingTimeInterval(seconds),
                body: original.body
            )
        }
        replace(11, "appeal", 0)
        #expect(try Self.problem(store) == .entryFactsDiffer(index: 11))
        replace(11, original.kind, 0.001)
        #expect(try Self.problem(store) == .entryFactsDiffer(index: 11))
        replace(12, original.kind, 0)
        #expect(try Self.problem(store) == .entryMissing(index: 11))
        replace(10, original.kind, 0)
        #expect(try Self.problem(store) == .entryUnexpected(index: 10))
    }

    @Test("names the first entry that was dropped, swapped or repeated, also when the rest was renumbered")
    func rearranged() throws {
        for place in 0..<29 {
            let sound = try Self.sound(30)
            let store = try Self.sound(30)

            store.entries.remove(at: place)
            #expect(try Self.problem(Sized(store, 30)) == .entryMissing(index: UInt64(place)))
            store.entries = Self.renumbered(store.entries)
            #expect(try Self.problem(Sized(store, 30)) == .entryDiffers(index: UInt64(place)))

            store.entries = sound.entries
            store.entries.swapAt(place, place + 1)
            #expect(try Self.problem(store) == .entryMissing(index: UInt64(place)))
            store.entries = Self.renumbered(store.entries)
            #expect(try Self.problem(store) == .entryDiffers(index: UInt64(place)))

            store.entries = sound.entries
            store.entries.insert(store.entries[place], at: place)
            #expect(try Self.problem(store) == .entryUnexpected(index: UInt64(place)))
            store.entries = Self.renumbered(store.entries)
            #expect(try Self.problem(store) == .entryDiffers(index: UInt64(place + 1)))
        }
    }

    @Test("sees entries cut off at the end or added there past the tree")
    func ends() throws {
        let store = try Self.sound(30)
        let last = store.entries.removeLast()
        #expect(try Self.problem(Sized(store, 30)) == .entryMissing(index: 29))
        #expect(try Self.problem(store) == .nodeBeyondEnd(NodePosition(level: 0, index: 29)))

        // The tree was cut as well: only the checkpoint knows.
        let cut = try Samples.store(29)
        cut.checkpoints = store.checkpoints
        #expect(try Self.problem(cut) == .entryMissing(index: 29))

        store.entries.append(last)
        store.entries.append(LogEntry(index: 30, kind: last.kind, timestamp: last.timestamp, body: last.body))
        #expect(try Self.problem(Sized(store, 30)) == .entryUnexpected(index: 30))
        #expect(try Self.problem(store) == .nodeMissing(NodePosition(level: 0, index: 30)))
    }

    @Test("names each stored node that was changed or cut off, and the first entry below it")
    func nodes() throws {
        let store = try Self.sound(30)
        for level in store.nodes.indices {
            for index in store.nodes[level].indices {
                let position = NodePosition(level: level, index: UInt64(index))
                let original = store.nodes[level][index]
                store.nodes[level][index] = try original.flipping(9)
                let found = try Self.problem(store)
                // Where no parent is stored, nothing tells a changed leaf hash from a changed entry.
                let isAlone = level == 0 && index | 1 >= 30
                #expect(found == (isAlone ? .entryDiffers(index: position.index) : .nodeDiffers(position)))
                #expect(found?.firstEntry == position.index << UInt64(level))
                store.nodes[level][index] = original
            }
        }
        let complete = store.nodes
        store.nodes[2].removeLast()
        #expect(try Self.problem(store) == .nodeMissing(NodePosition(level: 2, index: 6)))
        store.nodes = complete
        #expect(try Self.problem(store) == nil)
    }

    @Test("sees by the checkpoint that entry and tree were both rewritten")
    func rewritten() throws {
        let store = try Self.sound(30)
        let other = InMemoryLogStore()
        var bodies = try Samples.bodies(0..<30)
        bodies[17] = try Samples.bodies(99..<100)[0]
        try Log.append(bodies, to: other)
        other.checkpoints = store.checkpoints
        #expect(try Self.problem(other) == .checkpointRootDiffers(size: 30))
    }

    @Test("sees a checkpoint that no trusted key signed")
    func signature() throws {
        let store = try Samples.store(30)
        _ = try Log.publishCheckpoint(signer: Samples.signer(seed: 8), in: store)
        #expect(try Self.problem(store) == .checkpointNotSigned(size: 30))
        #expect(try Log.fsck(store).isSound, "without keys the signature is not looked at")
        let empty = InMemoryLogStore()
        empty.checkpoints = [
            try Checkpoint(origin: "log", size: 0, root: .hash(utf8: "x"), signer: Samples.signer("log"))
        ]
        #expect(try Self.problem(empty) == .checkpointRootDiffers(size: 0))
    }

    @Test("reports how far all was right")
    func extent() throws {
        let store = try Self.sound(30)
        let entry = store.entries[13]
        store.entries[13] = LogEntry(index: 13, kind: entry.kind, timestamp: entry.timestamp, body: [])
        let report = try Log.fsck(store, verifiers: Self.verifiers())
        #expect(report.problem?.firstEntry == 13)
        #expect(report.entries == 13)
        #expect(try report.root == Log.root(size: 13, in: Samples.store(13)))
        #expect(report.problem?.description == "entry 13 is not the one that was logged")
    }

    @Test("hands on what the store throws")
    func failure() throws {
        struct Failing: LogStore {
            struct Failure: Error {}
            func logSize() -> UInt64 { 1 }
            func logNode(_ position: NodePosition) throws -> SHA256Digest? { throw Failure() }
            func insertLogEntry(_ entry: LogEntry, completing nodes: [SHA256Digest]) {}
            func logEntries(from index: UInt64, limit: Int) throws -> [LogEntry] { throw Failure() }
            func latestCheckpoint() -> Checkpoint? { nil }
            func storedCheckpoints(from size: UInt64, limit: Int) -> [StoredCheckpoint] { [] }
            func logCounts() -> LogCounts { LogCounts(entries: 1, nodes: 1, checkpoints: 0) }
            func insertCheckpoint(_ checkpoint: Checkpoint) {}
        }
        #expect(throws: Failing.Failure.self) { try Log.fsck(Failing()) }
    }

    private static func renumbered(_ entries: [LogEntry]) -> [LogEntry] {
        entries.enumerated().map { index, entry in
            LogEntry(index: UInt64(index), kind: entry.kind, timestamp: entry.timestamp, body: entry.body)
        }
    }
}

/// A store with the protocol's own batch reading.
private class PlainStore: LogStore {
    let base: InMemoryLogStore

    init(_ base: InMemoryLogStore) { self.base = base }

    func logSize() -> UInt64 { base.logSize() }
    func logNode(_ position: NodePosition) -> SHA256Digest? { base.logNode(position) }
    func insertLogEntry(_ entry: LogEntry, completing nodes: [SHA256Digest]) {
        base.insertLogEntry(entry, completing: nodes)
    }
    func logEntries(from index: UInt64, limit: Int) -> [LogEntry] { base.logEntries(from: index, limit: limit) }
    func latestCheckpoint() -> Checkpoint? { base.latestCheckpoint() }
    func storedCheckpoints(from size: UInt64, limit: Int) -> [StoredCheckpoint] {
        base.storedCheckpoints(from: size, limit: limit)
    }
    func logCounts() -> LogCounts { base.logCounts() }
    func insertCheckpoint(_ checkpoint: Checkpoint) { base.insertCheckpoint(checkpoint) }
}

/// A store that keeps its size apart from its entries.
private final class Sized: PlainStore {
    private let size: UInt64

    init(_ base: InMemoryLogStore, _ size: UInt64) {
        self.size = size
        super.init(base)
    }

    override func logSize() -> UInt64 { size }
}
