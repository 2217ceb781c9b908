/// The movements of the challenge, in its order, and no others.
///
/// Movements that are missing decide nothing, since a person may be timid; clear movements that are others than those
/// asked for are what the recording of another challenge looks like.
enum MovementsCheck {
    static func find(
        _ seen: [SeenMovement],
        _ challenge: LivenessChallenge,
        _ trajectory: Trajectory,
        _ settings: LivenessSettings
    ) -> Finding {
        let asked = challenge.movements
        let found = seen.map(\.movement)
        func finding(
            _ state: LivenessAssessment.Check.State,
            _ advice: LivenessAssessment.Advice? = nil
        ) -> Finding {
            let names = found.isEmpty ? "none" : found.map(\.rawValue).joined(separator: ", ")
            return Finding(
                .init(
                    .movements,
                    state,
                    measured: Double(found.count),
                    limit: Double(asked.count),
                    detail: "seen: \(names)"
                ),
                advice: advice
            )
        }
        guard challenge.isValid else { return finding(.notAssessed, .tryAgain) }
        guard abs(trajectory.poseAtRest.yaw) <= settings.mostYawAtRest else {
            return finding(.notAssessed, .lookStraightFirst)
        }
        if found == asked { return finding(.passed) }
        if found == asked.map(\.mirrored) { return finding(.notAssessed, .wrongSide) }
        if contains(asked, in: found) { return finding(.notAssessed, .otherMovement) }
        if contains(found, in: asked) { return finding(.notAssessed, .movementNotSeen) }
        return finding(found.count >= asked.count ? .failed : .notAssessed, .movementNotSeen)
    }

    /// Whether the parts come in the whole in their order, others between them or not.
    private static func contains(_ parts: [LivenessMovement], in whole: [LivenessMovement]) -> Bool {
        var rest = parts[...]
        for movement in whole where movement == rest.first { rest = rest.dropFirst() }
        return rest.isEmpty
    }
}
