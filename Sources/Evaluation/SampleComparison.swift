public import Biometrics

/// How the samples of a recognition system are compared and fused, so that ours and a peer's go through one protocol.
public struct SampleComparison<Sample: Sendable>: Sendable {
    /// Dissimilarity of two samples.
    let distance: @Sendable (Sample, Sample) throws -> Float
    /// One sample of several of one person.
    let fuse: @Sendable ([Sample]) throws -> Sample

    /// Makes a way of comparing.
    public init(
        distance: @escaping @Sendable (Sample, Sample) throws -> Float,
        fuse: @escaping @Sendable ([Sample]) throws -> Sample
    ) {
        self.distance = distance
        self.fuse = fuse
    }
}

extension SampleComparison<FaceTemplate> {
    /// Templates by their Euclidean distance, fused as ``FaceTemplate/fused(_:)`` does it.
    public static var templates: SampleComparison {
        SampleComparison(
            distance: { try ComparisonScore($0, $1).distance },
            fuse: { try FaceTemplate.fused($0) }
        )
    }
}
