import Foundation
import Proctoring

/// The one writing connection. It takes all the work that waits, commits it as one group, and then answers.
final class Writer: @unchecked Sendable {
    /// A piece of work.
    struct Job: Sendable {
        /// Does it and answers what to call once it is durable.
        var run: @Sendable (SQLiteStores) throws -> (@Sendable () -> Void)
        /// Is called where it did not become durable.
        var fail: @Sendable (any Error) -> Void
    }

    private static let largestGroup = 256

    private let queue = DispatchQueue(label: "attestd.sqlite.writer")
    private let lock = NSLock()
    private var waiting: [Job] = []
    private var isScheduled = false
    private let stores: SQLiteStores
    private let published: @Sendable ([SessionEvent]) -> Void

    init(path: String, published: @escaping @Sendable ([SessionEvent]) -> Void) throws {
        let connection = try SQLiteConnection(path: path, readOnly: false)
        try connection.execute(
            """
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=FULL;
            PRAGMA foreign_keys=ON;
            PRAGMA secure_delete=ON;
            PRAGMA cache_size=-16000;
            """
        )
        try connection.addNameFolding()
        try Migrations.apply(to: connection)
        stores = SQLiteStores(connection)
        self.published = published
    }

    func enqueue(_ job: Job) {
        lock.lock()
        waiting.append(job)
        let mustSchedule = !isScheduled
        isScheduled = true
        lock.unlock()
        if mustSchedule { queue.async { self.drain() } }
    }

    /// Moves the whole write-ahead log into the database file and cuts it to nothing; `false` where a reader kept it.
    func checkpoint() async throws -> Bool {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        try self.stores.connection.first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) == 0 }
                            ?? false
                    }
                )
            }
        }
    }

    /// Writes the whole database anew.
    func vacuum() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async { continuation.resume(with: Result { try self.stores.connection.execute("VACUUM") }) }
        }
    }

    private func drain() {
        while true {
            lock.lock()
            let group = Array(waiting.prefix(Self.largestGroup))
            waiting.removeFirst(group.count)
            if group.isEmpty { isScheduled = false }
            lock.unlock()
            guard !group.isEmpty else { return }
            commit(group)
        }
    }

    private func commit(_ group: [Job]) {
        var outcomes: [Result<@Sendable () -> Void, any Error>] = []
        do {
            try stores.connection.run("BEGIN IMMEDIATE")
            // A job alone is rolled back with the transaction, and needs no savepoint.
            for job in group { outcomes.append(group.count == 1 ? .success(try job.run(stores)) : try attempt(job)) }
            try stores.connection.run("COMMIT")
            published(stores.takeAppendedEvents())
        } catch {
            if stores.connection.isInTransaction { try? stores.connection.execute("ROLLBACK") }
            _ = stores.takeAppendedEvents()
            // Nothing of the group is durable. Those that failed by themselves keep their own error.
            outcomes = group.indices.map { index in
                if index < outcomes.count, case .failure = outcomes[index] { return outcomes[index] }
                return .failure(error)
            }
        }
        for (job, outcome) in zip(group, outcomes) {
            switch outcome {
            case .success(let answer): answer()
            case .failure(let error): job.fail(error)
            }
        }
    }

    /// Runs one job in a savepoint; throws only where the whole transaction is lost (SQLite ends it on a full disk).
    private func attempt(_ job: Job) throws -> Result<@Sendable () -> Void, any Error> {
        let connection = stores.connection
        try connection.run("SAVEPOINT job")
        let eventsBefore = stores.appendedEventCount
        do {
            let answer = try job.run(stores)
            try connection.run("RELEASE job")
            return .success(answer)
        } catch {
            guard connection.isInTransaction else { throw error }
            try connection.execute("ROLLBACK TO job; RELEASE job")
            stores.forgetAppended(after: eventsBefore)
            return .failure(error)
        }
    }
}
