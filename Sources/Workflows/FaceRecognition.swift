import Biometrics
package import FaceAnalysis
import Foundation

/// The face engine as the workflows use it: with the limits of the configuration, and only while it can be trusted.
package struct FaceRecognition: Sendable {
    /// Whether the models can be trusted now.
    package let readiness: Readiness
    let settings: BiometricSettings
    private let analyzer: FaceAnalyzer

    /// Puts the engine under watch.
    ///
    /// - Parameter pictures: the known pictures of the self-test; without them the engine is never trusted.
    package init(
        _ services: Services,
        analyzer: FaceAnalyzer,
        settings: BiometricSettings = BiometricSettings(),
        pictures: SelfTestPictures?
    ) {
        self.analyzer = analyzer
        self.settings = settings
        readiness = Readiness(services, analyzer: analyzer, pictures: pictures)
    }

    /// How much there is to compare, and whether the engine keeps up.
    package var load: ComparisonLoad { ComparisonLoad(analyzer.load) }

    /// The model whose templates come out.
    var modelID: String { analyzer.modelID }

    /// Turns distances of this model into probabilities; `nil` where it has not been calibrated.
    var calibration: ScoreCalibration? { analyzer.calibration }

    /// The false match rates measured with this model; `nil` where there are none.
    var errorRates: ErrorRateTable? { analyzer.errorRates }

    /// Compares templates of this model.
    var comparator: TemplateComparator { analyzer.comparator }

    /// Finds the face of a picture and makes its template.
    ///
    /// - Throws: `Refusal` where the picture cannot be judged, or the models are not trusted now.
    func analyze(_ picture: Data, embed: EmbedMode = .onlyFace) async throws -> PictureAnalysis {
        try await readiness.requireTrustedModels()
        do {
            return try await analyzer.analyze(picture, embed: embed)
        } catch {
            throw Refusal.picture(error)
        }
    }

    /// The same for several pictures, in their order.
    func analyze(_ pictures: [Data], embed: EmbedMode = .onlyFace) async throws -> [PictureAnalysis] {
        var analyses: [PictureAnalysis] = []
        analyses.reserveCapacity(pictures.count)
        for picture in pictures { analyses.append(try await analyze(picture, embed: embed)) }
        return analyses
    }
}
