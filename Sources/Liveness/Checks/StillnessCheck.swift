/// Some movement at all: no living head keeps still to a millimetre.
enum StillnessCheck {
    static func find(_ trajectory: Trajectory, _ settings: LivenessSettings) -> Finding {
        let samples = trajectory.samples
        func extent(_ values: [Double]) -> Double {
            guard let low = Statistics.quantile(values, 0.05), let high = Statistics.quantile(values, 0.95) else {
                return .nan
            }
            return high - low
        }
        let movement = [
            extent(samples.map { $0.placement.centre.x / trajectory.eyesAtRest }),
            extent(samples.map { $0.placement.centre.y / trajectory.eyesAtRest }),
            extent(samples.map(\.scale)),
        ].reduce(0) { $0 + $1 }
        // A few frames have had no time to move.
        guard movement.isFinite, samples.count >= settings.leastFrames else {
            return Finding(.init(.stillness, .notAssessed, detail: "too few frames"), advice: .tooFewFrames)
        }
        return Finding(
            .init(
                .stillness,
                movement >= settings.leastMovement ? .passed : .failed,
                measured: movement,
                limit: settings.leastMovement,
                detail: "movement of the face over all frames, in distances between the eyes"
            )
        )
    }
}
