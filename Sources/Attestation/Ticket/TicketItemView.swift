/// What a candidate may see of an item: nothing in it tells what is right.
///
/// Options and right-hand sides stand in the ticket's order; title, identifier, weights, key and feedback are absent.
public struct TicketItemView: Hashable, Sendable, Codable {
    /// The number on the ticket, from 1.
    public let number: Int
    /// The kind of answer wanted.
    public let type: QuestionType
    /// What is asked.
    public let prompt: FormattedText
    /// What it is worth.
    public let points: Points
    /// The options of a choice question, otherwise empty.
    public let options: [FormattedText]
    /// The left-hand sides of a matching question, otherwise empty.
    public let pairPrompts: [FormattedText]
    /// The right-hand sides of a matching question, otherwise empty.
    public let pairChoices: [String]

    enum CodingKeys: String, CodingKey {
        case number, type, prompt, points, options
        case pairPrompts = "pair_prompts"
        case pairChoices = "pair_choices"
    }

    /// Makes the view of an item.
    ///
    /// - Throws: ``TicketError`` with code `questionMismatch` when `question` is not the one the item names.
    public init(item: TicketItem, question: Question) throws(TicketError) {
        try item.requireMatch(question)
        number = item.number
        type = item.type
        prompt = question.prompt
        points = item.points
        switch question.kind {
        case .singleChoice(let options), .multipleChoice(let options):
            self.options = item.optionOrder.map { options[$0].text }
            pairPrompts = []
            pairChoices = []
        case .matching(let pairs, _):
            let choices = question.kind.matchChoices
            options = []
            pairPrompts = item.optionOrder.map { pairs[$0].prompt }
            pairChoices = item.matchOrder.map { choices[$0] }
        case .trueFalse, .numeric, .shortText, .essay:
            options = []
            pairPrompts = []
            pairChoices = []
        }
    }
}
