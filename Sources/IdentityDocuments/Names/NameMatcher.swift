/// Finds out whether a name can be spelt as the characters of a zone, and with how few differences.
struct NameMatcher {
    /// The spellings of up to `NameSpellings.longest` letters.
    let spellings: (ArraySlice<Character>) -> [NameSpelling]
    /// Whether the zone had no room left, so that a part may be cut short anywhere.
    let mayBeTruncated: Bool

    /// The same without cutting short.
    var exact: NameMatcher { NameMatcher(spellings: spellings, mayBeTruncated: false) }

    /// Differences of the best way to spell the name so; `nil` where there is none.
    ///
    /// Each pair of places, in the name and in the zone, is reached in the way with the fewest different spellings.
    func match(_ name: [Character], with zone: [Character]) -> NameDifferences? {
        guard !name.isEmpty || zone.isEmpty, mayBeTruncated || !zone.isEmpty || name.isEmpty else { return nil }
        var best = [Way?](repeating: nil, count: (name.count + 1) * (zone.count + 1))
        let width = zone.count + 1
        func reach(_ row: Int, _ column: Int, _ way: Way) {
            if best[row * width + column].map({ way.cost < $0.cost }) ?? true { best[row * width + column] = way }
        }
        best[0] = Way(cost: 0, differences: [])
        for row in 0...name.count {
            for column in 0...zone.count {
                guard let way = best[row * width + column] else { continue }
                if column < zone.count, zone[column] == "<" {
                    // A filler where the name has no division.
                    reach(row, column + 1, way.adding(.separator))
                }
                guard row < name.count else { continue }
                for length in 1...min(NameSpellings.longest, name.count - row) {
                    for spelling in spellings(name[row..<(row + length)]) {
                        let shared = zip(spelling.text, zone[column...]).prefix { $0 == $1 }.count
                        let next = column + shared
                        if shared == spelling.text.count {
                            reach(row + length, next, way.adding(spelling.differences))
                        }
                        // Cut short within a letter's spelling, or behind it.
                        guard mayBeTruncated, next > 0, next == zone.count || zone[next] == "<" else { continue }
                        let end = next == zone.count ? name.count : endOfPart(in: name, from: row)
                        if end > row { reach(end, next, way.adding(.truncated)) }
                    }
                }
            }
        }
        return best[name.count * width + zone.count]?.differences
    }

    private func endOfPart(in name: [Character], from place: Int) -> Int {
        name[place...].firstIndex { $0 == " " || $0 == "-" } ?? name.count
    }

    private struct Way {
        var cost: Int
        var differences: NameDifferences

        func adding(_ more: NameDifferences) -> Way {
            Way(cost: cost + (more.isEmpty ? 0 : 1), differences: differences.union(more))
        }
    }
}
