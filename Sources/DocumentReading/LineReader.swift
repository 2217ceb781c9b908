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
    private static let margins = [1.5, 1.0, 1.75, 1.25, 0.75]

    /// What stands in a line of so many characters; `nil` where no two cuts agree on it, or the time is up before.
    ///
    /// No check digit protects names, so one reading of them is not believed, nor one with a letter too many or too few:
    /// what only one cut shows (the edge of the card as a letter, say) is not on the card.
    func read(
        _ line: TextLine,
        count: Int,
        in picture: GreyPicture,
        isUpsideDown: Bool,
        atLeast least: Float,
        until isTimeUp: () -> Bool
    ) -> LineText? {
        var texts: [[Character]] = []
        for margin in Self.margins {
            guard !isTimeUp() else { return nil }
            let strip = Self.strip(line, count: count, margin: margin, of: picture, isUpsideDown: isUpsideDown)
            // What is far from so many characters is another line, or upside down.
            guard let text = engine.read(strip), abs(text.characters.count - count) <= 4 else { return nil }
            if text.characters.count == count, text.least >= least {
                if texts.contains(text.characters) { return text }
                texts.append(text.characters)
            }
        }
        return nil
    }

    private static func strip(
        _ line: TextLine,
        count: Int,
        margin: Double,
        of picture: GreyPicture,
        isUpsideDown: Bool
    ) -> GreyPicture {
        let step = line.length / (Double(count) - 0.3) / pitch
        let angle = line.angle + (isUpsideDown ? .pi : 0)
        let columns = Int((Double(count) + 2 * margin) * pitch)
        let rows = Int(height * pitch)
        let values = picture.grid(
            columns: columns,
            rows: rows,
            x: line.x,
            y: line.y,
            right: SIMD2(cos(angle), sin(angle)) * step,
            down: SIMD2(-sin(angle), cos(angle)) * step
        )
        return GreyPicture(
            width: columns,
            height: rows,
            pixels: values.map { UInt8(min(255, max(0, $0.rounded()))) }
        )
    }
}
