import FaceAnalysis
import Foundation

/// A subject made ready to be drawn.
struct PresentationActor: Sendable {
    let frame: FaceFrame
    let canvas: FaceCanvas
    let sitter: Sitter

    /// - Parameter seed: the same seed gives the same shape of the head.
    init(_ subject: PresentationSubject, seed: UInt64) throws {
        guard let frame = FaceFrame(subject.landmarks) else {
            throw EvaluationError("the landmarks of \(subject.name) make no upright face")
        }
        self.frame = frame
        var draws = SeededDraws(seed, 1)
        let picture = try PictureRaster(decoding: subject.picture, limits: PictureLimits(acceptsPGM: true))
        canvas = try FaceCanvas(picture, frame: frame)
        sitter = Sitter(canvas: canvas, frame: frame, draws: &draws)
    }

    /// How the person looks at rest, to see what else is found in the picture.
    func preview() throws -> Data {
        var draws = SeededDraws(0)
        let camera = Camera(draws: &draws)
        var picture = PictureRaster(width: Camera.width, height: Camera.height)
        var depths = [Float](repeating: .infinity, count: Camera.width * Camera.height)
        let mesh = sitter.mesh(Placement(), camera.view(draws: &draws))
        try picture.draw(mesh, texture: canvas.texture, depths: &depths)
        return try picture.jpeg(quality: 85)
    }
}
