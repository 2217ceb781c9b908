/// What a question asks for, with the key to grade it.
public enum QuestionKind: Hashable, Sendable {
    /// One of the options; those with full weight are right, others may earn a part.
    case singleChoice([ChoiceOption])
    /// Any of the options; the weights of those chosen are added up.
    case multipleChoice([ChoiceOption])
    /// True or false.
    case trueFalse(TruthKey)
    /// A number; the best accepted answer counts. The feedback is for a number that none accepts.
    case numeric([NumericAnswer], wrongFeedback: FormattedText?)
    /// A short text; the best accepted answer counts.
    case shortText([TextAnswer], isCaseSensitive: Bool)
    /// Pairs, and right-hand sides that belong to none.
    case matching([MatchingPair], distractors: [String])
    /// A free text for a person to grade.
    case essay

    /// The kind's name.
    public var type: QuestionType {
        switch self {
        case .singleChoice: .singleChoice
        case .multipleChoice: .multipleChoice
        case .trueFalse: .trueFalse
        case .numeric: .numeric
        case .shortText: .shortText
        case .matching: .matching
        case .essay: .essay
        }
    }

    /// How many things are ordered on the ticket: options, or the left-hand sides of a matching question.
    public var optionCount: Int {
        switch self {
        case .singleChoice(let options), .multipleChoice(let options): options.count
        case .matching(let pairs, _): pairs.count
        case .trueFalse, .numeric, .shortText, .essay: 0
        }
    }

    /// The different right-hand sides of a matching question in the order in which they first appear.
    public var matchChoices: [String] {
        guard case .matching(let pairs, let distractors) = self else { return [] }
        var seen: Set<String> = []
        return (pairs.map(\.match) + distractors).filter { seen.insert($0).inserted }
    }
}

extension QuestionKind: Codable {
    enum CodingKeys: String, CodingKey {
        case type, options, key, answers, pairs, distractors
        case isCaseSensitive = "case_sensitive"
        case wrongFeedback = "wrong_feedback"
    }

    /// Reads a kind by its `type`.
    ///
    /// - Throws: `DecodingError` for an unknown type or a part missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(QuestionType.self, forKey: .type) {
        case .singleChoice:
            self = .singleChoice(try container.decode([ChoiceOption].self, forKey: .options))
        case .multipleChoice:
            self = .multipleChoice(try container.decode([ChoiceOption].self, forKey: .options))
        case .trueFalse:
            self = .trueFalse(try container.decode(TruthKey.self, forKey: .key))
        case .numeric:
            self = .numeric(
                try container.decode([NumericAnswer].self, forKey: .answers),
                wrongFeedback: try container.decodeIfPresent(FormattedText.self, forKey: .wrongFeedback)
            )
        case .shortText:
            self = .shortText(
                try container.decode([TextAnswer].self, forKey: .answers),
                isCaseSensitive: try container.decodeIfPresent(Bool.self, forKey: .isCaseSensitive) ?? false
            )
        case .matching:
            self = .matching(
                try container.decode([MatchingPair].self, forKey: .pairs),
                distractors: try container.decodeIfPresent([String].self, forKey: .distractors) ?? []
            )
        case .essay:
            self = .essay
        }
    }

    /// Writes the kind with its `type`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        switch self {
        case .singleChoice(let options), .multipleChoice(let options):
            try container.encode(options, forKey: .options)
        case .trueFalse(let key):
            try container.encode(key, forKey: .key)
        case .numeric(let answers, let wrongFeedback):
            try container.encode(answers, forKey: .answers)
            try container.encodeIfPresent(wrongFeedback, forKey: .wrongFeedback)
        case .shortText(let answers, let isCaseSensitive):
            try container.encode(answers, forKey: .answers)
            try container.encode(isCaseSensitive, forKey: .isCaseSensitive)
        case .matching(let pairs, let distractors):
            try container.encode(pairs, forKey: .pairs)
            try container.encode(distractors, forKey: .distractors)
        case .essay:
            break
        }
    }
}
