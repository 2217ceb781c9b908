/// Light, sharpness and surroundings of a face, measured on the aligned face so that size and tilt do not matter.
///
/// Luminance is 0 to 255. What lies outside the picture is left out; a part that lies there as a whole has no measure.
public struct FaceAppearance: Equatable, Hashable, Sendable {
    /// Mean luminance of the face.
    public var brightness: Float
    /// Standard deviation of the face's luminance.
    public var contrast: Float
    /// Mean square of the Laplacian over the mean square of the detail; blur lowers it, dim or uneven light does not.
    public var sharpness: Float
    /// Share of the face, 0 to 1, with a luminance of at most 25.
    public var darkShare: Float
    /// Share of the face, 0 to 1, with a luminance of at least 247.
    public var brightShare: Float
    /// Entropy of the luminance's histogram in bits, 0 to 8.
    public var entropy: Float
    /// Overlap, 0 to 1, of the luminance's histograms of both cheeks.
    public var lightOverlap: Float?
    /// How much brighter the left cheek (as seen in the picture) is than the right one, -1 to 1.
    public var lightBalance: Float?
    /// Standard deviation of the luminance of the left eye, over the face's mean luminance.
    public var leftEyeDetail: Float?
    /// Standard deviation of the luminance of the right eye, over the face's mean luminance.
    public var rightEyeDetail: Float?
    /// Standard deviation of the luminance of the mouth, over the face's mean luminance.
    public var mouthDetail: Float?
    /// Mean gradient of the luminance around the head, in levels over a sixth of the distance between the eyes; 0 where
    /// nothing of a background is visible.
    public var backgroundGradient: Float

    /// Makes measures.
    public init(
        brightness: Float,
        contrast: Float,
        sharpness: Float,
        darkShare: Float,
        brightShare: Float,
        entropy: Float,
        lightOverlap: Float?,
        lightBalance: Float?,
        leftEyeDetail: Float?,
        rightEyeDetail: Float?,
        mouthDetail: Float?,
        backgroundGradient: Float
    ) {
        self.brightness = brightness
        self.contrast = contrast
        self.sharpness = sharpness
        self.darkShare = darkShare
        self.brightShare = brightShare
        self.entropy = entropy
        self.lightOverlap = lightOverlap
        self.lightBalance = lightBalance
        self.leftEyeDetail = leftEyeDetail
        self.rightEyeDetail = rightEyeDetail
        self.mouthDetail = mouthDetail
        self.backgroundGradient = backgroundGradient
    }
}
