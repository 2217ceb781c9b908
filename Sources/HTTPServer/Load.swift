import Dispatch

/// Counts what the server has in hand, admits or refuses more, and tells when it has come to rest.
final class Load: Sendable {
    struct Counts: Sendable {
        /// Handlers at work.
        var handlers = 0
        /// Requests between the start of their handler and the end of their answer, or the start of their stream.
        var exchanges = 0
        /// Streams of events.
        var streams = 0
        /// Bytes of requests' content in memory.
        var bodyBytes = 0
        /// Whether a shutdown has begun.
        var isDraining = false
    }

    private struct Waiter {
        let id: Int
        let condition: @Sendable (Counts) -> Bool
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var counts = Counts()
        var waiters: [Waiter] = []
        var nextWaiter = 0
    }

    private let state = Locked(State())
    private let maximumHandlers: Int
    private let maximumBodyBytes: Int

    init(maximumHandlers: Int, maximumBodyBytes: Int) {
        self.maximumHandlers = maximumHandlers
        self.maximumBodyBytes = maximumBodyBytes
    }

    var counts: Counts {
        state.withLock { $0.counts }
    }

    /// Admits a handler, or says why not.
    func beginHandler() -> Refusal? {
        state.withLock { state in
            guard !state.counts.isDraining else { return .draining }
            guard state.counts.handlers < maximumHandlers else { return .busy }
            state.counts.handlers += 1
            state.counts.exchanges += 1
            return nil
        }
    }

    /// Reserves memory for content; false if there is none left.
    func reserve(_ bytes: Int) -> Bool {
        state.withLock { state in
            guard state.counts.bodyBytes + bytes <= maximumBodyBytes else { return false }
            state.counts.bodyBytes += bytes
            return true
        }
    }

    /// Changes the counts and wakes those who wait for what has come about.
    func update(_ change: (inout Counts) -> Void) {
        let satisfied = state.withLock { state in
            change(&state.counts)
            guard !state.waiters.isEmpty else { return [Waiter]() }
            let counts = state.counts
            let satisfied = state.waiters.filter { $0.condition(counts) }
            state.waiters.removeAll { $0.condition(counts) }
            return satisfied
        }
        for waiter in satisfied {
            waiter.continuation.resume(returning: true)
        }
    }

    /// Waits until a condition holds; false if it doesn't within the time.
    func wait(
        _ duration: Duration,
        on queue: DispatchQueue,
        until condition: @escaping @Sendable (Counts) -> Bool
    ) async -> Bool {
        await withCheckedContinuation { continuation in
            let id: Int? = state.withLock { state in
                guard !condition(state.counts) else { return nil }
                state.nextWaiter += 1
                state.waiters.append(
                    Waiter(id: state.nextWaiter, condition: condition, continuation: continuation)
                )
                return state.nextWaiter
            }
            guard let id else { return continuation.resume(returning: true) }
            queue.asyncAfter(deadline: .now() + duration.timeInterval) { [self] in
                let late = state.withLock { state in
                    let index = state.waiters.firstIndex { $0.id == id }
                    return index.map { state.waiters.remove(at: $0) }
                }
                late?.continuation.resume(returning: false)
            }
        }
    }
}

extension Duration {
    /// The duration in seconds.
    var timeInterval: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
