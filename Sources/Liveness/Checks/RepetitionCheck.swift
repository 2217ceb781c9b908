import FaceAnalysis

/// No frame twice.
///
/// A camera that stalls gives the same picture a few times in a row; the same picture again later comes from a
/// recording. A picture encoded anew has another digest but the same landmarks, closer than a camera's noise leaves
/// them.
enum RepetitionCheck {
    static func find(_ frames: [LivenessFrame], _ settings: LivenessSettings) -> Finding {
        guard frames.count >= 2, frames.count <= settings.mostFrames else {
            return Finding(.init(.repetition, .notAssessed, detail: "too few frames, or too many"))
        }
        let traces = frames.map { Trace($0, settings.leastDifference) }
        var stalled = 0
        for later in traces.indices.dropFirst() {
            guard let earlier = traces[..<later].firstIndex(where: { $0.isSame(as: traces[later]) }) else { continue }
            // A run of the same picture is a stall; anything in between is not.
            guard traces[earlier..<later].allSatisfy({ $0.isSame(as: traces[later]) }) else {
                return Finding(
                    .init(
                        .repetition,
                        .failed,
                        measured: Double(later - earlier),
                        limit: 1,
                        detail: "a frame comes again so many frames later"
                    )
                )
            }
            stalled += 1
        }
        let share = Double(stalled) / Double(frames.count)
        return Finding(
            .init(
                .repetition,
                share <= settings.mostRepeatedShare ? .passed : .failed,
                measured: share,
                limit: settings.mostRepeatedShare,
                detail: "share of frames that repeat the frame before"
            )
        )
    }

    /// What a frame is known again by.
    private struct Trace {
        var digest: [UInt8]
        var coordinates: [Float]
        /// Pixels.
        var tolerance: Float

        init(_ frame: LivenessFrame, _ leastDifference: Double) {
            digest = frame.digest
            let landmarks = frame.faces.first?.landmarks
            let points = landmarks.map { [$0.leftEye, $0.rightEye, $0.nose, $0.leftMouth, $0.rightMouth] } ?? []
            coordinates = points.flatMap { [$0.x, $0.y] }
            tolerance = Float(leastDifference) * (landmarks?.interEyeDistance ?? 0)
        }

        func isSame(as other: Trace) -> Bool {
            if !digest.isEmpty, digest == other.digest { return true }
            guard !coordinates.isEmpty, coordinates.count == other.coordinates.count else { return false }
            for index in coordinates.indices where !(abs(coordinates[index] - other.coordinates[index]) < tolerance) {
                return false
            }
            return true
        }
    }
}
