/// Caps on a picture file, checked before a pixel is decoded.
public struct PictureLimits: Equatable, Sendable, Codable {
    /// The most bytes a file may have.
    public var mostBytes: Int
    /// The most pixels a picture may have, width times height.
    public var mostPixels: Int
    /// The longest side in pixels a picture may have.
    public var longestSide: Int
    /// Whether binary PGM files are read too: data sets of faces have them, candidates do not.
    public var acceptsPGM: Bool

    /// Makes limits; by default 8 MiB, 40 megapixels, sides of 16 384 pixels, JPEG and PNG only.
    public init(
        mostBytes: Int = 8 << 20,
        mostPixels: Int = 40_000_000,
        longestSide: Int = 16_384,
        acceptsPGM: Bool = false
    ) {
        self.acceptsPGM = acceptsPGM
        self.mostBytes = mostBytes
        self.mostPixels = mostPixels
        self.longestSide = longestSide
    }

    /// Bigger pictures are shrunk by a power of two as far as their longer side stays this long: more pixels cost time
    /// and add nothing to a chip of 150 pixels.
    static let keptSide: Int32 = 1280
}
