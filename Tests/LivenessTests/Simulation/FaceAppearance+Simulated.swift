import FaceAnalysis

extension FaceAppearance {
    /// A face of which only what the liveness checks look at is told; the rest is that of a good picture.
    init(brightness: Float, contrast: Float, sharpness: Float) {
        self.init(
            brightness: brightness,
            contrast: contrast,
            sharpness: sharpness,
            darkShare: 0.02,
            brightShare: 0,
            entropy: 7,
            lightOverlap: 0.8,
            lightBalance: 0,
            leftEyeDetail: 0.3,
            rightEyeDetail: 0.3,
            mouthDetail: 0.2,
            backgroundGradient: 3
        )
    }
}
