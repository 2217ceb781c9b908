/// A question of the bank, as rich as the formats that banks are exchanged in.
public struct BankQuestion: Hashable, Sendable, Codable {
    /// The identifier in the system that the question comes from (`idnumber`, `identifier`, `[id:…]`).
    public var externalID: String?
    /// The version in that system, from 1.
    public var version: Int?
    /// The discipline's code.
    public var discipline: String?
    /// The topic: the path of the category from the outermost one.
    public var topic: [String]
    /// The credit unit of the discipline, from 1.
    public var creditUnit: Int?
    /// How hard it is, 1 (easy) to 5 (hard).
    public var difficulty: Int?
    /// A name for staff; candidates do not see it.
    public var title: String
    /// What is asked. In a cloze question ``Cloze/marker(_:)`` stands for each gap.
    public var prompt: RichText
    /// What it is worth.
    public var points: ExactDecimal
    /// What each further try costs, as a part of the points; nil where the source does not say.
    public var penalty: Fraction?
    /// What kind of answer is wanted, with the key.
    public var interaction: Interaction
    /// An explanation for afterwards, whatever was answered.
    public var explanation: RichText?
    /// What is said about the answer as a whole.
    public var feedback: OutcomeFeedback
    /// Hints between tries, in their order.
    public var hints: [Hint]
    /// Free tags.
    public var tags: [String]
    /// Whether it is kept but not offered for new tickets.
    public var isHidden: Bool

    enum CodingKeys: String, CodingKey {
        case version, discipline, topic, difficulty, title, prompt, points, penalty, interaction, explanation, feedback,
            hints, tags
        case externalID = "external_id"
        case creditUnit = "credit_unit"
        case isHidden = "is_hidden"
    }

    /// Makes a question.
    public init(
        externalID: String? = nil,
        version: Int? = nil,
        discipline: String? = nil,
        topic: [String] = [],
        creditUnit: Int? = nil,
        difficulty: Int? = nil,
        title: String,
        prompt: RichText,
        points: ExactDecimal = .one,
        penalty: Fraction? = nil,
        interaction: Interaction,
        explanation: RichText? = nil,
        feedback: OutcomeFeedback = OutcomeFeedback(),
        hints: [Hint] = [],
        tags: [String] = [],
        isHidden: Bool = false
    ) {
        self.externalID = externalID
        self.version = version
        self.discipline = discipline
        self.topic = topic
        self.creditUnit = creditUnit
        self.difficulty = difficulty
        self.title = title
        self.prompt = prompt
        self.points = points
        self.penalty = penalty
        self.interaction = interaction
        self.explanation = explanation
        self.feedback = feedback
        self.hints = hints
        self.tags = tags
        self.isHidden = isHidden
    }

    /// The kind's name.
    public var type: QuestionType { interaction.type }
}

/// What a candidate reads about the answer as a whole.
public struct OutcomeFeedback: Hashable, Sendable, Codable {
    /// When everything is right.
    public var correct: RichText?
    /// When a part is right.
    public var partlyCorrect: RichText?
    /// When nothing is right.
    public var incorrect: RichText?
    /// Whether the number of right parts is told.
    public var showsNumberCorrect: Bool

    enum CodingKeys: String, CodingKey {
        case correct, incorrect
        case partlyCorrect = "partly_correct"
        case showsNumberCorrect = "shows_number_correct"
    }

    /// Makes feedback; empty unless said otherwise.
    public init(
        correct: RichText? = nil,
        partlyCorrect: RichText? = nil,
        incorrect: RichText? = nil,
        showsNumberCorrect: Bool = false
    ) {
        self.correct = correct
        self.partlyCorrect = partlyCorrect
        self.incorrect = incorrect
        self.showsNumberCorrect = showsNumberCorrect
    }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { self == OutcomeFeedback() }
}

/// A hint that is shown after a wrong try.
public struct Hint: Hashable, Sendable, Codable {
    /// The hint.
    public var text: RichText
    /// Whether the number of right parts is told with it.
    public var showsNumberCorrect: Bool
    /// Whether wrong parts are cleared with it.
    public var clearsWrong: Bool

    enum CodingKeys: String, CodingKey {
        case text
        case showsNumberCorrect = "shows_number_correct"
        case clearsWrong = "clears_wrong"
    }

    /// Makes a hint.
    public init(text: RichText, showsNumberCorrect: Bool = false, clearsWrong: Bool = false) {
        self.text = text
        self.showsNumberCorrect = showsNumberCorrect
        self.clearsWrong = clearsWrong
    }
}
