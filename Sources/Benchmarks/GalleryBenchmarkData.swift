import Biometrics
import Foundation

/// Unit vectors by chance, the same for the same seed: nine in ten without any order, one in ten near another.
///
/// A hundred neighbours of a centre are what a hundred pictures of one person would be.
struct GalleryBenchmarkData {
    static let modelID = "benchmark"
    static let dimension = 128

    private var state: UInt64 = 20_240_229
    private var centre: [Float] = []

    /// The row with this number; rows are made in order.
    mutating func row(_ number: Int) throws -> FaceTemplate {
        guard number % 1000 < 100 else { return try template(direction()) }
        if number % 1000 == 0 { centre = direction() }
        return try near(centre)
    }

    /// Probes: odd ones are unknown, even ones are near some row.
    mutating func probes(_ count: Int, near rows: [FaceTemplate]) throws -> [FaceTemplate] {
        try (0..<count).map { number in
            guard number % 2 == 0 else { return try template(direction()) }
            return try near(rows[number / 2 % rows.count].values)
        }
    }

    /// A neighbour at a distance of about 0.4, as two pictures of one person have.
    private mutating func near(_ values: [Float]) throws -> FaceTemplate {
        let away = direction()
        return try template(zip(values, away).map { $0 + 0.4 * $1 })
    }

    private func template(_ values: [Float]) throws -> FaceTemplate {
        let length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        return try FaceTemplate(modelID: Self.modelID, values: values.map { Float(Double($0) / length) })
    }

    /// Normal numbers by pairs (Box, Muller 1958).
    private mutating func direction() -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(Self.dimension)
        while values.count < Self.dimension {
            let radius = (-2 * log(1 - uniform())).squareRoot()
            let angle = 2 * Float.pi * uniform()
            values.append(radius * cos(angle))
            values.append(radius * sin(angle))
        }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return values.map { $0 / length }
    }

    /// From 0 to below 1, by SplitMix64 (Steele, Lea, Flood 2014).
    private mutating func uniform() -> Float {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Float((mixed ^ (mixed >> 31)) >> 40) * 0x1p-24
    }
}
