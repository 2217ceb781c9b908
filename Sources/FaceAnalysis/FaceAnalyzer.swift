public import Biometrics
public import Foundation

/// Finds faces in pictures and turns them into templates.
///
/// Each of its workers has networks and a queue of its own; pictures beyond the workers wait in order, and beyond the
/// most that may wait they are refused at once, so that a rush is felt as `busy` and not as minutes of delay.
public final class FaceAnalyzer: Sendable {
    /// The model whose templates come out.
    public let modelID: String
    /// The version of that model's weights.
    public let modelVersion: String
    /// The thresholds measured with that model.
    public let thresholds: DecisionThresholds
    /// False match rates and the distances at which they hold; `nil` where the manifest has none.
    public let errorRates: ErrorRateTable?
    /// Turns a distance into a probability for staff; `nil` where the manifest has none.
    public let calibration: ScoreCalibration?
    /// The models that run, detector and embedder, with the verified SHA-256 of their weights.
    public let models: [ModelInUse]
    /// What runs the networks.
    public let runtimes: [ModelDescription.Role: NetworkRuntime]
    /// The caps on pictures.
    public let limits: PictureLimits
    /// How many pictures are worked on at once.
    public let workerCount: Int

    private let pool: WorkerPool

    /// Loads the models, verifies their digests and builds the workers; takes some 200 ms a worker.
    ///
    /// - Parameters:
    ///   - directory: The folder with `manifest.json` and the weights.
    ///   - workers: How many pictures are worked on at once; about 60 MB of memory each.
    ///   - mostWaiting: How many more may wait.
    ///   - limits: The caps on pictures.
    ///   - digest: SHA-256 (FIPS 180-4) of some bytes.
    /// - Throws: `models_missing` or `models_corrupt`.
    public convenience init(
        models directory: URL,
        workers: Int,
        mostWaiting: Int = 64,
        limits: PictureLimits = PictureLimits(),
        digest: ModelManifest.Digest
    ) throws(FaceAnalysisError) {
        let manifest = try ModelManifest.load(directory: directory)
        try self.init(
            LoadedModels(manifest: manifest, directory: directory, digest: digest),
            workers: workers,
            mostWaiting: mostWaiting,
            limits: limits
        )
    }

    /// Loads the models to measure thresholds for them: the manifest's own, where there are any, are not used, and every
    /// comparison is inconclusive.
    ///
    /// - Throws: `models_missing` or `models_corrupt`.
    public static func toBeCalibrated(
        models directory: URL,
        workers: Int,
        limits: PictureLimits = PictureLimits(acceptsPGM: true),
        digest: ModelManifest.Digest
    ) throws(FaceAnalysisError) -> FaceAnalyzer {
        let models = try LoadedModels(
            manifest: ModelManifest.load(directory: directory),
            directory: directory,
            isToBeCalibrated: true,
            digest: digest
        )
        // The study itself limits how many pictures it hands over at once.
        return try FaceAnalyzer(models, workers: workers, mostWaiting: 4 * max(1, workers), limits: limits)
    }

    init(_ models: LoadedModels, workers: Int, mostWaiting: Int, limits: PictureLimits) throws(FaceAnalysisError) {
        modelID = models.embedder.id
        modelVersion = models.embedder.version
        thresholds = models.thresholds
        errorRates = models.errorRates
        calibration = models.calibration
        self.models = models.models
        self.limits = limits
        workerCount = max(1, workers)
        var built: [FaceWorker] = []
        for number in 1...workerCount {
            built.append(try FaceWorker(number: number, models: models, limits: limits))
        }
        runtimes = built[0].runtimes
        pool = WorkerPool(workers: built, mostWaiting: max(0, mostWaiting))
    }

    /// A comparator for this analyzer's templates.
    public var comparator: TemplateComparator { TemplateComparator(modelID: modelID, thresholds: thresholds) }

    /// How many pictures wait for a worker now, and how many were refused lately.
    public var load: AnalysisLoad { pool.load }

    /// Finds the faces of a picture and embeds one of them.
    ///
    /// - Parameters:
    ///   - picture: A JPEG or PNG file.
    ///   - embed: Which face becomes a template.
    /// - Returns: What was found; a picture without a face has an empty list.
    /// - Throws: One of the `picture_…` codes when the file is refused, `busy`, `cancelled` or `engine_failure`.
    public func analyze(_ picture: Data, embed: EmbedMode = .onlyFace) async throws(FaceAnalysisError)
        -> PictureAnalysis
    {
        guard picture.count <= limits.mostBytes else {
            throw FaceAnalysisError(.pictureTooLarge, "the file has \(picture.count) bytes")
        }
        return try await pool.run { worker throws(FaceAnalysisError) in try worker.analyze(picture, embed: embed) }
    }
}
