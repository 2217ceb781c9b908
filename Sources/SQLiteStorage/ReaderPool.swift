import Foundation

/// Reading connections, each of which takes what waits as soon as it is free: a long read keeps nobody waiting while
/// another connection is idle.
final class ReaderPool: @unchecked Sendable {
    private typealias Job = @Sendable (SQLiteStores) -> Void

    private let lock = NSLock()
    // Guarded by `lock`.
    private var idle: [Reader]
    private var waiting: [Job] = []

    init(_ readers: [Reader]) { idle = readers }

    /// Reads from one consistent snapshot.
    func read<Value: Sendable>(_ body: @escaping @Sendable (SQLiteStores) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            submit { stores in
                continuation.resume(
                    with: Result {
                        try stores.connection.run("BEGIN")
                        defer { _ = try? stores.connection.run("COMMIT") }
                        return try body(stores)
                    }
                )
            }
        }
    }

    private func submit(_ job: @escaping Job) {
        let free = lock.withLock { () -> Reader? in
            if let reader = idle.popLast() { return reader }
            waiting.append(job)
            return nil
        }
        guard let free else { return }
        free.queue.async { [self] in work(free, beginningWith: job) }
    }

    private func work(_ reader: Reader, beginningWith first: @escaping Job) {
        var job: Job? = first
        while let current = job {
            current(reader.stores)
            job = lock.withLock {
                guard waiting.isEmpty else { return waiting.removeFirst() }
                idle.append(reader)
                return nil
            }
        }
    }
}

/// A reading connection with a queue of its own: SQLite blocks, and must not block the tasks' threads.
final class Reader: @unchecked Sendable {
    let queue: DispatchQueue
    /// Used on the queue only.
    let stores: SQLiteStores

    init(path: String, number: Int) throws {
        queue = DispatchQueue(label: "attestd.sqlite.reader.\(number)")
        let connection = try SQLiteConnection(path: path, readOnly: true)
        try connection.execute("PRAGMA query_only=ON; PRAGMA cache_size=-8000; PRAGMA mmap_size=33554432")
        stores = SQLiteStores(connection)
    }
}
