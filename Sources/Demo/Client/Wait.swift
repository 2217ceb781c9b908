import Foundation

/// Waiting for something that another thread or process does.
enum Wait {
    /// Asks again and again until the condition holds; it runs where the caller runs.
    ///
    /// - Throws: `WrongOutcome` after 30 seconds, `CancellationError`, and what the condition throws.
    nonisolated(nonsending) static func until(_ what: String, _ condition: () async throws -> Bool) async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(30)
        while try await !condition() {
            guard clock.now < end else { throw WrongOutcome("waited 30 s in vain until \(what)") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
