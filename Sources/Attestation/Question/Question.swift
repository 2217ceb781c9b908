public import Foundation

/// A question of the bank, in one version.
///
/// A version never changes: an edited question is a new version under the same identifier, and tickets keep theirs.
public struct Question: Hashable, Sendable, Codable, Identifiable {
    /// The question's identifier, the same in all versions.
    public var id: UUID
    /// The version, from 1.
    public var version: Int
    /// The code of the discipline.
    public var discipline: String
    /// The topic; a path with `/` when topics are nested. Empty when none was given.
    public var topic: String
    /// The credit unit of the discipline, from 1.
    public var creditUnit: Int?
    /// How hard it is, 1 (easy) to 5 (hard).
    public var difficulty: Int?
    /// A name for staff; candidates do not see it.
    public var title: String
    /// What is asked.
    public var prompt: FormattedText
    /// What it is worth unless the blueprint says otherwise.
    public var points: Points
    /// What kind of answer is wanted, with the key.
    public var kind: QuestionKind
    /// An explanation for afterwards, whatever was answered.
    public var generalFeedback: FormattedText?
    /// Free tags.
    public var tags: [String]
    /// The identifier in the system the question comes from.
    public var externalID: String?

    enum CodingKeys: String, CodingKey {
        case id, version, discipline, topic, difficulty, title, prompt, points, kind, tags
        case creditUnit = "credit_unit"
        case generalFeedback = "general_feedback"
        case externalID = "external_id"
    }

    /// Makes a question.
    public init(
        id: UUID,
        version: Int = 1,
        discipline: String,
        topic: String = "",
        creditUnit: Int? = nil,
        difficulty: Int? = nil,
        title: String,
        prompt: FormattedText,
        points: Points = .one,
        kind: QuestionKind,
        generalFeedback: FormattedText? = nil,
        tags: [String] = [],
        externalID: String? = nil
    ) {
        self.id = id
        self.version = version
        self.discipline = discipline
        self.topic = topic
        self.creditUnit = creditUnit
        self.difficulty = difficulty
        self.title = title
        self.prompt = prompt
        self.points = points
        self.kind = kind
        self.generalFeedback = generalFeedback
        self.tags = tags
        self.externalID = externalID
    }

    /// What a ticket needs to know about it.
    public var summary: QuestionSummary {
        QuestionSummary(
            id: id,
            version: version,
            topic: topic,
            type: kind.type,
            difficulty: difficulty,
            creditUnit: creditUnit,
            points: points,
            optionCount: kind.optionCount,
            matchCount: kind.matchChoices.count
        )
    }
}

/// What drawing a ticket needs to know about a question: never its text or key.
public struct QuestionSummary: Hashable, Sendable, Codable, Identifiable {
    /// The question's identifier.
    public var id: UUID
    /// The question's version.
    public var version: Int
    /// Its topic.
    public var topic: String
    /// Its kind.
    public var type: QuestionType
    /// How hard it is, 1–5.
    public var difficulty: Int?
    /// Its credit unit.
    public var creditUnit: Int?
    /// What it is worth.
    public var points: Points
    /// How many options or left-hand sides it has, 0 where there are none.
    public var optionCount: Int
    /// How many different right-hand sides it has, 0 where there are none.
    public var matchCount: Int

    enum CodingKeys: String, CodingKey {
        case id, version, topic, type, difficulty, points
        case creditUnit = "credit_unit"
        case optionCount = "option_count"
        case matchCount = "match_count"
    }

    /// Makes a summary.
    public init(
        id: UUID,
        version: Int = 1,
        topic: String,
        type: QuestionType,
        difficulty: Int? = nil,
        creditUnit: Int? = nil,
        points: Points = .one,
        optionCount: Int = 0,
        matchCount: Int = 0
    ) {
        self.id = id
        self.version = version
        self.topic = topic
        self.type = type
        self.difficulty = difficulty
        self.creditUnit = creditUnit
        self.points = points
        self.optionCount = optionCount
        self.matchCount = matchCount
    }
}
