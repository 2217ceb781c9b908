import Cryptography

extension Log {
    /// Recomputes the whole tree from the entries and compares it with what is stored, up to the first difference.
    ///
    /// Compared are entries with their kinds and moments, all nodes, all checkpoints, and how many there are of each. A
    /// difference is a value of the report. Memory stays constant, whatever the size. Without `verifiers` the signatures
    /// of checkpoints are not looked at.
    ///
    /// - Throws: what the store throws.
    public static func fsck(_ store: some LogStore, verifiers: [NoteVerifier] = []) throws -> FsckReport {
        try fsck(FsckRun(store) { _ in verifiers }, store)
    }

    /// The same with the keys that the log had: each checkpoint is held against the key of its time.
    ///
    /// - Throws: what the store throws.
    public static func fsck(_ store: some LogStore, keys: LogKeys) throws -> FsckReport {
        try fsck(FsckRun(store, trusted: keys.verifiers(for:)), store)
    }

    private static func fsck(_ started: FsckRun, _ store: some LogStore) throws -> FsckReport {
        var run = started
        let problem: FsckReport.Problem?
        do {
            try run.check(store)
            problem = nil
        } catch let stop as FsckRun.Stop {
            problem = stop.problem
        }
        return FsckReport(
            entries: run.done,
            root: run.frontier.root,
            checkpointSize: run.checkpointSize,
            problem: problem
        )
    }
}

/// One run of fsck: a value, so that it can go on from any entry more than once.
struct FsckRun {
    /// The first difference, which ends the run.
    struct Stop: Error {
        let problem: FsckReport.Problem
    }

    /// Entries read at a time; a power of two, so that whole subtrees fall into one batch.
    private let batch: Int
    private let batchLevel: Int
    private let trusted: (UInt64) -> [NoteVerifier]

    private(set) var frontier = Frontier()
    /// How many entries were found right.
    private(set) var done: UInt64 = 0
    /// How many entries the store says there are.
    var size: UInt64
    /// The size of the last checkpoint that the entries were compared with.
    private(set) var checkpointSize: UInt64?
    private var checkpoints: FsckCheckpoints

    /// - Parameter trusted: the keys that may sign a checkpoint of a size; none where signatures are not looked at.
    init(_ store: some LogStore, batch: Int = 4096, trusted: @escaping (UInt64) -> [NoteVerifier]) throws {
        self.batch = batch
        self.trusted = trusted
        batchLevel = batch.trailingZeroBitCount
        size = try store.logSize()
        checkpoints = FsckCheckpoints()
    }

    /// Checks everything that is not done yet.
    mutating func check(_ store: some LogStore) throws {
        if done == 0 { try begin(store) }
        var next = try read(store, from: done)
        while let current = next {
            // Read ahead: while a batch is put into the tree here, the next one is hashed on another thread.
            next = try read(store, from: current.end)
            try add(current, store)
        }
        try finish(store)
    }

    /// Compares what stands before the first entry.
    mutating func begin(_ store: some LogStore) throws {
        try compareCheckpoints(store)
    }

    /// Reads the batch that begins at an entry; nil past the end.
    func read(_ store: some LogStore, from first: UInt64) throws -> FsckBatch? {
        guard first < size else { return nil }
        // Batches begin at multiples of their size, whatever entry the run goes on from.
        let count = Int(min(size - first, UInt64(batch) - first % UInt64(batch)))
        let entries = try store.logEntries(from: first, limit: count)
        var levels: [[SHA256Digest]] = []
        for level in 0...batchLevel where count >> level > 0 {
            levels.append(try store.logNodes(level: level, from: first >> UInt64(level), limit: count >> level))
        }
        return FsckBatch(first: first, count: count, entries: entries, levels: levels)
    }

