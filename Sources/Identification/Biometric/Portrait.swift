public import Foundation

/// The reference photograph uploaded before a procedure (фотография-портрет, row B1), accepted by the quality checks.
public struct Portrait: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// Whose it is.
    public var accountID: UUID
    /// When it was accepted; the newest portrait counts.
    public var createdAt: Date
    /// The embedder that made the template.
    public var modelID: String
    /// The template, sealed under the person's key.
    public var sealedTemplate: Data
    /// The sealed picture.
    public var evidence: EvidenceReference
    /// Distance between the eye centres in pixels.
    public var interEyeDistance: Float
    /// Width and height in pixels, upright.
    public var pictureSize: PictureSize

    /// Width and height in pixels.
    public struct PictureSize: Hashable, Sendable {
        /// Pixels across.
        public var width: Int
        /// Pixels down.
        public var height: Int

        /// Creates a size.
        public init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    /// Creates a portrait value.
    public init(
        id: UUID,
        accountID: UUID,
        createdAt: Date,
        modelID: String,
        sealedTemplate: Data,
        evidence: EvidenceReference,
        interEyeDistance: Float,
        pictureSize: PictureSize
    ) {
        self.id = id
        self.accountID = accountID
        self.createdAt = createdAt
        self.modelID = modelID
        self.sealedTemplate = sealedTemplate
        self.evidence = evidence
        self.interEyeDistance = interEyeDistance
        self.pictureSize = pictureSize
    }
}
