/// A dissimilarity score (ISO/IEC 2382-37, 37.03.27): the Euclidean distance of two templates, 0 to 2.
///
/// Smaller means more alike; 0 only for the same template, √2 for unrelated directions.
public struct ComparisonScore: Equatable, Comparable, Sendable {
    /// The distance.
    public let distance: Float

    /// Wraps a distance.
    public init(distance: Float) {
        self.distance = distance
    }

    /// Measures the distance of two templates.
    ///
    /// - Throws: `model_mismatch` or `length_mismatch` when they cannot be compared.
    public init(_ one: FaceTemplate, _ other: FaceTemplate) throws(BiometricsError) {
        guard one.modelID == other.modelID else {
            throw BiometricsError(.modelMismatch, "templates of \(one.modelID) and \(other.modelID) cannot be compared")
        }
        guard one.values.count == other.values.count else {
            throw BiometricsError(.lengthMismatch, "templates of \(one.values.count) and \(other.values.count) values")
        }
        distance = Self.squaredDistance(one.values, other.values).squareRoot()
    }

    /// The sum of squared differences, in sixteen lanes; both arrays are equally long.
    ///
    /// The order of summation is fixed, so the same templates give the same bits on every machine.
    static func squaredDistance(_ one: [Float], _ other: [Float]) -> Float {
        one.withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                let lane = MemoryLayout<SIMD16<Float>>.size
                let whole = one.count / lane * lane
                var lanes = SIMD16<Float>.zero
                for offset in stride(from: 0, to: whole, by: lane) {
                    let difference =
                        one.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
                        - other.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
                    lanes += difference * difference
                }
                var sum = lanes.sum()
                for offset in stride(from: whole, to: one.count, by: MemoryLayout<Float>.size) {
                    let difference =
                        one.loadUnaligned(fromByteOffset: offset, as: Float.self)
                        - other.loadUnaligned(fromByteOffset: offset, as: Float.self)
                    sum += difference * difference
                }
                return sum
            }
        }
    }

    /// Orders by likeness, most alike first.
    public static func < (one: ComparisonScore, other: ComparisonScore) -> Bool {
        one.distance < other.distance
    }
}
