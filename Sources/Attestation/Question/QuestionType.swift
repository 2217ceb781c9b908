/// The name of a question's kind, as it appears in JSON and in blueprints.
public enum QuestionType: String, Hashable, Sendable, Codable, CaseIterable {
    /// One option is chosen.
    case singleChoice = "single_choice"
    /// Several options are chosen.
    case multipleChoice = "multiple_choice"
    /// A statement is true or false.
    case trueFalse = "true_false"
    /// A number is given.
    case numeric
    /// A word or a short phrase is given.
    case shortText = "short_text"
    /// Items of two lists are paired.
    case matching
    /// A free text that a person grades.
    case essay

    /// What people call it.
    public var label: BilingualText {
        switch self {
        case .singleChoice: BilingualText(ru: "одиночный выбор", en: "single choice")
        case .multipleChoice: BilingualText(ru: "множественный выбор", en: "multiple choice")
        case .trueFalse: BilingualText(ru: "верно или неверно", en: "true or false")
        case .numeric: BilingualText(ru: "числовой ответ", en: "numeric")
        case .shortText: BilingualText(ru: "краткий ответ", en: "short text")
        case .matching: BilingualText(ru: "соответствие", en: "matching")
        case .essay: BilingualText(ru: "развёрнутый ответ", en: "essay")
        }
    }

    /// Whether a person has to grade it.
    public var needsPerson: Bool { self == .essay }
}
