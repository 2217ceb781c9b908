public import Foundation

/// One picture of a presentation, as a camera sends it.
public struct PresentationFrame: Equatable, Sendable {
    /// Seconds from the first.
    public var capturedAt: Double
    /// A JPEG file of 640 × 480 pixels.
    public var file: Data
}
