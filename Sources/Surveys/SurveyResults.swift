/// What a survey came to, for each audience apart; nothing of a group that is too small.
public struct SurveyResults: Hashable, Sendable {
    /// A group's answers, counted.
    public struct Group: Hashable, Sendable {
        /// Who.
        public var audience: Survey.Audience
        /// How many answered; nil where so few did that nothing is shown.
        public var answered: Int?
        /// The questions' results, in their order; empty where nothing is shown.
        public var questions: [Line]
    }

    /// What came of one question.
    public struct Line: Hashable, Sendable {
        /// The question.
        public var question: Survey.Question
        /// How many answered it; nil where too few did.
        public var count: Int?
        /// The mean of a scale, in hundredths.
        public var meanHundredths: Int?
        /// How many chose each point or choice, from the first.
        public var counts: [Int]
        /// The words, in no order that tells anything.
        public var texts: [String]
    }

    /// The groups.
    public let groups: [Group]

    /// Counts answers.
    ///
    /// - Parameter answers: the answers of each audience, each a person's.
    public init(_ survey: Survey, answers: [Survey.Audience: [[String: Survey.Answer]]]) {
        groups = Survey.Audience.allCases.map { audience in
            let given = answers[audience] ?? []
            guard given.count >= survey.smallestGroup else {
                return Group(audience: audience, answered: nil, questions: [])
            }
            let lines = survey.questions.map { question in
                Self.line(question, given.compactMap { $0[question.id] }, survey.smallestGroup)
            }
            return Group(audience: audience, answered: given.count, questions: lines)
        }
    }

    private static func line(
        _ question: Survey.Question,
        _ answers: [Survey.Answer],
        _ smallest: Int
    ) -> Line {
        var line = Line(question: question, counts: [], texts: [])
        // Who left a question out is not told either, where few answered it.
        guard answers.count >= smallest else { return line }
        line.count = answers.count
        let numbers = answers.compactMap { answer in
            if case .number(let number) = answer { number } else { nil }
        }
        switch question.kind {
        case .scale:
            line.counts = (1...5).map { point in numbers.count { $0 == point } }
            line.meanHundredths = (numbers.reduce(0, +) * 100 + numbers.count / 2) / max(1, numbers.count)
        case .choice: line.counts = question.russianChoices.indices.map { choice in numbers.count { $0 == choice } }
        case .text:
            line.texts = answers.compactMap { answer in
                if case .text(let text) = answer { text } else { nil }
            }.sorted()
        }
        return line
    }
}
