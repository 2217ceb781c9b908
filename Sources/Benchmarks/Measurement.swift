import Foundation

/// What one side of the verification benchmark prints, ours and the peer's alike.
struct Measurement: Codable {
    var milliseconds: [Double]
    var peakRssBytes: Int
    var pairs: [Pair]
    /// The time inside the two networks' runs; only ours tells it.
    var networkMilliseconds: [Double]?

    /// What came of one pair of pictures.
    struct Pair: Codable {
        var images: [String]
        var distance: Double
        var match: Bool
    }

    var median: Double { Self.percentile(milliseconds, 0.5) }
    var p95: Double { Self.percentile(milliseconds, 0.95) }

    /// The share of the time inside the networks, 0 to 1.
    var networkShare: Double? {
        networkMilliseconds.map { $0.reduce(0, +) / milliseconds.reduce(0, +) }
    }

    /// Joins rounds of one side.
    static func joined(_ rounds: [Measurement]) -> Measurement {
        Measurement(
            milliseconds: rounds.flatMap(\.milliseconds),
            peakRssBytes: rounds.map(\.peakRssBytes).max() ?? 0,
            pairs: rounds.first?.pairs ?? [],
            networkMilliseconds: rounds.first?.networkMilliseconds.map { _ in
                rounds.flatMap { $0.networkMilliseconds ?? [] }
            }
        )
    }

    /// The nearest-rank percentile.
    static func percentile(_ values: [Double], _ share: Double) -> Double {
        let ordered = values.sorted()
        guard !ordered.isEmpty else { return .nan }
        return ordered[max(0, Int((share * Double(ordered.count)).rounded(.up)) - 1)]
    }

    static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return encoder
    }
}
