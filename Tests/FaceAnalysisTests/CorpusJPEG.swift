import Foundation

/// A JPEG file in its parts, so that each can be left out, changed or lied about.
struct CorpusJPEG: Sendable {
    /// A marker with its parameters and, behind a start of scan, the coded data.
    struct Segment: Sendable {
        var marker: UInt8
        /// None for markers that stand alone.
        var parameters: Data?
        var scan = Data()
        /// What is written as length in place of the truth.
        var claimedLength: UInt16?

        var bytes: Data {
            var bytes = Data([0xFF, marker])
            if let parameters {
                bytes.append(bigEndian: claimedLength ?? UInt16(parameters.count + 2))
                bytes += parameters
            }
            return bytes + scan
        }
    }

    static let startOfScan: UInt8 = 0xDA
    static let end = Segment(marker: 0xD9)

    var segments: [Segment]

    var file: Data { segments.reduce(Data()) { $0 + $1.bytes } }

    /// The place of the first segment with one of these markers.
    func index(of markers: UInt8...) -> Int { segments.firstIndex { markers.contains($0.marker) } ?? 0 }

    func replacing(_ marker: UInt8, _ change: (inout Segment) -> Void) -> Data {
        var copy = self
        change(&copy.segments[index(of: marker)])
        return copy.file
    }

    func inserting(_ segment: Segment, at index: Int) -> Data {
        var copy = self
        copy.segments.insert(segment, at: index)
        return copy.file
    }

    func leavingOut(_ index: Int) -> Data {
        var copy = self
        copy.segments.remove(at: index)
        return copy.file
    }
}

/// Codes pictures of flat blocks: all that is left of a block is its mean, so the coder fits on a page.
struct BlockCoder: Sendable {
    var columns = 3
    /// For each component the value of each block, row by row.
    var components = [BlockPicture.shades]
    var identifiers: [UInt8] = [1, 2, 3, 4]
    /// The transform that a segment of Adobe's names.
    var adobe: UInt8?
    var restartInterval = 0

    private var blockCount: Int { components[0].count }

    // Codes of four bits: DC categories 0 to 11, and end-of-block runs 0 to 14.
    private static let tables = [
        Data([0x00, 0, 0, 0, 12] + [UInt8](repeating: 0, count: 12) + (0...11)),
        Data([0x10, 0, 0, 0, 15] + [UInt8](repeating: 0, count: 12) + (0...14).map { $0 << 4 }),
    ]

    private func head(frame: UInt8) -> [CorpusJPEG.Segment] {
        var segments = [CorpusJPEG.Segment(marker: 0xD8)]
        if let adobe {
            segments.append(.init(marker: 0xEE, parameters: Data("Adobe".utf8) + [0, 100, 0, 0, 0, 0, adobe]))
        }
        // With a step of 8 the coefficient of a flat block is its value.
        segments.append(.init(marker: 0xDB, parameters: Data([0] + [UInt8](repeating: 8, count: 64))))
        var parameters = Data([8])
        parameters.append(bigEndian: UInt16(blockCount / columns * 8))
        parameters.append(bigEndian: UInt16(columns * 8))
        parameters.append(UInt8(components.count))
        for index in components.indices { parameters += [identifiers[index], 0x11, 0] }
        segments.append(.init(marker: frame, parameters: parameters))
        for table in Self.tables { segments.append(.init(marker: 0xC4, parameters: table)) }
        if restartInterval > 0 {
            segments.append(.init(marker: 0xDD, parameters: Data([0, UInt8(restartInterval)])))
        }
        return segments
    }

    private func scan(_ chosen: [Int], _ spectrum: ClosedRange<UInt8>, _ approximation: UInt8, _ data: Data)
        -> CorpusJPEG.Segment
    {
        var parameters = Data([UInt8(chosen.count)])
        for index in chosen { parameters += [identifiers[index], 0] }
        parameters += [spectrum.lowerBound, spectrum.upperBound, approximation]
        return .init(marker: CorpusJPEG.startOfScan, parameters: parameters, scan: data)
    }

    private func level(_ component: Int, _ block: Int) -> Int { Int(components[component][block]) - 128 }

    private static func appendDifference(_ difference: Int, to bits: inout ScanBits) {
        let category = Int.bitWidth - abs(difference).leadingZeroBitCount
        bits.append(category, count: 4)
        bits.append(difference > 0 ? difference : difference + (1 << category) - 1, count: category)
    }

    /// The first scan of all components: mean values without their `shift` last bits.
    private func means(shift: Int, endsBlocks: Bool) -> Data {
        var bits = ScanBits()
        var data = Data()
        var last = [Int](repeating: 0, count: components.count)
        for block in 0..<blockCount {
            if restartInterval > 0, block > 0, block.isMultiple(of: restartInterval) {
                bits.align()
                data += bits.bytes + [0xFF, 0xD0 + UInt8((block / restartInterval - 1) % 8)]
                bits = ScanBits()
                last = last.map { _ in 0 }
            }
            for component in components.indices {
                let value = level(component, block) >> shift
                Self.appendDifference(value - last[component], to: &bits)
                last[component] = value
                if endsBlocks { bits.append(0, count: 4) }
            }
        }
        bits.align()
        return data + bits.bytes
    }

    /// One pass over all blocks, in one scan.
    func sequential(frame: UInt8 = 0xC0) -> CorpusJPEG {
        let data = means(shift: 0, endsBlocks: true)
        return CorpusJPEG(
            segments: head(frame: frame) + [scan(Array(components.indices), 0...63, 0, data), CorpusJPEG.end]
        )
    }

    /// Means, their last bit, and a scan for each component's other coefficients, which are all zero; then more such
    /// scans until there are `scans`.
    func progressive(scans: Int = 0) -> CorpusJPEG {
        let all = Array(components.indices)
        var made = [scan(all, 0...0, 0x01, means(shift: 1, endsBlocks: false))]
        var bits = ScanBits()
        for block in 0..<blockCount {
            for component in all { bits.append(level(component, block) & 1, count: 1) }
        }
        bits.align()
        made.append(scan(all, 0...0, 0x10, bits.bytes))

        let run = Int.bitWidth - 1 - blockCount.leadingZeroBitCount
        var empty = ScanBits()
        empty.append(run, count: 4)
        empty.append(blockCount - (1 << run), count: run)
        empty.align()
        for component in all { made.append(scan([component], 1...63, 0, empty.bytes)) }
        while made.count < scans { made.append(scan([0], 1...63, 0, empty.bytes)) }
        return CorpusJPEG(segments: head(frame: 0xC2) + made + [CorpusJPEG.end])
    }
}
