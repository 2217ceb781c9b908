import Foundation
import Glibc

/// Owns a gallery's memory and decides who may touch it when.
///
/// One writer at a time appends behind the rows that are published, which disturbs no search; then the new number of
/// rows is published. Only a removal has to wait for the running searches, because it overwrites a row.
final class GalleryStore: @unchecked Sendable {
    let modelID: String
    let dimension: Int
    let capacity: Int
    let isReadOnly: Bool
    let isCompact: Bool

    /// Values of a row, padding included.
    private let width: Int
    // Rows and identifiers lie in memory of their own, or one behind the other in a file.
    private let rows: GalleryMemory
    private let rowsOffset: Int
    private let identifiers: GalleryMemory
    private let identifiersOffset: Int
    private let compact: CompactMemory?

    /// Held by who changes anything, before any other lock.
    private let writer = NSLock()
    /// Where each reference lies; the writer's.
    private var rowOf: [ReferenceIdentifier: Int] = [:]
    /// Searches read the rows under it, a removal writes them under it.
    private let occupancy = GalleryLock()
    /// Guards what is published; held for a moment only.
    private let publication = NSLock()
    private var count = 0
    private var squaredLengths: ClosedRange<Double>?

    /// The memory of the rounded rows.
    private struct CompactMemory {
        let codes: GalleryMemory
        let scales: GalleryMemory
        let residuals: GalleryMemory

        init(capacity: Int, width: Int) throws(BiometricsError) {
            codes = try GalleryMemory(reserving: capacity * width)
            scales = try GalleryMemory(reserving: capacity * MemoryLayout<Float>.size)
            residuals = try GalleryMemory(reserving: capacity * MemoryLayout<Float>.size)
        }
    }

    /// An empty gallery in memory.
    init(modelID: String, dimension: Int, capacity: Int, compact isCompact: Bool) throws(BiometricsError) {
        self.modelID = modelID
        self.dimension = dimension
        self.capacity = capacity
        self.isCompact = isCompact
        isReadOnly = false
        width = Self.width(of: dimension)
        rows = try GalleryMemory(reserving: capacity * width * MemoryLayout<Float>.size)
        identifiers = try GalleryMemory(reserving: capacity * ReferenceIdentifier.byteCount)
        (rowsOffset, identifiersOffset) = (0, 0)
        compact = isCompact ? try CompactMemory(capacity: capacity, width: width) : nil
    }

    /// A gallery whose rows lie in a file, which is checked.
    init(_ file: GalleryFile, compact isCompact: Bool) throws(BiometricsError) {
        let header = file.header
        modelID = header.modelID
        dimension = header.dimension
        capacity = header.count
        self.isCompact = isCompact
        isReadOnly = true
        width = Self.width(of: header.dimension)
        (rows, rowsOffset) = (file.memory, header.rowsOffset)
        (identifiers, identifiersOffset) = (file.memory, header.identifiersOffset)
        compact = isCompact ? try CompactMemory(capacity: max(1, header.count), width: width) : nil
        try growCompact(to: header.count)
        rowOf.reserveCapacity(header.count)
        for row in 0..<header.count {
            let values = UnsafeBufferPointer(start: pointer(toRow: row), count: width)
            guard
                values[dimension...].allSatisfy({ $0 == 0 }),
                let template = try? FaceTemplate(modelID: modelID, values: Array(values[..<dimension]))
            else { throw GalleryFile.corrupt("a row holds no template") }
            let identifier = ReferenceIdentifier(
                loadingFrom: identifiers.base + identifiersOffset + row * ReferenceIdentifier.byteCount
            )
            guard rowOf.updateValue(row, forKey: identifier) == nil else {
                throw GalleryFile.corrupt("two rows have the same identifier")
            }
            round(row)
            squaredLengths = Self.widened(squaredLengths, by: SearchBound.squaredLength(template.values))
        }
        count = header.count
    }

    static func width(of dimension: Int) -> Int {
        (dimension + InnerProduct.lanes - 1) / InnerProduct.lanes * InnerProduct.lanes
    }

    /// The number of references.
    var publishedCount: Int { published.count }

    /// What searches see.
    private var published: (count: Int, squaredLengths: ClosedRange<Double>?) {
        get {
            publication.lock()
            defer { publication.unlock() }
            return (count, squaredLengths)
        }
        set {
            publication.lock()
            defer { publication.unlock() }
            (count, squaredLengths) = newValue
        }
    }

    func contains(_ identifier: ReferenceIdentifier) -> Bool {
        writer.withLock { rowOf[identifier] != nil }
    }

    /// The identifiers of all references.
    var references: [ReferenceIdentifier] {
        writer.withLock { Array(rowOf.keys) }
    }

    /// A reference's template, if it is there.
    func template(of identifier: ReferenceIdentifier) -> FaceTemplate? {
        writer.withLock {
            guard let row = rowOf[identifier] else { return nil }
            let values = UnsafeBufferPointer(start: pointer(toRow: row), count: dimension)
            return try? FaceTemplate(modelID: modelID, values: Array(values))
        }
    }

