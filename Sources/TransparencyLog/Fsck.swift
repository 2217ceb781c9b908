import Cryptography

extension Log {
    /// Recomputes the whole tree from the entries and compares it with what is stored, up to the first difference.
    ///
    /// A difference is a value of the report. Memory stays constant, whatever the size. Without `verifiers` the last
    /// checkpoint's signature is not looked at.
    ///
    /// - Throws: what the store throws.
    public static func fsck(_ store: some LogStore, verifiers: [NoteVerifier] = []) throws -> FsckReport {
        var run = Fsck(size: try store.logSize(), checkpoint: try store.latestCheckpoint())
        let problem: FsckReport.Problem?
        do throws(Fsck.Stop) {
            try run.check(store, verifiers)
            problem = nil
        } catch {
            switch error {
            case .problem(let found): problem = found
            case .failure(let cause): throw cause
            }
        }
        return FsckReport(
            entries: run.done,
            root: run.frontier.root,
            checkpointSize: run.checkpoint?.size,
            problem: problem
        )
    }
}

/// One run of fsck.
private struct Fsck {
    enum Stop: Error {
        case problem(FsckReport.Problem)
        case failure(any Error)
    }

    /// Entries read at a time; a power of two, so that whole subtrees fall into one batch.
    private static let batch = 4096
    private static let batchLevel = batch.trailingZeroBitCount

    let size: UInt64
    let checkpoint: Checkpoint?
    var frontier = Frontier()
    var done: UInt64 = 0

    init(size: UInt64, checkpoint: Checkpoint?) {
        self.size = size
        self.checkpoint = checkpoint
    }

    mutating func check(_ store: some LogStore, _ verifiers: [NoteVerifier]) throws(Stop) {
        do {
            while done < size {
                try checkBatch(store)
            }
            if let surplus = try store.logEntries(from: size, limit: 1).first {
                throw Stop.problem(.entryUnexpected(index: surplus.index))
            }
            let beyond = NodePosition(level: 0, index: size)
            if try store.logNode(beyond) != nil { throw Stop.problem(.nodeBeyondEnd(beyond)) }
            // Last, for an altered entry says more than a checkpoint cut loose.
            try checkCheckpoint(verifiers)
        } catch let stop as Stop {
            throw stop
        } catch {
            throw .failure(error)
        }
    }

    private func checkCheckpoint(_ verifiers: [NoteVerifier]) throws {
        guard let checkpoint else { return }
        if checkpoint.size > size {
            throw Stop.problem(.checkpointBeyondEnd(size: checkpoint.size))
        }
        if checkpoint.size == 0 && checkpoint.root != MerkleTree.emptyRoot {
            throw Stop.problem(.checkpointRootDiffers(size: 0))
        }
        if !verifiers.isEmpty, !checkpoint.note.verify(with: verifiers).isVerified {
            throw Stop.problem(.checkpointNotSigned(size: checkpoint.size))
        }
    }

    private mutating func checkBatch(_ store: some LogStore) throws {
        let first = done
        let count = Int(min(size - first, UInt64(Self.batch)))
        let entries = try store.logEntries(from: first, limit: count)
        var levels: [[SHA256Digest]] = []
        for level in 0...Self.batchLevel where count >> level > 0 {
            levels.append(try store.logNodes(level: level, from: first >> UInt64(level), limit: count >> level))
        }

        for offset in 0..<count {
            let index = first + UInt64(offset)
            guard offset < entries.count else { throw Stop.problem(.entryMissing(index: index)) }
            let entry = entries[offset]
            guard entry.index == index else {
                throw Stop.problem(
                    entry.index > index ? .entryMissing(index: index) : .entryUnexpected(index: entry.index)
                )
            }
            try add(entry, first, levels, store)
            done += 1
            if let checkpoint, checkpoint.size == done, frontier.root != checkpoint.root {
                throw Stop.problem(.checkpointRootDiffers(size: done))
            }
        }
    }

    private mutating func add(
        _ entry: LogEntry,
        _ first: UInt64,
        _ levels: [[SHA256Digest]],
        _ store: some LogStore
    ) throws {
        let leaf = entry.leafHash
        let stored = { (position: NodePosition) throws -> SHA256Digest? in
            guard position.level < levels.count else { return try store.logNode(position) }
            let offset = Int(position.index - first >> UInt64(position.level))
            return offset < levels[position.level].count ? levels[position.level][offset] : nil
        }
        // On a copy: an entry that differs must not enter the report's root.
        var grown = frontier
        try grown.add(
            leaf,
            at: entry.index,
            readingLeft: { throw Stop.problem(.nodeMissing($0)) },
            completing: { position, hash in
                guard let expected = try stored(position) else { throw Stop.problem(.nodeMissing(position)) }
                if expected == hash { return }
                let isEntry = position.level == 0 && !isConfirmed(leaf, at: position, stored)
                throw Stop.problem(isEntry ? .entryDiffers(index: entry.index) : .nodeDiffers(position))
            }
        )
        guard let body = try? CanonicalJSON.decode(entry.body), let facts = try? LogBody.facts(of: body),
            facts.kind.utf8.elementsEqual(entry.kind.utf8),
            LogTimestamp.milliseconds(facts.timestamp) == LogTimestamp.milliseconds(entry.timestamp)
        else {
            throw Stop.problem(.entryFactsDiffer(index: entry.index))
        }
        frontier = grown
    }

    /// Whether the stored parent agrees with the entry: then it is the stored leaf hash that was altered.
    private func isConfirmed(
        _ leaf: SHA256Digest,
        at position: NodePosition,
        _ stored: (NodePosition) throws -> SHA256Digest?
    ) -> Bool {
        guard let sibling = try? stored(position.sibling), let parent = try? stored(position.parent) else {
            return false
        }
        let isRight = position.index & 1 == 1
        return parent == (isRight ? MerkleTree.nodeHash(sibling, leaf) : MerkleTree.nodeHash(leaf, sibling))
    }
}
