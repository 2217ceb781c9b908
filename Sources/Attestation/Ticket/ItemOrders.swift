import QuestionBank

/// In which order an item shows what its question has: step 3 of the algorithm described at ``Ticket``.
struct ItemOrders {
    var options: [Int] = []
    var matches: [Int] = []
    var gaps: [[Int]] = []

    init(of question: PlannedQuestion, shuffling isShuffled: Bool, _ random: inout DeterministicRandom) {
        func order(_ count: Int, _ isShuffled: Bool) -> [Int] {
            isShuffled ? random.permutation(count) : Array(0..<count)
        }
        switch question.type {
        case .ordering: options = Self.things(of: question, &random)
        case .cloze: gaps = question.gaps.map { order($0.options, isShuffled && $0.isShuffled) }
        default:
            options = order(question.optionCount, isShuffled && !question.keepsOptionOrder)
            matches = random.permutation(question.matchCount)
        }
    }

    /// The things to be put in order; in their own order they would tell the answer.
    private static func things(of question: PlannedQuestion, _ random: inout DeterministicRandom) -> [Int] {
        let count = question.optionCount
        let shown = question.shownCount
        guard shown > 0, shown < count else { return random.permutation(count) }
        guard question.showsNeighbours else { return Array(random.permutation(count).prefix(shown)) }
        let first = random.number(below: count - shown + 1)
        return random.permutation(shown).map { $0 + first }
    }
}
