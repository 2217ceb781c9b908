import Biometrics
import CFaceEngine
import Foundation

/// Verified weights with what the engine has to know about them.
struct LoadedModels: Sendable {
    let detector: DetectorDescription
    let detectorWeights: Data
    let embedder: EmbedderDescription
    let embedderWeights: Data
    let thresholds: DecisionThresholds
    let errorRates: ErrorRateTable?
    let calibration: ScoreCalibration?
    /// Detector and embedder.
    let models: [ModelInUse]

    /// Loads what a manifest names.
    ///
    /// - Parameter isToBeCalibrated: Thresholds are not asked for and not used, because they are about to be measured:
    ///   every comparison is inconclusive.
    init(
        manifest: ModelManifest,
        directory: URL,
        isToBeCalibrated: Bool = false,
        digest: ModelManifest.Digest
    ) throws(FaceAnalysisError) {
        let detectorModel = try manifest.detector()
        let embedderModel = try manifest.embedder()
        detector = try DetectorDescription(detectorModel)
        embedder = try EmbedderDescription(embedderModel)
        models = [ModelInUse(detectorModel), ModelInUse(embedderModel)]
        do throws(BiometricsError) {
            if isToBeCalibrated {
                thresholds = try DecisionThresholds(
                    matchAtOrBelow: .leastNonzeroMagnitude,
                    nonMatchAbove: 2,
                    suspectedCopyAtOrBelow: 0
                )
                errorRates = nil
                calibration = nil
            } else {
                guard let limits = embedderModel.thresholds else {
                    throw BiometricsError(
                        .thresholdsInvalid,
                        "the manifest has no thresholds for \(embedderModel.id); run attestd models calibrate"
                    )
                }
                try Self.check(limits, models)
                thresholds = try DecisionThresholds(
                    matchAtOrBelow: limits.matchAtOrBelow,
                    nonMatchAbove: limits.nonMatchAbove
                )
                errorRates = try ErrorRateTable(limits)
                calibration = try ScoreCalibration(embedderModel.calibration)
            }
        } catch {
            throw FaceAnalysisError(.modelsCorrupt, error.reason)
        }
        detectorWeights = try manifest.weights(of: detectorModel, directory: directory, digest: digest)
        embedderWeights = try manifest.weights(of: embedderModel, directory: directory, digest: digest)
    }
}

extension LoadedModels {
    /// Thresholds belong to the networks they were measured with: with others the stated error rates are untrue.
    private static func check(
        _ thresholds: ModelDescription.Thresholds,
        _ models: [ModelInUse]
    ) throws(BiometricsError) {
        for measured in thresholds.measuredWith ?? []
        where !models.contains(where: { $0.id == measured.id && $0.sha256 == measured.sha256 }) {
            throw BiometricsError(
                .thresholdsInvalid,
                "the thresholds were measured with another \(measured.id); run attestd models calibrate"
            )
        }
    }
}

/// What the engine has to know about the detector.
struct DetectorDescription: Sendable {
    let longerSide: Int
    let scoreThreshold: Float
    let overlapThreshold: Float

    init(_ model: ModelDescription) throws(FaceAnalysisError) {
        // The decoding of the outputs belongs to this network; its input is plain 0 to 255.
        guard let longerSide = model.input.longerSide, let detection = model.detection,
            model.input.channelOrder == "RGB", model.input.mean.allSatisfy({ $0 == 0 }), model.input.scale == 1
        else {
            throw FaceAnalysisError(.modelsCorrupt, "the manifest's detector \(model.id) is not one the engine knows")
        }
        self.longerSide = longerSide
        scoreThreshold = detection.scoreAtLeast
        overlapThreshold = detection.nonMaximumSuppressionOverlap
    }

    var options: afe_detector_options {
        afe_detector_options(
            longer_side: Int32(clamping: longerSide),
            score_threshold: scoreThreshold,
            overlap_threshold: overlapThreshold
        )
    }
}

/// What the engine has to know about the embedder.
struct EmbedderDescription: Sendable {
    let id: String
    let version: String
    let chipSide: Int
    let alignment: [PicturePoint]
    let mean: [Float]
    let scale: Float
    let isBlueFirst: Bool
    let isMirrored: Bool
    let dimensions: Int

    init(_ model: ModelDescription) throws(FaceAnalysisError) {
        let input = model.input
        guard let side = input.width, input.height == side, let alignment = input.alignment, alignment.count == 5,
            alignment.allSatisfy({ $0.count == 2 }), input.mean.count == 3,
            ["RGB", "BGR"].contains(input.channelOrder), let dimensions = model.output.length, dimensions > 0,
            dimensions <= 65_535
        else {
            throw FaceAnalysisError(.modelsCorrupt, "the manifest's embedder \(model.id) lacks something")
        }
        id = model.id
        version = model.version
        chipSide = side
        self.alignment = alignment.map { PicturePoint(x: $0[0], y: $0[1]) }
        mean = input.mean
        scale = input.scale
        isBlueFirst = input.channelOrder == "BGR"
        isMirrored = model.output.mirrorSum ?? false
        self.dimensions = dimensions
    }

    var options: afe_embedder_options {
        let points = alignment.map { afe_point(x: $0.x, y: $0.y) }
        return afe_embedder_options(
            chip_side: Int32(clamping: chipSide),
            chip_points: (points[0], points[1], points[2], points[3], points[4]),
            mean: (mean[0], mean[1], mean[2]),
            scale: scale,
            blue_first: isBlueFirst,
            mirror: isMirrored,
            dimensions: Int32(clamping: dimensions)
        )
    }
}
