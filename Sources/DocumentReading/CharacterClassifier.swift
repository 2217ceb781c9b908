import Foundation

/// Names the character in a cell: a perceptron of two layers, learnt from cells drawn in OCR-B and degraded as cameras do
/// (`Training/`). Tesseract's English model, which knows neither OCR-B nor runs of `<`, read no zone in full.
struct CharacterClassifier: Sendable {
    /// A cell's pixels across: one pitch.
    static let width = 16
    /// A cell's pixels down: one and a half pitches.
    static let height = 24
    /// What a cell may hold.
    static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<")

    /// One cell's answer.
    struct Answer: Sendable {
        /// The likeliest character.
        var character: Character
        /// Its probability by the network.
        var probability: Float
    }

    private let hidden: Int
    private let first: [Float]
    private let firstBias: [Float]
    private let second: [Float]
    private let secondBias: [Float]

    /// Reads weights: one byte each with a factor for each column, then factors and biases as 32-bit floats, for both
    /// layers; `nil` where the length fits no number of hidden units.
    init?(weights: Data) {
        let inputs = Self.width * Self.height
        let outputs = Self.alphabet.count
        let hidden = (weights.count - 8 * outputs) / (inputs + 8 + outputs)
        guard hidden > 0, hidden % 8 == 0, weights.count == hidden * (inputs + 8 + outputs) + 8 * outputs else {
            return nil
        }
        var rest = weights[...]
        func bytes(_ count: Int) -> [Int8] {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count).map { Int8(bitPattern: $0) }
        }
        func floats(_ count: Int) -> [Float] {
            let taken = [UInt8](rest.prefix(4 * count))
            rest = rest.dropFirst(4 * count)
            return (0..<count).map { place in
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(taken[place * 4 + $1]) << UInt32(8 * $1) }
                return Float(bitPattern: bits)
            }
        }
        func layer(_ rows: Int, _ columns: Int) -> (weights: [Float], bias: [Float]) {
            let values = bytes(rows * columns)
            let factors = floats(columns)
            return (values.enumerated().map { Float($1) * factors[$0 % columns] }, floats(columns))
        }
        self.hidden = hidden
        (first, firstBias) = layer(inputs, hidden)
        (second, secondBias) = layer(hidden, outputs)
    }

    /// Names the character of a cell of `width` × `height` values, whose mean and contrast do not matter.
    func answer(_ cell: [Float]) -> Answer {
        let mean = cell.reduce(0, +) / Float(cell.count)
        let variance = cell.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(cell.count)
        let gain = 1 / (variance.squareRoot() + 4)
        var units = firstBias
        units.withUnsafeMutableBufferPointer { units in
            first.withUnsafeBufferPointer { weights in
                for (place, value) in cell.enumerated() {
                    let input = (value - mean) * gain
                    let row = place * hidden
                    for unit in 0..<hidden { units[unit] += input * weights[row + unit] }
                }
            }
        }
        let outputs = Self.alphabet.count
        var scores = secondBias
        for unit in 0..<hidden where units[unit] > 0 {
            for output in 0..<outputs { scores[output] += units[unit] * second[unit * outputs + output] }
        }
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
        let sum = scores.reduce(0) { $0 + exp($1 - scores[best]) }
        return Answer(character: Self.alphabet[best], probability: 1 / sum)
    }
}
