import Cryptography

/// The stored checkpoints in their order, as fsck comes to them.
struct FsckCheckpoints {
    private static let page = 1000

    /// How many were compared.
    private(set) var count: UInt64 = 0
    /// The first one that is none or that nobody trusted signed; told where nothing worse is found.
    private(set) var doubt: FsckReport.Problem?
    private var waiting: ArraySlice<StoredCheckpoint> = []
    private var following: UInt64? = 0

    /// The next one.
    var next: StoredCheckpoint? { waiting.first }

    /// Reads on where none is waiting.
    mutating func load(_ store: some LogStore) throws {
        guard waiting.isEmpty, let size = following else { return }
        waiting = try store.storedCheckpoints(from: size, limit: Self.page)[...]
        following = waiting.last.flatMap { $0.size == .max ? nil : $0.size + 1 }
    }

    /// Whether the next one states its size and a trusted key signed it: then there were so many entries.
    func isNextProof(_ trusted: [NoteVerifier]) -> Bool {
        guard let next, let checkpoint = try? Checkpoint(encoded: next.note), checkpoint.size == next.size else {
            return false
        }
        return trusted.isEmpty || checkpoint.note.verify(with: trusted).isVerified
    }

    /// Compares the next one, which is of as many entries as have this root.
    mutating func compare(_ stored: StoredCheckpoint, root: SHA256Digest, _ trusted: [NoteVerifier]) throws {
        waiting.removeFirst()
        count += 1
        guard let checkpoint = try? Checkpoint(encoded: stored.note), checkpoint.size == stored.size else {
            doubt = doubt ?? .checkpointMalformed(size: stored.size)
            return
        }
        guard checkpoint.root == root else {
            throw FsckRun.Stop(problem: .checkpointRootDiffers(size: stored.size))
        }
        if !trusted.isEmpty, !checkpoint.note.verify(with: trusted).isVerified {
            doubt = doubt ?? .checkpointNotSigned(size: stored.size)
        }
    }
}
