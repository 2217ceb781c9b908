extension FaceTemplate {
    /// One template of several samples of one person: the direction of their mean (feature-level fusion, ISO/IEC TR
    /// 24722).
    ///
    /// What differs from picture to picture averages out; what is the person's own remains. All samples count alike:
    /// weights by sharpness, size or confidence gained nothing that held on more than one set of pictures.
    ///
    /// Fused templates of strangers lie nearer to each other too: at a threshold measured on single pictures the false
    /// match rate is two to four times as high, so fused templates need thresholds of their own.
    /// ``ComparisonScore/mean(of:)`` does not.
    ///
    /// - Throws: `template_invalid` where there is no template or the templates cancel each other out; `model_mismatch`
    ///   or `length_mismatch` where they do not belong together.
    public static func fused(_ templates: [FaceTemplate]) throws(BiometricsError) -> FaceTemplate {
        guard let first = templates.first else {
            throw BiometricsError(.templateInvalid, "there is no template to fuse")
        }
        var sum = [Double](repeating: 0, count: first.values.count)
        for template in templates {
            guard template.modelID == first.modelID else {
                throw BiometricsError(
                    .modelMismatch,
                    "templates of \(first.modelID) and \(template.modelID) cannot be fused"
                )
            }
            guard template.values.count == first.values.count else {
                throw BiometricsError(
                    .lengthMismatch,
                    "templates of \(first.values.count) and \(template.values.count) values"
                )
            }
            for index in sum.indices { sum[index] += Double(template.values[index]) }
        }
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        // Below the tolerance to which templates have unit length the direction would be made of rounding errors.
        guard length > Double(lengthTolerance) * Double(templates.count) else {
            throw BiometricsError(.templateInvalid, "the templates cancel each other out")
        }
        return try FaceTemplate(modelID: first.modelID, values: sum.map { Float($0 / length) })
    }
}

extension ComparisonScore {
    /// One score of several comparisons of one portrait with a burst of probes: their mean (score-level fusion, ISO/IEC
    /// TR 24722).
    ///
    /// Strangers' scores scatter less about the same mean, so thresholds measured on single comparisons keep their false
    /// match rate, which fused templates and the nearest of a burst do not.
    ///
    /// - Returns: `nil` of no scores; a score that is not a number makes the mean none.
    public static func mean(of scores: [ComparisonScore]) -> ComparisonScore? {
        guard !scores.isEmpty else { return nil }
        return ComparisonScore(distance: scores.reduce(0) { $0 + $1.distance } / Float(scores.count))
    }
}
