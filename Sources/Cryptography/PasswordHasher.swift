import Dispatch
import Foundation

/// Runs password computations on queues of its own, a few at once, and refuses work beyond a bounded wait.
///
/// Each computation takes tens of milliseconds and tens of MiB: unbounded, a burst of logins would take the whole
/// machine. A computation that has begun runs to its end, also when its caller was cancelled.
public final class PasswordHasher: Sendable {
    private typealias Job = @Sendable () -> Void

    /// The cost of new hashes, and the least that stored ones should have.
    public let parameters: Argon2idParameters

    private let waitingLimit: Int
    private let decoy: PasswordHash
    private let lock = NSLock()
    // Both guarded by `lock`.
    nonisolated(unsafe) private var idle: [DispatchQueue]
    nonisolated(unsafe) private var waiting: [Job] = []

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
        self.waitingLimit = waitingLimit
        self.decoy = try .decoy(parameters)
        self.idle = (0..<concurrency).map { DispatchQueue(label: "attestd.password.\($0)") }
    }

    /// Whether a computation would be refused now: nothing needs to be prepared for it.
    public var isBusy: Bool { lock.withLock { idle.isEmpty && waiting.count >= waitingLimit } }

    /// Hashes a new password.
    ///
    /// - Throws: ``CryptographyError`` with code `busy` or `outOfMemory`.
    public func hash(_ password: String) async throws -> PasswordHash {
        try await run { [parameters] in try PasswordHash.make(password: password, parameters: parameters) }
    }

    /// Whether `password` is the one behind `hash`.
    ///
    /// - Throws: ``CryptographyError`` with code `busy` or `outOfMemory`.
    public func verify(_ password: String, against hash: PasswordHash) async throws -> PasswordVerdict {
        try await run { [parameters] in try hash.verify(password, wanted: parameters) }
    }

    /// Spends the time of one verification on an account that does not exist; the verdict is always invalid.
    ///
    /// - Throws: ``CryptographyError`` with code `busy` or `outOfMemory`, as ``verify(_:against:)`` would.
    @discardableResult
    public func verifyAgainstNothing(_ password: String) async throws -> PasswordVerdict {
        _ = try await verify(password, against: decoy)
        return .invalid
    }

    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Result, any Error>) in
            let accepted = submit { continuation.resume(with: Swift.Result(catching: work)) }
            if !accepted {
                continuation.resume(throwing: CryptographyError(.busy, "Too many password computations wait."))
            }
        }
    }

    private func submit(_ job: @escaping Job) -> Bool {
        lock.withLock {
            if let queue = idle.popLast() {
                queue.async { self.drain(queue, beginningWith: job) }
                return true
            }
            guard waiting.count < waitingLimit else { return false }
            waiting.append(job)
            return true
        }
    }

    private func drain(_ queue: DispatchQueue, beginningWith first: @escaping Job) {
        var next: Job? = first
        while let job = next {
            job()
            next = lock.withLock {
                if waiting.isEmpty {
                    idle.append(queue)
                    return nil
                }
                return waiting.removeFirst()
            }
        }
    }
}
