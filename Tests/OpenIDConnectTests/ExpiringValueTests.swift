import Foundation
import Testing

@testable import OpenIDConnect

/// A clock that stands still until it is set.
final class TestClock: @unchecked Sendable {
    private let lock = NSLock()
    private var time = TestToken.now

    var now: Date { lock.withLock { time } }

    func advance(_ seconds: TimeInterval) {
        lock.withLock { time += seconds }
    }
}

@Suite("A5 what is fetched from a provider")
struct ExpiringValueTests {
    /// Counts fetches, and fails when told to.
    actor Source {
        private(set) var fetches = 0
        private var fails = false
        private var gate: CheckedContinuation<Void, Never>?
        private var waits = false

        func fail(_ fails: Bool) { self.fails = fails }

        /// Lets the next fetch wait for `open`.
        func close() { waits = true }

        func open() {
            waits = false
            gate?.resume()
            gate = nil
        }

        var isWaiting: Bool { gate != nil }

        func next() async throws -> Int {
            fetches += 1
            let number = fetches
            if waits { await withCheckedContinuation { gate = $0 } }
            if fails { throw OpenIDConnectError(.unreachable, "test") }
            return number
        }
    }

    let clock = TestClock()
    let source = Source()

    private func cache() -> ExpiringValue<Int> {
        ExpiringValue(lifetime: 3600, refreshInterval: 30, now: { [clock] in clock.now }) { [source] in
            try await source.next()
        }
    }

    @Test("is fetched once in its lifetime")
    func lifetime() async throws {
        let cache = cache()
        #expect(try await cache.current() == 1)
        clock.advance(3599)
        #expect(try await cache.current() == 1)
        clock.advance(1)
        #expect(try await cache.current() == 2)
    }

    @Test("is fetched anew when the clock was set back")
    func clockSetBack() async throws {
        let cache = cache()
        _ = try await cache.current()
        clock.advance(-1)
        #expect(try await cache.current() == 2)
    }

    @Test("is fetched on demand once in the interval")
    func interval() async throws {
        let cache = cache()
        _ = try await cache.current()
        #expect(try await cache.refreshed() == nil)
        clock.advance(29)
        #expect(try await cache.refreshed() == nil)
        clock.advance(1)
        #expect(try await cache.refreshed() == 2)
        #expect(try await cache.refreshed() == nil)
        #expect(await source.fetches == 2)
    }

    @Test("a failure is told for five seconds, and an old value is never given instead")
    func failure() async throws {
        let cache = cache()
        _ = try await cache.current()
        clock.advance(3600)
        await source.fail(true)
        await #expect(throws: OpenIDConnectError(.unreachable, "")) { try await cache.current() }
        clock.advance(4)
        await source.fail(false)
        await #expect(throws: OpenIDConnectError(.unreachable, "")) { try await cache.current() }
        #expect(await source.fetches == 2)
        clock.advance(1)
        #expect(try await cache.current() == 3)
    }

    @Test("a failed fetch on demand leaves the value that still counts")
    func failureOnDemand() async throws {
        let cache = cache()
        _ = try await cache.current()
        clock.advance(60)
        await source.fail(true)
        await #expect(throws: OpenIDConnectError(.unreachable, "")) { try await cache.refreshed() }
        #expect(try await cache.current() == 1)
    }

    @Test("callers at the same moment share a fetch", .timeLimit(.minutes(1)))
    func shared() async throws {
        let cache = cache()
        await source.close()
        let callers = (0..<20).map { _ in Task { try await cache.current() } }
        while await !source.isWaiting { await Task.yield() }
        await source.open()
        for caller in callers { #expect(try await caller.value == 1) }
        #expect(await source.fetches == 1)
    }
}
