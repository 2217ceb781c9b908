import Biometrics

/// The same face in all frames: each like the one before, and most like those at rest.
enum SameFaceCheck {
    static func find(
        _ trajectory: Trajectory,
        _ comparator: TemplateComparator,
        _ settings: LivenessSettings
    ) -> Finding {
        func undecided(_ measured: Double, _ limit: Double, _ detail: String) -> Finding {
            Finding(
                .init(.sameFace, .notAssessed, measured: measured, limit: limit, detail: detail),
                advice: .tryAgain
            )
        }
        let faces = trajectory.samples.compactMap { sample in
            sample.template.map { (time: sample.time, isResting: sample.isResting(settings), template: $0) }
        }
        guard let first = faces.first, let last = faces.last, faces.count >= settings.leastTemplates else {
            return undecided(Double(faces.count), Double(settings.leastTemplates), "frames with a template")
        }
        let ends = [first.time, (trajectory.samples.last?.time ?? .infinity) - last.time]
        let gaps = ends + zip(faces.dropFirst(), faces).map { $0.time - $1.time }
        let gap = gaps.allSatisfy(\.isFinite) ? gaps.max() ?? .infinity : .infinity
        guard gap <= settings.mostTemplateGap else {
            return undecided(gap, settings.mostTemplateGap, "seconds without a template")
        }

        var furthest: Float = 0
        for (later, earlier) in zip(faces.dropFirst(), faces) {
            guard let step = try? comparator.compare(reference: earlier.template, probe: later.template) else {
                return undecided(.nan, .nan, "templates that cannot be compared")
            }
            if step.decision == .nonMatch { return found(.failed, step.distance, comparator, "from frame to frame") }
            guard step.distance.isFinite else { return undecided(.nan, .nan, "templates that cannot be compared") }
            furthest = max(furthest, step.distance)
        }
        let rest = faces.first { $0.isResting } ?? first
        var unlike = 0
        for face in faces {
            guard let comparison = try? comparator.compare(reference: rest.template, probe: face.template) else {
                return undecided(.nan, .nan, "templates that cannot be compared")
            }
            guard comparison.decision != .match else { continue }
            // At rest the pictures are alike: who differs there is somebody else.
            if face.isResting, comparison.decision == .nonMatch {
                return found(.failed, comparison.distance, comparator, "between frames at rest")
            }
            unlike += 1
        }
        let share = Double(unlike) / Double(faces.count)
        guard share <= settings.mostUnlikeShare else {
            return undecided(share, settings.mostUnlikeShare, "share of frames unlike those at rest")
        }
        return found(.passed, furthest, comparator, "from frame to frame")
    }

    private static func found(
        _ state: LivenessAssessment.Check.State,
        _ distance: Float,
        _ comparator: TemplateComparator,
        _ detail: String
    ) -> Finding {
        Finding(
            .init(
                .sameFace,
                state,
                measured: Double(distance),
                limit: Double(comparator.thresholds.nonMatchAbove),
                detail: "largest distance \(detail)"
            )
        )
    }
}
