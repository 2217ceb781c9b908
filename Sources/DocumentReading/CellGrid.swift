import Foundation

/// Where the characters of a line stand: OCR-B is printed at one pitch, so the gaps between letters are a ruler.
struct CellGrid {
    /// The middle of each cell, in pixels of the picture.
    var middles: [SIMD2<Double>]
    /// From one cell to the next.
    var right: SIMD2<Double>
    /// As far down.
    var down: SIMD2<Double>

    /// Columns and rows of the level strip in which the gaps are looked for, for each pitch.
    private static let perPitch = 16

    /// Ways to lay so many cells over a line, the likeliest first. The gaps alone do not always tell one from another by
    /// which everything is moved by a cell, or the letters far from the camera stand closer together.
    static func candidates(
        _ line: TextLine,
        count: Int,
        in picture: GreyPicture,
        isUpsideDown: Bool
    ) -> [CellGrid] {
        // The line as it was found ends where print ends: a cell's margins are not part of it.
        let pitch = line.length / (Double(count) - 0.3)
        let angle = line.angle + (isUpsideDown ? .pi : 0)
        let ahead = SIMD2(cos(angle), sin(angle)) * (pitch / Double(perPitch))
        let below = SIMD2(-sin(angle), cos(angle)) * (pitch / Double(perPitch))
        let columns = (count + 4) * perPitch
        let rows = 3 * perPitch
        let darkness = darkness(
            picture.grid(columns: columns, rows: rows, x: line.x, y: line.y, right: ahead, down: below),
            columns: columns,
            rows: rows
        )
        // The print's middle may rise or fall a little from one end to the other.
        let third = columns / 3
        let start = middleRow(darkness, columns: columns, rows: rows, within: 0..<third)
        let end = middleRow(darkness, columns: columns, rows: rows, within: (columns - third)..<columns)
        let slope = (end - start) / Double(columns - third)
        let level = (start + end) / 2 - Double(rows - 1) / 2
        let profile = profile(darkness, columns: columns, rows: rows, level: (start + end) / 2, slope: slope)
        return Ruler.candidates(profile, count: count, perPitch: perPitch).map { ruler in
            CellGrid(
                middles: (0..<count).map { cell in
                    let column = ruler.edge(Double(cell) + 0.5) - Double(columns - 1) / 2
                    return SIMD2(line.x, line.y) + ahead * column + below * (level + slope * column)
                },
                right: ahead * ruler.pitch + below * (slope * ruler.pitch),
                down: below * ruler.pitch
            )
        }
    }

    /// How much darker each place is than the paper around it.
    private static func darkness(_ values: [Float], columns: Int, rows: Int) -> [Float] {
        let reach = 20
        var paper = [Float](repeating: 0, count: columns)
        for column in 0..<columns {
            for row in 0..<rows { paper[column] = max(paper[column], values[row * columns + column]) }
        }
        let smooth = (0..<columns).map { column in
            let window = paper[max(0, column - reach)...min(columns - 1, column + reach)]
            return window.reduce(0, +) / Float(window.count)
        }
        return values.indices.map { max(0, smooth[$0 % columns] - values[$0]) }
    }

    /// The middle of the sixteen rows that hold most print, with a fraction by their neighbours.
    private static func middleRow(_ darkness: [Float], columns: Int, rows: Int, within: Range<Int>) -> Double {
        var sums = (0..<rows).map { row in within.reduce(Float(0)) { $0 + darkness[row * columns + $1] } }
        let least = sums.sorted()[rows / 5]
        sums = sums.map { max(0, $0 - least) }
        let window = perPitch - 1
        let best = (0...(rows - window)).max { one, other in
            sums[one..<(one + window)].reduce(0, +) < sums[other..<(other + window)].reduce(0, +)
        }
        let first = best ?? 0
        let rowsInside = max(0, first - 1)..<min(rows, first + window + 1)
        let weight = rowsInside.reduce(Float(0)) { $0 + sums[$1] }
        guard weight > 0 else { return Double(rows - 1) / 2 }
        let mean = rowsInside.reduce(Float(0)) { $0 + sums[$1] * Float($1) } / weight
        // Letters are not equally heavy above and below: the window counts for more than its centre of mass.
        return 0.75 * (Double(first) + Double(window - 1) / 2) + 0.25 * Double(mean)
    }

    /// Print in each column, over the rows of the letters.
    private static func profile(
        _ darkness: [Float],
        columns: Int,
        rows: Int,
        level: Double,
        slope: Double
    ) -> [Float] {
        (0..<columns).map { column in
            let middle = Int((level + slope * (Double(column) - Double(columns - 1) / 2)).rounded())
            let first = max(0, middle - perPitch / 2)
            let last = min(rows - 1, middle + perPitch / 2)
            guard first <= last else { return 0 }
            return (first...last).reduce(Float(0)) { $0 + darkness[$1 * columns + column] }
        }
    }
}

/// The edges of equally wide cells under which a profile has its gaps.
private struct Ruler {
    var start: Double
    var pitch: Double
    /// How much the pitch grows from the middle to the end: perspective.
    var bow: Double
    let count: Int

    /// The place of an edge, or with a half of a middle.
    func edge(_ number: Double) -> Double {
        start + pitch * number + bow * number * (number - Double(count)) / Double(count)
    }

    /// As many of the best ones are given, each at another place.
    private static let mostCandidates = 12

    static func candidates(_ profile: [Float], count: Int, perPitch: Int) -> [Ruler] {
        var sums: [Float] = [0]
        for value in profile { sums.append(sums[sums.count - 1] + value) }
        let most = (sums.last ?? 0) / Float(count)
        let middle = Double(profile.count) / 2
        var found: [(ruler: Ruler, score: Float)] = []
        for bow in stride(from: -1.5, through: 1.5, by: 0.25).map({ $0 * Double(perPitch) }) {
            for shift in -6...6 {
                // One for each bow and each quarter of a pitch.
                var best: (ruler: Ruler, score: Float)?
                for pitchStep in -14...14 {
                    let pitch = Double(perPitch) * (1 + Double(pitchStep) * 0.003)
                    for part in 0..<4 {
                        let start = middle - pitch * Double(count) / 2 + Double(shift * perPitch / 4 + part)
                        let ruler = Ruler(start: start, pitch: pitch, bow: bow, count: count)
                        let score = ruler.score(profile, sums: sums, most: most)
                        if score > best?.score ?? -.infinity { best = (ruler, score) }
                    }
                }
                if let best { found.append(best) }
            }
        }
        return found.sorted { $0.score > $1.score }.prefix(mostCandidates).map(\.ruler)
    }

    /// How well the edges lie in gaps, with print between them.
    private func score(_ profile: [Float], sums: [Float], most: Float) -> Float {
        var score: Float = 0
        var before = -1
        for number in 0...count {
            let place = min(profile.count - 2, max(1, Int(edge(Double(number)).rounded())))
            // Gaps are light, and each cell holds print.
            score -= 2 * (profile[place - 1] + 2 * profile[place] + profile[place + 1])
            if before >= 0 { score += min(sums[max(before, place)] - sums[before], 0.8 * most) }
            before = place
        }
        return score
    }
}
