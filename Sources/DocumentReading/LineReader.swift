import Foundation

/// What stands in a line.
struct LineText {
    /// The characters.
    var characters: [Character]
    /// The geometric mean of their probabilities.
    var certainty: Float
    /// The least of them.
    var least: Float
}

/// Reads lines of OCR-B cell by cell.
struct LineReader: Sendable {
    let classifier: CharacterClassifier

    /// Reads so many characters, with the cells laid as gives the surest answers.
    func read(_ line: TextLine, count: Int, in picture: GreyPicture, isUpsideDown: Bool) -> LineText? {
        CellGrid.candidates(line, count: count, in: picture, isUpsideDown: isUpsideDown)
            .map { read($0, in: picture) }
            .max { $0.certainty < $1.certainty }
    }

    private func read(_ grid: CellGrid, in picture: GreyPicture) -> LineText {
        let across = grid.right / Double(CharacterClassifier.width)
        let down = grid.down * 1.5 / Double(CharacterClassifier.height)
        let answers = grid.middles.map { middle in
            classifier.answer(
                picture.grid(
                    columns: CharacterClassifier.width,
                    rows: CharacterClassifier.height,
                    x: middle.x,
                    y: middle.y,
                    right: across,
                    down: down
                )
            )
        }
        let sum = answers.reduce(0) { $0 + log(max($1.probability, 1e-6)) }
        return LineText(
            characters: answers.map(\.character),
            certainty: exp(sum / Float(max(1, answers.count))),
            least: answers.map(\.probability).min() ?? 0
        )
    }
}
