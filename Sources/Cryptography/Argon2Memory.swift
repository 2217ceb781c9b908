import Foundation

/// Keeps the large blocks that Argon2id computes in, for the next computation.
///
/// A block of 46 MiB that is mapped and unmapped each time holds the lock over the process's address space for
/// milliseconds, much longer on a thread of low priority that is interrupted meanwhile: every other thread that needs
/// memory then waits for a password. libargon2 clears a block before it gives it back.
enum Argon2Memory {
    private struct Block {
        let start: UnsafeMutablePointer<UInt8>
        let size: Int
    }

    /// More than run at once are not worth keeping.
    private static let mostKept = 2
    private static let lock = NSLock()
    // Guarded by `lock`.
    nonisolated(unsafe) private static var kept: [Block] = []

    /// A block of the size; `nil` where there is no memory.
    static func take(_ size: Int) -> UnsafeMutablePointer<UInt8>? {
        let block = lock.withLock {
            kept.firstIndex { $0.size == size }.map { kept.remove(at: $0) }
        }
        if let block { return block.start }
        // Not by Swift's allocation, which ends the process where there is none.
        return malloc(size)?.assumingMemoryBound(to: UInt8.self)
    }

    /// Takes back a block that has been cleared.
    static func giveBack(_ start: UnsafeMutablePointer<UInt8>, _ size: Int) {
        let surplus = lock.withLock { () -> UnsafeMutablePointer<UInt8>? in
            kept.append(Block(start: start, size: size))
            return kept.count > mostKept ? kept.removeFirst().start : nil
        }
        free(surplus)
    }
}
