public import Foundation

/// A yearly survey of the quality of the services (row F6; S3 20): questions in both languages, open for a period.
public struct Survey: Hashable, Sendable, Codable, Identifiable {
    /// Who is asked; results are counted for each apart.
    public enum Audience: String, Hashable, Sendable, Codable, CaseIterable {
        /// People who study.
        case candidates
        /// People who work here.
        case staff
    }

    /// A question.
    public struct Question: Hashable, Sendable, Codable {
        /// How it is answered.
        public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
            /// A whole number from 1 to 5.
            case scale
            /// One of the choices, by its number from 0.
            case choice
            /// Words.
            case text
        }

        /// Its stable name within the survey.
        public var id: String
        /// How it is answered.
        public var kind: Kind
        /// In Russian.
        public var russian: String
        /// In English.
        public var english: String
        /// The choices in Russian; empty for other kinds.
        public var russianChoices: [String]
        /// The choices in English.
        public var englishChoices: [String]

        /// Makes a question.
        public init(
            id: String,
            kind: Kind,
            russian: String,
            english: String,
            russianChoices: [String] = [],
            englishChoices: [String] = []
        ) {
            self.id = id
            self.kind = kind
            self.russian = russian
            self.english = english
            self.russianChoices = russianChoices
            self.englishChoices = englishChoices
        }
    }

    /// An answer to a question.
    public enum Answer: Hashable, Sendable, Codable {
        /// A point of the scale, or a choice's number.
        case number(Int)
        /// Words.
        case text(String)
    }

    /// The identifier.
    public let id: UUID
    /// The year that it is about.
    public var year: Int
    /// Its title in Russian.
    public var russianTitle: String
    /// Its title in English.
    public var englishTitle: String
    /// From when it takes answers.
    public var opensAt: Date
    /// Until when.
    public var closesAt: Date
    /// The fewest answers of a group that are shown: fewer would tell who said what.
    public var smallestGroup: Int
    /// The questions.
    public var questions: [Question]

    /// The smallest group that an institution may choose.
    public static let leastGroup = 5

    /// Makes a survey.
    public init(
        id: UUID,
        year: Int,
        russianTitle: String,
        englishTitle: String,
        opensAt: Date,
        closesAt: Date,
        smallestGroup: Int = Survey.leastGroup,
        questions: [Question] = Survey.standardQuestions
    ) {
        self.id = id
        self.year = year
        self.russianTitle = russianTitle
        self.englishTitle = englishTitle
        self.opensAt = opensAt
        self.closesAt = closesAt
        self.smallestGroup = max(Self.leastGroup, smallestGroup)
        self.questions = questions
    }

    /// Whether it takes answers.
    public func isOpen(at now: Date) -> Bool { now >= opensAt && now < closesAt }

    /// Whether a set of answers fits the questions: known ones, each answered in its way; leaving some out is allowed.
    public func accepts(_ answers: [String: Answer]) -> Bool {
        guard !answers.isEmpty else { return false }
        return answers.allSatisfy { id, answer in
            guard let question = questions.first(where: { $0.id == id }) else { return false }
            return switch (question.kind, answer) {
            case (.scale, .number(let point)): (1...5).contains(point)
            case (.choice, .number(let choice)): question.russianChoices.indices.contains(choice)
            case (.text, .text(let text)): !text.isEmpty && text.count <= 2_000
            default: false
            }
        }
    }
}

extension Survey {
    /// What is asked unless the institution asks something else: the services of interaction (S3 5, 20).
    public static let standardQuestions: [Question] = [
        Question(
            id: "access",
            kind: .scale,
            russian: "Насколько легко было войти в службу и подготовиться к экзамену?",
            english: "How easy was it to log in and to get ready for the exam?"
        ),
        Question(
            id: "identification",
            kind: .scale,
            russian: "Насколько понятно и удобно проходила проверка личности?",
            english: "How clear and convenient was the identification?"
        ),
        Question(
            id: "stability",
            kind: .scale,
            russian: "Насколько устойчиво работала служба во время экзамена?",
            english: "How stable was the service during the exam?"
        ),
        Question(
            id: "help",
            kind: .scale,
            russian: "Насколько быстро и по делу вам помогали?",
            english: "How quick and useful was the help that you got?"
        ),
        Question(
            id: "privacy",
            kind: .scale,
            russian: "Насколько вы уверены, что ваши данные защищены?",
            english: "How sure are you that your data are protected?"
        ),
        Question(
            id: "device",
            kind: .choice,
            russian: "С какого устройства вы чаще всего работали?",
            english: "Which device did you mostly use?",
            russianChoices: ["компьютер или ноутбук", "планшет", "телефон"],
            englishChoices: ["computer or laptop", "tablet", "phone"]
        ),
        Question(
            id: "improve",
            kind: .text,
            russian: "Что стоит улучшить? Не пишите имён и других сведений о людях.",
            english: "What should be improved? Please name no people."
        ),
    ]
}
