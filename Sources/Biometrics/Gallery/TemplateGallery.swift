import Dispatch

/// The references of one model, for biometric identification searches: one probe against all (ISO/IEC 2382-37).
///
/// A search is exact: it returns the references that comparing the probe with every one by ``ComparisonScore`` would,
/// in that order. It reads the memory once; ``SearchBound`` and ``CompactRow`` prove that nothing is missed.
///
/// The daemon keeps its gallery in memory only, because templates at rest are sealed under keys of their own for each
/// person: that memory is kept out of core dumps, locked against swapping as far as the process may, and wiped. The
/// form as a file is for evaluations, and for galleries on encrypted disks.
///
/// Any number of threads may search, append and remove at the same time. A search sees what was appended when it
/// began; a removal waits for the searches that run, and when it returns the template is gone.
public final class TemplateGallery: Sendable {
    /// What a search reads first.
    public enum SearchMethod: String, CaseIterable, Sendable {
        /// The templates as they are.
        case float32
        /// The templates rounded to 8 bits, a quarter of the bytes; then the few exactly that may be candidates.
        case compact
    }

    /// The most references a gallery takes unless told otherwise.
    ///
    /// It costs addresses, not memory.
    public static let defaultCapacity = 1 << 24
    /// Beyond any memory; larger numbers are taken as this one.
    private static let greatestCapacity = 1 << 32
    /// Probes that share one way through the memory.
    static let probesTogether = 32

    let store: GalleryStore
    private let scanner: GalleryScanner
    private let queue = DispatchQueue(label: "attestd.gallery.search")

    /// Makes an empty gallery in memory.
    ///
    /// - Parameters:
    ///   - modelID: the model whose templates it holds.
    ///   - dimension: the number of values of a template.
    ///   - capacity: the most references it will ever hold.
    ///   - compact: whether it also keeps the rounded rows, a quarter more memory, for faster searches.
    ///   - threads: how many threads share one search.
    /// - Throws: `template_invalid` when no template has that model id or dimension; `gallery_unavailable` when the
    ///   system has no addresses for it.
    public init(
        modelID: String,
        dimension: Int,
        capacity: Int = defaultCapacity,
        compact: Bool = true,
        threads: Int = 1
    ) throws(BiometricsError) {
        guard (1...255).contains(modelID.utf8.count), (1...FaceTemplate.mostValues).contains(dimension) else {
            throw BiometricsError(.templateInvalid, "no template has this model id or number of values")
        }
        store = try GalleryStore(
            modelID: modelID,
            dimension: dimension,
            capacity: min(max(1, capacity), Self.greatestCapacity),
            compact: compact
        )
        scanner = GalleryScanner(threads: threads)
    }

    /// Opens a gallery's file, to be read only; the file must not be changed while it is open.
    ///
    /// Everything is checked: the header, the sizes, the check sums, and that every row is a template.
    ///
    /// - Parameter modelID: the model whose templates it must hold.
    /// - Throws: `model_mismatch` when it is a gallery of another model, `gallery_corrupt` when it is damaged, cut
    ///   short or no gallery, `gallery_version_unknown`, `gallery_unavailable` when it cannot be read.
    public init(
        contentsOf path: String,
        modelID: String,
        compact: Bool = true,
        threads: Int = 1
    ) throws(BiometricsError) {
        let file = try GalleryFile(path: path)
        guard file.header.modelID == modelID else {
            throw BiometricsError(.modelMismatch, "a gallery of \(file.header.modelID), not of \(modelID)")
        }
        store = try GalleryStore(file, compact: compact)
        scanner = GalleryScanner(threads: threads)
    }

    /// The same references, searched by another number of threads.
    private init(_ store: GalleryStore, threads: Int) {
        self.store = store
        scanner = GalleryScanner(threads: threads)
    }

    /// This gallery, not a copy of it, for searches that are shared by another number of threads.
    public func shared(threads: Int) -> TemplateGallery {
        TemplateGallery(store, threads: threads)
    }

    /// Writes the gallery to a file that only its owner can read; it replaces one that is there.
    ///
    /// The templates in it are not encrypted. Removals wait until it is written.
    ///
    /// - Throws: `gallery_unavailable` when it cannot be written; then the old file is as it was.
    public func write(to path: String) throws(BiometricsError) {
        try store.withSnapshot { (snapshot) throws(BiometricsError) in
            try GalleryFile.write(snapshot, modelID: store.modelID, to: path)
        }
    }

    /// The model whose templates it holds.
    public var modelID: String { store.modelID }
    /// The number of values of a template.
    public var dimension: Int { store.dimension }
    /// The number of references.
    public var count: Int { store.publishedCount }
    /// Whether it is a file, which is only read.
    public var isReadOnly: Bool { store.isReadOnly }

