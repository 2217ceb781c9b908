import Foundation

/// What a number of workers made of verifications on the cores that they were given, in one slice of time.
struct VerificationLoad: Codable {
    /// Each verification's time with no other beside it; its two pictures are analysed at once if there are two workers.
    var milliseconds: [Double] = []
    /// Verifications a second while every worker always has a picture to go on with.
    var verificationsPerSecond: Double = 0
    var peakRssBytes: Int = 0
    /// Mean milliseconds of each step of a verification, of those that were alone.
    var steps = Steps()

    /// The steps of both pictures together.
    struct Steps: Codable {
        var decode: Double = 0
        var detectRest: Double = 0
        var detectForward: Double = 0
        var align: Double = 0
        var embedForward: Double = 0
    }

    /// Joins slices: all the times, the mean of the steps, the throughput of the slice in the middle.
    static func joined(_ slices: [VerificationLoad]) -> VerificationLoad {
        let alone = slices.filter { !$0.milliseconds.isEmpty }
        func mean(_ step: KeyPath<Steps, Double>) -> Double {
            alone.map { $0.steps[keyPath: step] }.reduce(0, +) / Double(max(1, alone.count))
        }
        let rates = slices.map(\.verificationsPerSecond).filter { $0 > 0 }
        return VerificationLoad(
            milliseconds: slices.flatMap(\.milliseconds),
            verificationsPerSecond: Measurement.percentile(rates, 0.5),
            peakRssBytes: slices.map(\.peakRssBytes).max() ?? 0,
            steps: Steps(
                decode: mean(\.decode),
                detectRest: mean(\.detectRest),
                detectForward: mean(\.detectForward),
                align: mean(\.align),
                embedForward: mean(\.embedForward)
            )
        )
    }
}
