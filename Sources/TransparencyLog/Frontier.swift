import Cryptography

/// The complete subtrees at a growing tree's right edge that still wait for their right neighbour.
struct Frontier {
    /// By level, as high as there was anything to keep.
    private var waiting: [SHA256Digest?] = []

    /// Adds the next leaf and tells of each subtree that it completes, from the leaf upwards.
    ///
    /// `readingLeft` is asked for a left neighbour that was added before this frontier began.
    mutating func add(
        _ leaf: SHA256Digest,
        at index: UInt64,
        readingLeft: (NodePosition) throws -> SHA256Digest,
        completing: (NodePosition, SHA256Digest) throws -> Void
    ) throws {
        var position = NodePosition(level: 0, index: index)
        var hash = leaf
        try completing(position, hash)
        while position.index & 1 == 1 {
            let left = try take(position.level) ?? readingLeft(position.leftNeighbour)
            hash = MerkleTree.nodeHash(left, hash)
            position = position.parent
            try completing(position, hash)
        }
        while waiting.count <= position.level { waiting.append(nil) }
        waiting[position.level] = hash
    }

    private mutating func take(_ level: Int) -> SHA256Digest? {
        guard level < waiting.count else { return nil }
        defer { waiting[level] = nil }
        return waiting[level]
    }

    /// The root over all leaves, when the frontier began with the first one.
    var root: SHA256Digest {
        waiting.reduce(nil as SHA256Digest?) { right, left in
            guard let left else { return right }
            return right.map { MerkleTree.nodeHash(left, $0) } ?? left
        } ?? MerkleTree.emptyRoot
    }
}

extension NodePosition {
    var leftNeighbour: NodePosition { NodePosition(level: level, index: index - 1) }
    var sibling: NodePosition { NodePosition(level: level, index: index ^ 1) }
    var parent: NodePosition { NodePosition(level: level + 1, index: index >> 1) }
}
