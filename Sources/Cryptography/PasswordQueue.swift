import Foundation
import Glibc

/// Password computations that wait, and the threads that do them: those after fewer failures first, and of those the
/// first that came.
///
/// The threads have a low priority: they compute for tens of milliseconds each, and whoever saves an answer meanwhile
/// must not wait for them. They are the queue's own, because a thread without privileges cannot get its priority back.
final class PasswordQueue: @unchecked Sendable {
    /// A computation.
    struct Job: Sendable {
        /// How many failures came before it from the same place.
        var failures: Int
        var run: @Sendable () -> Void
        /// Is called instead of `run` where another one has taken its place.
        var refuse: @Sendable () -> Void
    }

    /// The nice value of the threads: beside others that compute they get about a tenth of a core.
    private static let niceness: Int32 = 10

    private let waitingLimit: Int
    private let condition = NSCondition()
    // All guarded by `condition`; sorted, the next one first.
    private var waiting: [Job] = []
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

    /// Whether a computation after so many failures would be refused now.
    func isFull(after failures: Int) -> Bool {
        condition.withLock { place(after: failures) == nil }
    }

    /// Takes a computation, if need be in the place of one after more failures; `false` where there is no place.
    func submit(_ job: Job) -> Bool {
        var displaced: Job?
        let isTaken = condition.withLock {
            guard let place = place(after: job.failures) else { return false }
            waiting.insert(job, at: place)
            if waiting.count > waitingLimit + idle { displaced = waiting.removeLast() }
            condition.signal()
            return true
        }
        displaced?.refuse()
        return isTaken
    }

    /// Where it would wait: behind all that came after as few failures.
    private func place(after failures: Int) -> Int? {
        let place = waiting.firstIndex { $0.failures > failures } ?? waiting.count
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
            return waiting.removeFirst()
        }
    }
}
