/// Measured false match rates and the distances at which they hold, for one model.
public struct ErrorRateTable: Equatable, Hashable, Sendable {
    /// The rates at one threshold.
    public struct Row: Equatable, Hashable, Sendable {
        /// The false match rate that the threshold keeps.
        public let falseMatchRate: Double
        /// The largest distance that is a match there.
        public let threshold: Float
        /// 95 % interval of the false match rate at the threshold, by bootstrap over subjects.
        public let falseMatchInterval: ClosedRange<Double>
        /// The false non-match rate at the threshold.
        public let falseNonMatchRate: Double
        /// 95 % interval of the false non-match rate at the threshold, by bootstrap over subjects.
        public let falseNonMatchInterval: ClosedRange<Double>

        /// Makes a row.
        public init(
            falseMatchRate: Double,
            threshold: Float,
            falseMatchInterval: ClosedRange<Double>,
            falseNonMatchRate: Double,
            falseNonMatchInterval: ClosedRange<Double>
        ) {
            self.falseMatchRate = falseMatchRate
            self.threshold = threshold
            self.falseMatchInterval = falseMatchInterval
            self.falseNonMatchRate = falseNonMatchRate
            self.falseNonMatchInterval = falseNonMatchInterval
        }
    }

    /// The rows, by falling false match rate and so by falling threshold.
    public let rows: [Row]

    /// Makes a table of rows in any order.
    ///
    /// - Throws: `thresholds_invalid` where there are no rows, where a rate is not between 0 and 1 or a threshold not
    ///   between 0 and 2, or where a lower rate does not have a lower threshold.
    public init(_ rows: [Row]) throws(BiometricsError) {
        let ordered = rows.sorted { $0.falseMatchRate > $1.falseMatchRate }
        guard
            !ordered.isEmpty,
            ordered.allSatisfy({
                $0.falseMatchRate > 0 && $0.falseMatchRate < 1 && $0.threshold >= 0 && $0.threshold <= 2
                    && (0...1).contains($0.falseNonMatchRate)
            })
        else {
            throw BiometricsError(.thresholdsInvalid, "a table of error rates needs rows with possible rates")
        }
        for (row, next) in zip(ordered, ordered.dropFirst()) {
            guard row.falseMatchRate > next.falseMatchRate, row.threshold > next.threshold else {
                throw BiometricsError(.thresholdsInvalid, "a lower false match rate needs a lower threshold")
            }
        }
        self.rows = ordered
    }

    /// The row of the lowest false match rate whose threshold a score keeps; `nil` beyond all thresholds.
    ///
    /// Conservative: between two thresholds it is the row of the higher rate.
    public func row(at score: ComparisonScore) -> Row? {
        guard score.distance.isFinite, score.distance >= 0 else { return nil }
        return rows.last { score.distance <= $0.threshold }
    }

    /// A rate that is not exceeded by strangers who are at least as alike as the score: "at this distance at most one
    /// impostor in ten thousand".
    ///
    /// - Returns: The false match rate of ``row(at:)``, conservative between rows; `nil` beyond all thresholds, where the
    ///   table has nothing to say.
    public func falseMatchRate(at score: ComparisonScore) -> Double? { row(at: score)?.falseMatchRate }

    /// The row of a false match rate, where it was measured.
    public func row(forFalseMatchRate rate: Double) -> Row? {
        rows.first { abs($0.falseMatchRate - rate) <= rate * 1e-6 }
    }
}
