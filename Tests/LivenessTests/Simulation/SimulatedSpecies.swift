import Foundation
import Liveness

/// What stands before the simulated camera.
enum SimulatedSpecies: String, CaseIterable, Sendable {
    case bonaFide
    case stillPrint
    case movedPrint
    case tiltedPrint
    case printBentAboutVertical
    case printBentAboutHorizontal
    case cutOut
    case replay
    case splicedPersons
    case splicedRecordings
    case reorderedParts
    case shuffledFrames
    case repeatedFrames

    /// The relief that the detector takes a flat face to have, in millimetres: of tilted prints of 24 pictures 0.107 of
    /// the eyes' distance (deviation 0.03) aside, half of it up and down.
    private static let imaginedRelief = 0.107 * 63

    /// The answer to a challenge.
    func frames(_ challenge: LivenessChallenge, subject: UInt64, seed: UInt64) throws -> [LivenessFrame] {
        var draws = Draws(seed, subject, UInt64(Self.allCases.firstIndex(of: self) ?? 0))
        let head = SimulatedHead(&draws)
        let camera = SimulatedCamera(&draws)
        switch self {
        case .bonaFide:
            return try Self.film(head, challenge.movements, camera, &draws)
        case .stillPrint, .movedPrint, .tiltedPrint, .printBentAboutVertical, .printBentAboutHorizontal, .cutOut:
            return try printed(head, challenge.movements, camera, &draws)
        case .replay:
            let other = LivenessChallenge.all.filter { $0 != challenge }.randomElement(using: &draws) ?? challenge
            return try Self.film(head, other.movements, camera, &draws)
        case .splicedPersons:
            return try spliced(head, challenge.movements, camera, &draws)
        case .splicedRecordings:
            return try joined(head, challenge.movements, camera, &draws)
        case .reorderedParts:
            return try reordered(head, challenge.movements, camera, &draws)
        case .shuffledFrames:
            let frames = try Self.film(head, challenge.movements, camera, &draws)
            return Self.timed(frames.shuffled(using: &draws), as: frames)
        case .repeatedFrames:
            var frames = try Self.film(head, challenge.movements, camera, &draws)
            let middle = frames.count / 2
            for place in 0..<3 { frames[middle + place].digest = frames[place].digest }
            return frames
        }
    }

    // MARK: - A person

    static func film(
        _ head: SimulatedHead,
        _ movements: [LivenessMovement],
        _ camera: SimulatedCamera,
        noise: Double = 1,
        _ draws: inout Draws
    ) throws -> [LivenessFrame] {
        let motion = SimulatedMotion(movements, &draws) { $0.byHead(distance: camera.distance, &$1) }
        return try film(head, motion, camera, noise: noise, &draws)
    }

    static func film(
        _ head: SimulatedHead,
        _ motion: SimulatedMotion,
        _ camera: SimulatedCamera,
        noise: Double = 1,
        _ draws: inout Draws
    ) throws -> [LivenessFrame] {
        var frames: [LivenessFrame] = []
        for time in camera.times(motion.duration, &draws) {
            let pose = motion.pose(at: time)
            let template = try head.template(turn: pose.turn, &draws)
            let points = head.points.enumerated().map { index, point in
                placed(point + Point3(x: 0, y: index > 2 ? max(0, pose.mouth) : 0, z: 0), pose)
            }
            // The skull is round: its outline keeps its size wherever it turns.
            let skull = placed(head.skull, pose)
            let outline = [(-72.0, 0.0), (72, 0), (0, -95), (0, 95)].map { skull + Point3(x: $0.0, y: $0.1, z: 0) }
            frames.append(
                camera.frame(points, outline: outline, at: time, template: template, noise: noise, &draws)
            )
        }
        return frames
    }

    /// The head turns about a point in the neck.
    private static func placed(_ point: Point3, _ pose: SimulatedPose) -> Point3 {
        let neck = Point3(x: 0, y: 45, z: 100)
        let fromNeck = point + Point3(x: -neck.x, y: -neck.y, z: -neck.z)
        return fromNeck.rotated(turn: pose.turn, nod: -pose.nod, tilt: pose.tilt) + neck + pose.shift
    }

    // MARK: - A print

