import Cryptography
import Testing
import TransparencyLog

@Suite("Merkle tree")
struct MerkleTreeTests {
    @Test("of no leaves has the hash of nothing as its root")
    func empty() {
        #expect(MerkleTree.emptyRoot.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(MerkleTree.root(of: []) == MerkleTree.emptyRoot)
    }

    @Test("hashes the empty leaf as RFC 9162 has it, and tells leaves from nodes")
    func separation() {
        #expect(
            MerkleTree.leafHash([]).hex == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        )
        let (left, right) = (SHA256Digest.hash(utf8: "l"), SHA256Digest.hash(utf8: "r"))
        #expect(MerkleTree.nodeHash(left, right) == .hash([1] + left.bytes + right.bytes))
        #expect(MerkleTree.leafHash(left.bytes + right.bytes) != MerkleTree.nodeHash(left, right))
        #expect(MerkleTree.nodeHash(left, right) != MerkleTree.nodeHash(right, left))
    }

    @Test(
        "gives the roots of the Certificate Transparency reference leaves",
        arguments: [
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
            (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
            (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
            (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ]
    )
    func referenceRoots(count: Int, root: String) {
        let leaves = Samples.referenceLeaves.prefix(count).map(MerkleTree.leafHash)
        #expect(MerkleTree.root(of: leaves).hex == root)
    }

    @Test("gives the inclusion proof of RFC 9162 §2.1.5 for d3 in seven leaves, and those for d0, d4 and d6")
    func examples() throws {
        let leaves = Samples.leaves(7)
        let node = { (range: Range<Int>) in MerkleTree.root(of: leaves[range]) }
        let proof = { try MerkleTree.inclusionProof(index: $0, leaves: leaves) }
        #expect(try proof(0) == [leaves[1], node(2..<4), node(4..<7)])
        #expect(try proof(3) == [leaves[2], node(0..<2), node(4..<7)])
        #expect(try proof(4) == [leaves[5], leaves[6], node(0..<4)])
        #expect(try proof(6) == [node(4..<6), node(0..<4)])
    }

    @Test("gives the consistency proofs of RFC 9162 §2.1.5 from three, four and six to seven leaves")
    func consistencyExamples() throws {
        let leaves = Samples.leaves(7)
        let node = { (range: Range<Int>) in MerkleTree.root(of: leaves[range]) }
        let proof = { try MerkleTree.consistencyProof(from: $0, leaves: leaves) }
        #expect(try proof(3) == [leaves[2], leaves[3], node(0..<2), node(4..<7)])
        #expect(try proof(4) == [node(4..<7)])
        #expect(try proof(6) == [node(4..<6), leaves[6], node(0..<4)])
        #expect(try proof(7) == [])
    }

    @Test("refuses to prove what is outside it")
    func outOfRange() {
        let leaves = Samples.leaves(3)
        let error = TransparencyLogError(.outOfRange, "")
        #expect(throws: error) { try MerkleTree.inclusionProof(index: 3, leaves: leaves) }
        #expect(throws: error) { try MerkleTree.inclusionProof(index: 0, leaves: []) }
        #expect(throws: error) { try MerkleTree.consistencyProof(from: 0, leaves: leaves) }
        #expect(throws: error) { try MerkleTree.consistencyProof(from: 4, leaves: leaves) }
    }
}
