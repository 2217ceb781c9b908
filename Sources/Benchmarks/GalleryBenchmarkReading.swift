import Dispatch
import Foundation

/// Reads memory once, on as many threads as a search has, and does as little with it as can be done.
///
/// What a search is measured by: no exact search of these bytes can be faster.
final class GalleryBenchmarkReading: @unchecked Sendable {
    private let memory: UnsafeRawBufferPointer
    private let lock = NSLock()
    private var next = 0
    private var sum: UInt32 = 0

    private static let piece = 8 << 20
    private static let lanes = MemoryLayout<SIMD16<UInt32>>.size

    init(_ memory: UnsafeRawBufferPointer) {
        self.memory = memory
    }

    /// The sum of all 32-bit words.
    func read(threads: Int) -> UInt32 {
        if threads == 1 {
            take()
        } else {
            DispatchQueue.concurrentPerform(iterations: threads) { _ in take() }
        }
        return sum
    }

    /// Sums pieces until there are no more; whoever is free takes the next.
    private func take() {
        while true {
            let start = lock.withLock {
                defer { next += Self.piece }
                return next
            }
            guard start < memory.count else { return }
            let partial = Self.sum(
                UnsafeRawBufferPointer(rebasing: memory[start..<min(start + Self.piece, memory.count)])
            )
            lock.withLock { sum &+= partial }
        }
    }

    private static func sum(_ memory: UnsafeRawBufferPointer) -> UInt32 {
        guard let start = memory.baseAddress else { return 0 }
        var (even, odd) = (SIMD16<UInt32>.zero, SIMD16<UInt32>.zero)
        var offset = 0
        while offset &+ 2 &* lanes <= memory.count {
            even &+= start.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt32>.self)
            odd &+= start.loadUnaligned(fromByteOffset: offset &+ lanes, as: SIMD16<UInt32>.self)
            offset &+= 2 &* lanes
        }
        return (even &+ odd).wrappedSum()
    }
}
