import Dispatch
import Foundation

/// Scans a gallery on several threads: the caller's and helpers from a queue of its own.
///
/// Whoever is free takes the next piece of the rows. The caller only waits for pieces that a helper has begun, so a
/// search ends even when every other thread is busy.
final class GalleryScanner: Sendable {
    let threads: Int
    private let helpers = DispatchQueue(label: "attestd.gallery.scan", qos: .userInitiated, attributes: .concurrent)

    /// Rows of a piece: small enough to share well, large enough that taking one costs nothing.
    private static let piece = 16_384

    init(threads: Int) {
        self.threads = max(1, threads)
    }

    /// The rows that may be among the best, for each probe.
    func nearestRows(_ scan: GalleryScan) -> [NearestRows] {
        let pieces = (scan.snapshot.count + Self.piece - 1) / Self.piece
        let work = Work(scan, piece: Self.piece)
        for _ in 1..<max(1, min(threads, pieces)) {
            helpers.async { work.participate() }
        }
        work.participate()
        return work.finished()
    }

    /// One scan that is shared.
    private final class Work: @unchecked Sendable {
        private let scan: GalleryScan
        private let piece: Int
        // Under `condition`: the next row to be scanned, who is scanning, and what was found.
        private let condition = NSCondition()
        private var next = 0
        private var scanning = 0
        private var lists: [NearestRows]

        init(_ scan: GalleryScan, piece: Int) {
            self.scan = scan
            self.piece = piece
            lists = scan.lists
        }

        func participate() {
            guard var range = take(first: true) else { return }
            var own = scan.lists
            while true {
                scan.scan(range, into: &own)
                guard let following = take(first: false) else { break }
                range = following
            }
            condition.lock()
            for index in own.indices { lists[index].merge(own[index]) }
            scanning -= 1
            if scanning == 0 { condition.broadcast() }
            condition.unlock()
        }

        /// The next piece, or nothing: then the rows must not be touched again.
        private func take(first: Bool) -> Range<Int>? {
            condition.lock()
            defer { condition.unlock() }
            guard next < scan.snapshot.count else { return nil }
            let range = next..<min(next + piece, scan.snapshot.count)
            next = range.upperBound
            if first { scanning += 1 }
            return range
        }

        func finished() -> [NearestRows] {
            condition.lock()
            defer { condition.unlock() }
            while scanning > 0 { condition.wait() }
            for index in lists.indices { lists[index].prune() }
            return lists
        }
    }
}
