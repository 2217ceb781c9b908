/// Runs password computations on threads of its own, a few at once, and refuses work beyond a bounded wait.
///
/// Each computation takes tens of milliseconds and tens of MiB: unbounded, a burst of logins would take the whole
/// machine. Where more wait than may, those stay whom something speaks for, see ``PasswordClaim``: a flood of guesses must
/// not keep out whoever comes from elsewhere. A computation that has begun runs to its end, also when its caller was
/// cancelled.
public final class PasswordHasher: Sendable {
    /// The cost of new hashes, and the least that stored ones should have.
    public let parameters: Argon2idParameters

    private let decoy: PasswordHash
    private let queue: PasswordQueue

    /// A hasher that runs `concurrency` computations at once while up to `waitingLimit` more wait.
    public init(
        parameters: Argon2idParameters = .default,
        concurrency: Int = 1,
        waitingLimit: Int = 64
    ) throws {
        guard concurrency > 0, waitingLimit >= 0 else {
            throw CryptographyError(.invalidParameters, "A hasher needs at least one worker.")
        }
        self.parameters = parameters
        self.decoy = try .decoy(parameters)
        self.queue = PasswordQueue(concurrency: concurrency, waitingLimit: waitingLimit)
    }

    deinit {
        queue.close()
    }

    /// Whether a computation would be refused now: nothing needs to be prepared for it.
    public func isBusy(for claim: PasswordClaim) -> Bool { queue.isFull(for: claim) }

    /// Hashes a new password, of somebody who may set one.
    ///
    /// - Throws: ``CryptographyError`` with code `busy` or `outOfMemory`.
    public func hash(_ password: String) async throws -> PasswordHash {
        try await run { [parameters] in try PasswordHash.make(password: password, parameters: parameters) }
    }

    /// Whether `password` is the one behind `hash`.
    ///
    /// - Parameter claim: who asks.
    /// - Throws: ``CryptographyError`` with code `busy` or `outOfMemory`.
    public func verify(
        _ password: String,
        against hash: PasswordHash,
        for claim: PasswordClaim = .trusted()
    ) async throws -> PasswordVerdict {
        try await run(for: claim) { [parameters] in try hash.verify(password, wanted: parameters) }
    }

    /// Spends the time of one verification on an account that does not exist; the verdict is always invalid.
    ///
    /// - Throws: ``CryptographyError`` with code `busy` or `outOfMemory`, as ``verify(_:against:for:)`` would.
    @discardableResult
    public func verifyAgainstNothing(
        _ password: String,
        for claim: PasswordClaim = .trusted()
    ) async throws -> PasswordVerdict {
        _ = try await verify(password, against: decoy, for: claim)
        return .invalid
    }

    func run<Result: Sendable>(
        for claim: PasswordClaim = .trusted(),
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Result, any Error>) in
            let refuse = { @Sendable in
                continuation.resume(throwing: CryptographyError(.busy, "Too many password computations wait."))
            }
            let job = PasswordQueue.Job(
                claim: claim,
                run: { continuation.resume(with: Swift.Result(catching: work)) },
                refuse: refuse
            )
            if !queue.submit(job) { refuse() }
        }
    }
}
