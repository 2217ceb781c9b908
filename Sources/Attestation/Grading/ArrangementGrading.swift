import QuestionBank

/// What pairs and orders earn.
enum ArrangementGrading {
    /// The right pairs among all of them; with all-or-nothing the whole for all of them.
    static func earned(
        _ matching: Matching,
        _ item: TicketItem,
        chosen places: [Int?],
        _ choices: [RichText]
    ) -> Fraction {
        let right = zip(item.optionOrder, places).filter { index, place in
            place.map { choices[item.matchOrder[$0]] == matching.pairs[index].match } ?? false
        }.count
        return part(matching.isAllOrNothing && right < matching.pairs.count ? 0 : right, of: matching.pairs.count)
    }

    /// What an order earns by the question's rule; the rules are those of Moodle's "Ordering" type.
    ///
    /// - Parameter given: the things as the candidate ordered them, each by its place in the right order of all things.
    static func earned(_ ordering: Ordering, given: [Int]) -> Fraction {
        let right = given.sorted()
        let count = given.count
        guard count > 1 else { return .full }
        switch ordering.grading {
        case .allOrNothing: return given == right ? .full : .zero
        case .absolutePosition: return part(zip(given, right).filter(==).count, of: count)
        case .relativeNextExcludingLast: return part(followed(given, right), of: count - 1)
        case .relativeNextIncludingLast:
            return part(followed(given, right) + (given.last == right.last ? 1 : 0), of: count)
        case .relativeOnePreviousAndNext:
            // Each right neighbour counts for both of the things, and so do the two ends.
            let ends = (given.first == right.first ? 1 : 0) + (given.last == right.last ? 1 : 0)
            return part(2 * followed(given, right) + ends, of: 2 * count)
        case .relativeAllPreviousAndNext:
            // Of each two things in the right order both have the other on the right side.
            var inOrder = 0
            for (place, thing) in given.enumerated() {
                inOrder += given[(place + 1)...].filter { $0 > thing }.count
            }
            return part(2 * inOrder, of: count * (count - 1))
        case .longestOrderedSubset: return part(several(longestRising(given)), of: count)
        case .longestContiguousSubset: return part(several(longestRun(given, right)), of: count)
        case .relativeToCorrect:
            let near = zip(given, right.indices).reduce(0) { sum, pair in
                sum + count - 1 - abs((right.firstIndex(of: pair.0) ?? 0) - pair.1)
            }
            return part(near, of: count * (count - 1))
        }
    }

    private static func part(_ right: Int, of all: Int) -> Fraction {
        guard all > 0 else { return .zero }
        return Fraction(units: (2 * Fraction.unitsOfWhole * right + all) / (2 * all))
    }

    /// How many things are followed by the one that follows them in the right order.
    private static func followed(_ given: [Int], _ right: [Int]) -> Int {
        let next = Dictionary(uniqueKeysWithValues: zip(right, right.dropFirst()))
        return zip(given, given.dropFirst()).filter { next[$0] == $1 }.count
    }

    /// One thing alone is in no order.
    private static func several(_ count: Int) -> Int { count > 1 ? count : 0 }

    /// The length of the longest rising part, its things need not follow each other.
    private static func longestRising(_ given: [Int]) -> Int {
        var lengths: [Int] = []
        for (place, thing) in given.enumerated() {
            lengths.append(1 + (given[..<place].indices.filter { given[$0] < thing }.map { lengths[$0] }.max() ?? 0))
        }
        return lengths.max() ?? 0
    }

    /// The length of the longest part whose things follow each other in the right order too.
    private static func longestRun(_ given: [Int], _ right: [Int]) -> Int {
        let next = Dictionary(uniqueKeysWithValues: zip(right, right.dropFirst()))
        var longest = 1
        var run = 1
        for (first, second) in zip(given, given.dropFirst()) {
            run = next[first] == second ? run + 1 : 1
            longest = max(longest, run)
        }
        return longest
    }
}
