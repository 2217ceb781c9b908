import CVectorKernels

/// Inner products of float32 rows with probes, block by block.
///
/// A single probe is limited by the memory alone where the instructions keep up with it. Swift compiles for the oldest
/// x86-64, which took 1.3 times the time of reading; so that loop is in C, in a version for each kind of processor
/// (`Benchmarks gallery`). Several probes share the reading and stay in Swift.
enum InnerProduct {
    /// Rows are padded with zeros to a multiple of this.
    static let lanes = 16
    /// Probes that go through the rows together.
    static let probesTogether = 4

    /// Writes the inner product of `probe` with each of `count` rows of `width` values.
    static func fill(
        _ products: UnsafeMutablePointer<Float>,
        rows: UnsafeRawPointer,
        count: Int,
        width: Int,
        probe: UnsafeRawPointer
    ) {
        cvk_inner_products(
            products,
            rows.assumingMemoryBound(to: Float.self),
            count,
            width,
            probe.assumingMemoryBound(to: Float.self)
        )
    }

    /// Writes the inner products of four probes, which lie one behind the other, with each of `count` rows.
    ///
    /// The products of a probe lie together, `count` of them. Two rows meet four probes at a time: eight sums and the
    /// operands fill the sixteen registers.
    static func fillForFour(
        _ products: UnsafeMutablePointer<Float>,
        rows: UnsafeRawPointer,
        count: Int,
        width: Int,
        probes: UnsafeRawPointer
    ) {
        let bytes = width &* MemoryLayout<Float>.size
        var row = 0
        while row &+ 2 <= count {
            let values = rows + row &* bytes
            var (a0, a1, a2, a3) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
            var (b0, b1, b2, b3) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
            var offset = 0
            while offset < bytes {
                let a = values.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
                let b = values.loadUnaligned(fromByteOffset: offset &+ bytes, as: SIMD4<Float>.self)
                let p0 = probes.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
                a0 += a * p0
                b0 += b * p0
                let p1 = probes.loadUnaligned(fromByteOffset: offset &+ bytes, as: SIMD4<Float>.self)
                a1 += a * p1
                b1 += b * p1
                let p2 = probes.loadUnaligned(fromByteOffset: offset &+ 2 &* bytes, as: SIMD4<Float>.self)
                a2 += a * p2
                b2 += b * p2
                let p3 = probes.loadUnaligned(fromByteOffset: offset &+ 3 &* bytes, as: SIMD4<Float>.self)
                a3 += a * p3
                b3 += b * p3
                offset &+= MemoryLayout<SIMD4<Float>>.size
            }
            let target = products + row
            (target[0], target[1]) = (a0.sum(), b0.sum())
            (target[count], target[count &+ 1]) = (a1.sum(), b1.sum())
            (target[2 &* count], target[2 &* count &+ 1]) = (a2.sum(), b2.sum())
            (target[3 &* count], target[3 &* count &+ 1]) = (a3.sum(), b3.sum())
            row &+= 2
        }
        guard row < count else { return }
        for probe in 0..<probesTogether {
            fill(
                products + (probe &* count &+ row),
                rows: rows + row &* bytes,
                count: 1,
                width: width,
                probe: probes + probe &* bytes
            )
        }
    }
}
