import Foundation

/// Pseudo-random numbers that are the same on every machine (SplitMix64).
struct Draws: RandomNumberGenerator {
    private var state: UInt64

    init(_ seeds: UInt64...) {
        state = seeds.reduce(0x2545_F491_4F6C_DD1D) { ($0 ^ $1) &* 0x9E37_79B9_7F4A_7C15 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func number(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }

    /// A normal deviate (Box and Muller 1958).
    mutating func normal(_ deviation: Double = 1) -> Double {
        let radius = (-2 * log(1 - number(0...0.999_999_999))).squareRoot()
        return deviation * radius * cos(2 * .pi * number(0...1))
    }
}
