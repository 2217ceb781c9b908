import Cryptography
import Foundation
import Testing
import TransparencyLog

@Suite("Log")
struct LogTests {
    @Test("grown entry by entry has the roots of whole recomputation, at each size")
    func oneByOne() throws {
        let bodies = try Samples.bodies(0..<130)
        let leaves = bodies.map { MerkleTree.leafHash($0.bytes) }
        let store = InMemoryLogStore()
        for (index, body) in bodies.enumerated() {
            #expect(try Log.append([body], to: store) == UInt64(index)..<UInt64(index + 1))
        }
        for size in 0...130 {
            #expect(try Log.root(size: UInt64(size), in: store) == MerkleTree.root(of: leaves.prefix(size)))
        }
    }

    @Test(
        "grown in batches is the same as grown one by one",
        arguments: [[130], [1, 2, 3, 124], [64, 64, 2], [7, 0, 123]]
    )
    func batches(sizes: [Int]) throws {
        let bodies = try Samples.bodies(0..<130)
        let single = InMemoryLogStore()
        for body in bodies { try Log.append([body], to: single) }
        let batched = InMemoryLogStore()
        var rest = bodies[...]
        for size in sizes {
            let range = try Log.append(Array(rest.prefix(size)), to: batched)
            #expect(range.count == size)
            rest = rest.dropFirst(size)
        }
        #expect(batched.entries == single.entries)
        #expect(batched.nodes == single.nodes)
    }

    @Test("an append reads no more nodes than the tree has levels")
    func reads() throws {
        let store = CountingStore()
        try Log.append(Samples.bodies(0..<1000), to: store)
        for number in 1000..<1030 {
            store.reads = 0
            try Log.append(Samples.bodies(number..<number + 1), to: store)
            #expect(store.reads <= 10)
        }
        store.reads = 0
        try Log.append(Samples.bodies(1030..<1130), to: store)
        #expect(store.reads <= 11)
        store.reads = 0
        _ = try Log.inclusionProof(index: 500, size: 1130, in: store)
        #expect(store.reads <= 11 * 11)
    }

    @Test("gives proofs that verify, for the present and for earlier sizes")
    func proofs() throws {
        let store = try Samples.store(75)
        for size in UInt64(1)...75 {
            let root = try Log.root(size: size, in: store)
            for index in 0..<size {
                let proof = try Log.inclusionProof(index: index, size: size, in: store)
                let leaf = store.entries[Int(index)].leafHash
                #expect(MerkleTree.verifyInclusion(of: leaf, index: index, size: size, proof: proof, root: root))
            }
            for old in 1...size {
                let proof = try Log.consistencyProof(from: old, to: size, in: store)
                let isConsistent = MerkleTree.verifyConsistency(
                    oldSize: old,
                    newSize: size,
                    oldRoot: try Log.root(size: old, in: store),
                    newRoot: root,
                    proof: proof
                )
                #expect(isConsistent)
            }
        }
    }

    @Test("refuses sizes and indices that it does not have")
    func outOfRange() throws {
        let store = try Samples.store(5)
        let error = TransparencyLogError(.outOfRange, "")
        #expect(throws: error) { try Log.root(size: 6, in: store) }
        #expect(throws: error) { try Log.inclusionProof(index: 5, size: 5, in: store) }
        #expect(throws: error) { try Log.inclusionProof(index: 0, size: 6, in: store) }
        #expect(throws: error) { try Log.consistencyProof(from: 0, to: 5, in: store) }
        #expect(throws: error) { try Log.consistencyProof(from: 5, to: 4, in: store) }
    }

    @Test("tells of a node that the store lacks")
    func missingNode() throws {
        let store = try Samples.store(5)
        store.nodes[2] = []
        #expect(throws: TransparencyLogError(.missingNode, "")) { try Log.root(size: 5, in: store) }
    }

    @Test("signs a checkpoint of its state once, and the next when there is more")
    func checkpoints() throws {
        let (store, signer) = (InMemoryLogStore(), try Samples.signer())
        let empty = try Log.publishCheckpoint(signer: signer, in: store)
        #expect(empty.size == 0 && empty.root == MerkleTree.emptyRoot)
        try Log.append(Samples.bodies(0..<9), to: store)
        let first = try Log.publishCheckpoint(signer: signer, in: store)
        #expect(first.size == 9)
        #expect(try first.root == Log.root(size: 9, in: store))
        #expect(first.verify(with: [signer.verifier]) == .verified(by: [signer.verifier]))
        #expect(try Log.publishCheckpoint(signer: signer, in: store) == first)
        #expect(store.checkpoints.count == 2)
    }

    @Test("signs anew with a new key though nothing came since")
    func rotation() throws {
        let (store, old, new) = (try Samples.store(3), try Samples.signer(seed: 1), try Samples.signer(seed: 2))
        let first = try Log.publishCheckpoint(signer: old, in: store)
        let second = try Log.publishCheckpoint(signer: new, in: store)
        #expect(second.root == first.root)
        #expect(second.verify(with: [new.verifier]).isVerified)
        #expect(!second.verify(with: [old.verifier]).isVerified)
    }

    @Test("signs nothing that does not continue the last checkpoint")
    func rewriting() throws {
        let (store, signer) = (try Samples.store(9), try Samples.signer())
        let checkpoint = try Log.publishCheckpoint(signer: signer, in: store)
        let rewritten = try Samples.store(4)
        try Log.append(Samples.bodies(100..<120), to: rewritten)
        rewritten.checkpoints = [checkpoint]
        let shorter = try Samples.store(8)
        shorter.checkpoints = [checkpoint]
        for store in [rewritten, shorter] {
            #expect(throws: TransparencyLogError(.inconsistentCheckpoint, "")) {
                try Log.publishCheckpoint(signer: signer, in: store)
            }
            #expect(store.checkpoints == [checkpoint])
        }
    }

    /// Counts the nodes that are read.
    private final class CountingStore: LogStore {
        private let store = InMemoryLogStore()
        var reads = 0

        func logSize() -> UInt64 { store.logSize() }
        func logNode(_ position: NodePosition) -> SHA256Digest? {
            reads += 1
            return store.logNode(position)
        }
        func insertLogEntry(_ entry: LogEntry, completing nodes: [SHA256Digest]) {
            store.insertLogEntry(entry, completing: nodes)
        }
        func logEntries(from index: UInt64, limit: Int) -> [LogEntry] { store.logEntries(from: index, limit: limit) }
        func latestCheckpoint() -> Checkpoint? { store.latestCheckpoint() }
        func storedCheckpoints(from size: UInt64, limit: Int) -> [StoredCheckpoint] {
            store.storedCheckpoints(from: size, limit: limit)
        }
        func logCounts() -> LogCounts { store.logCounts() }
        func insertCheckpoint(_ checkpoint: Checkpoint) { store.insertCheckpoint(checkpoint) }
    }
}