    /// Lends the rows as they are to `body`, on this thread; removals wait until it returns.
    func withSnapshot<Result, Failure: Error>(
        _ body: (GallerySnapshot) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try occupancy.reading { () throws(Failure) -> Result in
            let (count, lengths) = published
            return try body(
                GallerySnapshot(
                    rows: UnsafeRawPointer(rows.base + rowsOffset),
                    identifiers: UnsafeRawPointer(identifiers.base + identifiersOffset),
                    compact: compact.map { memory in
                        GallerySnapshot.Compact(
                            codes: UnsafeRawPointer(memory.codes.base),
                            scales: UnsafePointer(memory.scales.base.assumingMemoryBound(to: Float.self)),
                            residuals: UnsafePointer(memory.residuals.base.assumingMemoryBound(to: Float.self))
                        )
                    },
                    count: count,
                    width: width,
                    dimension: dimension,
                    squaredLengths: lengths ?? 1...1
                )
            )
        }
    }

    /// Appends references, all or none.
    func append(_ references: [(ReferenceIdentifier, FaceTemplate)]) throws(BiometricsError) {
        guard !isReadOnly else { throw Self.readOnly }
        for (_, template) in references { try check(template) }
        writer.lock()
        defer { writer.unlock() }
        let (first, lengths) = published
        guard first + references.count <= capacity else {
            throw BiometricsError(.galleryFull, "the gallery was made for \(capacity) references")
        }
        try rows.grow(to: (first + references.count) * width * MemoryLayout<Float>.size)
        try identifiers.grow(to: (first + references.count) * ReferenceIdentifier.byteCount)
        try growCompact(to: first + references.count)
        for (offset, (identifier, _)) in references.enumerated() {
            guard rowOf[identifier] == nil else {
                for (earlier, _) in references[..<offset] { rowOf[earlier] = nil }
                throw BiometricsError(.referenceExists, "the gallery already holds a reference with this identifier")
            }
            rowOf[identifier] = first + offset
        }
        var widened = lengths
        for (offset, (identifier, template)) in references.enumerated() {
            let row = first + offset
            template.values.withUnsafeBytes { values in
                UnsafeMutableRawPointer(pointer(toRow: row)).copyMemory(
                    from: UnsafeRawBufferPointer(values).baseAddress ?? UnsafeRawPointer(rows.base),
                    byteCount: values.count
                )
            }
            identifier.store(to: identifiers.base + row * ReferenceIdentifier.byteCount)
            round(row)
            widened = Self.widened(widened, by: SearchBound.squaredLength(template.values))
        }
        published = (first + references.count, widened)
    }

    /// Removes a reference and wipes it: the last row takes its place.
    func remove(_ identifier: ReferenceIdentifier) throws(BiometricsError) -> Bool {
        guard !isReadOnly else { throw Self.readOnly }
        return writer.withLock {
            guard let row = rowOf.removeValue(forKey: identifier) else { return false }
            occupancy.writing {
                let last = published.count - 1
                if row != last {
                    let moved = ReferenceIdentifier(
                        loadingFrom: identifiers.base + last * ReferenceIdentifier.byteCount
                    )
                    rowOf[moved] = row
                }
                for (memory, size) in sections {
                    let end = memory.base + last * size
                    if row != last { (memory.base + row * size).copyMemory(from: end, byteCount: size) }
                    explicit_bzero(end, size)
                }
                published.count = last
            }
            return true
        }
    }

    /// Refuses a template of another model or length.
    func check(_ template: FaceTemplate) throws(BiometricsError) {
        guard template.modelID == modelID else {
            throw BiometricsError(.modelMismatch, "a template of \(template.modelID) in a gallery of \(modelID)")
        }
        guard template.values.count == dimension else {
            throw BiometricsError(
                .lengthMismatch,
                "a template of \(template.values.count) values in a gallery of \(dimension)"
            )
        }
    }

    private static let readOnly = BiometricsError(.galleryReadOnly, "a gallery that is a file is only read")

    /// Every memory of a gallery that can be changed, with the bytes of a row in it.
    private var sections: [(GalleryMemory, Int)] {
        let values = [
            (rows, width * MemoryLayout<Float>.size), (identifiers, ReferenceIdentifier.byteCount),
        ]
        guard let compact else { return values }
        return values + [
            (compact.codes, width), (compact.scales, MemoryLayout<Float>.size),
            (compact.residuals, MemoryLayout<Float>.size),
        ]
    }

    private func pointer(toRow row: Int) -> UnsafeMutablePointer<Float> {
        (rows.base + rowsOffset + row * width * MemoryLayout<Float>.size).assumingMemoryBound(to: Float.self)
    }

    private func growCompact(to count: Int) throws(BiometricsError) {
        guard let compact else { return }
        try compact.codes.grow(to: count * width)
        try compact.scales.grow(to: count * MemoryLayout<Float>.size)
        try compact.residuals.grow(to: count * MemoryLayout<Float>.size)
    }

    private func round(_ row: Int) {
        guard let compact else { return }
        let rounded = CompactRow(
            pointer(toRow: row),
            width: width,
            codes: compact.codes.base.assumingMemoryBound(to: UInt8.self) + row * width
        )
        compact.scales.base.storeBytes(of: rounded.scale, toByteOffset: row * 4, as: Float.self)
        compact.residuals.base.storeBytes(of: rounded.residual, toByteOffset: row * 4, as: Float.self)
    }

    private static func widened(_ range: ClosedRange<Double>?, by square: Double) -> ClosedRange<Double> {
        guard let range else { return square...square }
        return min(range.lowerBound, square)...max(range.upperBound, square)
    }
}
