import Cryptography

/// The verifications of RFC 9162 §2.1 over hashes as they arrive, whatever their length.
///
/// Where two hashes are only compared, any bytes will do; where they are hashed, each must be a digest.
extension MerkleTree {
    /// Whether `proof` shows that `leafHash` is the leaf at `index` of the tree with `size` leaves and `root`
    /// (§2.1.3.2).
    public static func verifyInclusion(
        of leafHash: [UInt8],
        index: UInt64,
        size: UInt64,
        proof: [[UInt8]],
        root: [UInt8]
    ) -> Bool {
        guard let leaf = try? SHA256Digest(bytes: leafHash), let root = try? SHA256Digest(bytes: root),
            let proof = try? proof.map({ try SHA256Digest(bytes: $0) })
        else { return false }
        return verifyInclusion(of: leaf, index: index, size: size, proof: proof, root: root)
    }

    /// Whether `proof` shows that the tree with `newSize` leaves and `newRoot` begins with the leaves of the tree with
    /// `oldSize` leaves and `oldRoot` (§2.1.4.2).
    ///
    /// Equal sizes need equal roots and an empty proof, and nothing else: no hash is computed of them.
    public static func verifyConsistency(
        oldSize: UInt64,
        newSize: UInt64,
        oldRoot: [UInt8],
        newRoot: [UInt8],
        proof: [[UInt8]]
    ) -> Bool {
        if oldSize > 0, oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
        guard let oldRoot = try? SHA256Digest(bytes: oldRoot), let newRoot = try? SHA256Digest(bytes: newRoot),
            let proof = try? proof.map({ try SHA256Digest(bytes: $0) })
        else { return false }
        return verifyConsistency(oldSize: oldSize, newSize: newSize, oldRoot: oldRoot, newRoot: newRoot, proof: proof)
    }
}
