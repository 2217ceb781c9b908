import Biometrics

extension ErrorRateTable {
    /// The manifest's table; `nil` where it has none.
    init?(_ thresholds: ModelDescription.Thresholds) throws(BiometricsError) {
        guard let table = thresholds.table else { return nil }
        func interval(_ ends: [Double]) throws(BiometricsError) -> ClosedRange<Double> {
            guard ends.count == 2, ends[0] <= ends[1] else {
                throw BiometricsError(.thresholdsInvalid, "an interval has a lower and an upper end")
            }
            return ends[0]...ends[1]
        }
        var rows: [Row] = []
        for row in table {
            rows.append(
                Row(
                    falseMatchRate: row.falseMatchRate,
                    threshold: row.threshold,
                    falseMatchInterval: try interval(row.falseMatchInterval),
                    falseNonMatchRate: row.falseNonMatchRate,
                    falseNonMatchInterval: try interval(row.falseNonMatchInterval)
                )
            )
        }
        try self.init(rows)
    }
}

extension ScoreCalibration {
    /// The manifest's calibration; `nil` where it has none.
    init?(_ calibration: ModelDescription.Calibration?) throws(BiometricsError) {
        guard let calibration else { return nil }
        guard calibration.lowestLogLikelihoodRatio < calibration.highestLogLikelihoodRatio else {
            throw BiometricsError(.thresholdsInvalid, "the limits of the calibration are in the wrong order")
        }
        try self.init(
            intercept: calibration.intercept,
            slope: calibration.slope,
            supported: calibration.lowestLogLikelihoodRatio...calibration.highestLogLikelihoodRatio
        )
    }
}