    private func printed(
        _ head: SimulatedHead,
        _ movements: [LivenessMovement],
        _ camera: SimulatedCamera,
        _ draws: inout Draws
    ) throws -> [LivenessFrame] {
        let unrest = self == .stillPrint ? 0 : 1.3
        let angles: ClosedRange<Double> = self == .stillPrint || self == .movedPrint ? 0...0 : 18...45
        let motion = SimulatedMotion(movements, unrest: unrest, &draws) { movement, draws in
            if self == .stillPrint { return SimulatedPose() }
            // A cut-out is worn by a head that does what is asked.
            return self == .cutOut
                ? movement.byHead(distance: camera.distance, &draws)
                : movement.byHand(distance: camera.distance, angles: angles, &draws)
        }
        let relief = max(0, Self.imaginedRelief + draws.normal(0.03 * 63))
        let radius = draws.number(90...200)
        let bending = draws.number(0.2...0.6)
        let flat = head.flattened(relief: relief)
        var frames: [LivenessFrame] = []
        for time in camera.times(motion.duration, &draws) {
            let pose = motion.pose(at: time)
            let curvature = (1 + bending * pose.effort) / radius
            func placed(_ point: Point3) -> Point3 {
                bent(point, curvature: self == .cutOut ? 1 / 250 : curvature)
                    .rotated(turn: pose.turn, nod: -pose.nod, tilt: pose.tilt) + pose.shift
            }
            let points = flat.map(placed)
            // The detector takes the outline of a tilted print to lie as far behind as the nose lies before.
            let outline = [(-72.0, -4.0), (72, -4), (0, -99), (0, 91)].map {
                placed(Point3(x: $0.0, y: $0.1, z: relief))
            }
            let template = try head.template(turn: 0, &draws)
            let noise = self == .stillPrint ? 0.3 : 1
            frames.append(
                camera.frame(points, outline: outline, at: time, template: template, noise: noise, &draws)
            )
        }
        return frames
    }

    /// Paper keeps its lengths when it is bent.
    private func bent(_ point: Point3, curvature: Double) -> Point3 {
        switch self {
        case .printBentAboutVertical, .cutOut:
            let angle = point.x * curvature
            return Point3(x: sin(angle) / curvature, y: point.y, z: point.z + (1 - cos(angle)) / curvature)
        case .printBentAboutHorizontal:
            let angle = point.y * curvature
            return Point3(x: point.x, y: sin(angle) / curvature, z: point.z + (1 - cos(angle)) / curvature)
        default: return point
        }
    }

    // MARK: - Recordings put together

    private func spliced(
        _ head: SimulatedHead,
        _ movements: [LivenessMovement],
        _ camera: SimulatedCamera,
        _ draws: inout Draws
    ) throws -> [LivenessFrame] {
        let other = SimulatedHead(&draws)
        let motion = SimulatedMotion(movements, &draws) { $0.byHead(distance: camera.distance, &$1) }
        let moving = try Self.film(other, motion, camera, &draws)
        let still = try Self.film(head, [], camera, &draws)
        let chosen = moving.enumerated().map { index, frame in
            motion.pose(at: frame.capturedAt).effort < 0.05 ? still[index % still.count] : frame
        }
        return Self.timed(chosen, as: moving)
    }

    private func joined(
        _ head: SimulatedHead,
        _ movements: [LivenessMovement],
        _ camera: SimulatedCamera,
        _ draws: inout Draws
    ) throws -> [LivenessFrame] {
        var parts: [LivenessFrame] = []
        for movement in movements {
            var session = camera
            session.centre.x += draws.number(-14...14)
            session.centre.y += draws.number(-10...10)
            session.distance *= draws.number(0.96...1.04)
            let motion = SimulatedMotion([movement], &draws) { $0.byHead(distance: session.distance, &$1) }
            let frames = try Self.film(head, motion, session, &draws)
            let act = motion.acts[0]
            parts += frames.filter {
                (parts.isEmpty || $0.capturedAt > act.start - 0.2) && $0.capturedAt < act.end + 0.2
            }
        }
        return Self.timed(parts, every: camera.interval)
    }

    private func reordered(
        _ head: SimulatedHead,
        _ movements: [LivenessMovement],
        _ camera: SimulatedCamera,
        _ draws: inout Draws
    ) throws -> [LivenessFrame] {
        let motion = SimulatedMotion(movements.reversed(), &draws) { $0.byHead(distance: camera.distance, &$1) }
        let frames = try Self.film(head, motion, camera, &draws)
        var parts = frames.filter { $0.capturedAt < motion.acts[0].start - 0.1 }
        for act in motion.acts.reversed() {
            parts += frames.filter { $0.capturedAt > act.start - 0.15 && $0.capturedAt < act.end + 0.1 }
        }
        return Self.timed(parts, every: camera.interval)
    }

    private static func timed(_ frames: [LivenessFrame], as other: [LivenessFrame]) -> [LivenessFrame] {
        zip(frames, other).map { frame, model in
            var frame = frame
            frame.capturedAt = model.capturedAt
            return frame
        }
    }

    private static func timed(_ frames: [LivenessFrame], every interval: Double) -> [LivenessFrame] {
        frames.enumerated().map { index, frame in
            var frame = frame
            frame.capturedAt = Double(index) * interval
            return frame
        }
    }
}
