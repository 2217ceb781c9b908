import Foundation
import Liveness

/// Attacks that put frames of recordings together and feed them in as if a camera had sent them.
extension PresentationStudio {
    /// Another person moves; while nothing is asked, the right person is seen.
    func splicedPersons(
        _ challenge: [LivenessMovement],
        _ camera: Camera,
        _ draws: inout SeededDraws
    ) throws -> [PresentationFrame] {
        let moving = try recording(of: other, challenge, camera, &draws)
        let still = try recording(of: person, [], camera, &draws)
        return moving.frames.enumerated().map { index, frame in
            guard moving.performance.effort(at: frame.capturedAt) < 0.05 else { return frame }
            return PresentationFrame(
                capturedAt: frame.capturedAt,
                file: still.frames[index % still.frames.count].file
            )
        }
    }

    /// One recording for each movement, made at other times: the head is elsewhere and the light is not quite the same.
    func splicedRecordings(
        _ challenge: [LivenessMovement],
        _ camera: Camera,
        _ draws: inout SeededDraws
    ) throws -> [PresentationFrame] {
        var files: [Data] = []
        for movement in challenge {
            var session = camera
            session.centre.x += draws.number(in: -14...14)
            session.centre.y += draws.number(in: -10...10)
            session.distance *= draws.number(in: 0.96...1.04)
            session.phase = draws.number(in: 0...(2 * .pi))
            let recording = try recording(of: person, [movement], session, &draws)
            guard let act = recording.performance.acts.first else { continue }
            let isFirst = files.isEmpty
            files += recording.frames.filter { frame in
                (isFirst || frame.capturedAt > act.start - 0.2) && frame.capturedAt < act.end + 0.2
            }.map(\.file)
        }
        return timed(files, &draws)
    }

    /// The parts of one recording in another order; where it is too short, frames come twice.
    func reorderedFrames(
        _ challenge: [LivenessMovement],
        _ camera: Camera,
        _ draws: inout SeededDraws
    ) throws -> [PresentationFrame] {
        let recorded = Array(challenge.dropFirst() + challenge.prefix(1))
        let recording = try recording(of: person, recorded, camera, &draws)
        var files: [Data] = []
        for movement in challenge {
            guard let act = recording.performance.acts.first(where: { $0.movement == movement }) else { continue }
            let part = recording.frames.filter {
                $0.capturedAt > act.start - 0.15 && $0.capturedAt < act.end + 0.1
            }
            guard let first = part.first, let last = part.last else { continue }
            let before = 1 + draws.index(below: 3)
            let after = 1 + draws.index(below: 3)
            files += Array(repeating: first.file, count: before) + part.map(\.file)
            files += Array(repeating: last.file, count: after)
        }
        return timed(files, &draws)
    }

    private func timed(_ files: [Data], _ draws: inout SeededDraws) -> [PresentationFrame] {
        let interval = draws.number(in: 0.105...0.128)
        var time = 0.0
        return files.map { file in
            defer { time += interval * draws.number(in: 0.92...1.08) }
            return PresentationFrame(capturedAt: time, file: file)
        }
    }
}
