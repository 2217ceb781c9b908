import Foundation

/// Reproducible draws (SplitMix64; Steele, Lea, Flood 2014): the same seed gives the same presentation everywhere.
struct SeededDraws: RandomNumberGenerator {
    private var state: UInt64

    /// Draws that depend on all numbers given, and on their order.
    init(_ seeds: UInt64...) {
        state = 0
        for seed in seeds {
            state ^= seed
            state = next()
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Evenly between the ends.
    mutating func number(in range: ClosedRange<Double>) -> Double {
        let share = Double(next() >> 11) / 9_007_199_254_740_992
        return range.lowerBound + share * (range.upperBound - range.lowerBound)
    }

    /// Evenly between the ends, up or down.
    mutating func eitherSign(of range: ClosedRange<Double>) -> Double {
        let size = number(in: range)
        return next() & 1 == 0 ? size : -size
    }

    mutating func index(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }
}
