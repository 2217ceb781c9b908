/// A gallery's rows as they are at one moment; valid while the gallery's read lock is held.
struct GallerySnapshot: @unchecked Sendable {
    // The memory below `count` is not written while a reader holds the lock.
    let rows: UnsafeRawPointer
    let identifiers: UnsafeRawPointer
    let compact: Compact?
    let count: Int
    /// Values of a row, padding included.
    let width: Int
    /// Values of a template.
    let dimension: Int
    /// The squares of the shortest and the longest row's length.
    let squaredLengths: ClosedRange<Double>

    /// The rounded rows.
    struct Compact {
        let codes: UnsafeRawPointer
        let scales: UnsafePointer<Float>
        let residuals: UnsafePointer<Float>
    }

    var rowBytes: Int { width * MemoryLayout<Float>.size }

    /// The identifier of a row.
    func identifier(of row: Int) -> ReferenceIdentifier {
        ReferenceIdentifier(loadingFrom: identifiers + row * ReferenceIdentifier.byteCount)
    }

    /// Copies a row's values, without the padding.
    func copyValues(of row: Int, into values: inout [Float]) {
        values.withUnsafeMutableBytes { target in
            target.copyMemory(
                from: UnsafeRawBufferPointer(
                    start: rows + row * rowBytes,
                    count: dimension * MemoryLayout<Float>.size
                )
            )
        }
    }
}
