import Foundation

@testable import Biometrics

/// A PNG file in its chunks.
struct CorpusPNG: Sendable {
    struct Chunk: Sendable {
        var type: String
        var contents: Data
        var claimedLength: UInt32?
        /// Changes to the checksum.
        var damage: UInt32 = 0

        init(_ type: String, _ contents: Data = Data(), claimedLength: UInt32? = nil, damage: UInt32 = 0) {
            self.type = type
            self.contents = contents
            self.claimedLength = claimedLength
            self.damage = damage
        }

        var bytes: Data {
            let tagged = Data(type.utf8) + contents
            var bytes = Data()
            bytes.append(bigEndian: claimedLength ?? UInt32(contents.count))
            bytes += tagged
            bytes.append(bigEndian: CRC32.checksum(of: Array(tagged)[...]) ^ damage)
            return bytes
        }
    }

    static let signature = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])

    var chunks: [Chunk]

    var file: Data { chunks.reduce(Self.signature) { $0 + $1.bytes } }

    func index(of type: String) -> Int { chunks.firstIndex { $0.type == type } ?? 0 }

    func replacing(_ type: String, _ change: (inout Chunk) -> Void) -> Data {
        var copy = self
        change(&copy.chunks[index(of: type)])
        return copy.file
    }

    func inserting(_ added: Chunk..., before type: String) -> Data {
        var copy = self
        copy.chunks.insert(contentsOf: added, at: index(of: type))
        return copy.file
    }

    func leavingOut(_ type: String) -> Data {
        var copy = self
        copy.chunks.removeAll { $0.type == type }
        return copy.file
    }
}

/// Writes a picture of blocks as PNG of any colour type (PNG 1.2, 4.1.1) and depth.
struct PNGCoder: Sendable {
    enum ColourType: UInt8, Sendable, CaseIterable {
        case grey = 0
        case colour = 2
        case palette = 3
        case greyAlpha = 4
        case colourAlpha = 6

        var depths: [Int] {
            switch self {
            case .grey: [1, 2, 4, 8, 16]
            case .palette: [1, 2, 4, 8]
            case .colour, .greyAlpha, .colourAlpha: [8, 16]
            }
        }
    }

    var picture = BlockPicture.grey
    var type = ColourType.grey
    var depth = 8
    var isInterlaced = false
    var alpha: UInt8 = 255

    /// With few bits, what is left of the picture.
    var shown: BlockPicture {
        switch type {
        case .palette: picture.map { entries[level($0)] }
        case .greyAlpha, .colourAlpha:
            picture.map { Colour(red: onWhite($0.red), green: onWhite($0.green), blue: onWhite($0.blue)) }
        case .grey where depth < 8:
            picture.map { .grey(shade(ofLevel: level($0))) }
        case .grey, .colour: picture
        }
    }

    private func onWhite(_ value: UInt8) -> UInt8 {
        let (share, most) = (Int(alpha), 255)
        return UInt8((Int(value) * share + most * (most - share) + most / 2) / most)
    }

    private func shade(ofLevel level: Int) -> UInt8 {
        let most = 1 << depth - 1
        return UInt8(level * 255 / most)
    }

    /// The colours of the palette: one for every level of grey that the depth has, with blue turned round.
    private var entries: [Colour] {
        let most = 1 << depth - 1
        return (0...most).map { level in
            let shade = shade(ofLevel: level)
            return Colour(red: shade, green: shade, blue: 255 - shade)
        }
    }

    private func level(_ colour: Colour) -> Int { Int(colour.red) >> (8 - depth) }

    private func samples(_ colour: Colour) -> [UInt8] {
        switch type {
        case .grey, .palette: [colour.red]
        case .colour: [colour.red, colour.green, colour.blue]
        case .greyAlpha: [colour.red, alpha]
        case .colourAlpha: [colour.red, colour.green, colour.blue, alpha]
        }
    }

    /// One row of every `step`th pixel from `start` on, behind its filter.
    private func row(_ y: Int, from start: Int = 0, step: Int = 1) -> Data {
        var row = Data([0])
        var bits = 0
        for x in stride(from: start, to: picture.width, by: step) {
            let colour = picture.colour(x: x, y: y)
            if depth < 8 {
                if bits.isMultiple(of: 8) { row.append(0) }
                row[row.count - 1] |= UInt8(level(colour) << (8 - depth - bits % 8))
                bits += depth
            } else {
                for sample in samples(colour) { row += depth == 16 ? [sample, sample] : [sample] }
            }
        }
        return row
    }

    /// All rows; interlaced in the seven passes of PNG 1.2, 2.6.
    var rows: Data {
        guard isInterlaced else { return (0..<picture.height).reduce(Data()) { $0 + row($1) } }
        let passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        var rows = Data()
        for (x, y, stepX, stepY) in passes {
            for line in stride(from: y, to: picture.height, by: stepY) { rows += row(line, from: x, step: stepX) }
        }
        return rows
    }

    var header: Data {
        var header = Data()
        header.append(bigEndian: UInt32(picture.width))
        header.append(bigEndian: UInt32(picture.height))
        return header + [UInt8(depth), type.rawValue, 0, 0, isInterlaced ? 1 : 0]
    }

    var png: CorpusPNG {
        var chunks = [CorpusPNG.Chunk("IHDR", header)]
        if type == .palette {
            chunks.append(.init("PLTE", entries.reduce(Data()) { $0 + [$1.red, $1.green, $1.blue] }))
        }
        return CorpusPNG(chunks: chunks + [.init("IDAT", Deflate.stored(rows)), .init("IEND")])
    }
}
