/// Inner products of rows of 8-bit codes with probes of 16-bit codes, exact in 32-bit integers.
///
/// A row's codes are unsigned (the signed code plus 128), so that a pair of them is taken apart by a mask and a shift.
/// A probe's codes lie in the same order: of each sixteen, first the even ones, then the odd ones. The multiplication of
/// neighbours and addition of the two products is one instruction on every x86-64 (`pmaddwd`), which the compiler finds.
enum IntegerProduct {
    /// Rows are padded with the code of zero to a multiple of this.
    static let lanes = 16
    /// What is added to a signed code; the code of zero.
    static let zero: Int32 = 128
    /// Rows that are widened together, to meet several probes.
    static let rowsTogether = 8

    private typealias Words = SIMD8<Int16>

    /// The sums of neighbouring products.
    @inline(__always)
    private static func pairs(_ one: SIMD8<Int16>, _ other: SIMD8<Int16>) -> SIMD4<Int32> {
        let products = SIMD8<Int32>(truncatingIfNeeded: one) &* SIMD8<Int32>(truncatingIfNeeded: other)
        return products.evenHalf &+ products.oddHalf
    }

    /// The even and the odd codes of sixteen.
    @inline(__always)
    private static func widened(_ row: UnsafeRawPointer, _ offset: Int) -> (even: SIMD8<Int16>, odd: SIMD8<Int16>) {
        let codes = row.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt16>.self)
        return (
            unsafeBitCast(codes & SIMD8(repeating: 0xFF), to: Words.self),
            unsafeBitCast(codes &>> SIMD8(repeating: 8), to: Words.self)
        )
    }

    /// Writes the product of `probe` with each of `count` rows of `width` codes.
    static func fill(
        _ products: UnsafeMutablePointer<Int32>,
        rows: UnsafeRawPointer,
        count: Int,
        width: Int,
        probe: UnsafeRawPointer
    ) {
        for row in 0..<count {
            let codes = rows + row &* width
            var even = SIMD4<Int32>.zero
            var odd = SIMD4<Int32>.zero
            var offset = 0
            while offset < width {
                let words = widened(codes, offset)
                even &+= pairs(words.even, probe.loadUnaligned(fromByteOffset: 2 &* offset, as: Words.self))
                odd &+= pairs(words.odd, probe.loadUnaligned(fromByteOffset: 2 &* offset &+ 16, as: Words.self))
                offset &+= lanes
            }
            products[row] = (even &+ odd).wrappedSum()
        }
    }

    /// Writes the products of `probeCount` probes, one behind the other, with each of `count` rows.
    ///
    /// The products of a probe lie together, `count` of them; `scratch` has room for ``rowsTogether`` rows of words.
    static func fill(
        _ products: UnsafeMutablePointer<Int32>,
        rows: UnsafeRawPointer,
        count: Int,
        width: Int,
        probes: UnsafeRawPointer,
        probeCount: Int,
        scratch: UnsafeMutableRawPointer
    ) {
        let bytes = 2 &* width
        var first = 0
        while first &+ rowsTogether <= count {
            let codes = rows + first &* width
            var offset = 0
            while offset < rowsTogether &* width {
                let words = widened(codes, offset)
                scratch.storeBytes(of: words.even, toByteOffset: 2 &* offset, as: Words.self)
                scratch.storeBytes(of: words.odd, toByteOffset: 2 &* offset &+ 16, as: Words.self)
                offset &+= lanes
            }
            for probe in 0..<probeCount {
                let target = products + (probe &* count &+ first)
                let codes = probes + probe &* bytes
                for half in 0..<(rowsTogether / 4) {
                    fillFour(target + 4 &* half, scratch + 4 &* half &* bytes, codes, bytes)
                }
            }
            first &+= rowsTogether
        }
        guard first < count else { return }
        for probe in 0..<probeCount {
            fill(
                products + (probe &* count &+ first),
                rows: rows + first &* width,
                count: count &- first,
                width: width,
                probe: probes + probe &* bytes
            )
        }
    }

    /// Four widened rows meet one probe.
    @inline(__always)
    private static func fillFour(
        _ products: UnsafeMutablePointer<Int32>,
        _ rows: UnsafeMutableRawPointer,
        _ probe: UnsafeRawPointer,
        _ bytes: Int
    ) {
        var (a, b, c, d) = (SIMD4<Int32>.zero, SIMD4<Int32>.zero, SIMD4<Int32>.zero, SIMD4<Int32>.zero)
        var offset = 0
        while offset < bytes {
            let words = probe.loadUnaligned(fromByteOffset: offset, as: Words.self)
            a &+= pairs(rows.loadUnaligned(fromByteOffset: offset, as: Words.self), words)
            b &+= pairs(rows.loadUnaligned(fromByteOffset: offset &+ bytes, as: Words.self), words)
            c &+= pairs(rows.loadUnaligned(fromByteOffset: offset &+ 2 &* bytes, as: Words.self), words)
            d &+= pairs(rows.loadUnaligned(fromByteOffset: offset &+ 3 &* bytes, as: Words.self), words)
            offset &+= 16
        }
        products[0] = a.wrappedSum()
        products[1] = b.wrappedSum()
        products[2] = c.wrappedSum()
        products[3] = d.wrappedSum()
    }
}
