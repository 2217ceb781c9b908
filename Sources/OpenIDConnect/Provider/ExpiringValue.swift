import Foundation

/// Something that is fetched, kept for a while, and fetched anew.
///
/// Callers at the same moment share one fetch. After a failure the same error is given for a few seconds, so that a
/// provider that is away is not asked by every browser.
actor ExpiringValue<Value: Sendable> {
    private let lifetime: TimeInterval
    private let refreshInterval: TimeInterval
    private let now: @Sendable () -> Date
    private let fetch: @Sendable () async throws -> Value

    private var held: (value: Value, since: Date)?
    private var failure: (error: any Error, at: Date)?
    private var running: Task<Value, any Error>?

    static var pauseAfterFailure: TimeInterval { 5 }

    /// - Parameters:
    ///   - lifetime: how long a value counts, in seconds.
    ///   - refreshInterval: how long, in seconds, a value is safe from being fetched anew on demand.
    init(
        lifetime: TimeInterval,
        refreshInterval: TimeInterval,
        now: @escaping @Sendable () -> Date,
        fetch: @escaping @Sendable () async throws -> Value
    ) {
        self.lifetime = lifetime
        self.refreshInterval = refreshInterval
        self.now = now
        self.fetch = fetch
    }

    /// The value, at most `lifetime` old.
    func current() async throws -> Value {
        // A clock set back makes an age negative: then the age is unknown.
        if let held, (0..<lifetime).contains(now().timeIntervalSince(held.since)) { return held.value }
        return try await fetched()
    }

    /// A value fetched on demand; `nil` where the last fetch is too short ago.
    func refreshed() async throws -> Value? {
        if let held, (0..<refreshInterval).contains(now().timeIntervalSince(held.since)) { return nil }
        return try await fetched()
    }

    private func fetched() async throws -> Value {
        if let running { return try await running.value }
        if let failure, (0..<Self.pauseAfterFailure).contains(now().timeIntervalSince(failure.at)) {
            throw failure.error
        }
        let task = Task { [fetch] in try await fetch() }
        running = task
        defer { running = nil }
        do {
            let value = try await task.value
            held = (value, now())
            failure = nil
            return value
        } catch {
            failure = (error, now())
            throw error
        }
    }
}
