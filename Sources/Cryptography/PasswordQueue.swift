import Foundation
import Glibc

/// Password computations that wait, and the threads that do them: those for known people first, then those after fewer
/// failures, then those that were put off before, and of equal ones the first that came.
///
/// The threads have a low priority: they compute for tens of milliseconds each, and whoever saves an answer meanwhile
/// must not wait for them. They are the queue's own, because a thread without privileges cannot get its priority back.
final class PasswordQueue: @unchecked Sendable {
    /// A computation.
    struct Job: Sendable {
        /// For whom it is.
        var claim: PasswordClaim
        var run: @Sendable () -> Void
        /// Is called instead of `run` where another one has taken its place.
        var refuse: @Sendable () -> Void
    }

    /// The nice value of the threads: beside others that compute they get about a tenth of a core.
    private static let niceness: Int32 = 10

    private let waitingLimit: Int
    private let condition = NSCondition()
    // All guarded by `condition`; sorted, the next one first.
    private var waiting: [(rank: PasswordClaim.Rank, job: Job)] = []
    private var idle: Int
    private var isClosed = false

    init(concurrency: Int, waitingLimit: Int) {
        self.waitingLimit = waitingLimit
        idle = concurrency
        for number in 0..<concurrency {
            let thread = Thread { self.work() }
            thread.name = "attestd.password.\(number)"
            thread.start()
        }
    }

    /// Ends the threads once nothing waits.
    func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
    }

    /// Whether a computation would be refused now.
    func isFull(for claim: PasswordClaim) -> Bool {
        condition.withLock { place(of: rank(of: claim)) == nil }
    }

    /// Takes a computation, if need be in the place of one that comes later; `false` where there is no place.
    func submit(_ job: Job) -> Bool {
        var displaced: Job?
        let isTaken = condition.withLock {
            let rank = rank(of: job.claim)
            guard let place = place(of: rank) else { return false }
            waiting.insert((rank, job), at: place)
            if waiting.count > waitingLimit + idle { displaced = waiting.removeLast().job }
            condition.signal()
            return true
        }
        displaced?.refuse()
        return isTaken
    }

    private func rank(of claim: PasswordClaim) -> PasswordClaim.Rank {
        switch claim {
        case .stranger(let failures, let isBack):
            PasswordClaim.Rank(isStranger: true, count: failures, isNew: !isBack)
        case .trusted(by: nil): PasswordClaim.Rank(isStranger: false, count: 0)
        case .trusted:
            PasswordClaim.Rank(isStranger: false, count: waiting.count { $0.job.claim == claim })
        }
    }

    /// Where it would wait: behind all of its rank.
    private func place(of rank: PasswordClaim.Rank) -> Int? {
        let place = waiting.firstIndex { $0.rank > rank } ?? waiting.count
        return place < waitingLimit + idle ? place : nil
    }

    private func work() {
        // Of this thread only, as Linux has it.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
        while let job = next() {
            job.run()
            condition.withLock { idle += 1 }
        }
    }

    private func next() -> Job? {
        condition.withLock {
            while waiting.isEmpty {
                if isClosed { return nil }
                condition.wait()
            }
            idle -= 1
            return waiting.removeFirst().job
        }
    }
}
