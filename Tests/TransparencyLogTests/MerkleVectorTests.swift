import Cryptography
import Foundation
import Testing
import TransparencyLog

private let vectorFolder = ProcessInfo.processInfo.environment["ATTESTD_MERKLE_VECTORS"]

/// The public Merkle test vectors of the transparency-dev project, from the folder that `ATTESTD_MERKLE_VECTORS`
/// names; without it the suite is passed over.
@Suite("Public Merkle vectors", .enabled(if: vectorFolder != nil))
struct MerkleVectorTests {
    /// The one vector where we are stricter: it wants two equal texts of 12 bytes accepted as the roots of one leaf.
    private static let rootsOfWrongLength: Set = ["additional/sizes-are-equal-one-and-proof-is-empty.json"]

    private struct Inclusion: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: String
        let leafHash: String
        let proof: [String]?
        let desc: String
        let wantErr: Bool
    }

    private struct Consistency: Decodable {
        let size1: UInt64
        let size2: UInt64
        let root1: String
        let root2: String
        let proof: [String]?
        let desc: String
        let wantErr: Bool
    }

    @Test("for inclusion are accepted and refused as they say")
    func inclusion() throws {
        let vectors = try Self.read(Inclusion.self, from: "inclusion")
        try #require(!vectors.isEmpty)
        for (path, vector) in vectors {
            let accepted: Bool
            if let leaf = Self.digest(vector.leafHash), let root = Self.digest(vector.root),
                let proof = Self.digests(vector.proof)
            {
                accepted = MerkleTree.verifyInclusion(
                    of: leaf,
                    index: vector.leafIdx,
                    size: vector.treeSize,
                    proof: proof,
                    root: root
                )
            } else {
                accepted = false
            }
            #expect(accepted != vector.wantErr, "\(path): \(vector.desc)")
        }
    }

    @Test("for consistency are accepted and refused as they say")
    func consistency() throws {
        let vectors = try Self.read(Consistency.self, from: "consistency")
        try #require(!vectors.isEmpty)
        for (path, vector) in vectors {
            let accepted: Bool
            if let oldRoot = Self.digest(vector.root1), let newRoot = Self.digest(vector.root2),
                let proof = Self.digests(vector.proof)
            {
                accepted = MerkleTree.verifyConsistency(
                    oldSize: vector.size1,
                    newSize: vector.size2,
                    oldRoot: oldRoot,
                    newRoot: newRoot,
                    proof: proof
                )
            } else {
                accepted = false
            }
            let expected = !vector.wantErr && !Self.rootsOfWrongLength.contains(path)
            #expect(accepted == expected, "\(path): \(vector.desc)")
        }
    }

    private static func read<Vector: Decodable>(_: Vector.Type, from part: String) throws -> [(String, Vector)] {
        let root = URL(fileURLWithPath: vectorFolder ?? "").appendingPathComponent(part)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".json") }
        return try paths.sorted().map { path in
            let data = try Data(contentsOf: root.appendingPathComponent(path))
            return (path, try JSONDecoder().decode(Vector.self, from: data))
        }
    }

    private static func digests(_ texts: [String]?) -> [SHA256Digest]? {
        let digests = (texts ?? []).map(digest)
        return digests.contains(nil) ? nil : digests.compactMap { $0 }
    }

    /// A hash of another length than a digest's cannot be made, so that the vector is refused before the tree.
    private static func digest(_ text: String) -> SHA256Digest? {
        try? SHA256Digest(bytes: Base64.decode(text))
    }
}
