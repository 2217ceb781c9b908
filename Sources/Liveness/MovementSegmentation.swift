/// A movement that was seen.
struct SeenMovement: Equatable, Sendable {
    var movement: LivenessMovement
    /// The samples from its beginning to its end.
    var samples: Range<Int>
    /// The sample where it went furthest.
    var peak: Int
    /// How far it went, in its limit.
    var extent: Double
}

/// Divides a trajectory into movements: out beyond a limit, and back well below it.
struct MovementSegmentation: Sendable {
    private struct Axis {
        var values: [Double]
        var positive: LivenessMovement
        var negative: LivenessMovement
    }

    let movements: [SeenMovement]

    init(_ trajectory: Trajectory, settings: LivenessSettings) {
        let samples = trajectory.samples
        let axes = [
            Axis(
                values: samples.map { $0.parallax.x / settings.turnParallax },
                positive: .turnLeft,
                negative: .turnRight
            ),
            Axis(
                values: samples.map { $0.nod(settings) },
                positive: .lookDown,
                negative: .lookUp
            ),
            Axis(
                values: samples.map { $0.scale / settings.scaleChange },
                positive: .comeCloser,
                negative: .moveAway
            ),
        ]
        let all = axes.flatMap { Self.excursions($0, settings.returnShare) }
        movements = Self.withoutRepetitions(Self.withoutSideMovements(all, settings.sideMovementShare))
    }

    private static func excursions(_ axis: Axis, _ returnShare: Double) -> [SeenMovement] {
        let values = Statistics.smoothed(axis.values)
        var found: [SeenMovement] = []
        var start: Int?
        func close(at end: Int) {
            guard let from = start else { return }
            start = nil
            guard let peak = (from..<end).max(by: { abs(values[$0]) < abs(values[$1]) }), abs(values[peak]) >= 1 else {
                return
            }
            found.append(
                SeenMovement(
                    movement: values[peak] > 0 ? axis.positive : axis.negative,
                    samples: from..<end,
                    peak: peak,
                    extent: abs(values[peak])
                )
            )
        }
        for (index, value) in values.enumerated() {
            if let from = start, value * values[from] < 0 { close(at: index) }
            if abs(value) < returnShare {
                close(at: index)
            } else if start == nil {
                start = index
            }
        }
        close(at: values.count)
        return found
    }

    /// No head turns about one axis alone: what goes along with a larger movement is not asked for.
    private static func withoutSideMovements(_ all: [SeenMovement], _ share: Double) -> [SeenMovement] {
        all.filter { one in
            !all.contains { other in
                other.movement != one.movement && other.samples.overlaps(one.samples)
                    && one.extent < share * other.extent
            }
        }
        .sorted { $0.peak < $1.peak }
    }

    /// A movement that falters and goes on is one movement; no challenge asks for the same twice in a row.
    private static func withoutRepetitions(_ all: [SeenMovement]) -> [SeenMovement] {
        all.reduce(into: []) { kept, next in
            guard var last = kept.last, last.movement == next.movement else {
                kept.append(next)
                return
            }
            last.samples = last.samples.lowerBound..<max(last.samples.upperBound, next.samples.upperBound)
            if next.extent > last.extent { (last.peak, last.extent) = (next.peak, next.extent) }
            kept[kept.count - 1] = last
        }
    }
}
