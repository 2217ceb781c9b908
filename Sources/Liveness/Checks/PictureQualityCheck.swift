import FaceAnalysis

/// A face large, light and sharp enough to measure.
enum PictureQualityCheck {
    static func find(_ frames: [LivenessFrame], _ settings: LivenessSettings) -> Finding {
        let faces = frames.compactMap(\.faces.first)
        let measures: [(values: [Double], limit: Double, detail: String, advice: LivenessAssessment.Advice)] = [
            (
                faces.map { Double($0.interEyeDistance) }, settings.leastInterEyeDistance,
                "pixels between the eyes, median", .tooFar
            ),
            (
                faces.compactMap { $0.appearance.map { Double($0.brightness) } }, settings.leastBrightness,
                "luminance of the face, median", .tooDark
            ),
            (
                faces.compactMap { $0.appearance.map { Double($0.sharpness) } }, settings.leastSharpness,
                "sharpness of the face, median", .blurred
            ),
        ]
        for measure in measures {
            let median = Statistics.median(measure.values)
            // Written so that a face that was not measured decides nothing.
            guard let median, median >= measure.limit else {
                return Finding(
                    .init(
                        .pictureQuality,
                        .notAssessed,
                        measured: median,
                        limit: measure.limit,
                        detail: measure.detail
                    ),
                    advice: faces.isEmpty ? .noFace : measure.advice
                )
            }
        }
        return Finding(
            .init(
                .pictureQuality,
                .passed,
                measured: Statistics.median(measures[0].values),
                limit: measures[0].limit,
                detail: measures[0].detail
            )
        )
    }
}
