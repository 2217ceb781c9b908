/// A row rounded to 8-bit codes, with what is needed to prove a search by it exact.
///
/// y = s c + r: the scale s, codes c from −127 to 127, and the residual r, whose length is kept, rounded up. A probe is
/// x = t b + w likewise, with finer codes b and a residual w. Then (Cauchy–Schwarz)
///
///     x·y = s t (b·c) + w·(s c) + x·r,   |w·(s c)| ≤ |w| |s c|,   |x·r| ≤ |x| |r|
///
/// where b·c is an exact integer. So the row's interval is s t (b·c) ± (|x| |r| + constant), a quarter of the bytes are
/// read, and only rows whose interval reaches the best ones are compared exactly.
struct CompactRow {
    /// The factor of the codes.
    let scale: Float
    /// An upper bound of the residual's length.
    let residual: Float

    /// Rounds the values of one row and writes `width` unsigned codes.
    init(_ values: UnsafePointer<Float>, width: Int, codes: UnsafeMutablePointer<UInt8>) {
        var largest: Float = 0
        for index in 0..<width { largest = max(largest, abs(values[index])) }
        let scale = largest / 127
        var squares = 0.0
        for index in 0..<width {
            let code = max(-127, min(127, (values[index] / scale).rounded()))
            let rest = Double(values[index]) - Double(scale) * Double(code)
            squares += rest * rest
            codes[index] = UInt8(Int32(code) + IntegerProduct.zero)
        }
        self.scale = scale
        residual = Float(squares.squareRoot() * (1 + 1e-9)).nextUp
    }

    /// An upper bound of |s c| for rows no longer than `longest`: |y| + |r|, where no part of r is over half a step.
    static func longestRounded(width: Int, longest: Double) -> Double {
        longest * (1 + 0.51 * Double(width).squareRoot() / 127)
    }
}

/// A probe rounded to 16-bit codes, in the order that ``IntegerProduct`` wants.
struct CompactProbe: Sendable {
    /// The codes, even ones before odd ones in each sixteen.
    let codes: [Int16]
    /// The factor of the codes.
    let scale: Float
    /// What the rows' codes, being unsigned, add to every product.
    let excess: Int32
    /// An upper bound of the probe's length.
    let length: Float
    /// The part of the error that is the same for every row.
    let constantError: Float

    /// Rounds a probe that is padded with zeros to the rows' width.
    ///
    /// The codes are as fine as 32-bit sums of products with the rows' codes allow.
    init(_ padded: [Float], squaredLength: Double, longestRow: Double) {
        let width = padded.count
        let finest = Float(min(Int(Int16.max), Int(Int32.max) / (255 * width)))
        let largest = padded.reduce(0) { max($0, abs($1)) }
        let scale = largest / finest
        var squares = 0.0
        var rounded = padded.map { value in
            let code = max(-finest, min(finest, (value / scale).rounded()))
            let rest = Double(value) - Double(scale) * Double(code)
            squares += rest * rest
            return Int16(code)
        }
        excess = rounded.reduce(0) { $0 &+ Int32($1) } &* IntegerProduct.zero
        for start in stride(from: 0, to: width, by: IntegerProduct.lanes) {
            let part = Array(rounded[start..<(start + IntegerProduct.lanes)])
            for index in part.indices {
                rounded[start + index / 2 + (index % 2) * IntegerProduct.lanes / 2] = part[index]
            }
        }
        codes = rounded
        self.scale = scale
        length = Float(squaredLength.squareRoot() * (1 + 1e-9)).nextUp
        let longestRounded = CompactRow.longestRounded(width: width, longest: longestRow)
        let probeResidual = squares.squareRoot() * longestRounded
        // Four roundings of the estimate and of the interval's ends, none of which is beyond |x| (|s c| + |r|).
        let rounding = 2 * SearchBound.gamma(8) * squaredLength.squareRoot() * (longestRounded + longestRow)
        constantError = Float((probeResidual + rounding) * (1 + 1e-6)).nextUp
    }

    /// The estimate of the inner product with a row of this scale.
    @inline(__always)
    func estimate(_ product: Int32, scale rowScale: Float) -> Float {
        Float(product &- excess) * (rowScale * scale)
    }

    /// How far the estimate may be from the inner product.
    @inline(__always)
    func error(residual: Float) -> Float {
        residual * length + constantError
    }
}
