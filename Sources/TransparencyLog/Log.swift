public import Cryptography

/// The operations on a log; each belongs into one storage transaction.
public enum Log {
    /// Adds entries at the end and gives their indices.
    ///
    /// Reads at most one node for each level of the tree, whatever the number of entries. The entries count only
    /// once the transaction is durable.
    ///
    /// - Throws: ``TransparencyLogError`` with code `missingNode`; what the store throws.
    @discardableResult
    public static func append(_ bodies: [LogBody], to store: some LogStore) throws -> Range<UInt64> {
        let first = try store.logSize()
        var frontier = Frontier()
        for (offset, body) in bodies.enumerated() {
            let entry = LogEntry(index: first + UInt64(offset), body)
            var nodes: [SHA256Digest] = []
            try frontier.add(
                entry.leafHash,
                at: entry.index,
                readingLeft: { try node($0, in: store) },
                completing: { nodes.append($1) }
            )
            try store.insertLogEntry(entry, completing: nodes)
        }
        return first..<first + UInt64(bodies.count)
    }

    /// The root of the tree over the first `size` entries.
    ///
    /// - Throws: ``TransparencyLogError`` with code `outOfRange` or `missingNode`; what the store throws.
    public static func root(size: UInt64, in store: some LogStore) throws -> SHA256Digest {
        try check(size, in: store)
        return size == 0 ? MerkleTree.emptyRoot : try subtree(0..<size, in: store)
    }

    /// The proof that the entry at `index` is in the tree over the first `size` entries (RFC 9162 §2.1.3).
    ///
    /// - Throws: ``TransparencyLogError`` with code `outOfRange` or `missingNode`; what the store throws.
    public static func inclusionProof(
        index: UInt64,
        size: UInt64,
        in store: some LogStore
    ) throws -> [SHA256Digest] {
        try check(size, in: store)
        return try MerkleTree.inclusionProof(index: index, size: size) { try subtree($0, in: store) }
    }

    /// The proof that the tree over the first `newSize` entries continues that over the first `oldSize`
    /// (RFC 9162 §2.1.4).
    ///
    /// - Throws: ``TransparencyLogError`` with code `outOfRange` or `missingNode`; what the store throws.
    public static func consistencyProof(
        from oldSize: UInt64,
        to newSize: UInt64,
        in store: some LogStore
    ) throws -> [SHA256Digest] {
        try check(newSize, in: store)
        return try MerkleTree.consistencyProof(from: oldSize, to: newSize) { try subtree($0, in: store) }
    }

    /// Signs the log's present state and stores the checkpoint; gives the stored one when nothing came since.
    ///
    /// MUST NOT sign what does not continue the last checkpoint (C2SP tlog-checkpoint); so its root is compared first.
    ///
    /// - Throws: ``TransparencyLogError`` with code `inconsistentCheckpoint`, `missingNode` or `malformedNote`; what
    ///   the store throws.
    public static func publishCheckpoint(signer: NoteSigner, in store: some LogStore) throws -> Checkpoint {
        try publishCheckpoint(signers: [signer], in: store)
    }

    static func publishCheckpoint(signers: [NoteSigner], in store: some LogStore) throws -> Checkpoint {
        let signer = signers[0]
        let size = try store.logSize()
        let root = try root(size: size, in: store)
        if let last = try store.latestCheckpoint() {
            guard last.size <= size, try self.root(size: last.size, in: store) == last.root else {
                throw TransparencyLogError(
                    .inconsistentCheckpoint,
                    "The log does not continue its checkpoint of size \(last.size)."
                )
            }
            let isByThisKey = last.note.signatures.contains { $0.belongs(to: signer.verifier) }
            if last.size == size && last.origin == signer.name && isByThisKey { return last }
        }
        let checkpoint = try Checkpoint(origin: signer.name, size: size, root: root, signers: signers)
        try store.insertCheckpoint(checkpoint)
        return checkpoint
    }

    private static func check(_ size: UInt64, in store: some LogStore) throws {
        let present = try store.logSize()
        guard size <= present else {
            throw TransparencyLogError(.outOfRange, "The log has \(present) entries, not \(size).")
        }
    }

    private static func node(_ position: NodePosition, in store: some LogStore) throws -> SHA256Digest {
        guard let hash = try store.logNode(position) else {
            throw TransparencyLogError(.missingNode, "The store lacks the node \(position).")
        }
        return hash
    }

    /// The root over a range of entries that begins where a subtree of its size begins.
    private static func subtree(_ range: Range<UInt64>, in store: some LogStore) throws -> SHA256Digest {
        var hash: SHA256Digest?
        var end = range.upperBound
        // From the right: the smallest complete subtree, then joined with ever larger ones to its left.
        while end > range.lowerBound {
            let level = (end - range.lowerBound).trailingZeroBitCount
            end -= 1 << UInt64(level)
            let left = try node(NodePosition(level: level, index: end >> UInt64(level)), in: store)
            hash = hash.map { MerkleTree.nodeHash(left, $0) } ?? left
        }
        return hash ?? MerkleTree.emptyRoot
    }
}
