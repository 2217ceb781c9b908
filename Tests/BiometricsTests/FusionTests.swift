import Biometrics
import Testing

@Suite("Fusion of templates")
struct FusionTests {
    /// A generator whose numbers are the same in every run.
    private struct Noise {
        var state: UInt64

        mutating func next() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) / Float(1 << 24) - 0.5
        }
    }

    private static func template(_ values: [Float], modelID: String = "m") throws -> FaceTemplate {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return try FaceTemplate(modelID: modelID, values: values.map { $0 / length })
    }

    @Test("Several noisy samples together are nearer to the truth than any of them alone", arguments: [2, 3, 5, 8])
    func nearer(_ count: Int) throws {
        var noise = Noise(state: UInt64(count))
        let truth = (0..<128).map { _ in noise.next() }
        let exact = try Self.template(truth)
        let samples = try (0..<count).map { _ in
            let noisy = truth.map { $0 + 0.6 * noise.next() }
            return try Self.template(noisy)
        }
        let fused = try FaceTemplate.fused(samples)
        let distance = try ComparisonScore(fused, exact)
        for sample in samples { #expect(try distance < ComparisonScore(sample, exact)) }
        #expect(fused.modelID == "m")
    }

    @Test("One sample stays what it is; the order does not matter; equal samples stay equal")
    func simple() throws {
        let (one, other) = (try Self.template([3, 4, 0]), try Self.template([0, 1, 1]))
        #expect(try ComparisonScore(FaceTemplate.fused([one]), one).distance < 1e-6)
        #expect(try ComparisonScore(FaceTemplate.fused([one, one, one]), one).distance < 1e-6)
        let forward = try FaceTemplate.fused([one, other])
        let backward = try FaceTemplate.fused([other, one])
        #expect(try ComparisonScore(forward, backward).distance < 1e-6)
        // Between both, as far from the one as from the other.
        let (left, right) = (try ComparisonScore(forward, one), try ComparisonScore(forward, other))
        #expect(abs(left.distance - right.distance) < 1e-5)
        #expect(try left < ComparisonScore(one, other))
    }

    @Test("Nothing, other models, other lengths and opposite directions cannot be fused")
    func refused() throws {
        let east = try Self.template([1, 0])
        #expect(throws: BiometricsError(.templateInvalid, "")) { try FaceTemplate.fused([]) }
        let foreign = try Self.template([1, 0], modelID: "n")
        #expect(throws: BiometricsError(.modelMismatch, "")) { try FaceTemplate.fused([east, foreign]) }
        let longer = try Self.template([1, 0, 0])
        #expect(throws: BiometricsError(.lengthMismatch, "")) { try FaceTemplate.fused([east, longer]) }
        let west = try Self.template([-1, 0])
        #expect(throws: BiometricsError(.templateInvalid, "")) { try FaceTemplate.fused([east, west]) }
    }

    @Test("The mean of scores is their mean, none of none, and no number where one is none")
    func scores() {
        let scores = [0.3, 0.4, 0.8].map { ComparisonScore(distance: Float($0)) }
        #expect(abs((ComparisonScore.mean(of: scores)?.distance ?? 0) - 0.5) < 1e-6)
        #expect(ComparisonScore.mean(of: []) == nil)
        let broken = ComparisonScore.mean(of: scores + [ComparisonScore(distance: .nan)])
        #expect(broken?.distance.isNaN == true)
    }
}
