import Cryptography
import Testing
import TransparencyLog

@Suite("Merkle proofs, exhaustively")
struct ProofTests {
    private static let largest = 70
    private static let leaves = Samples.leaves(largest)
    private static let roots = (0...largest).map { MerkleTree.root(of: leaves.prefix($0)) }

    @Test("every leaf of every tree up to 70 leaves is proven, and nothing else by the same proof")
    func inclusion() throws {
        for size in 1...Self.largest {
            let leaves = Array(Self.leaves.prefix(size))
            for index in 0..<size {
                let proof = try MerkleTree.inclusionProof(index: UInt64(index), leaves: leaves)
                let verify = { (leaf: SHA256Digest, index: Int, size: Int, proof: [SHA256Digest], root: SHA256Digest) in
                    MerkleTree.verifyInclusion(
                        of: leaf,
                        index: UInt64(index),
                        size: UInt64(size),
                        proof: proof,
                        root: root
                    )
                }
                let (leaf, root) = (leaves[index], Self.roots[size])
                try #require(verify(leaf, index, size, proof, root), "leaf \(index) of \(size)")

                var accepted: [String] = []
                for other in 0..<size + 2 where other != index {
                    if verify(leaf, other, size, proof, root) { accepted.append("index \(other)") }
                }
                for (what, changed) in Self.variations(of: proof, root: root) {
                    if verify(leaf, index, size, changed, root) { accepted.append(what) }
                }
                let bit = (size * 7 + index) % 256
                if verify(try leaf.flipping(bit), index, size, proof, root) { accepted.append("another leaf") }
                if verify(leaf, index, size, proof, try root.flipping(bit)) { accepted.append("another root") }
                if verify(leaf, index, 0, proof, root) { accepted.append("size 0") }
                // A wrong size is told by the root, which belongs to the right one.
                for other in 1...Self.largest where other != size {
                    if verify(leaf, index, other, proof, Self.roots[other]) { accepted.append("size \(other)") }
                }
                #expect(accepted == [], "leaf \(index) of \(size)")
            }
        }
    }

    @Test("every pair of trees up to 70 leaves is proven consistent, and nothing else by the same proof")
    func consistency() throws {
        for newSize in 1...Self.largest {
            let leaves = Array(Self.leaves.prefix(newSize))
            for oldSize in 1...newSize {
                let proof = try MerkleTree.consistencyProof(from: UInt64(oldSize), leaves: leaves)
                let verify = {
                    (old: Int, new: Int, oldRoot: SHA256Digest, newRoot: SHA256Digest, proof: [SHA256Digest]) in
                    MerkleTree.verifyConsistency(
                        oldSize: UInt64(old),
                        newSize: UInt64(new),
                        oldRoot: oldRoot,
                        newRoot: newRoot,
                        proof: proof
                    )
                }
                let (oldRoot, newRoot) = (Self.roots[oldSize], Self.roots[newSize])
                try #require(verify(oldSize, newSize, oldRoot, newRoot, proof), "\(oldSize) to \(newSize)")

                var accepted: [String] = []
                for (what, changed) in Self.variations(of: proof, root: oldRoot) {
                    if verify(oldSize, newSize, oldRoot, newRoot, changed) { accepted.append(what) }
                }
                let bit = (newSize * 7 + oldSize) % 256
                if verify(oldSize, newSize, try oldRoot.flipping(bit), newRoot, proof) { accepted.append("old root") }
                if verify(oldSize, newSize, oldRoot, try newRoot.flipping(bit), proof) { accepted.append("new root") }
                for other in 0...newSize where other != oldSize {
                    if verify(other, newSize, Self.roots[other], newRoot, proof) { accepted.append("from \(other)") }
                }
                for other in oldSize...Self.largest where other != newSize {
                    if verify(oldSize, other, oldRoot, Self.roots[other], proof) { accepted.append("to \(other)") }
                }
                if oldSize != newSize {
                    if verify(newSize, oldSize, newRoot, oldRoot, proof) { accepted.append("backwards") }
                    if verify(oldSize, newSize, newRoot, oldRoot, proof) { accepted.append("swapped roots") }
                }
                #expect(accepted == [], "\(oldSize) to \(newSize)")
            }
        }
    }

    @Test("every single bit of a proof counts")
    func everyBit() throws {
        for (index, size) in [(0, 1), (3, 7), (6, 7), (12, 21), (63, 64), (64, 65)] {
            let proof = try MerkleTree.inclusionProof(index: UInt64(index), leaves: Array(Self.leaves.prefix(size)))
            for place in proof.indices {
                for bit in 0..<256 {
                    var changed = proof
                    changed[place] = try changed[place].flipping(bit)
                    let accepted = MerkleTree.verifyInclusion(
                        of: Self.leaves[index],
                        index: UInt64(index),
                        size: UInt64(size),
                        proof: changed,
                        root: Self.roots[size]
                    )
                    #expect(!accepted, "leaf \(index) of \(size), hash \(place), bit \(bit)")
                }
            }
        }
    }

