import CLeptonica
import Foundation

/// Finds long lines of dark print: the black top-hat takes print from its background, a closing joins its letters, and
/// what is left in one long piece is a line.
enum LineFinder {
    /// The side to which pictures are shrunk for it. A zone that fills half of it has letters of six pixels still.
    static let longerSide = 900.0
    /// More pieces than this are noise; the longest are looked at.
    static let mostLines = 24

    /// The lines of a picture, the longest first.
    static func lines(in picture: GreyPicture) -> [TextLine] {
        let factor = min(1, longerSide / Double(max(picture.width, picture.height)))
        guard let whole = picture.leptonica(),
            let small = LeptonicaPicture(pixScale(whole.pointer, Float(factor), Float(factor))),
            let print = LeptonicaPicture(pixTophat(small.pointer, 11, 11, Int32(L_TOPHAT_BLACK))),
            let binary = threshold(print),
            let joined = LeptonicaPicture(pixCloseBrick(nil, binary.pointer, 29, 3)),
            let opened = LeptonicaPicture(pixOpenBrick(nil, joined.pointer, 11, 3))
        else { return [] }
        return pieces(of: opened).compactMap(line).sorted { $0.length > $1.length }
            .prefix(mostLines)
            .map { $0.scaled(1 / factor) }
    }

    /// Black and white by Otsu's threshold over the whole picture.
    private static func threshold(_ picture: borrowing LeptonicaPicture) -> LeptonicaPicture? {
        var made: UnsafeMutablePointer<Pix>?
        let width = pixGetWidth(picture.pointer)
        let height = pixGetHeight(picture.pointer)
        guard pixOtsuAdaptiveThreshold(picture.pointer, width, height, 0, 0, 0.1, nil, &made) == 0 else { return nil }
        // Leptonica takes dark for print; after the top-hat print is light.
        guard let binary = LeptonicaPicture(made) else { return nil }
        return LeptonicaPicture(pixInvert(nil, binary.pointer))
    }

    /// A connected piece: where it begins, and its own pixels.
    private struct Piece {
        let left: Int
        let top: Int
        let width: Int
        let height: Int
        let count: Double
        let meanX: Double
        let meanY: Double
        let xx: Double
        let yy: Double
        let xy: Double
    }

    private static func pieces(of binary: borrowing LeptonicaPicture) -> [Piece] {
        var pixa: UnsafeMutablePointer<Pixa>?
        var boxes = pixConnCompPixa(binary.pointer, &pixa, 8)
        defer {
            boxaDestroy(&boxes)
            pixaDestroy(&pixa)
        }
        guard let boxes, let pixa else { return [] }
        let least = Int32(longerSide / 6)
        var pieces: [Piece] = []
        for index in 0..<boxaGetCount(boxes) {
            var (x, y, width, height): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
            guard boxaGetBoxGeometry(boxes, index, &x, &y, &width, &height) == 0, width >= least,
                let piece = LeptonicaPicture(pixaGetPix(pixa, index, Int32(L_CLONE)))
            else { continue }
            pieces.append(moments(piece, left: Int(x), top: Int(y), width: Int(width), height: Int(height)))
        }
        return pieces
    }

    /// Sums over the black pixels, up to the second moments.
    private static func moments(
        _ picture: borrowing LeptonicaPicture,
        left: Int,
        top: Int,
        width: Int,
        height: Int
    ) -> Piece {
        var (count, sumX, sumY, sumXX, sumYY, sumXY) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        let words = Int(pixGetWpl(picture.pointer))
        guard let data = pixGetData(picture.pointer) else {
            return Piece(
                left: left,
                top: top,
                width: width,
                height: height,
                count: 0,
                meanX: 0,
                meanY: 0,
                xx: 0,
                yy: 0,
                xy: 0
            )
        }
        for y in 0..<height {
            let row = data + y * words
            for x in 0..<width where row[x >> 5] & (0x8000_0000 >> UInt32(x & 31)) != 0 {
                let (fx, fy) = (Double(x), Double(y))
                count += 1
                sumX += fx
                sumY += fy
                sumXX += fx * fx
                sumYY += fy * fy
                sumXY += fx * fy
            }
        }
        let total = max(1, count)
        let (meanX, meanY) = (sumX / total, sumY / total)
        return Piece(
            left: left,
            top: top,
            width: width,
            height: height,
            count: count,
            meanX: meanX,
            meanY: meanY,
            xx: sumXX / total - meanX * meanX,
            yy: sumYY / total - meanY * meanY,
            xy: sumXY / total - meanX * meanY
        )
    }

    /// The rectangle of a piece's second moments; `nil` where it is no line.
    private static func line(_ piece: Piece) -> TextLine? {
        let angle = 0.5 * atan2(2 * piece.xy, piece.xx - piece.yy)
        let middle = (piece.xx + piece.yy) / 2
        let spread = hypot((piece.xx - piece.yy) / 2, piece.xy)
        // A rectangle's variance along a side is the side squared over twelve.
        let length = (12 * (middle + spread)).squareRoot()
        let thickness = (12 * max(0.5, middle - spread)).squareRoot()
        guard length > longerSide / 5, length > 12 * thickness, abs(angle) < 0.9 else { return nil }
        return TextLine(
            x: Double(piece.left) + piece.meanX,
            y: Double(piece.top) + piece.meanY,
            angle: angle,
            length: length,
            thickness: thickness
        )
    }
}
