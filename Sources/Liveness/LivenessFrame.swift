public import FaceAnalysis

/// One picture of a candidate's answer to a challenge, as far as the checks need it.
public struct LivenessFrame: Sendable {
    /// Seconds on the device's clock; any origin.
    public var capturedAt: Double
    /// SHA-256 (FIPS 180-4) of the file.
    public var digest: [UInt8]
    /// The upright picture's width in pixels.
    public var width: Int
    /// The upright picture's height in pixels.
    public var height: Int
    /// The faces, largest first.
    public var faces: [DetectedFace]

    /// Makes a frame.
    public init(capturedAt: Double, digest: [UInt8], width: Int, height: Int, faces: [DetectedFace]) {
        self.capturedAt = capturedAt
        self.digest = digest
        self.width = width
        self.height = height
        self.faces = faces
    }

    /// Makes a frame of a picture's analysis.
    public init(capturedAt: Double, digest: [UInt8], analysis: PictureAnalysis) {
        self.init(
            capturedAt: capturedAt,
            digest: digest,
            width: analysis.width,
            height: analysis.height,
            faces: analysis.faces
        )
    }
}
