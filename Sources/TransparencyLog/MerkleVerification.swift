public import Cryptography

/// The two verifications of RFC 9162 §2.1, step by step as the RFC has them.
///
/// They look at nothing but their arguments, so that a stranger can do the same.
extension MerkleTree {
    /// Whether `proof` shows that `leafHash` is the leaf at `index` of the tree with `size` leaves and `root`
    /// (§2.1.3.2).
    public static func verifyInclusion(
        of leafHash: SHA256Digest,
        index: UInt64,
        size: UInt64,
        proof: [SHA256Digest],
        root: SHA256Digest
    ) -> Bool {
        guard index < size else { return false }
        var node = index
        var last = size - 1
        var hash = leafHash
        for sibling in proof {
            if last == 0 { return false }
            if node & 1 == 1 || node == last {
                hash = nodeHash(sibling, hash)
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether `proof` shows that the tree with `newSize` leaves and `newRoot` begins with the leaves of the tree with
    /// `oldSize` leaves and `oldRoot` (§2.1.4.2).
    ///
    /// Equal sizes need equal roots and an empty proof. Nothing can be shown from an empty tree.
    public static func verifyConsistency(
        oldSize: UInt64,
        newSize: UInt64,
        oldRoot: SHA256Digest,
        newRoot: SHA256Digest,
        proof: [SHA256Digest]
    ) -> Bool {
        guard oldSize > 0, oldSize <= newSize else { return false }
        if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }

        var rest = proof[...]
        let isComplete = oldSize & (oldSize - 1) == 0
        guard let seed = isComplete ? oldRoot : rest.popFirst(), !proof.isEmpty else { return false }

        var node = oldSize - 1
        var last = newSize - 1
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var oldHash = seed
        var newHash = seed
        for sibling in rest {
            if last == 0 { return false }
            if node & 1 == 1 || node == last {
                oldHash = nodeHash(sibling, oldHash)
                newHash = nodeHash(sibling, newHash)
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                newHash = nodeHash(newHash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && oldHash == oldRoot && newHash == newRoot
    }
}
