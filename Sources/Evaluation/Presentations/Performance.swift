import Foundation
import Liveness

/// How something moves through a challenge: at rest, out, held, back, at rest again, for each movement in turn.
struct Performance: Sendable {
    /// One movement.
    struct Act: Sendable {
        var movement: LivenessMovement
        /// Seconds from the start.
        var start: Double
        var out: Double
        var hold: Double
        var back: Double
        /// What is reached.
        var peak: Placement

        var end: Double { start + out + hold + back }

        /// How far it is carried out at a moment, 0 to 1.
        func share(at time: Double) -> Double {
            if time <= start + out { return Performance.ease((time - start) / out) }
            if time <= start + out + hold { return 1 }
            return 1 - Performance.ease((time - start - out - hold) / back)
        }
    }

    let acts: [Act]
    /// Seconds.
    let duration: Double
    private let sway: [Sway]

    /// Nobody holds still: slow swings of each degree of freedom.
    private struct Sway: Sendable {
        var peak: Placement
        var period: Double
        var phase: Double
    }

    /// Draws the times, and peaks by `reach`.
    ///
    /// - Parameter unrest: factor on the swings of somebody who sits still.
    init(
        _ challenge: [LivenessMovement],
        unrest: Double = 1,
        draws: inout SeededDraws,
        reach: (LivenessMovement, inout SeededDraws) -> Placement
    ) {
        var acts: [Act] = []
        var time = draws.number(in: 0.4...0.8)
        for movement in challenge {
            let act = Act(
                movement: movement,
                start: time,
                out: draws.number(in: 0.6...1.0),
                hold: draws.number(in: 0.25...0.6),
                back: draws.number(in: 0.55...0.9),
                peak: reach(movement, &draws)
            )
            acts.append(act)
            time = act.end + draws.number(in: 0.2...0.45)
        }
        self.acts = acts
        duration = max(4, time + 0.3)
        let degree = Double.pi / 180
        sway = (0..<4).map { _ in
            Sway(
                peak: Placement(
                    turn: draws.number(in: -0.5...0.5) * degree,
                    nod: draws.number(in: -0.4...0.4) * degree,
                    tilt: draws.number(in: -0.4...0.4) * degree,
                    shift: Point3(
                        x: draws.number(in: -1...1),
                        y: draws.number(in: -0.7...0.7),
                        z: draws.number(in: -1.5...1.5)
                    )
                ) * unrest,
                period: draws.number(in: 0.9...5),
                phase: draws.number(in: 0...(2 * .pi))
            )
        }
    }

    /// Where things are at a moment.
    func placement(at time: Double) -> Placement {
        let still = sway.reduce(Placement()) { $0 + $1.peak * sin(2 * .pi * time / $1.period + $1.phase) }
        return acts.reduce(still) { $0 + $1.peak * $1.share(at: time) }
    }

    /// How far any movement is carried out at a moment, 0 to 1.
    func effort(at time: Double) -> Double { acts.map { $0.share(at: time) }.max() ?? 0 }

    /// The movement with the least jerk (Flash and Hogan 1985).
    private static func ease(_ share: Double) -> Double {
        let s = min(1, max(0, share))
        return s * s * s * (10 - 15 * s + 6 * s * s)
    }
}

extension LivenessMovement {
    /// What a person does when asked for it.
    ///
    /// The ranges are an assumption: a clear movement that leaves the eyes on the screen.
    func byHead(distance: Double, _ draws: inout SeededDraws) -> Placement {
        let degree = Double.pi / 180
        // No head turns about one axis alone.
        var placement = Placement(
            turn: draws.number(in: -2.5...2.5) * degree,
            nod: draws.number(in: -2.5...2.5) * degree,
            tilt: draws.number(in: -4...4) * degree,
            shift: Point3(x: draws.number(in: -5...5), y: draws.number(in: -3...3), z: draws.number(in: -8...8))
        )
        switch self {
        case .turnLeft: placement.turn += draws.number(in: 22...38) * degree
        case .turnRight: placement.turn -= draws.number(in: 22...38) * degree
        case .lookUp: placement.nod -= draws.number(in: 15...26) * degree
        case .lookDown: placement.nod += draws.number(in: 14...24) * degree
        case .comeCloser: placement.shift.z -= distance * (1 - 1 / draws.number(in: 1.28...1.5))
        case .moveAway: placement.shift.z += distance * (1 / draws.number(in: 0.68...0.8) - 1)
        }
        return placement
    }

    /// What somebody does with a flat thing in the hand who wants it to look like the movement.
    func byHand(
        distance: Double,
        tilts: ClosedRange<Double>,
        shifts: ClosedRange<Double>,
        _ draws: inout SeededDraws
    ) -> Placement {
        let degree = Double.pi / 180
        var placement = Placement(tilt: draws.number(in: -3...3) * degree)
        let angle = draws.number(in: tilts) * degree
        let way = draws.number(in: shifts)
        switch self {
        case .turnLeft:
            placement.turn = angle
            placement.shift.x = way
        case .turnRight:
            placement.turn = -angle
            placement.shift.x = -way
        case .lookUp:
            placement.nod = -angle
            placement.shift.y = -way
        case .lookDown:
            placement.nod = angle
            placement.shift.y = way
        case .comeCloser: placement.shift.z = -distance * (1 - 1 / draws.number(in: 1.28...1.5))
        case .moveAway: placement.shift.z = distance * (1 / draws.number(in: 0.68...0.8) - 1)
        }
        return placement
    }
}