    /// Whether it holds a reference with this identifier.
    public func contains(_ identifier: ReferenceIdentifier) -> Bool {
        store.contains(identifier)
    }

    /// Adds a reference.
    ///
    /// - Throws: `model_mismatch`, `length_mismatch`, `reference_exists`, `gallery_full`, `gallery_read_only` or
    ///   `gallery_unavailable`; then nothing has changed.
    public func append(_ template: FaceTemplate, as identifier: ReferenceIdentifier) throws(BiometricsError) {
        try store.append([(identifier, template)])
    }

    /// Adds several references, all or none; searches see all or none of them.
    ///
    /// - Throws: as ``append(_:as:)``.
    public func append(
        contentsOf references: [(identifier: ReferenceIdentifier, template: FaceTemplate)]
    ) throws(BiometricsError) {
        try store.append(references)
    }

    /// Removes a reference and wipes its template.
    ///
    /// - Returns: whether it was there.
    /// - Throws: `gallery_read_only`.
    @discardableResult
    public func remove(_ identifier: ReferenceIdentifier) throws(BiometricsError) -> Bool {
        try store.remove(identifier)
    }

    /// Finds the references most alike to a probe.
    ///
    /// It computes for as long as reading the gallery takes: from a task, use
    /// ``candidates(for:limit:within:method:)``.
    ///
    /// - Parameters:
    ///   - limit: the most candidates that are returned.
    ///   - distance: the largest distance of a candidate; with it, a list that could not take them all says so.
    ///   - method: what is read first; the answer is the same. `nil` takes the faster one.
    /// - Throws: `model_mismatch` or `length_mismatch` when the probe is not of this gallery; `search_invalid` when
    ///   `limit` is below one or `distance` is negative or not a number.
    public func search(
        _ probe: FaceTemplate,
        limit: Int = 10,
        within distance: Float? = nil,
        method: SearchMethod? = nil
    ) throws(BiometricsError) -> CandidateList {
        try search([probe], limit: limit, within: distance, method: method)[0]
    }

    /// Finds the references most alike to each of several probes, which go through the memory together.
    ///
    /// - Throws: as ``search(_:limit:within:method:)-(FaceTemplate,_,_,_)``.
    public func search(
        _ probes: [FaceTemplate],
        limit: Int = 10,
        within distance: Float? = nil,
        method: SearchMethod? = nil
    ) throws(BiometricsError) -> [CandidateList] {
        for probe in probes { try store.check(probe) }
        try Self.check(limit: limit, within: distance)
        // One more tells whether there are more.
        let wanted = distance == nil || limit == .max ? limit : limit + 1
        let compact = store.isCompact && method != .float32
        return stride(from: 0, to: probes.count, by: Self.probesTogether).flatMap { first in
            let together = Array(probes[first..<min(first + Self.probesTogether, probes.count)])
            return store.withSnapshot { snapshot in
                let scan = GalleryScan(snapshot, probes: together, wanted: wanted, within: distance, compact: compact)
                return zip(scanner.nearestRows(scan), together).map { rows, probe in
                    CandidateList(rows, of: probe, in: snapshot, limit: limit, within: distance)
                }
            }
        }
    }

    /// Finds the references most alike to a probe, without computing on the caller's thread.
    ///
    /// Such searches follow each other: one alone already takes the memory's whole bandwidth.
    ///
    /// - Throws: as ``search(_:limit:within:method:)-(FaceTemplate,_,_,_)``.
    public func candidates(
        for probe: FaceTemplate,
        limit: Int = 10,
        within distance: Float? = nil,
        method: SearchMethod? = nil
    ) async throws(BiometricsError) -> CandidateList {
        let result = await withCheckedContinuation { continuation in
            queue.async {
                let result = Result { () throws(BiometricsError) in
                    try self.search(probe, limit: limit, within: distance, method: method)
                }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }

    static func check(limit: Int, within distance: Float?) throws(BiometricsError) {
        // Written so that a NaN fails too.
        guard limit >= 1, distance.map({ $0 >= 0 }) ?? true else {
            throw BiometricsError(
                .searchInvalid,
                "a search is for one candidate or more, within a distance of 0 or more"
            )
        }
    }

    /// Lends the memory of the rows, padding included, to a benchmark.
    package func withRows<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try store.withSnapshot { (snapshot) throws(Failure) in
            try body(UnsafeRawBufferPointer(start: snapshot.rows, count: snapshot.count * snapshot.rowBytes))
        }
    }
}

extension TemplateGallery: CustomStringConvertible {
    /// The model and the number of references, never a value.
    public var description: String { "TemplateGallery(\(modelID), \(count) references)" }
}
