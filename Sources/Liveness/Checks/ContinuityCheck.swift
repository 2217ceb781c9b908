/// No jump from frame to frame: recordings put together do not meet.
///
/// A head that moves is on its way before and after; a cut is a step between two rests.
enum ContinuityCheck {
    static func find(_ trajectory: Trajectory, _ settings: LivenessSettings) -> Finding {
        let samples = trajectory.samples
        let intervals = zip(samples.dropFirst(), samples).map { $0.time - $1.time }
        let widest = intervals.max() ?? .infinity
        guard samples.count >= 4, let usual = Statistics.median(intervals), usual > 0, widest <= settings.mostGap else {
            return Finding(
                .init(
                    .continuity,
                    .notAssessed,
                    measured: widest,
                    limit: settings.mostGap,
                    detail: "seconds without a face"
                ),
                advice: .noFace
            )
        }
        let jump = largestJump(trajectory, usual: usual)
        let pace = max(1, usual / settings.jumpInterval)
        let limit = settings.mostJump * pace * pace
        let isCertain = jump > settings.certainJump * pace * pace
        return Finding(
            .init(
                .continuity,
                jump <= limit ? .passed : isCertain ? .failed : .notAssessed,
                measured: jump,
                limit: limit,
                detail: "jump beyond the steps beside it, in distances between the eyes"
            )
        )
    }

    /// - Parameter usual: Seconds from frame to frame; a step in which a frame is missing is shortened to that.
    static func largestJump(_ trajectory: Trajectory, usual: Double) -> Double {
        let samples = trajectory.samples
        let steps = zip(samples.dropFirst(), samples).map { later, earlier in
            step(later, earlier, trajectory.eyesAtRest) * usual / max(usual, later.time - earlier.time)
        }
        let jumps = steps.indices.map { index in
            let before = index > 0 ? steps[index - 1] : 0
            let after = index + 1 < steps.count ? steps[index + 1] : 0
            return steps[index] - before - after
        }
        return jumps.max() ?? .infinity
    }

    /// How far two frames are apart: place, size, tilt and turn, all in distances between the eyes.
    private static func step(_ one: Trajectory.Sample, _ other: Trajectory.Sample, _ eyes: Double) -> Double {
        let place = (one.placement.centre - other.placement.centre) / eyes
        let turn = one.parallax - other.parallax
        let tilt = one.placement.roll - other.placement.roll
        let parts = [place.x, place.y, turn.x, turn.y, one.scale - other.scale, tilt]
        return parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
}
