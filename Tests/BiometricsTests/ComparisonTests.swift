import Biometrics
import Testing

@Suite("Comparison")
struct ComparisonTests {
    static func thresholds() throws -> DecisionThresholds {
        try DecisionThresholds(matchAtOrBelow: 0.371, nonMatchAbove: 0.414)
    }

    @Test(
        "decides by the thresholds, which belong to the milder side",
        arguments: [
            (0, .match), (0.05, .match), (Float(0.371).nextDown, .match), (0.371, .match),
            (Float(0.371).nextUp, .inconclusive), (0.4, .inconclusive), (0.414, .inconclusive),
            (Float(0.414).nextUp, .nonMatch), (0.6, .nonMatch), (2, .nonMatch),
        ] as [(Float, ComparisonDecision)]
    )
    func decision(_ distance: Float, _ expected: ComparisonDecision) throws {
        #expect(try Self.thresholds().decision(for: ComparisonScore(distance: distance)) == expected)
    }

    @Test(
        "never matches by a distance that no two templates have",
        arguments: [.nan, .signalingNaN, .infinity, -.infinity, -0.1, -Float.leastNonzeroMagnitude] as [Float]
    )
    func impossibleDistance(_ distance: Float) throws {
        #expect(try Self.thresholds().decision(for: ComparisonScore(distance: distance)) == .inconclusive)
    }

    @Test(
        "refuses thresholds that are out of order",
        arguments: [
            (0.5, 0.4), (.nan, 0.4), (0.3, .nan), (-1, 0.4), (0, 0.4), (0.3, 2.1), (0.05, 0.4), (.infinity, .infinity),
        ] as [(Float, Float)]
    )
    func badThresholds(_ match: Float, _ nonMatch: Float) {
        #expect(throws: BiometricsError(.thresholdsInvalid, "")) {
            try DecisionThresholds(matchAtOrBelow: match, nonMatchAbove: nonMatch)
        }
    }

    @Test("has the raw values of the interface")
    func rawValues() {
        #expect(ComparisonDecision.allCases.map(\.rawValue) == ["match", "non_match", "inconclusive"])
    }

    @Test("measures the Euclidean distance")
    func knownDistances() throws {
        let east = try FaceTemplate(modelID: "m", values: [1, 0])
        let north = try FaceTemplate(modelID: "m", values: [0, 1])
        let west = try FaceTemplate(modelID: "m", values: [-1, 0])
        #expect(try ComparisonScore(east, east).distance == 0)
        #expect(try abs(ComparisonScore(east, north).distance - Float(2).squareRoot()) < 1e-6)
        #expect(try ComparisonScore(east, west).distance == 2)
        #expect(try ComparisonScore(east, north) < ComparisonScore(east, west))
    }

    @Test("agrees with the sum written out and is symmetric", arguments: [1, 15, 16, 17, 31, 32, 33, 128, 130, 512])
    func agreesWithPlainSum(_ count: Int) throws {
        let one = try FaceTemplateTests.template(1, count: count)
        let other = try FaceTemplateTests.template(5, count: count)
        let plain = zip(one.values, other.values).reduce(0.0) { sum, pair in
            sum + Double(pair.0 - pair.1) * Double(pair.0 - pair.1)
        }.squareRoot()
        let distance = try ComparisonScore(one, other).distance
        #expect(abs(Double(distance) - plain) < 1e-5)
        #expect(try ComparisonScore(other, one).distance.bitPattern == distance.bitPattern)
    }

    @Test("explains itself")
    func comparison() throws {
        let comparator = TemplateComparator(modelID: "model-a", thresholds: try Self.thresholds())
        let template = try FaceTemplateTests.template()
        let same = try comparator.compare(reference: template, probe: template)
        #expect(same.decision == .match)
        #expect(same.distance == 0)
        #expect(same.isSuspectedCopy)
        #expect(same.modelID == "model-a")
        #expect(same.thresholds.matchAtOrBelow == 0.371)
        let different = try comparator.compare(reference: template, probe: FaceTemplateTests.template(40))
        #expect(different.decision == .nonMatch)
        #expect(!different.isSuspectedCopy)
    }

    @Test("refuses templates of other models and other lengths")
    func mismatches() throws {
        let comparator = TemplateComparator(modelID: "model-a", thresholds: try Self.thresholds())
        let ours = try FaceTemplateTests.template()
        let theirs = try FaceTemplateTests.template(modelID: "model-b")
        let short = try FaceTemplateTests.template(count: 64)
        for (reference, probe) in [(ours, theirs), (theirs, ours), (theirs, theirs)] {
            #expect(throws: BiometricsError(.modelMismatch, "")) {
                try comparator.compare(reference: reference, probe: probe)
            }
        }
        #expect(throws: BiometricsError(.lengthMismatch, "")) { try comparator.compare(reference: ours, probe: short) }
        #expect(throws: BiometricsError(.modelMismatch, "")) { try ComparisonScore(ours, theirs) }
    }
}
