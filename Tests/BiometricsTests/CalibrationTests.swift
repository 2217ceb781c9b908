import Foundation
import Testing

@testable import Biometrics

@Suite("Calibration of scores")
struct CalibrationTests {
    /// Normal draws that are the same in every run.
    private struct Normal {
        var generator = SplitMix(state: 7)

        mutating func next(mean: Double, deviation: Double) -> Float {
            let one = (Double(generator.next() >> 11) + 0.5) / Double(1 << 53)
            let other = Double(generator.next() >> 11) / Double(1 << 53)
            return Float(mean + deviation * (-2 * log(one)).squareRoot() * cos(2 * .pi * other))
        }
    }

    /// Mated distances around 0.25, non-mated around 0.55, both with a deviation of 0.06: the log-likelihood ratio is
    /// then exactly 33.33 − 83.33 × distance.
    private static func gaussian(people: Int = 400, pictures: Int = 10) throws -> ComparisonTrials {
        var normal = Normal()
        var trials: [ComparisonTrials.Trial] = []
        for person in 0..<people {
            for picture in 0..<pictures {
                let other = (person + picture + 1) % people
                trials.append(
                    .init(
                        distance: normal.next(mean: 0.25, deviation: 0.06),
                        first: Int32(person),
                        second: Int32(person)
                    )
                )
                trials.append(
                    .init(
                        distance: normal.next(mean: 0.55, deviation: 0.06),
                        first: Int32(person),
                        second: Int32(other)
                    )
                )
            }
        }
        return try ComparisonTrials(
            trials.map { .init(distance: max(0, $0.distance), first: $0.first, second: $0.second) }
        )
    }

    @Test("The line of two normal distributions is found again")
    func gaussianLine() throws {
        let calibration = try ScoreCalibration(fitting: Self.gaussian())
        #expect(abs(calibration.slope + 83.33) < 8)
        #expect(abs(calibration.intercept - 33.33) < 3.3)
        // Both kinds are as likely half-way.
        #expect(abs(calibration.sameSourceProbability(of: ComparisonScore(distance: 0.4)) - 0.5) < 0.15)
    }

    @Test("The probability falls with the distance and is never 0 or 1")
    func monotone() throws {
        let calibration = try ScoreCalibration(fitting: Self.gaussian())
        let steps: [Float] = (0...200).map { Float($0) / 100 }
        let probabilities = steps.map { calibration.sameSourceProbability(of: ComparisonScore(distance: $0)) }
        for (one, next) in zip(probabilities, probabilities.dropFirst()) { #expect(one >= next) }
        // 400 people: at most 400/3 to one either way.
        let highest = try #require(probabilities.first)
        let lowest = try #require(probabilities.last)
        #expect(abs(highest - 400.0 / 403) < 1e-9)
        #expect(abs(lowest - 3.0 / 403) < 1e-9)
    }

    @Test(
        "A score that no two templates have is the strongest sign of two persons",
        arguments: [.nan, .infinity, -1] as [Float]
    )
    func impossibleScore(_ distance: Float) throws {
        let calibration = try ScoreCalibration(intercept: 10, slope: -20, supported: -3...4)
        #expect(calibration.logLikelihoodRatio(of: ComparisonScore(distance: distance)) == -3)
    }

    @Test("One person with hundreds of pictures does not sway the line")
    func peopleCountAlike() throws {
        let balanced = try Self.gaussian(people: 100)
        // Subject 0 is unlike himself, and there are 2 000 comparisons of him.
        let extra = (0..<2_000).map { number in
            ComparisonTrials.Trial(distance: 0.5 + Float(number) * 1e-5, first: 0, second: 0)
        }
        let swamped = try ComparisonTrials(balanced.mated + balanced.nonMated + extra)
        let one = try ScoreCalibration(fitting: balanced)
        let other = try ScoreCalibration(fitting: swamped)
        let boundaries = [one, other].map { -$0.intercept / $0.slope }
        #expect(abs(boundaries[0] - boundaries[1]) < 0.05)
    }

    @Test("Too few people, or distances that tell nothing, give no calibration")
    func impossible() throws {
        #expect(throws: BiometricsError(.trialsInvalid, "")) {
            try ScoreCalibration(fitting: Self.gaussian(people: 3))
        }
        let upsideDown = try ComparisonTrials(
            Self.gaussian(people: 50).mated.map { .init(distance: 1 - $0.distance, first: $0.first, second: $0.second) }
                + Self.gaussian(people: 50).nonMated.map {
                    .init(distance: 1 - $0.distance, first: $0.first, second: $0.second)
                }
        )
        #expect(throws: BiometricsError(.trialsInvalid, "")) { try ScoreCalibration(fitting: upsideDown) }
        for (slope, supported) in [(1.0, -1.0...1.0), (0, -1...1), (-1, 1...2), (-1, -2...(-1)), (.nan, -1...1)] {
            #expect(throws: BiometricsError(.thresholdsInvalid, "")) {
                try ScoreCalibration(intercept: 1, slope: slope, supported: supported)
            }
        }
    }

    @Test("Scores that do not overlap still give a finite line")
    func separated() throws {
        let trials = (0..<40).flatMap { person -> [ComparisonTrials.Trial] in
            [
                .init(distance: 0.2, first: person, second: person),
                .init(distance: 0.6, first: person, second: (person + 1) % 40),
            ]
        }
        let calibration = try ScoreCalibration(fitting: ComparisonTrials(trials))
        #expect(calibration.slope.isFinite && calibration.slope < 0)
        #expect(calibration.sameSourceProbability(of: ComparisonScore(distance: 0.2)) > 0.9)
        #expect(calibration.sameSourceProbability(of: ComparisonScore(distance: 0.6)) < 0.1)
    }

    @Test("Held-out probabilities come true, and no calibration in hindsight is much better")
    func crossValidation() throws {
        let quality = try CalibrationQuality(crossValidating: Self.gaussian())
        #expect(quality.minimumCost >= 0 && quality.minimumCost <= quality.cost)
        #expect(quality.cost < quality.minimumCost + 0.06)
        #expect(quality.brierScore > 0 && quality.brierScore < 0.02)
        #expect(!quality.reliability.isEmpty)
        for bin in quality.reliability where bin.mated + bin.nonMated > 100 {
            #expect(bin.probability.contains(bin.predicted))
            #expect(abs(bin.predicted - bin.observed) < 0.1)
        }
        #expect(throws: BiometricsError.self) { try CalibrationQuality(crossValidating: Self.gaussian(people: 5)) }
    }

    @Test("Adjacent violators are pooled by hand-counted example, equal distances together")
    func pooling() {
        let scores = [(0.1, true), (0.2, false), (0.3, true), (0.4, false), (0.4, true), (0.5, false)].map {
            WeightedScore(distance: $0.0, isMated: $0.1, weight: 1)
        }
        let shares = PoolAdjacentViolators.shares(of: scores)
        #expect(shares == [1, 0.5, 0.5, 0.5, 0.5, 0])
    }
}

