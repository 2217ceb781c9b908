/// One way through the rows of a gallery for several probes at once.
struct GalleryScan: Sendable {
    let snapshot: GallerySnapshot
    let probeCount: Int
    /// The probes one behind the other, padded to the rows' width.
    private let values: [Float]
    /// The rounded probes; none when the float32 rows are scanned.
    private let compact: [CompactProbe]
    private let codes: [Int16]
    /// An empty list for each probe.
    let lists: [NearestRows]

    /// Rows of a block: their products stay in the nearest cache, and so do the rows when several probes meet them.
    private static let blockForOne = 256
    private static let blockForSeveral = 64

    init(_ snapshot: GallerySnapshot, probes: [FaceTemplate], wanted: Int, within distance: Float?, compact: Bool) {
        self.snapshot = snapshot
        probeCount = probes.count
        let padding = [Float](repeating: 0, count: snapshot.width - snapshot.dimension)
        let padded = probes.map { $0.values + padding }
        let squares = padded.map(SearchBound.squaredLength)
        values = padded.flatMap(\.self)
        self.compact =
            compact
            ? zip(padded, squares).map {
                CompactProbe($0, squaredLength: $1, longestRow: snapshot.squaredLengths.upperBound.squareRoot())
            } : []
        codes = self.compact.flatMap(\.codes)
        lists = squares.map { square in
            NearestRows(
                wanted: wanted,
                bound: SearchBound(
                    width: snapshot.width,
                    probe: square,
                    rows: snapshot.squaredLengths,
                    within: distance
                )
            )
        }
    }

    /// Offers the rows of a range to the lists, one list for each probe.
    func scan(_ range: Range<Int>, into lists: inout [NearestRows]) {
        let block = probeCount == 1 ? Self.blockForOne : Self.blockForSeveral
        if let rows = snapshot.compact, !compact.isEmpty {
            scanCodes(of: rows, range, block, &lists)
        } else {
            scanValues(range, block, &lists)
        }
    }

    private func scanValues(_ range: Range<Int>, _ block: Int, _ lists: inout [NearestRows]) {
        let width = snapshot.width
        values.withUnsafeBytes { probes in
            guard let probes = probes.baseAddress else { return }
            withUnsafeTemporaryAllocation(of: Float.self, capacity: block * probeCount) { products in
                guard let products = products.baseAddress else { return }
                for first in stride(from: range.lowerBound, to: range.upperBound, by: block) {
                    let count = min(block, range.upperBound - first)
                    let rows = snapshot.rows + first * snapshot.rowBytes
                    var probe = 0
                    while probe < probeCount {
                        let target = products + probe * count
                        let probeValues = probes + probe * snapshot.rowBytes
                        if probe + InnerProduct.probesTogether <= probeCount {
                            InnerProduct.fillForFour(
                                target,
                                rows: rows,
                                count: count,
                                width: width,
                                probes: probeValues
                            )
                            probe += InnerProduct.probesTogether
                        } else {
                            InnerProduct.fill(target, rows: rows, count: count, width: width, probe: probeValues)
                            probe += 1
                        }
                    }
                    for probe in lists.indices {
                        Self.offer(products + probe * count, count, first, to: &lists[probe])
                    }
                }
            }
        }
    }

    private static func offer(
        _ products: UnsafePointer<Float>,
        _ count: Int,
        _ first: Int,
        to list: inout NearestRows
    ) {
        let error = list.bound.productError
        // One comparison a row; what passes is looked at more closely.
        var least = (list.threshold - error).nextDown
        for row in 0..<count where products[row] >= least {
            list.offer(first + row, low: (products[row] - error).nextDown, high: (products[row] + error).nextUp)
            least = (list.threshold - error).nextDown
        }
    }

    private func scanCodes(
        of rows: GallerySnapshot.Compact,
        _ range: Range<Int>,
        _ block: Int,
        _ lists: inout [NearestRows]
    ) {
        let width = snapshot.width
        codes.withUnsafeBytes { probes in
            guard let probes = probes.baseAddress else { return }
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: block * probeCount) { products in
                withUnsafeTemporaryAllocation(of: Int16.self, capacity: IntegerProduct.rowsTogether * width) {
                    scratch in
                    guard let products = products.baseAddress, let scratch = scratch.baseAddress else { return }
                    for first in stride(from: range.lowerBound, to: range.upperBound, by: block) {
                        let count = min(block, range.upperBound - first)
                        let codes = rows.codes + first * width
                        if probeCount == 1 {
                            IntegerProduct.fill(products, rows: codes, count: count, width: width, probe: probes)
                        } else {
                            IntegerProduct.fill(
                                products,
                                rows: codes,
                                count: count,
                                width: width,
                                probes: probes,
                                probeCount: probeCount,
                                scratch: scratch
                            )
                        }
                        for probe in lists.indices {
                            offer(products + probe * count, count, first, rows, compact[probe], to: &lists[probe])
                        }
                    }
                }
            }
        }
    }

    private func offer(
        _ products: UnsafePointer<Int32>,
        _ count: Int,
        _ first: Int,
        _ rows: GallerySnapshot.Compact,
        _ probe: CompactProbe,
        to list: inout NearestRows
    ) {
        let scales = rows.scales + first
        let residuals = rows.residuals + first
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { highs in
            guard let highs = highs.baseAddress else { return }
            // A loop without branches, which the compiler turns into vectors, and then one comparison a row.
            for row in 0..<count {
                highs[row] =
                    probe.estimate(products[row], scale: scales[row]) + probe.error(residual: residuals[row])
            }
            var threshold = list.threshold
            for row in 0..<count where highs[row] >= threshold {
                let low =
                    probe.estimate(products[row], scale: scales[row]) - probe.error(residual: residuals[row])
                list.offer(first + row, low: low, high: highs[row])
                threshold = list.threshold
            }
        }
    }
}
