import Cryptography
import Foundation
import Testing

@testable import TransparencyLog

/// Every byte of every column of a log of 1 000 entries, one after the other, in all three tables: keys, kinds, moments,
/// bodies, hashes and signed checkpoints.
///
/// Fsck is a value that goes through the entries in their order and ends at the first difference. So a run that has come
/// to an entry is kept for each one, and for a change there it goes on from that point: it does what a whole run would,
/// without repeating the part that is the same. Samples are checked by whole runs too.
@Suite("F1: any changed byte of a stored log of 1 000 entries is found")
struct EveryByteTests {
    private static let count = 1000
    private let store: RowStore
    private let keys: [NoteVerifier]
    /// The run before each entry, and the one after all.
    private let runs: [FsckRun]

    init() throws {
        let log = InMemoryLogStore()
        let signer = try Samples.signer()
        for (part, range) in [0..<1, 1..<600, 600..<601, 601..<Self.count].enumerated() {
            try Log.append(Samples.bodies(range), to: log)
            if part != 2 { _ = try Log.publishCheckpoint(signer: signer, in: log) }
        }
        store = RowStore(log)
        let keys = [signer.verifier]
        self.keys = keys
        // One entry a batch: a run can be kept at each. Only the end compares what no entry touches.
        var run = try FsckRun(store, batch: 1) { _ in keys }
        try run.begin(store)
        var runs = [run]
        while run.done < run.size {
            let next = try run.read(store, from: run.done)
            try run.add(#require(next), store)
            runs.append(run)
        }
        try run.finish(store)
        self.runs = runs
    }

    /// What a run finds that goes on from before an entry.
    private func problem(from entry: Int) throws -> FsckReport.Problem? {
        var run = runs[entry]
        run.size = store.logSize()
        do {
            // The next entry first, where the change is, and only then the rest.
            if let next = try run.read(store, from: run.done) { try run.add(next, store) }
            try run.check(store)
            return nil
        } catch let stop as FsckRun.Stop {
            return stop.problem
        }
    }

    private func wholeRun() throws -> FsckReport.Problem? { try Log.fsck(store, verifiers: keys).problem }

    @Test("no byte is changed: nothing is found, from wherever the run goes on")
    func sound() throws {
        #expect(try wholeRun() == nil)
        for entry in stride(from: 1, through: Self.count, by: 111) { #expect(try problem(from: entry) == nil) }
    }

    @Test("each byte of each entry's body, kind, moment and number")
    func entries() throws {
        var flips = 0
        for entry in 0..<Self.count {
            let row = try #require(store.entries[Int64(entry)])
            func flip(_ what: String, _ change: (inout RowStore.EntryRow) -> Void) throws {
                flips += 1
                try store.changing(entry: Int64(entry), change) {
                    let found = try problem(from: entry)
                    if found == nil { Issue.record("entry \(entry), \(what): not found") }
                    if flips.isMultiple(of: 2_003) { #expect(try wholeRun() == found, "entry \(entry), \(what)") }
                }
            }
            for place in row.body.indices { try flip("body \(place)") { $0.body[place] ^= 1 << UInt8(place % 8) } }
            for place in row.kind.indices { try flip("kind \(place)") { $0.kind[place] ^= 1 << UInt8(place % 8) } }
            for place in 0..<8 {
                try flip("moment \(place)") { $0.at = $0.at.flipping(byte: place) }
                try flip("number \(place)") { $0.index = $0.index.flipping(byte: place) }
            }
        }
        #expect(flips > 200_000)
        #expect(try wholeRun() == nil)
    }

    @Test("each byte of each tree node's hash and place")
    func nodes() throws {
        var flips = 0
        for (key, row) in store.nodes {
            // The first entry below the node: before it the run has not looked at it.
            let entry = Int(key[1] << key[0])
            func flip(_ what: String, _ change: (inout RowStore.NodeRow) -> Void) throws {
                flips += 1
                try store.changing(node: key, change) {
                    let found = try problem(from: entry)
                    if found == nil { Issue.record("node \(key), \(what): not found") }
                    if flips.isMultiple(of: 2_003) { #expect(try wholeRun() != nil, "node \(key), \(what)") }
                }
            }
            for place in row.hash.indices { try flip("hash \(place)") { $0.hash[place] ^= 1 << UInt8(place % 8) } }
            for place in 0..<8 {
                try flip("level \(place)") { $0.level = $0.level.flipping(byte: place) }
                try flip("index \(place)") { $0.index = $0.index.flipping(byte: place) }
            }
        }
        #expect(flips == 1994 * 48)
        #expect(try wholeRun() == nil)
    }

    @Test("each byte of each checkpoint's note and size")
    func checkpoints() throws {
        #expect(store.checkpoints.count == 3)
        for (key, row) in store.checkpoints {
            func flip(_ what: String, _ change: (inout RowStore.CheckpointRow) -> Void) throws {
                try store.changing(checkpoint: key, change) {
                    if try wholeRun() == nil { Issue.record("checkpoint \(key), \(what): not found") }
                }
            }
            for place in row.note.indices { try flip("note \(place)") { $0.note[place] ^= 1 << UInt8(place % 8) } }
            for place in 0..<8 { try flip("size \(place)") { $0.size = $0.size.flipping(byte: place) } }
        }
        #expect(try wholeRun() == nil)
    }
}