@Suite("Tables of error rates")
struct CalibrationTableTests {
    private static func row(_ rate: Double, _ threshold: Float) -> ErrorRateTable.Row {
        .init(
            falseMatchRate: rate,
            threshold: threshold,
            falseMatchInterval: (rate / 2)...(rate * 2),
            falseNonMatchRate: 0.1,
            falseNonMatchInterval: 0...0.2
        )
    }

    private static func table() throws -> ErrorRateTable {
        try ErrorRateTable([row(1e-3, 0.37), row(1e-1, 0.48), row(1e-4, 0.33), row(1e-2, 0.41)])
    }

    @Test(
        "Between two thresholds the higher rate is told, beyond all none",
        arguments: [
            (0, 1e-4), (0.33, 1e-4), (Float(0.33).nextUp, 1e-3), (0.37, 1e-3), (0.4, 1e-2), (0.48, 1e-1),
            (Float(0.48).nextUp, nil), (2, nil), (.nan, nil), (-0.1, nil),
        ] as [(Float, Double?)]
    )
    func lookup(_ distance: Float, _ rate: Double?) throws {
        #expect(try Self.table().falseMatchRate(at: ComparisonScore(distance: distance)) == rate)
    }

    @Test("Rows come in order and are found by their rate")
    func rows() throws {
        let table = try Self.table()
        #expect(table.rows.map(\.falseMatchRate) == [1e-1, 1e-2, 1e-3, 1e-4])
        #expect(table.row(forFalseMatchRate: 1e-3)?.threshold == 0.37)
        #expect(table.row(forFalseMatchRate: 1e-5) == nil)
    }

    @Test("A table whose lower rate has no lower threshold is refused")
    func disorder() {
        for rows in [
            [], [Self.row(1e-2, 0.4), Self.row(1e-3, 0.4)], [Self.row(1e-2, 0.4), Self.row(1e-3, 0.5)],
            [Self.row(1e-2, 0.4), Self.row(1e-2, 0.3)], [Self.row(0, 0.4)], [Self.row(1e-2, .nan)], [Self.row(1e-2, 3)],
        ] {
            #expect(throws: BiometricsError(.thresholdsInvalid, "")) { try ErrorRateTable(rows) }
        }
    }
}
