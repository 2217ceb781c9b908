import Foundation

/// A turn where it goes nearly as far as it does: medians over those frames, so that no single one decides.
struct SeenTurn: Sendable {
    /// The nose before the plane of eyes and mouth, in distances between the eyes.
    var parallax: Double
    /// Natural logarithm of breadth over height, over the same at rest; negative when narrowed.
    var narrowing: Double
    /// How far the outline of the head moved against the nose about eyes and mouth, in distances between the eyes.
    var outlineShift: Double
    /// Natural logarithm of the outline's breadth over the eyes' distance, over the same at rest.
    var outlineBroadening: Double
}

extension SeenMovement {
    /// The frames that reach three quarters of the peak, against those at rest; `nil` of anything but a turn.
    func turn(in trajectory: Trajectory, _ settings: LivenessSettings) -> SeenTurn? {
        guard movement.isTurn else { return nil }
        let sign: Double = movement == .turnLeft ? 1 : -1
        let highest = sign * trajectory.samples[peak].parallax.x
        let upper = trajectory.samples[samples].filter { sign * $0.parallax.x >= 0.75 * highest }
        let rest = trajectory.samples.filter { $0.isResting(settings) }
        guard let parallax = Statistics.median(upper.map { sign * $0.parallax.x }),
            let narrowing = Statistics.median(upper.map(\.aspect)),
            let offset = Statistics.median(upper.map(\.outline.offset)),
            let offsetAtRest = Statistics.median(rest.map(\.outline.offset)),
            let breadth = Statistics.median(upper.map(\.outline.breadth)),
            let breadthAtRest = Statistics.median(rest.map(\.outline.breadth)),
            breadth > 0, breadthAtRest > 0
        else { return nil }
        return SeenTurn(
            parallax: parallax,
            narrowing: narrowing,
            outlineShift: sign * (offsetAtRest - offset),
            outlineBroadening: log(breadth / breadthAtRest)
        )
    }
}
