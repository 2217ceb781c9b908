public import Foundation
public import QuestionBank

/// How a ticket is put together: how many items of which sort, how long, in what order, how it is graded.
public struct Blueprint: Hashable, Sendable, Codable {
    /// The most sections a blueprint may have.
    public static let sectionLimit = 32
    /// The most items a ticket may have.
    public static let itemLimit = 500

    /// The sections in the order in which they are drawn.
    public var sections: [BlueprintSection]
    /// Whether the items come in an order of each ticket's own.
    public var shuffleQuestions: Bool
    /// Whether options come in an order of each ticket's own. Right-hand sides of pairs always do.
    public var shuffleOptions: Bool
    /// The base time in seconds.
    public var durationSeconds: Int
    /// How points become a grade.
    public var gradingScale: GradingScale
    /// What candidates may use; nil where nothing was said.
    public var aids: Aids?

    /// What candidates may use.
    public struct Aids: Hashable, Sendable, Codable {
        /// Which calculator is allowed.
        public enum Calculator: String, Hashable, Sendable, Codable, CaseIterable {
            case none, basic, scientific
        }

        /// Which calculator is allowed.
        public var calculator: Calculator
        /// What else is, in words: a table, a standard, a dictionary.
        public var allowed: [String]

        /// Makes a value.
        public init(calculator: Calculator, allowed: [String] = []) {
            self.calculator = calculator
            self.allowed = allowed
        }
    }

    enum CodingKeys: String, CodingKey {
        case sections, aids
        case shuffleQuestions = "shuffle_questions"
        case shuffleOptions = "shuffle_options"
        case durationSeconds = "duration_seconds"
        case gradingScale = "grading_scale"
    }

    /// Makes a blueprint.
    public init(
        sections: [BlueprintSection],
        shuffleQuestions: Bool = true,
        shuffleOptions: Bool = true,
        durationSeconds: Int,
        gradingScale: GradingScale = .fivePoint,
        aids: Aids? = nil
    ) {
        self.sections = sections
        self.shuffleQuestions = shuffleQuestions
        self.shuffleOptions = shuffleOptions
        self.durationSeconds = durationSeconds
        self.gradingScale = gradingScale
        self.aids = aids
    }

    /// How many items a ticket has; a section counts with at most ``itemLimit``.
    public var itemCount: Int { sections.reduce(0) { $0 + min(max($1.count, 0), Self.itemLimit) } }
}

/// A number of items of one sort. A filter that is nil lets everything through.
public struct BlueprintSection: Hashable, Sendable, Codable {
    /// The topic, with all topics below it.
    public var topic: String?
    /// The types allowed.
    public var types: [QuestionType]?
    /// The difficulty, 1–5.
    public var difficulty: Int?
    /// The credit unit.
    public var creditUnit: Int?
    /// The named pool; questions belong to it by the tag `pool=…`.
    public var pool: String?
    /// Just these questions, on every ticket; nothing else is asked for then, and ``count`` is their number.
    public var fixed: [UUID]?
    /// How many items.
    public var count: Int
    /// What each is worth; nil leaves what the question says.
    public var pointsEach: Points?

    enum CodingKeys: String, CodingKey {
        case topic, types, difficulty, pool, fixed, count
        case creditUnit = "credit_unit"
        case pointsEach = "points_each"
    }

    /// Makes a section.
    public init(
        topic: String? = nil,
        types: [QuestionType]? = nil,
        difficulty: Int? = nil,
        creditUnit: Int? = nil,
        pool: String? = nil,
        count: Int,
        pointsEach: Points? = nil
    ) {
        self.topic = topic
        self.types = types
        self.difficulty = difficulty
        self.creditUnit = creditUnit
        self.pool = pool
        self.count = count
        self.pointsEach = pointsEach
    }

    /// Makes a section of questions that stand on every ticket.
    public init(fixed: [UUID], pointsEach: Points? = nil) {
        self.fixed = fixed
        count = fixed.count
        self.pointsEach = pointsEach
    }

    /// Whether a question fits every filter.
    public func accepts(_ question: QuestionSummary) -> Bool {
        guard question.isOffered, !question.isPractice, fixed == nil else { return false }
        if let pool, !question.pools.contains(pool) { return false }
        if let topic, !TopicPath.contains(topic, question.topic) { return false }
        if let types, !types.contains(question.type) { return false }
        if let difficulty, question.difficulty != difficulty { return false }
        if let creditUnit, question.creditUnit != creditUnit { return false }
        return true
    }

    /// What the section asks for, in words.
    public var label: BilingualText {
        var ru: [String] = []
        var en: [String] = []
        if let topic {
            ru.append("тема «\(topic)»")
            en.append("topic “\(topic)”")
        }
        if let types {
            ru.append(types.map(\.label.ru).joined(separator: " или "))
            en.append(types.map(\.label.en).joined(separator: " or "))
        }
        if let difficulty {
            ru.append("сложность \(difficulty)")
            en.append("difficulty \(difficulty)")
        }
        if let creditUnit {
            ru.append("зачётная единица \(creditUnit)")
            en.append("credit unit \(creditUnit)")
        }
        if let pool {
            ru.append("набор «\(pool)»")
            en.append("pool “\(pool)”")
        }
        if fixed != nil { return BilingualText(ru: "закреплённые вопросы", en: "fixed questions") }
        return BilingualText(
            ru: ru.isEmpty ? "любые вопросы" : ru.joined(separator: ", "),
            en: en.isEmpty ? "any questions" : en.joined(separator: ", ")
        )
    }
}
