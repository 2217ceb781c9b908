public import QuestionBank

extension QuestionType {
    /// What people call it.
    public var label: BilingualText {
        switch self {
        case .singleChoice: BilingualText(ru: "одиночный выбор", en: "single choice")
        case .multipleChoice: BilingualText(ru: "множественный выбор", en: "multiple choice")
        case .trueFalse: BilingualText(ru: "верно или неверно", en: "true or false")
        case .numeric: BilingualText(ru: "числовой ответ", en: "numeric")
        case .shortText: BilingualText(ru: "краткий ответ", en: "short text")
        case .matching: BilingualText(ru: "соответствие", en: "matching")
        case .ordering: BilingualText(ru: "установление последовательности", en: "ordering")
        case .cloze: BilingualText(ru: "текст с пропусками", en: "cloze")
        case .essay: BilingualText(ru: "развёрнутый ответ", en: "essay")
        case .fileUpload: BilingualText(ru: "файл или фотография", en: "file upload")
        case .description: BilingualText(ru: "пояснение без вопроса", en: "description")
        }
    }

    /// Whether a person has to grade it.
    public var needsPerson: Bool { self == .essay || self == .fileUpload }

    /// The kinds that stand on tickets: those that ask something.
    public static let asked = allCases.filter { $0 != .description }
}
