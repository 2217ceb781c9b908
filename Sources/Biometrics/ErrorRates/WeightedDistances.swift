/// Distances in rising order with the weight of all up to each.
struct WeightedDistances: Sendable {
    /// The distances, rising; those of no weight are left out.
    let distances: [Float]
    /// The weight of the distances up to each index, that one included.
    private let cumulated: [Double]
    /// The weight of all.
    let total: Double

    init(_ trials: [ComparisonTrials.Trial], weight: (ComparisonTrials.Trial) -> Double) {
        var distances: [Float] = []
        var cumulated: [Double] = []
        distances.reserveCapacity(trials.count)
        cumulated.reserveCapacity(trials.count)
        var sum = 0.0
        for trial in trials {
            let share = weight(trial)
            guard share > 0 else { continue }
            sum += share
            distances.append(trial.distance)
            cumulated.append(sum)
        }
        self.distances = distances
        self.cumulated = cumulated
        total = sum
    }

    /// The share of the weight at or below a threshold.
    func share(atOrBelow threshold: Float) -> Double {
        let count = distances.partitionPoint { $0 > threshold }
        return count == 0 ? 0 : cumulated[count - 1] / total
    }

    /// The largest of the distances at which the share is not above a rate; `nil` where there is none.
    func largestDistance(withShareUpTo rate: Double) -> Float? {
        // A little slack, for sums of weights are not exact.
        let limit = rate * total * (1 + 1e-12)
        var low = cumulated.partitionPoint { $0 > limit }
        // Equal distances stand or fall together.
        while low > 0, low < distances.count, distances[low - 1] == distances[low] { low -= 1 }
        return low > 0 ? distances[low - 1] : nil
    }
}

extension RandomAccessCollection where Index == Int {
    /// The index of the first element for which a condition holds that, once it holds, holds for all that follow.
    func partitionPoint(where isBeyond: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }
}
