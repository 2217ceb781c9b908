import Foundation

/// Lends workers, first come, first served; keeps at most so many waiting.
///
/// Behind a lock and not an actor: a worker that is done goes on with who waits next, on its own thread, where an
/// actor's turns would each wake another one.
final class WorkerPool: Sendable {
    /// Done on a worker's thread; gives what is to be done when the worker is free again.
    private typealias Job = @Sendable (isolated FaceWorker) -> @Sendable () -> Void

    private struct Waiter {
        let ticket: UInt64
        let job: Job
        let withdraw: @Sendable () -> Void
    }

    private let mostWaiting: Int
    private let workerCount: Int
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let lock = NSLock()
    // All guarded by `lock`.
    nonisolated(unsafe) private var idle: [FaceWorker]
    nonisolated(unsafe) private var waiters: [Waiter] = []
    nonisolated(unsafe) private var lastTicket: UInt64 = 0
    nonisolated(unsafe) private var refusals = RecentCount()

    init(
        workers: [FaceWorker],
        mostWaiting: Int,
        clock: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        idle = workers
        workerCount = workers.count
        self.mostWaiting = mostWaiting
        self.clock = clock
    }

    /// How much there is to do now, and how much was refused lately.
    var load: AnalysisLoad {
        let now = clock()
        return lock.withLock {
            AnalysisLoad(
                workers: workerCount,
                waiting: waiters.count,
                mostWaiting: mostWaiting,
                refusedLastMinute: refusals.count(at: now)
            )
        }
    }

    /// Lends a worker for one piece of work, which runs on the worker's own thread.
    ///
    /// - Throws: What the work throws; `busy` when too many wait already, `cancelled` when the task is cancelled while it
    ///   waits. What has begun runs to its end.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable (isolated FaceWorker) throws(FaceAnalysisError) -> Value
    ) async throws(FaceAnalysisError) -> Value {
        typealias Outcome = Result<Value, FaceAnalysisError>
        let ticket = lock.withLock {
            lastTicket += 1
            return lastTicket
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Outcome, Never>) in
                let waiter = Waiter(ticket: ticket) { worker in
                    let outcome: Outcome
                    do throws(FaceAnalysisError) {
                        outcome = .success(try work(worker))
                    } catch {
                        outcome = .failure(error)
                    }
                    return { continuation.resume(returning: outcome) }
                } withdraw: {
                    continuation.resume(
                        returning: .failure(FaceAnalysisError(.cancelled, "cancelled while waiting"))
                    )
                }
                if let refusal = admit(waiter) { continuation.resume(returning: .failure(refusal)) }
            }
        } onCancel: {
            withdraw(ticket)
        }
        return try outcome.get()
    }

    /// Begins with the work or lets it wait; the reason, if it must not.
    private func admit(_ waiter: Waiter) -> FaceAnalysisError? {
        let now = clock()
        return lock.withLock {
            if let worker = idle.popLast() {
                worker.begin { self.drain($0, beginningWith: waiter.job) }
                return nil
            }
            // Under the lock: a cancellation from now on finds who waits.
            if Task.isCancelled { return FaceAnalysisError(.cancelled, "cancelled while waiting") }
            guard waiters.count < mostWaiting else {
                refusals.add(at: now)
                return FaceAnalysisError(.busy, "\(waiters.count) pictures are waiting already")
            }
            waiters.append(waiter)
            return nil
        }
    }

    private func drain(_ worker: isolated FaceWorker, beginningWith first: @escaping Job) {
        var job: Job? = first
        while let current = job {
            let finish = current(worker)
            // The worker is free before the caller knows: who then comes again is not told that all are busy.
            job = lock.withLock {
                guard waiters.isEmpty else { return waiters.removeFirst().job }
                idle.append(worker)
                return nil
            }
            finish()
        }
    }

    private func withdraw(_ ticket: UInt64) {
        let waiter = lock.withLock {
            waiters.firstIndex { $0.ticket == ticket }.map { waiters.remove(at: $0) }
        }
        waiter?.withdraw()
    }
}
