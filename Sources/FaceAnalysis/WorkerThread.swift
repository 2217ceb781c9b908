import Foundation
import Glibc

/// Runs an actor's work on a thread of its own: work that takes tens of milliseconds would starve the small thread pool on
/// which all other tasks run.
///
/// The thread has a low priority. Where more pictures come than can be compared, every core computes, and whoever opens
/// a page meanwhile must not wait for that. It is this executor's own, because a thread without privileges cannot get its
/// priority back.
final class WorkerThread: SerialExecutor {
    /// The nice value: beside others that compute it gets about a tenth of a core.
    private static let niceness: Int32 = 10

    private let works = Works()

    init(name: String) {
        let thread = Thread { [works] in
            // Of this thread only, as Linux has it.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
            works.run()
        }
        thread.name = name
        thread.start()
    }

    deinit { works.close() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        begin { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func begin(_ work: @escaping @Sendable () -> Void) { works.add(work) }

    func checkIsolated() { precondition(works.areRunByThisThread, "Not on the worker's thread.") }
}

/// What waits for the thread.
private final class Works: @unchecked Sendable {
    private let condition = NSCondition()
    // All guarded by `condition`.
    private var waiting: [@Sendable () -> Void] = []
    private var isClosed = false
    private var thread: Thread?

    var areRunByThisThread: Bool { condition.withLock { thread === Thread.current } }

    func add(_ work: @escaping @Sendable () -> Void) {
        condition.withLock {
            waiting.append(work)
            condition.signal()
        }
    }

    /// Ends the thread once nothing waits.
    func close() {
        condition.withLock {
            isClosed = true
            condition.signal()
        }
    }

    func run() {
        condition.withLock { thread = Thread.current }
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        condition.withLock {
            while waiting.isEmpty {
                if isClosed { return nil }
                condition.wait()
            }
            return waiting.removeFirst()
        }
    }
}
