import Attestation
package import Foundation
import Storage

/// Gives running attempts the time back that the service was down (row E1; S2 4.7): candidates must not lose a second
/// by a failure that is not theirs.
package struct Downtime: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// How often the service notes that it runs, in seconds: what it may give too much, never too little.
    package static let interval = 2

    /// Notes that the service runs, while that matters to somebody. What happens is a sign of life itself.
    package func noteSignOfLife() async throws {
        guard try await services.database.read({ try $0.hasAttemptsUnderWay() }) else { return }
        let now = services.now()
        try await services.database.write { try $0.noteSignOfLife(at: now) }
    }

    /// Credits the time since the last sign of life to the attempts whose clock ran. Call it at the start, before
    /// anything settles attempts: it happens wholly or not at all, and once, for the sign of life is renewed with it.
    ///
    /// - Returns: how long the service was down, and how many attempts were credited.
    @discardableResult
    package func credit() async throws -> (seconds: TimeInterval, attempts: Int) {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let life = try stores.lastSignOfLife()
            try stores.noteSignOfLife(at: now)
            // A clock that was set back tells nothing.
            guard let life, life < now else { return (0, 0) }
            let keeper = AttemptKeeper(services: services)
            var count = 0
            for attempt in try stores.attemptsUnderWay() {
                // More than a week cannot be given; a person decides what becomes of such an attempt.
                guard let credited = try? attempt.creditingDowntime(since: life, until: now),
                    credited.records.count > attempt.records.count
                else { continue }
                try keeper.store(credited, after: attempt, at: now, in: stores)
                count += 1
            }
            return (now.timeIntervalSince(life), count)
        }
    }
}
