/// How much an archive may hold before it is taken for one that means harm.
public struct ArchiveLimits: Hashable, Sendable {
    /// The most entries.
    public var entries: Int
    /// The most bytes that all entries together may unpack to.
    public var total: Int
    /// The most bytes that one entry may unpack to.
    public var size: Int
    /// The most bytes that are unpacked from one archive: one file may be read again and again, but not for ever.
    public var read: Int
    /// How many times its packed size an entry, or all of them, may unpack to; small ones may more.
    public var ratio: Int

    /// Limits of one's own; nil leaves the standard one.
    public init(entries: Int? = nil, total: Int? = nil, size: Int? = nil, read: Int? = nil, ratio: Int? = nil) {
        self.entries = entries ?? 60_000
        self.total = total ?? 2 << 30
        self.size = size ?? 64 << 20
        self.read = read ?? 8 << 30
        self.ratio = ratio ?? 200
    }

    /// What fits packages of questions: 60 000 files, 64 MiB each, 2 GiB together.
    public static let standard = ArchiveLimits()
}
