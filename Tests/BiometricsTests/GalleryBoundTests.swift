import Testing

@testable import Biometrics

/// The bounds that the search's proof rests on, against sums in 64 bits.
@Suite("Gallery bounds")
struct GalleryBoundTests {
    static let width = 32

    @Test("a rounded row's interval holds the inner product", arguments: GallerySamples.Kind.allCases)
    func intervals(_ kind: GallerySamples.Kind) throws {
        let rows = try GallerySamples.templates(kind, count: 200, dimension: Self.width).map(\.values)
        let probes = try rows[..<5] + GallerySamples.templates(.random, count: 5, dimension: 32, seed: 8).map(\.values)
        let longest = rows.map(SearchBound.squaredLength).reduce(0, max).squareRoot()
        for values in probes {
            let probe = CompactProbe(values, squaredLength: SearchBound.squaredLength(values), longestRow: longest)
            for row in rows {
                var codes = [UInt8](repeating: 0, count: Self.width)
                let rounded = CompactRow(row, width: Self.width, codes: &codes)
                var product: Int32 = 0
                IntegerProduct.fill(&product, rows: codes, count: 1, width: Self.width, probe: probe.codes)
                let estimate = probe.estimate(product, scale: rounded.scale)
                let error = probe.error(residual: rounded.residual)
                let truth = zip(values, row).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                #expect(Double(estimate - error) <= truth)
                #expect(Double(estimate + error) >= truth)
                #expect(error < 0.02)
            }
        }
    }

    @Test("the integer products do not overflow with the greatest codes", arguments: [16, 128, 512, 4096])
    func greatestCodes(_ width: Int) throws {
        for sign: Float in [1, -1] {
            let value = 1 / Float(width).squareRoot()
            let row = [Float](repeating: value, count: width)
            let probe = CompactProbe(row.map { $0 * sign }, squaredLength: 1, longestRow: 1)
            var codes = [UInt8](repeating: 0, count: width)
            let rounded = CompactRow(row, width: width, codes: &codes)
            var products = [Int32](repeating: 0, count: 9)
            var scratch = [Int16](repeating: 0, count: IntegerProduct.rowsTogether * width)
            let rows = [[UInt8]](repeating: codes, count: 9).flatMap(\.self)
            IntegerProduct.fill(
                &products,
                rows: rows,
                count: 9,
                width: width,
                probes: probe.codes,
                probeCount: 1,
                scratch: &scratch
            )
            for product in products {
                #expect(abs(probe.estimate(product, scale: rounded.scale) - sign) < 1e-3)
            }
        }
    }

    @Test("float32 products stay within their bound", arguments: [16, 128, 512])
    func floatProducts(_ width: Int) throws {
        let rows = try GallerySamples.templates(.unevenLengths, count: 9, dimension: width).map(\.values)
        let probes = rows[..<4].flatMap(\.self)
        let flat = rows.flatMap(\.self)
        let lengths = rows.map(SearchBound.squaredLength)
        let range = try #require(lengths.min())...#require(lengths.max())
        var products = [Float](repeating: 0, count: 4 * 9)
        InnerProduct.fillForFour(&products, rows: flat, count: 9, width: width, probes: probes)
        for probe in 0..<4 {
            var alone = [Float](repeating: 0, count: 9)
            InnerProduct.fill(&alone, rows: flat, count: 9, width: width, probe: rows[probe])
            let bound = SearchBound(width: width, probe: lengths[probe], rows: range, within: nil)
            for row in 0..<9 {
                let truth = zip(rows[probe], rows[row]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                #expect(abs(Double(products[probe * 9 + row]) - truth) <= Double(bound.productError))
                #expect(abs(Double(alone[row]) - truth) <= Double(bound.productError))
                let template = try FaceTemplate(modelID: "m", values: rows[row])
                let other = try FaceTemplate(modelID: "m", values: rows[probe])
                let reported = Double(try ComparisonScore(template, other).distance)
                let squared = lengths[probe] + lengths[row] - 2 * truth
                // The margin holds the score's own rounding error beside the rows' different lengths.
                let scoreError = Double(bound.margin) - (range.upperBound - range.lowerBound) / 2
                #expect(abs(reported * reported - squared) <= scoreError)
            }
        }
    }

    @Test("the check sum is the one of PNG and gzip, whole or in parts")
    func checksum() {
        let bytes = Array("123456789".utf8)
        bytes.withUnsafeBytes { bytes in
            #expect(GalleryChecksum.of(bytes) == 0xCBF4_3926)
            for cut in 0...9 {
                let first = GalleryChecksum.of(UnsafeRawBufferPointer(rebasing: bytes[..<cut]))
                let rest = UnsafeRawBufferPointer(rebasing: bytes[cut...])
                #expect(GalleryChecksum.of(rest, following: first) == 0xCBF4_3926)
            }
        }
        let long = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(long.withUnsafeBytes { GalleryChecksum.of($0) } == CRC32.checksum(of: long[...]))
    }

    @Test("the list keeps those that may be among the best, and lets go of the others")
    func nearestRows() {
        let bound = SearchBound(width: 16, probe: 1, rows: 1...1, within: nil)
        var list = NearestRows(wanted: 3, bound: bound)
        for index in 0..<5000 {
            let product = Float(index * 1237 % 5000) / 5000
            list.offer(index, low: product - 0.001, high: product + 0.001)
        }
        var other = NearestRows(wanted: 3, bound: bound)
        other.offer(9999, low: 2, high: 2)
        list.merge(other)
        list.prune()
        let highs = list.rows.map(\.high).sorted()
        #expect(list.rows.contains { $0.index == 9999 })
        #expect(highs.count >= 3)
        #expect(highs.allSatisfy { $0 >= 4998 / 5000 - 0.001 - 2 * bound.margin })
        #expect(highs.count < 20)
    }
}
