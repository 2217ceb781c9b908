public import Foundation

/// The handing over of the log from one signing key to the next, as an entry of the log.
///
/// The statement is a note that both keys signed: the old one says who follows, the new one that it was there. The
/// checkpoint over the entry is signed by both, later ones by the new key only.
public struct KeyRotation: Hashable, Sendable {
    /// The kind of the entry.
    public static let kind = "log_key_rotation"
    private static let title = "attestd log key rotation 1"

    /// The key until now.
    public let old: NoteVerifier
    /// The key from now on.
    public let new: NoteVerifier
    /// What both signed.
    public let statement: SignedNote

    /// Makes a rotation between keys of one log.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote` where they are of different logs, or the same.
    public init(from old: NoteSigner, to new: NoteSigner) throws {
        guard old.name == new.name, old.verifier != new.verifier else {
            throw TransparencyLogError(.malformedNote, "A key is followed by another one of the same log.")
        }
        self.old = old.verifier
        self.new = new.verifier
        let text = "\(old.name)\n\(Self.title)\n\(old.verifier.text)\n\(new.verifier.text)\n"
        statement = try SignedNote(text: text, signers: [old, new])
    }

    /// A rotation from an entry; nil where it is none, or not both keys signed it.
    public init?(_ entry: LogEntry) {
        guard entry.kind == Self.kind, let record = try? SealedRecord(body: entry.body),
            case .string(let encoded)? = record.facts["statement"], let statement = try? SignedNote(encoded: encoded)
        else { return nil }
        self.init(statement)
    }

    /// A rotation from its statement; nil where it is none, or not both keys signed it.
    public init?(_ statement: SignedNote) {
        let lines = statement.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 5, lines[1] == Self.title, lines[4].isEmpty, let old = try? NoteVerifier(text: lines[2]),
            let new = try? NoteVerifier(text: lines[3]), old.name == lines[0], new.name == lines[0],
            statement.verify(with: [old, new]) == .verified(by: [old, new])
        else { return nil }
        self.old = old
        self.new = new
        self.statement = statement
    }

    func body(at time: Date) throws -> LogBody {
        try SealedRecord(kind: Self.kind, timestamp: time, facts: ["statement": .string(statement.encoded)]).body()
    }
}

/// The keys that follow from one that is trusted, by statements that each two of them signed.
///
/// The older key says who follows, the newer one who went before: trust goes both ways along the chain.
public struct LogKeyChain: Hashable, Sendable {
    /// The trusted key, and those that it leads to.
    public let keys: [NoteVerifier]

    /// Follows the statements from a key; those that lead nowhere are passed over.
    public init(trusted: NoteVerifier, rotations: [KeyRotation] = []) {
        var keys = [trusted]
        var rest = rotations.filter { $0.old.name == trusted.name }
        while let found = rest.firstIndex(where: { keys.contains($0.old) || keys.contains($0.new) }) {
            let rotation = rest.remove(at: found)
            for key in [rotation.old, rotation.new] where !keys.contains(key) { keys.append(key) }
        }
        self.keys = keys
    }
}

/// The keys of a log, each with the sizes that it signs.
public struct LogKeys: Hashable, Sendable {
    /// One key's time.
    public struct Period: Hashable, Sendable {
        /// The key.
        public var verifier: NoteVerifier
        /// The smallest size that it signs.
        public var first: UInt64
        /// The largest; nil for the key in use. At this size its successor signs too.
        public var last: UInt64?
    }

    /// Oldest first.
    public let periods: [Period]

    /// The keys that a log had before the one in use, as its entries say.
    ///
    /// - Returns: nil where the chain of rotations does not lead to `current`.
    /// - Throws: what the store throws.
    public init?(current: NoteVerifier, in store: some LogStore) throws {
        var periods: [Period] = []
        for entry in try store.logEntries(ofKind: KeyRotation.kind) {
            guard let rotation = KeyRotation(entry) else { return nil }
            if let last = periods.last, last.verifier != rotation.old { return nil }
            if periods.isEmpty { periods.append(Period(verifier: rotation.old, first: 0)) }
            periods[periods.count - 1].last = entry.index + 1
            periods.append(Period(verifier: rotation.new, first: entry.index + 1))
        }
        if periods.isEmpty { periods.append(Period(verifier: current, first: 0)) }
        guard periods.last?.verifier == current else { return nil }
        self.periods = periods
    }

    /// The statements of a log's entries, oldest first.
    ///
    /// - Throws: what the store throws.
    public static func rotations(in store: some LogStore) throws -> [KeyRotation] {
        try store.logEntries(ofKind: KeyRotation.kind).compactMap { KeyRotation($0) }
    }

    /// The keys that may sign a checkpoint of this size: one, or two where one follows the other.
    public func verifiers(for size: UInt64) -> [NoteVerifier] {
        periods.filter { $0.first <= size && size <= $0.last ?? .max }.map(\.verifier)
    }
}

extension Log {
    /// Hands the log over to another key: the entry, and a checkpoint over it that both keys sign.
    ///
    /// From the same transaction on only `new` may sign.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote`, `inconsistentCheckpoint` or `missingNode`; what the
    ///   store throws.
    public static func rotateKey(
        from old: NoteSigner,
        to new: NoteSigner,
        at time: Date,
        in store: some LogStore
    ) throws -> Checkpoint {
        guard try LogKeys(current: old.verifier, in: store) != nil else {
            throw TransparencyLogError(.inconsistentCheckpoint, "The log has another key than the one that is to end.")
        }
        let rotation = try KeyRotation(from: old, to: new)
        try append([rotation.body(at: time)], to: store)
        return try publishCheckpoint(signers: [old, new], in: store)
    }
}