    /// Compares a batch, which follows what is done, with what is stored.
    mutating func add(_ batch: FsckBatch, _ store: some LogStore) throws {
        let prepared = batch.prepared()
        for offset in 0..<batch.count {
            let index = batch.first + UInt64(offset)
            guard offset < batch.entries.count else { throw Stop(problem: .entryMissing(index: index)) }
            let found = batch.entries[offset].index
            guard found == index else {
                throw Stop(problem: found > index ? .entryMissing(index: index) : .entryUnexpected(index: found))
            }
            try add(index, prepared.leaves[offset], batch, store)
            guard prepared.areFactsRight[offset] else { throw Stop(problem: .entryFactsDiffer(index: index)) }
            done += 1
            if done == checkpoints.next?.size { try compareCheckpoints(store) }
        }
    }

    private mutating func add(
        _ index: UInt64,
        _ leaf: SHA256Digest,
        _ batch: FsckBatch,
        _ store: some LogStore
    ) throws {
        // On a copy: an entry that differs must not enter the report's root.
        var grown = frontier
        try grown.add(
            leaf,
            at: index,
            readingLeft: { throw Stop(problem: .nodeMissing($0)) },
            completing: { position, hash in
                guard let expected = try batch.node(position, store) else {
                    throw Stop(problem: .nodeMissing(position))
                }
                if expected == hash { return }
                let isEntry = position.level == 0 && !isConfirmed(leaf, at: position, batch, store)
                throw Stop(problem: isEntry ? .entryDiffers(index: index) : .nodeDiffers(position))
            }
        )
        frontier = grown
    }

    /// Whether the stored parent agrees with the entry: then it is the stored leaf hash that was altered.
    private func isConfirmed(
        _ leaf: SHA256Digest,
        at position: NodePosition,
        _ batch: FsckBatch,
        _ store: some LogStore
    ) -> Bool {
        guard let sibling = try? batch.node(position.sibling, store),
            let parent = try? batch.node(position.parent, store)
        else { return false }
        let isRight = position.index & 1 == 1
        return parent == (isRight ? MerkleTree.nodeHash(sibling, leaf) : MerkleTree.nodeHash(leaf, sibling))
    }

    /// Compares the checkpoints of as many entries as are done.
    private mutating func compareCheckpoints(_ store: some LogStore) throws {
        try checkpoints.load(store)
        while let next = checkpoints.next, next.size == done {
            try checkpoints.compare(next, root: frontier.root, trusted(done))
            checkpointSize = done
            try checkpoints.load(store)
        }
    }

    /// What is left once all entries are done.
    mutating func finish(_ store: some LogStore) throws {
        if let surplus = try store.logEntries(from: size, limit: 1).first {
            throw Stop(problem: .entryUnexpected(index: surplus.index))
        }
        let beyond = NodePosition(level: 0, index: size)
        if try store.logNode(beyond) != nil { throw Stop(problem: .nodeBeyondEnd(beyond)) }
        if let next = checkpoints.next {
            let isProof = checkpoints.isNextProof(trusted(next.size))
            throw Stop(problem: isProof ? .entryMissing(index: size) : .checkpointBeyondEnd(size: next.size))
        }
        let counts = try store.logCounts()
        let nodes = (0..<64).reduce(0) { $0 + size >> UInt64($1) }
        if counts.entries != size { throw Stop(problem: .entriesUnexpected(count: Self.surplus(counts.entries, size))) }
        if counts.nodes != nodes { throw Stop(problem: .nodesUnexpected(count: Self.surplus(counts.nodes, nodes))) }
        if counts.checkpoints != checkpoints.count {
            throw Stop(problem: .checkpointsUnexpected(count: Self.surplus(counts.checkpoints, checkpoints.count)))
        }
        // Last, for an altered entry says more than a checkpoint cut loose.
        if let doubt = checkpoints.doubt { throw Stop(problem: doubt) }
    }

    private static func surplus(_ found: UInt64, _ expected: UInt64) -> UInt64 {
        found > expected ? found - expected : expected - found
    }
}
