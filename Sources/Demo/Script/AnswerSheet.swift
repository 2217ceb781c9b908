/// What the candidate answers to an item.
struct AnswerGiven: Sendable {
    var item: TicketItem
    var answer: JSON
    /// Answered wrongly on purpose, so that the grade shows that grading looks at the answers.
    var isMeantWrong: Bool
}

/// Answers a ticket: everything right but one item.
struct AnswerSheet: Sendable {
    let answers: [AnswerGiven]

    /// - Throws: `WrongOutcome` where the ticket has a question that the key does not know.
    init(ticket: [TicketItem]) throws {
        let wrong = ticket.first { $0.type == "single_choice" } ?? ticket.first { $0.type == "true_false" } ?? ticket[0]
        answers = try ticket.map { item in
            guard let key = AnswerKey.answer(to: item.prompt) else {
                throw WrongOutcome("item \(item.number) is not in the sample bank: «\(item.prompt)»")
            }
            let isMeantWrong = item.number == wrong.number
            let answer = isMeantWrong ? Self.wrong(key, item) : Self.right(key, item)
            guard let answer else { throw WrongOutcome("the answer to item \(item.number) is not among its options") }
            return AnswerGiven(item: item, answer: answer, isMeantWrong: isMeantWrong)
        }
    }

    /// What the grade must be, by the key: points in hundredths and the grade of the five-point scale.
    var expected: (awarded: Int, maximum: Int, percent: Int, grade: String) {
        let maximum = answers.reduce(0) { $0 + $1.item.points }
        let awarded = answers.filter { !$0.isMeantWrong }.reduce(0) { $0 + $1.item.points }
        let scale = [(85, "excellent"), (70, "good"), (50, "satisfactory")]
        let grade = scale.first { awarded * 100 >= $0.0 * maximum }?.1 ?? "unsatisfactory"
        return (awarded, maximum, maximum > 0 ? awarded * 100 / maximum : 0, grade)
    }

    private static func right(_ key: AnswerKey, _ item: TicketItem) -> JSON? {
        switch key {
        case .option(let text):
            return item.options.firstIndex(of: text).map { ["type": "choice", "index": .number(Double($0))] }
        case .options(let texts):
            let places = texts.compactMap { item.options.firstIndex(of: $0) }
            return places.count == texts.count ? choices(places) : nil
        case .truth(let value): return ["type": "truth", "value": .bool(value)]
        case .number(let text): return ["type": "number", "value": .string(text)]
        case .text(let text): return ["type": "text", "text": .string(text)]
        case .pairs(let pairs): return places(of: pairs, item).map { matches($0) }
        }
    }

    /// An answer of the same kind that earns nothing.
    private static func wrong(_ key: AnswerKey, _ item: TicketItem) -> JSON? {
        switch key {
        case .option(let text):
            return item.options.firstIndex { $0 != text }.map { ["type": "choice", "index": .number(Double($0))] }
        case .options(let texts): return choices(item.options.indices.filter { !texts.contains(item.options[$0]) })
        case .truth(let value): return ["type": "truth", "value": .bool(!value)]
        case .number: return ["type": "number", "value": "0"]
        case .text: return ["type": "text", "text": "не знаю"]
        case .pairs(let pairs): return places(of: pairs, item).map { matches(Array($0.dropFirst() + $0.prefix(1))) }
        }
    }

    private static func places(of pairs: [String: String], _ item: TicketItem) -> [Int]? {
        let places = item.pairPrompts.compactMap { pairs[$0] }.compactMap { item.pairChoices.firstIndex(of: $0) }
        return places.count == item.pairPrompts.count ? places : nil
    }

    private static func choices(_ places: [Int]) -> JSON {
        ["type": "choices", "indexes": .array(places.map { .number(Double($0)) })]
    }

    private static func matches(_ places: [Int]) -> JSON {
        ["type": "matches", "indexes": .array(places.map { .number(Double($0)) })]
    }
}
