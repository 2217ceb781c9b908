import Biometrics
import Testing

@Suite("ISO/IEC 19795-1: error rates")
struct ErrorRateTests {
    /// Mated distances 1 … 4, non-mated 3 … 8, each pair of subjects of its own.
    private static let small =
        [(1, true), (2, true), (3, true), (4, true)].map(trial)
        + [(3, false), (5, false), (6, false), (7, false), (8, false)].map(trial)

    private static func trial(_ distance: Int, _ isMated: Bool) -> ComparisonTrials.Trial {
        ComparisonTrials.Trial(
            distance: Float(distance) / 10,
            first: Int32(distance),
            second: Int32(isMated ? distance : distance + 20)
        )
    }

    @Test(
        "Rates at a threshold count what is at or below it as a match",
        arguments: [
            (0.05, 0.0, 1.0), (0.1, 0, 0.75), (0.25, 0, 0.5), (0.3, 0.2, 0.25), (0.45, 0.2, 0), (0.8, 1, 0),
        ] as [(Float, Double, Double)]
    )
    func rates(_ threshold: Float, _ falseMatch: Double, _ falseNonMatch: Double) throws {
        let curve = try ErrorRateCurve(ComparisonTrials(Self.small))
        #expect(abs(curve.falseMatchRate(at: threshold) - falseMatch) < 1e-9)
        #expect(abs(curve.falseNonMatchRate(at: threshold) - falseNonMatch) < 1e-9)
    }

    @Test(
        "The threshold of a false match rate is the largest that keeps it, and there is none below the nearest pair",
        arguments: [(0.0, nil), (0.19, nil), (0.2, 0.3), (0.39, 0.3), (0.4, 0.5), (1, 0.8)] as [(Double, Float?)]
    )
    func thresholds(_ rate: Double, _ threshold: Float?) throws {
        let curve = try ErrorRateCurve(ComparisonTrials(Self.small))
        #expect(curve.threshold(forFalseMatchRate: rate) == threshold)
    }

    @Test("Equal distances stand or fall together")
    func ties() throws {
        let trials = (0..<10).map { ComparisonTrials.Trial(distance: 0.5, first: 2 * $0, second: 2 * $0 + 1) }
        let mated = ComparisonTrials.Trial(distance: 0.1, first: 0, second: 0)
        let curve = try ErrorRateCurve(ComparisonTrials(trials + [mated]))
        #expect(curve.threshold(forFalseMatchRate: 0.5) == nil)
        #expect(curve.threshold(forFalseMatchRate: 1) == 0.5)
    }

    @Test("Scores that do not overlap have an equal error rate of zero, swapped ones of one")
    func separated() throws {
        let apart = (1...5).map { Self.trial($0, true) } + (6...10).map { Self.trial($0, false) }
        #expect(try ErrorRateCurve(ComparisonTrials(apart)).equalErrorRate == 0)
        let swapped = (6...10).map { Self.trial($0, true) } + (1...5).map { Self.trial($0, false) }
        #expect(try ErrorRateCurve(ComparisonTrials(swapped)).equalErrorRate == 1)
        let small = try ErrorRateCurve(ComparisonTrials(Self.small)).equalErrorRate
        #expect((0.2...0.25).contains(small))
    }

    @Test("The trade-off curve falls")
    func tradeoff() throws {
        let trials = (0..<4_000).map { number -> ComparisonTrials.Trial in
            let isMated = number % 2 == 0
            let spread = Float((number * 7_919) % 4_000) / 4_000
            return ComparisonTrials.Trial(
                distance: spread * 0.6 + (isMated ? 0 : 0.3),
                first: Int32(number),
                second: Int32(isMated ? number : number + 10_000)
            )
        }
        let points = try ErrorRateCurve(ComparisonTrials(trials)).detectionErrorTradeoff()
        #expect(points.count > 20)
        for (point, next) in zip(points, points.dropFirst()) {
            #expect(point.threshold < next.threshold)
            #expect(point.falseMatchRate <= next.falseMatchRate)
            #expect(point.falseNonMatchRate >= next.falseNonMatchRate)
        }
    }

    @Test("Without mated or without non-mated comparisons there is no curve, nor with impossible distances")
    func impossible() {
        #expect(throws: BiometricsError.self) { try ErrorRateCurve(ComparisonTrials([Self.trial(1, true)])) }
        #expect(throws: BiometricsError.self) { try ErrorRateCurve(ComparisonTrials([Self.trial(1, false)])) }
        for distance in [Float.nan, .infinity, -1] {
            let trial = ComparisonTrials.Trial(distance: distance, first: 0, second: 0)
            #expect(throws: BiometricsError.self) { try ComparisonTrials([trial]) }
        }
    }

    @Test("The bootstrap's interval holds the truth, is the same for the same seed, and widens with fewer subjects")
    func bootstrap() throws {
        func trials(subjects: Int) throws -> ComparisonTrials {
            var all: [ComparisonTrials.Trial] = []
            for subject in 0..<subjects {
                for repeated in 0..<4 {
                    // One subject in ten fails to match.
                    let distance: Float = subject % 10 == 0 ? 0.9 : 0.1
                    all.append(
                        .init(
                            distance: distance + Float(repeated) / 1_000,
                            first: Int32(subject),
                            second: Int32(subject)
                        )
                    )
                    let other = (subject + repeated + 1) % subjects
                    all.append(.init(distance: 0.8, first: Int32(subject), second: Int32(other)))
                }
            }
            return try ComparisonTrials(all)
        }
        func interval(_ subjects: Int, seed: UInt64) throws -> SubjectBootstrap.Interval {
            let bootstrap = SubjectBootstrap(replicates: 300, seed: seed)
            let found = bootstrap.intervals(of: try trials(subjects: subjects)) { [$0.falseNonMatchRate(at: 0.5)] }
            return try #require(found.first ?? nil)
        }
        let (few, many) = (try interval(50, seed: 1), try interval(800, seed: 1))
        for interval in [few, many] { #expect(interval.low < 0.1 && 0.1 < interval.high) }
        #expect(many.high - many.low < (few.high - few.low) / 2)
        #expect(try interval(50, seed: 1) == few)
        #expect(try interval(50, seed: 2) != few)
    }
}
