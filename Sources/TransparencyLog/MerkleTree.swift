public import Cryptography

/// The Merkle tree of RFC 9162 §2.1 as pure functions over leaf hashes.
public enum MerkleTree {
    /// The root of the tree without leaves: the hash of nothing (§2.1.1).
    public static let emptyRoot = SHA256Digest.hash([UInt8]())

    /// The hash of a leaf: SHA-256(0x00 ‖ data) (§2.1.1).
    public static func leafHash(_ data: [UInt8]) -> SHA256Digest {
        var hasher = SHA256Hasher()
        hasher.update(byte: 0x00)
        hasher.update(data)
        return hasher.finalize()
    }

    /// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (§2.1.1).
    public static func nodeHash(_ left: SHA256Digest, _ right: SHA256Digest) -> SHA256Digest {
        var hasher = SHA256Hasher()
        hasher.update(byte: 0x01)
        hasher.update(left)
        hasher.update(right)
        return hasher.finalize()
    }

    /// The root over the given leaf hashes (§2.1.1).
    public static func root(of leaves: some RandomAccessCollection<SHA256Digest>) -> SHA256Digest {
        guard let first = leaves.first else { return emptyRoot }
        if leaves.count == 1 { return first }
        let split = Int(splitPoint(UInt64(leaves.count)))
        return nodeHash(root(of: leaves.prefix(split)), root(of: leaves.dropFirst(split)))
    }

    /// The inclusion proof of the leaf at `index` in the tree of all `leaves` (§2.1.3.1).
    ///
    /// - Throws: ``TransparencyLogError`` with code `outOfRange`.
    public static func inclusionProof(index: UInt64, leaves: [SHA256Digest]) throws -> [SHA256Digest] {
        try inclusionProof(index: index, size: UInt64(leaves.count), subtree: subtree(of: leaves))
    }

    /// The proof that the tree of all `leaves` continues the tree of the first `oldSize` of them (§2.1.4.1).
    ///
    /// - Throws: ``TransparencyLogError`` with code `outOfRange`.
    public static func consistencyProof(from oldSize: UInt64, leaves: [SHA256Digest]) throws -> [SHA256Digest] {
        try consistencyProof(from: oldSize, to: UInt64(leaves.count), subtree: subtree(of: leaves))
    }

    /// The largest power of two below `count`, which is at least 2: where §2.1.1 divides a tree.
    static func splitPoint(_ count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }

    /// PATH of §2.1.3.1, over any source of subtree roots.
    static func inclusionProof(
        index: UInt64,
        size: UInt64,
        subtree: (Range<UInt64>) throws -> SHA256Digest
    ) throws -> [SHA256Digest] {
        guard index < size else {
            throw TransparencyLogError(.outOfRange, "A tree of \(size) leaves has no leaf \(index).")
        }
        var range = 0..<size
        var fromTheTop: [SHA256Digest] = []
        while range.count > 1 {
            let middle = range.lowerBound + splitPoint(range.upperBound - range.lowerBound)
            if index < middle {
                fromTheTop.append(try subtree(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                fromTheTop.append(try subtree(range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        return fromTheTop.reversed()
    }

    /// PROOF and SUBPROOF of §2.1.4.1, over any source of subtree roots; empty for equal sizes.
    static func consistencyProof(
        from oldSize: UInt64,
        to newSize: UInt64,
        subtree: (Range<UInt64>) throws -> SHA256Digest
    ) throws -> [SHA256Digest] {
        guard oldSize > 0, oldSize <= newSize else {
            throw TransparencyLogError(.outOfRange, "No proof leads from \(oldSize) leaves to \(newSize).")
        }
        var range = 0..<newSize
        var fromTheTop: [SHA256Digest] = []
        while oldSize < range.upperBound {
            let middle = range.lowerBound + splitPoint(range.upperBound - range.lowerBound)
            if oldSize <= middle {
                fromTheTop.append(try subtree(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                fromTheTop.append(try subtree(range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        // A subtree that is the whole old tree needs no mention: its root is what the verifier holds.
        if range.lowerBound > 0 { fromTheTop.append(try subtree(range)) }
        return fromTheTop.reversed()
    }

    private static func subtree(of leaves: [SHA256Digest]) -> (Range<UInt64>) -> SHA256Digest {
        { range in root(of: leaves[Int(range.lowerBound)..<Int(range.upperBound)]) }
    }
}
