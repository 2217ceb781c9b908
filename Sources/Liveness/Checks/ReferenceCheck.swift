import Biometrics

/// The face of the portrait: the median distance of the frames at rest.
enum ReferenceCheck {
    static func find(
        _ trajectory: Trajectory,
        _ reference: FaceTemplate,
        _ comparator: TemplateComparator,
        _ settings: LivenessSettings
    ) -> Finding {
        let resting = trajectory.samples.filter { $0.isResting(settings) }.compactMap(\.template)
        let limit = Double(comparator.thresholds.matchAtOrBelow)
        let distances = resting.compactMap { template in
            try? comparator.compare(reference: reference, probe: template).distance
        }
        guard distances.count == resting.count, distances.count >= 3,
            let distance = Statistics.median(distances.map(Double.init))
        else {
            return Finding(
                .init(.reference, .notAssessed, limit: limit, detail: "too few frames at rest to compare"),
                advice: .lookStraightFirst
            )
        }
        let decision = comparator.thresholds.decision(for: ComparisonScore(distance: Float(distance)))
        let state: LivenessAssessment.Check.State =
            switch decision {
            case .match: .passed
            case .nonMatch: .failed
            case .inconclusive: .notAssessed
            }
        return Finding(
            .init(.reference, state, measured: distance, limit: limit, detail: "median distance from the portrait"),
            advice: state == .notAssessed ? .tryAgain : nil
        )
    }
}
