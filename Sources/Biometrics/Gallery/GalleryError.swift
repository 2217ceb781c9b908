/// Why a gallery did not do what it was asked.
extension BiometricsError.Code {
    /// The gallery already holds a reference with this identifier.
    public static let referenceExists = BiometricsError.Code(rawValue: "reference_exists")
    /// The gallery has reached the largest number of references it was made for.
    public static let galleryFull = BiometricsError.Code(rawValue: "gallery_full")
    /// The gallery is a file that is only read.
    public static let galleryReadOnly = BiometricsError.Code(rawValue: "gallery_read_only")
    /// The file is no gallery, is damaged, or is cut short.
    public static let galleryCorrupt = BiometricsError.Code(rawValue: "gallery_corrupt")
    /// The file has a layout that this program does not know.
    public static let galleryVersionUnknown = BiometricsError.Code(rawValue: "gallery_version_unknown")
    /// The system gives no memory, or the file cannot be read or written.
    public static let galleryUnavailable = BiometricsError.Code(rawValue: "gallery_unavailable")
    /// The search asks for no candidate, or within a distance that no two templates have.
    public static let searchInvalid = BiometricsError.Code(rawValue: "search_invalid")
}
