import Foundation

/// What stands in a line.
struct LineText {
    /// The characters.
    var characters: [Character]
    /// How sure the least sure of them is, 0 to 1.
    var least: Float
}

/// Cuts lines out of a picture, level and equally large, and has them read.
struct LineReader: ~Copyable {
    let engine: TesseractEngine

    /// Pixels from one character to the next in what is read.
    private static let pitch = 20.0
    /// The strip's height in pitches: a letter of OCR-B is about one pitch high, and the next line begins at 1.8.
    private static let height = 2.0
    /// How far the strip goes beyond the print on either side, in pitches. Where paper ends close to the print, its edge
    /// would be taken for a letter; where the line was found a little short, a letter would be cut.
    private static let margins = [0.6, 0.25, 1.2]

    /// A line of exactly so many characters; `nil` where no cut gives as many.
    ///
    /// Nothing protects names but this: a letter too many or too few is not put right.
    func read(
        _ line: TextLine,
        count: Int,
        in picture: GreyPicture,
        isUpsideDown: Bool,
        atLeast least: Float
    ) -> LineText? {
        let pitch = line.length / (Double(count) - 0.3) / Self.pitch
        let angle = line.angle + (isUpsideDown ? .pi : 0)
        let right = SIMD2(cos(angle), sin(angle)) * pitch
        let down = SIMD2(-sin(angle), cos(angle)) * pitch
        for margin in Self.margins {
            let columns = Int((Double(count) + 2 * margin) * Self.pitch)
            let rows = Int(Self.height * Self.pitch)
            let values = picture.grid(columns: columns, rows: rows, x: line.x, y: line.y, right: right, down: down)
            let strip = GreyPicture(
                width: columns,
                height: rows,
                pixels: values.map { UInt8(min(255, max(0, $0.rounded()))) }
            )
            guard let text = engine.read(strip) else { return nil }
            if text.characters.count == count, text.least >= least { return text }
            // No cut turns what is far from so many characters into them.
            if abs(text.characters.count - count) > 4 { return nil }
        }
        return nil
    }
}
