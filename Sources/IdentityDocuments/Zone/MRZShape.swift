/// Which format lines have, and how lines of nearly its length are made to fit.
enum MRZShape {
    /// As many fillers character recognition may lose or invent in one line of data.
    static let mostMissing = 6

    /// The format whose number of lines, length and first letters the lines have.
    ///
    /// - Parameter tolerance: By how many characters a line of data may differ. The names' line may always be shorter, and
    ///   longer by fillers.
    static func format(of lines: [[Character]], tolerance: Int) -> MRZFormat? {
        guard let first = lines.first else { return nil }
        let fitting = MRZFormat.allCases.filter { format in
            guard lines.count == format.lineCount, format.begins(with: head(of: first, tolerance: tolerance)) else {
                return false
            }
            return lines.enumerated().allSatisfy { number, line in
                if number == format.nameLine {
                    let text = line.reversed().drop { $0 == "<" }
                    return text.count <= format.lineLength && line.count <= format.lineLength + 20
                }
                return abs(line.count - format.lineLength) <= tolerance
            }
        }
        // With a tolerance two formats may fit; the lines of data tell which is nearer.
        return fitting.min { distance(of: lines, from: $0) < distance(of: lines, from: $1) }
    }

    /// Faults of lines that have no format's shape.
    static func faults(of lines: [[Character]]) -> [MRZFault] {
        guard let format = format(of: lines, tolerance: 12) else { return [MRZFault(code: .unknownShape)] }
        return lines.enumerated().compactMap { number, line in
            guard number != format.nameLine, line.count != format.lineLength else { return nil }
            return MRZFault(code: .wrongLength, line: number + 1)
        }
    }

    /// Fills the names up to the length of their line, or takes fillers too many away.
    static func fitNames(_ lines: inout [[Character]], to format: MRZFormat) {
        var line = lines[format.nameLine]
        while line.count > format.lineLength, line.last == "<" { line.removeLast() }
        line += Array(repeating: "<", count: max(0, format.lineLength - line.count))
        lines[format.nameLine] = line
    }

    /// Lengthens or shortens the longest run of fillers in lines of data whose length is wrong.
    static func fitFillers(_ lines: inout [[Character]], to format: MRZFormat) -> [MRZRepair] {
        var repairs: [MRZRepair] = []
        for number in lines.indices where number != format.nameLine {
            let missing = format.lineLength - lines[number].count
            guard missing != 0, let run = longestRun(in: lines[number]), run.count + missing > 0 else { continue }
            let fillers = [Character](repeating: "<", count: abs(missing))
            let repair = MRZRepair(
                kind: .fillerCount,
                line: number + 1,
                column: run.lowerBound + 1,
                from: missing > 0 ? "" : String(fillers),
                to: missing > 0 ? String(fillers) : ""
            )
            if missing > 0 {
                lines[number].insert(contentsOf: fillers, at: run.lowerBound)
            } else {
                lines[number].removeSubrange(run.lowerBound..<(run.lowerBound - missing))
            }
            repairs.append(repair)
        }
        return repairs
    }

    private static func distance(of lines: [[Character]], from format: MRZFormat) -> Int {
        lines.enumerated().reduce(0) { sum, line in
            line.offset == format.nameLine ? sum : sum + abs(line.element.count - format.lineLength)
        }
    }

    /// The first five characters; where look-alikes are put right, as letters.
    private static func head(of line: [Character], tolerance: Int) -> String {
        String(line.prefix(5).map { tolerance > 0 ? MRZLookAlikes.letters[$0] ?? $0 : $0 })
    }

    private static func longestRun(in line: [Character]) -> Range<Int>? {
        var longest: Range<Int>?
        var start = 0
        for place in 0...line.count {
            if place < line.count, line[place] == "<" { continue }
            if place - start > (longest?.count ?? 1) { longest = start..<place }
            start = place + 1
        }
        return longest
    }
}
