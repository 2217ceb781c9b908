/// How far the quick inner product of a row may be from what the comparison score says, so that nothing is missed.
///
/// A search ranks by the squared distance that ``ComparisonScore`` reports, D. The scan knows only an interval
/// [low, high] that holds the true inner product p = x·y of the probe x and the row y. With u = 2⁻²⁴ and
/// γₙ = n u / (1 − n u) (Higham, Accuracy and Stability of Numerical Algorithms, 3.1):
/// - the true squared distance is d² = |x|² + |y|² − 2 p, with |y|² within the shortest and longest row of the gallery;
/// - summing n rounded squares of rounded differences in any order, a square root and squaring it again gives
///   |D − d²| ≤ γₙ₊₅ d² ≤ γₙ₊₅ (|x| + |y|)², called E.
///
/// So a row can only come before, or tie with, one whose interval begins at low when its own interval ends at
/// high ≥ low − (longest² − shortest²) / 2 − E: that difference is the ``margin``. And it can only lie within a
/// distance t when high ≥ (|x|² + shortest² − E − t²) / 2: that is the ``floor``.
///
/// Templates have unit length up to rounding, so the margin is some 3e-5 with 128 values.
struct SearchBound: Sendable {
    /// How far below the k-th best lower end an upper end may lie and still be among the best k.
    let margin: Float
    /// The least upper end of a row within the largest distance that is asked for.
    let floor: Float
    /// The largest error of a float32 inner product: γₙ |x| |y|, in whatever order it is summed.
    let productError: Float

    init(width: Int, probe: Double, rows: ClosedRange<Double>, within distance: Float?) {
        let longest = rows.upperBound.squareRoot()
        let reach = probe.squareRoot() + longest
        // A hundredth more, for what is computed here.
        let scoreError = 1.01 * Self.gamma(width + 5) * reach * reach
        margin = Float((rows.upperBound - rows.lowerBound) / 2 + scoreError).nextUp
        productError = Float(1.01 * Self.gamma(width) * probe.squareRoot() * longest).nextUp
        if let distance {
            let squared = Double(distance) * Double(distance)
            floor = Float((probe + rows.lowerBound - scoreError - squared) / 2).nextDown
        } else {
            floor = -.infinity
        }
    }

    /// Higham's γₙ for float32.
    static func gamma(_ operations: Int) -> Double {
        let roundings = Double(operations) * 0x1p-24
        return roundings / (1 - roundings)
    }

    /// The square of a vector's length; its error is beyond what the bounds can see.
    static func squaredLength(_ values: some Sequence<Float>) -> Double {
        values.reduce(0) { $0 + Double($1) * Double($1) }
    }
}
