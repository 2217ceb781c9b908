/// The rows that may still be among the best of one probe, as one thread sees them.
struct NearestRows: Sendable {
    /// A row that may be among the best.
    struct Row: Sendable {
        var index: Int
        var high: Float
    }

    /// How many are wanted.
    let wanted: Int
    let bound: SearchBound
    /// A row whose interval ends below this is not among the best.
    private(set) var threshold: Float
    private(set) var rows: [Row] = []
    /// The best lower ends, at most as many as are wanted; a heap with the least on top.
    private var lows: [Float] = []
    private var roomBeforePruning = 1024

    init(wanted: Int, bound: SearchBound) {
        self.wanted = wanted
        self.bound = bound
        threshold = bound.floor
    }

    /// Takes a row whose inner product lies from `low` to `high`, unless it cannot be among the best.
    mutating func offer(_ index: Int, low: Float, high: Float) {
        guard high >= threshold else { return }
        rows.append(Row(index: index, high: high))
        note(low)
        if rows.count >= roomBeforePruning {
            prune()
            roomBeforePruning = max(1024, 2 * rows.count)
        }
    }

    /// Joins what another thread found; the wishes are the same.
    mutating func merge(_ other: NearestRows) {
        rows += other.rows
        for low in other.lows { note(low) }
    }

    /// Lets go of the rows that have been beaten.
    mutating func prune() {
        rows.removeAll { $0.high < threshold }
    }

    private mutating func note(_ low: Float) {
        if lows.count < wanted {
            lows.append(low)
            var child = lows.count - 1
            while child > 0, lows[child] < lows[(child - 1) / 2] {
                lows.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else if low > lows[0] {
            lows[0] = low
            sink()
        } else {
            return
        }
        if lows.count == wanted {
            threshold = max(bound.floor, (lows[0] - bound.margin).nextDown)
        }
    }

    private mutating func sink() {
        var parent = 0
        while 2 * parent + 1 < lows.count {
            var child = 2 * parent + 1
            if child + 1 < lows.count, lows[child + 1] < lows[child] { child += 1 }
            guard lows[child] < lows[parent] else { return }
            lows.swapAt(child, parent)
            parent = child
        }
    }
}
