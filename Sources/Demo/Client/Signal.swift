import Foundation

/// Something that happens once and that one task may wait for, before or after it happened.
///
/// `@unchecked Sendable`: the state is under the lock.
final class Signal: @unchecked Sendable {
    private let lock = NSLock()
    private var hasHappened = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// It happened.
    func raise() {
        let resumed = lock.withLock {
            defer { waiting = [] }
            hasHappened = true
            return waiting
        }
        for continuation in resumed { continuation.resume() }
    }

    /// Whether it happened.
    var isRaised: Bool { lock.withLock { hasHappened } }

    /// Waits until it happened.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = lock.withLock {
                if !hasHappened { waiting.append(continuation) }
                return hasHappened
            }
            if isOver { continuation.resume() }
        }
    }
}
