import Accounts
import Foundation

/// Slows down networks that send tokens which nobody issued.
///
/// In memory only: 256 bits are not guessed, so all that is at stake is the work of looking; a write for each wrong
/// token would be more work than that.
final class TokenGuesses: @unchecked Sendable {
    private static let mostNetworks = 10_000

    private let lock = NSLock()
    // Guarded by `lock`.
    private var failures: [String: Throttle] = [:]

    /// How long a network has to wait, if at all.
    func wait(_ address: String, at now: Date) -> TimeInterval? {
        lock.withLock { failures[NetworkKey.of(address)]?.remainingWait(at: now) }
    }

    /// Counts a wrong token.
    func noteFailure(_ address: String, at now: Date) {
        let network = NetworkKey.of(address)
        lock.withLock {
            if failures.count >= Self.mostNetworks { failures.removeAll() }
            failures[network] = Throttle.afterFailure(failures[network], at: now, rule: .address)
        }
    }
}
