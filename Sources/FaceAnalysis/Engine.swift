import Biometrics
import CFaceEngine
import Foundation

/// The owner of one `afe_engine`: both networks with their scratch memory. Not for two threads at once.
struct Engine: ~Copyable {
    private let pointer: OpaquePointer
    private let embedder: EmbedderDescription

    /// More faces than this are not counted.
    private static let mostFaces = 64

    init(_ models: LoadedModels) throws(FaceAnalysisError) {
        embedder = models.embedder
        var error = afe_error()
        var detectorOptions = models.detector.options
        var embedderOptions = models.embedder.options
        let created = models.detectorWeights.withUnsafeBytes { detector in
            models.embedderWeights.withUnsafeBytes { embedder -> OpaquePointer? in
                guard let first = detector.bindMemory(to: UInt8.self).baseAddress,
                    let second = embedder.bindMemory(to: UInt8.self).baseAddress
                else { return nil }
                return afe_engine_create(
                    first,
                    detector.count,
                    &detectorOptions,
                    second,
                    embedder.count,
                    &embedderOptions,
                    &error
                )
            }
        }
        guard let created else { throw FaceAnalysisError(error) }
        pointer = created
    }

    deinit {
        afe_engine_free(pointer)
    }

    /// What runs each network.
    var runtimes: [ModelDescription.Role: NetworkRuntime] {
        [
            .detector: NetworkRuntime(afe_engine_detector_runtime(pointer)),
            .embedder: NetworkRuntime(afe_engine_embedder_runtime(pointer)),
        ]
    }

    func detect(in picture: borrowing DecodedPicture, timings: inout AnalysisTimings) throws(FaceAnalysisError)
        -> [afe_face]
    {
        var faces = [afe_face](repeating: afe_face(), count: Self.mostFaces)
        var timing = afe_timing()
        var error = afe_error()
        let count = afe_engine_detect(pointer, picture.pointer, &faces, Int32(faces.count), &timing, &error)
        guard count >= 0 else { throw FaceAnalysisError(error) }
        timings.detectForward += .nanoseconds(Int64(timing.forward_nanoseconds))
        timings.detectRest += .nanoseconds(Int64(timing.rest_nanoseconds))
        return Array(faces.prefix(Int(count)))
    }

    func embed(_ face: afe_face, in picture: borrowing DecodedPicture, timings: inout AnalysisTimings)
        throws(FaceAnalysisError) -> FaceTemplate
    {
        var values = [Float](repeating: 0, count: embedder.dimensions)
        var timing = afe_timing()
        var error = afe_error()
        let points = face.points
        guard afe_engine_embed(pointer, picture.pointer, points, &values, &timing, &error) else {
            throw FaceAnalysisError(error)
        }
        timings.embedForward += .nanoseconds(Int64(timing.forward_nanoseconds))
        timings.align += .nanoseconds(Int64(timing.rest_nanoseconds))
        do {
            return try FaceTemplate(modelID: embedder.id, values: values)
        } catch {
            throw FaceAnalysisError(.engineFailure, error.reason)
        }
    }

    func measure(_ face: afe_face, in picture: borrowing DecodedPicture, timings: inout AnalysisTimings)
        throws(FaceAnalysisError) -> FaceAppearance
    {
        var measures = afe_face_measures()
        var error = afe_error()
        let points = face.points
        let start = ContinuousClock.now
        guard afe_engine_measure(pointer, picture.pointer, points, &measures, &error) else {
            throw FaceAnalysisError(error)
        }
        timings.align += .now - start
        return FaceAppearance(
            brightness: measures.brightness,
            contrast: measures.contrast,
            sharpness: measures.sharpness,
            darkShare: measures.dark_share,
            brightShare: measures.bright_share,
            entropy: measures.entropy,
            lightOverlap: measures.light_overlap.ifNumber,
            lightBalance: measures.light_balance.ifNumber,
            leftEyeDetail: measures.left_eye_detail.ifNumber,
            rightEyeDetail: measures.right_eye_detail.ifNumber,
            mouthDetail: measures.mouth_detail.ifNumber,
            backgroundGradient: measures.background_gradient
        )
    }
}

/// The owner of one `afe_image`: a decoded, upright picture.
struct DecodedPicture: ~Copyable {
    let pointer: OpaquePointer

    init(_ file: Data, limits: PictureLimits) throws(FaceAnalysisError) {
        var error = afe_error()
        var caps = afe_limits(
            max_bytes: max(0, limits.mostBytes),
            max_pixels: UInt64(max(0, limits.mostPixels)),
            max_side: Int32(clamping: limits.longestSide),
            target_side: PictureLimits.keptSide,
            accepts_pgm: limits.acceptsPGM
        )
        let decoded = file.withUnsafeBytes { bytes in
            afe_image_decode(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &caps, &error)
        }
        guard let decoded else { throw FaceAnalysisError(error) }
        pointer = decoded
    }

    deinit {
        afe_image_free(pointer)
    }

    var info: afe_image_info { afe_image_get_info(pointer) }
}

extension afe_face {
    fileprivate var points: [afe_point] {
        [landmarks.0, landmarks.1, landmarks.2, landmarks.3, landmarks.4]
    }
}

extension Float {
    /// The number, unless it is none: what the engine could not measure.
    fileprivate var ifNumber: Float? { isNaN ? nil : self }
}

extension FaceAnalysisError {
    fileprivate init(_ error: afe_error) {
        let reason = withUnsafeBytes(of: error.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let code: Code =
            switch error.code {
            case AFE_TOO_LARGE: .pictureTooLarge
            case AFE_TOO_MANY_PIXELS: .pictureTooManyPixels
            case AFE_UNSUPPORTED_FORMAT: .pictureUnsupportedFormat
            case AFE_CORRUPT: .pictureCorrupt
            case AFE_BAD_MODEL: .modelsCorrupt
            default: .engineFailure
            }
        self.init(code, reason)
    }
}
