public import Cryptography

/// What a witness remembers of a log: the last state that it cosigned.
public struct WitnessedState: Hashable, Sendable {
    /// The number of entries.
    public var size: UInt64
    /// The root over them.
    public var root: SHA256Digest

    /// Makes one.
    public init(size: UInt64, root: SHA256Digest) {
        self.size = size
        self.root = root
    }
}

/// Where a witness remembers; all calls of one answer belong into one transaction, which is durable before the answer.
public protocol WitnessStore {
    /// The last state of the log with this origin that was cosigned.
    func witnessedState(of origin: String) throws -> WitnessedState?
    /// Remembers a state in the place of the one before.
    func setWitnessedState(_ state: WitnessedState, of origin: String) throws
}

/// A witness of other institutions' logs (C2SP tlog-witness).
public struct Witness: Sendable {
    /// What it answers.
    public enum Answer: Hashable, Sendable {
        /// 200: the cosignature's line.
        case cosigned(line: String)
        /// 400: the request is none, or its sizes are the wrong way round.
        case malformed
        /// 403: no key that is trusted for the log signed the checkpoint.
        case untrusted
        /// 404: nobody has told the witness of this log.
        case unknownLog
        /// 409: the last state that was cosigned is another; its size.
        case conflict(size: UInt64)
        /// 422: the proof does not show that the log continues what was cosigned.
        case inconsistent
    }

    private let signer: CosignatureSigner
    private let logs: [String: [NoteVerifier]]

    /// A witness.
    ///
    /// - Parameter logs: the keys that are trusted, by the log's origin.
    public init(signer: CosignatureSigner, logs: [String: [NoteVerifier]]) {
        self.signer = signer
        self.logs = logs
    }

    /// The witness's public key.
    public var verifier: CosignatureVerifier { signer.verifier }

    /// Checks a request as the specification says, in its order, and remembers what it cosigns.
    ///
    /// - Parameter seconds: the time of the cosignature, since 1970.
    /// - Throws: what the store throws.
    public func answer(_ bytes: [UInt8], at seconds: UInt64, in store: some WitnessStore) throws -> Answer {
        guard let request = WitnessRequest(bytes) else { return .malformed }
        let checkpoint = request.checkpoint
        guard let keys = logs[checkpoint.origin] else { return .unknownLog }
        guard checkpoint.verify(with: keys).isVerified else { return .untrusted }
        guard request.oldSize <= checkpoint.size else { return .malformed }
        let last = try store.witnessedState(of: checkpoint.origin)
        guard request.oldSize == last?.size ?? 0 else { return .conflict(size: last?.size ?? 0) }
        if let last, last.size == checkpoint.size {
            // The same size with another root is a fork, which only a second signature of the log can make.
            guard last.root == checkpoint.root else { return .conflict(size: last.size) }
            guard request.proof.isEmpty else { return .inconsistent }
        } else if let last, last.size > 0 {
            let isConsistent = MerkleTree.verifyConsistency(
                oldSize: last.size,
                newSize: checkpoint.size,
                oldRoot: last.root,
                newRoot: checkpoint.root,
                proof: request.proof
            )
            guard isConsistent else { return .inconsistent }
        } else {
            guard request.proof.isEmpty else { return .inconsistent }
            guard checkpoint.size > 0 || checkpoint.root == MerkleTree.emptyRoot else { return .inconsistent }
        }
        try store.setWitnessedState(
            WitnessedState(size: checkpoint.size, root: checkpoint.root),
            of: checkpoint.origin
        )
        return .cosigned(line: signer.cosign(checkpoint, at: seconds).line)
    }
}
