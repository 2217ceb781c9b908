import Dispatch
import Foundation

/// Hands committed events to those who follow them.
///
/// The store is the truth and the hub only passes on what has become durable, in the store's order. A follower that
/// joins registers first, then reads the past from the store, and drops what it already has: nothing is missed and
/// nothing comes twice. A follower whose `receive` answers `false` is let go.
public final class EventHub: Sendable {
    /// Takes an event; `false` means that it will take no more.
    public typealias Receiver = @Sendable (SessionEvent) -> Bool

    private let state = Guarded(State())

    private struct State {
        var nextKey = 0
        var byScope: [EventScope: [Int: Receiver]] = [:]
    }

    /// A registration; `cancel` it when the reader has gone.
    public struct Subscription: Sendable {
        fileprivate let key: Int
        fileprivate let scope: EventScope
    }

    /// Creates a hub without followers.
    public init() {}

    /// Follows a scope from now on.
    public func subscribe(to scope: EventScope, receive: @escaping Receiver) -> Subscription {
        state.withLock { state in
            state.nextKey += 1
            state.byScope[scope, default: [:]][state.nextKey] = receive
            return Subscription(key: state.nextKey, scope: scope)
        }
    }

    /// Ends a registration; ending it twice is no error.
    public func cancel(_ subscription: Subscription) {
        state.withLock { state in
            state.byScope[subscription.scope]?[subscription.key] = nil
            if state.byScope[subscription.scope]?.isEmpty == true { state.byScope[subscription.scope] = nil }
        }
    }

    /// Publishes events that have become durable, in their order. Called by the store, one call at a time.
    public func publish(_ events: [SessionEvent]) {
        for event in events {
            for scope in [EventScope.attempt(event.attemptID), .exam(event.examID), .everything] {
                let receivers = state.withLock { $0.byScope[scope].map(Array.init) ?? [] }
                Self.inSlices(receivers) { key, receive in
                    if !receive(event) { cancel(Subscription(key: key, scope: scope)) }
                }
            }
        }
    }

    /// Many followers are served by all cores; each has one event before the next is handed to anybody.
    private static func inSlices(_ receivers: [(key: Int, value: Receiver)], _ body: @Sendable (Int, Receiver) -> Void)
    {
        let size = 128
        let slices = (receivers.count + size - 1) / size
        guard slices > 1 else { return receivers.forEach { body($0.key, $0.value) } }
        DispatchQueue.concurrentPerform(iterations: slices) { slice in
            for (key, receive) in receivers[slice * size..<min(receivers.count, (slice + 1) * size)] {
                body(key, receive)
            }
        }
    }

    /// How many follow.
    public var followerCount: Int {
        state.withLock { $0.byScope.values.reduce(0) { $0 + $1.count } }
    }
}

/// A value behind a lock. (`Synchronization.Mutex` gives false reports under the thread sanitizer.)
private final class Guarded<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
