import Biometrics
import Testing

@Suite("ISO/IEC 19795-1: error rates at fixed thresholds")
struct ErrorRateThresholdTests {
    private static func trial(_ distance: Float, _ first: Int32, _ second: Int32) -> ComparisonTrials.Trial {
        .init(distance: distance, first: first, second: second)
    }

    @Test("Rates are counted as by hand, whatever the order of the thresholds")
    func rates() throws {
        let trials = try ComparisonTrials(
            [0.1, 0.2, 0.3, 0.5].enumerated().map { Self.trial($1, Int32($0), Int32($0)) }
                + [0.3, 0.4, 0.6, 0.7, 0.8].enumerated().map { Self.trial($1, Int32($0), Int32($0) + 5) }
        )
        let rates = ThresholdRates(of: trials, at: [0.45, 0.2, 0.9], bootstrap: SubjectBootstrap(replicates: 100))
        #expect(rates.points.map(\.threshold) == [0.45, 0.2, 0.9])
        #expect(rates.points.map(\.falseMatchRate?.value) == [0.4, 0, 1])
        #expect(rates.points.map(\.falseNonMatchRate?.value) == [0.25, 0.5, 0])
        let interval = try #require(rates.points[0].falseNonMatchRate).interval
        #expect(interval.low <= 0.25 && 0.25 <= interval.high)
    }

    @Test("Where no error was seen the rule of three over people bounds the rate")
    func ruleOfThree() throws {
        let trials = try ComparisonTrials(
            (0..<60).flatMap { [Self.trial(0.1, $0, $0), Self.trial(0.9, $0, ($0 + 1) % 60)] }
        )
        let point = try #require(
            ThresholdRates(of: trials, at: [0.5], bootstrap: SubjectBootstrap(replicates: 50)).points.first
        )
        #expect(point.falseMatchRate?.value == 0 && point.falseMatchRate?.interval.low == 0)
        #expect(point.falseMatchRate?.interval.high == 0.05)
        #expect(point.falseNonMatchRate?.interval.high == 0.05)
    }

    @Test("Trials of one kind have only that kind's rate")
    func oneKind() throws {
        let mated = try ComparisonTrials([Self.trial(0.1, 0, 0), Self.trial(0.9, 0, 0)])
        let point = try #require(
            ThresholdRates(of: mated, at: [0.5], bootstrap: SubjectBootstrap(replicates: 50)).points.first
        )
        #expect(point.falseMatchRate == nil)
        #expect(point.falseNonMatchRate?.value == 0.5)
    }
}
