import Foundation
import Liveness

/// Where a head or a print is at a moment.
struct SimulatedPose: Sendable {
    /// Radians: to the right of the picture, downwards, clockwise.
    var turn = 0.0
    var nod = 0.0
    var tilt = 0.0
    /// Millimetres.
    var shift = Point3(x: 0, y: 0, z: 0)
    /// How far the mouth is open, millimetres.
    var mouth = 0.0
    /// How far a movement is carried out, 0 to 1.
    var effort = 0.0
}

/// Rest, out, hold, back, rest, for each movement, with the least jerk (Flash and Hogan 1985) and a restless head.
struct SimulatedMotion: Sendable {
    struct Act: Sendable {
        var movement: LivenessMovement
        var start: Double
        var out: Double
        var hold: Double
        var back: Double
        var peak: SimulatedPose

        var end: Double { start + out + hold + back }

        func share(at time: Double) -> Double {
            func ease(_ value: Double) -> Double {
                let share = min(1, max(0, value))
                return share * share * share * (10 - 15 * share + 6 * share * share)
            }
            return time < start + out + hold
                ? ease((time - start) / out) : 1 - ease((time - start - out - hold) / back)
        }
    }

    private struct Swing: Sendable {
        var pose: SimulatedPose
        var period: Double
        var phase: Double
    }

    var acts: [Act] = []
    private var swings: [Swing] = []
    var duration: Double

    /// - Parameter unrest: zero for a thing that stands.
    init(
        _ movements: [LivenessMovement],
        unrest: Double = 1,
        _ draws: inout Draws,
        reach: (LivenessMovement, inout Draws) -> SimulatedPose
    ) {
        var time = draws.number(0.5...0.9)
        for movement in movements {
            let act = Act(
                movement: movement,
                start: time,
                out: draws.number(0.5...1.1),
                hold: draws.number(0.2...0.7),
                back: draws.number(0.5...1),
                peak: reach(movement, &draws)
            )
            acts.append(act)
            time = act.end + draws.number(0.2...0.6)
        }
        duration = max(3, time + 0.3)
        for _ in 0..<4 {
            let shift = Point3(x: draws.number(-1.2...1.2), y: draws.number(-0.8...0.8), z: draws.number(-1.5...1.5))
            let pose = SimulatedPose(
                turn: draws.number(-0.012...0.012) * unrest,
                nod: draws.number(-0.01...0.01) * unrest,
                tilt: draws.number(-0.008...0.008) * unrest,
                shift: Point3(x: shift.x * unrest, y: shift.y * unrest, z: shift.z * unrest),
                mouth: max(0, draws.normal(0.7)) * unrest
            )
            swings.append(Swing(pose: pose, period: draws.number(1...5), phase: draws.number(0...6.28)))
        }
    }

    func pose(at time: Double) -> SimulatedPose {
        var pose = SimulatedPose()
        func add(_ part: SimulatedPose, _ share: Double) {
            pose.turn += part.turn * share
            pose.nod += part.nod * share
            pose.tilt += part.tilt * share
            pose.shift = pose.shift + Point3(x: part.shift.x * share, y: part.shift.y * share, z: part.shift.z * share)
            pose.mouth += part.mouth * share
        }
        for swing in swings { add(swing.pose, sin(2 * .pi * time / swing.period + swing.phase)) }
        for act in acts {
            let share = act.share(at: time)
            add(act.peak, share)
            pose.effort = max(pose.effort, share)
        }
        return pose
    }
}

extension LivenessMovement {
    /// What a person does when asked: the angles are an assumption, a clear movement that leaves the eyes on the screen.
    func byHead(distance: Double, _ draws: inout Draws) -> SimulatedPose {
        let degree = Double.pi / 180
        var pose = SimulatedPose(
            turn: draws.number(-3...3) * degree,
            nod: draws.number(-3...3) * degree,
            tilt: draws.number(-4...4) * degree,
            shift: Point3(x: draws.number(-8...8), y: draws.number(-6...6), z: draws.number(-10...10)),
            mouth: draws.number(0...4)
        )
        switch self {
        case .turnLeft: pose.turn += draws.number(22...38) * degree
        case .turnRight: pose.turn -= draws.number(22...38) * degree
        case .lookUp: pose.nod -= draws.number(15...26) * degree
        case .lookDown: pose.nod += draws.number(14...24) * degree
        case .comeCloser: pose.shift.z -= distance * (1 - 1 / draws.number(1.28...1.5))
        case .moveAway: pose.shift.z += distance * (1 / draws.number(0.68...0.8) - 1)
        }
        return pose
    }

    /// What a hand does with a print, to look like it.
    func byHand(distance: Double, angles: ClosedRange<Double>, _ draws: inout Draws) -> SimulatedPose {
        let degree = Double.pi / 180
        let angle = draws.number(angles) * degree
        let way = draws.number(0...40)
        var pose = SimulatedPose(tilt: draws.number(-5...5) * degree)
        switch self {
        case .turnLeft: (pose.turn, pose.shift.x) = (angle, way)
        case .turnRight: (pose.turn, pose.shift.x) = (-angle, -way)
        case .lookUp: (pose.nod, pose.shift.y) = (-angle, -way)
        case .lookDown: (pose.nod, pose.shift.y) = (angle, way)
        case .comeCloser: pose.shift.z = -distance * (1 - 1 / draws.number(1.28...1.5))
        case .moveAway: pose.shift.z = distance * (1 / draws.number(0.68...0.8) - 1)
        }
        return pose
    }
}
