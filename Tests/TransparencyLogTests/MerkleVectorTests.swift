import Cryptography
import Foundation
import Testing
import TransparencyLog

/// The folder of the public vectors: what `ATTESTD_MERKLE_VECTORS` names, or `shared/vectors/merkle` beside the project.
private let vectorFolder: URL? = {
    let project = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
    let named = ProcessInfo.processInfo.environment["ATTESTD_MERKLE_VECTORS"].map { URL(filePath: $0) }
    let folder = named ?? project.appending(path: "../shared/vectors/merkle").standardizedFileURL
    return named != nil || FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

/// The public Merkle test vectors of the transparency-dev project; passed over where they are not there.
@Suite("Public Merkle vectors", .enabled(if: vectorFolder != nil, "the folder of vectors is not there"))
struct MerkleVectorTests {
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
        try #require(vectors.count >= 90)
        #expect(Set(vectors.map(\.1.wantErr)) == [true, false])
        for (path, vector) in vectors {
            let accepted = MerkleTree.verifyInclusion(
                of: try Base64.decode(vector.leafHash),
                index: vector.leafIdx,
                size: vector.treeSize,
                proof: try (vector.proof ?? []).map { try Base64.decode($0) },
                root: try Base64.decode(vector.root)
            )
            #expect(accepted != vector.wantErr, "\(path): \(vector.desc)")
        }
    }

    @Test("for consistency are accepted and refused as they say")
    func consistency() throws {
        let vectors = try Self.read(Consistency.self, from: "consistency")
        try #require(vectors.count >= 90)
        #expect(Set(vectors.map(\.1.wantErr)) == [true, false])
        for (path, vector) in vectors {
            let accepted = MerkleTree.verifyConsistency(
                oldSize: vector.size1,
                newSize: vector.size2,
                oldRoot: try Base64.decode(vector.root1),
                newRoot: try Base64.decode(vector.root2),
                proof: try (vector.proof ?? []).map { try Base64.decode($0) }
            )
            #expect(accepted != vector.wantErr, "\(path): \(vector.desc)")
        }
    }

    private static func read<Vector: Decodable>(_: Vector.Type, from part: String) throws -> [(String, Vector)] {
        let root = try #require(vectorFolder).appending(path: part)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".json") }
        return try paths.sorted().map { path in
            (path, try JSONDecoder().decode(Vector.self, from: Data(contentsOf: root.appending(path: path))))
        }
    }
}