    @Test("an empty tree proves nothing")
    func empty() {
        let empty = MerkleTree.emptyRoot
        #expect(!MerkleTree.verifyInclusion(of: empty, index: 0, size: 0, proof: [], root: empty))
        #expect(!MerkleTree.verifyConsistency(oldSize: 0, newSize: 1, oldRoot: empty, newRoot: empty, proof: []))
        #expect(!MerkleTree.verifyConsistency(oldSize: 0, newSize: 0, oldRoot: empty, newRoot: empty, proof: []))
    }

    @Test("sizes at the end of their range are refused without a trap")
    func extremes() {
        let hash = MerkleTree.emptyRoot
        for proof in [[], [hash], [SHA256Digest](repeating: hash, count: 70)] {
            for size in [UInt64.max, .max - 1, 1 << 63, 1 << 63 + 1] as [UInt64] {
                #expect(!MerkleTree.verifyInclusion(of: hash, index: 0, size: size, proof: proof, root: hash))
                #expect(!MerkleTree.verifyInclusion(of: hash, index: size - 1, size: size, proof: proof, root: hash))
                #expect(!MerkleTree.verifyInclusion(of: hash, index: size, size: size, proof: proof, root: hash))
                #expect(
                    !MerkleTree.verifyConsistency(
                        oldSize: size - 1,
                        newSize: size,
                        oldRoot: hash,
                        newRoot: hash,
                        proof: proof
                    )
                )
            }
        }
    }

    @Test("hashes of any length are compared as they are, and hashed only where they are digests")
    func anyLength() throws {
        let text = Array("not a hash".utf8)
        let verify = { (old: UInt64, new: UInt64, oldRoot: [UInt8], newRoot: [UInt8], proof: [[UInt8]]) in
            MerkleTree.verifyConsistency(
                oldSize: old,
                newSize: new,
                oldRoot: oldRoot,
                newRoot: newRoot,
                proof: proof
            )
        }
        #expect(verify(1, 1, text, text, []))
        #expect(verify(.max, .max, text, text, []))
        #expect(!verify(1, 1, text, text + [0], []))
        #expect(!verify(1, 1, text, text, [text]))
        #expect(!verify(0, 0, text, text, []))
        let (old, new) = (Self.roots[3].bytes, Self.roots[7].bytes)
        let proof = try MerkleTree.consistencyProof(from: 3, leaves: Array(Self.leaves.prefix(7))).map(\.bytes)
        #expect(verify(3, 7, old, new, proof))
        #expect(!verify(3, 7, old + [0], new, proof))
        #expect(!verify(3, 7, old, new.dropLast(), proof))
        #expect(!verify(3, 7, old, new, proof.dropLast() + [proof[3] + [0]]))
        #expect(!verify(3, 7, text, text, proof))

        let path = try MerkleTree.inclusionProof(index: 2, leaves: Array(Self.leaves.prefix(7))).map(\.bytes)
        let includes = { (leaf: [UInt8], path: [[UInt8]], root: [UInt8]) in
            MerkleTree.verifyInclusion(of: leaf, index: 2, size: 7, proof: path, root: root)
        }
        #expect(includes(Self.leaves[2].bytes, path, new))
        #expect(!includes(Self.leaves[2].bytes + [0], path, new))
        #expect(!includes(Self.leaves[2].bytes, path, new.dropLast()))
        #expect(!includes(Self.leaves[2].bytes, path.dropLast() + [text], new))
        #expect(!MerkleTree.verifyInclusion(of: text, index: 0, size: 1, proof: [], root: text))
    }

    /// The proof truncated, extended, with two hashes exchanged, and with one bit of each hash changed.
    private static func variations(
        of proof: [SHA256Digest],
        root: SHA256Digest
    ) -> [(what: String, proof: [SHA256Digest])] {
        var all = [
            ("root appended", proof + [root]), ("root put first", [root] + proof),
            ("garbage appended", proof + [MerkleTree.emptyRoot]),
        ]
        for place in proof.indices {
            var shorter = proof
            shorter.remove(at: place)
            all.append(("hash \(place) removed", shorter))
            var changed = proof
            changed[place] = (try? proof[place].flipping((place * 37) % 256)) ?? root
            all.append(("hash \(place) changed", changed))
            var longer = proof
            longer.insert(proof[place], at: place)
            all.append(("hash \(place) repeated", longer))
            if place > 0 {
                var swapped = proof
                swapped.swapAt(place, place - 1)
                all.append(("hash \(place) swapped", swapped))
            }
        }
        return all
    }
}
