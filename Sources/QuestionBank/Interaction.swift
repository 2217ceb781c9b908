/// The kind of a question, by its name in JSON.
public enum QuestionType: String, Hashable, Sendable, Codable, CaseIterable {
    /// One option.
    case singleChoice = "single_choice"
    /// Several options.
    case multipleChoice = "multiple_choice"
    /// True or false.
    case trueFalse = "true_false"
    /// A number.
    case numeric
    /// A short text.
    case shortText = "short_text"
    /// Pairs.
    case matching
    /// An order.
    case ordering
    /// A text with gaps.
    case cloze
    /// A free text.
    case essay
    /// Files or photographs.
    case fileUpload = "file_upload"
    /// A text that asks nothing.
    case description
}

/// What a question asks for, with the key to grade it.
public enum Interaction: Hashable, Sendable {
    /// One or several of the options.
    case choice(Choice)
    /// True or false.
    case trueFalse(TrueFalse)
    /// A number.
    case numeric(NumericEntry)
    /// A short text.
    case shortText(TextEntry)
    /// Pairs.
    case matching(Matching)
    /// An order.
    case ordering(Ordering)
    /// A text with gaps.
    case cloze(Cloze)
    /// A text, files or both for a person to grade.
    case open(OpenResponse)
    /// Nothing: a text for the candidate between questions.
    case description

    /// The kind's name.
    public var type: QuestionType {
        switch self {
        case .choice(let choice): choice.isSingle ? .singleChoice : .multipleChoice
        case .trueFalse: .trueFalse
        case .numeric: .numeric
        case .shortText: .shortText
        case .matching: .matching
        case .ordering: .ordering
        case .cloze: .cloze
        case .open(let response): response.text == nil ? .fileUpload : .essay
        case .description: .description
        }
    }
}

extension Interaction: Codable {
    enum CodingKeys: String, CodingKey {
        case type, key
    }

    /// Reads a `key` by its `type`.
    ///
    /// - Throws: `DecodingError` for an unknown type or a part missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(QuestionType.self, forKey: .type) {
        case .singleChoice, .multipleChoice: self = .choice(try container.decode(Choice.self, forKey: .key))
        case .trueFalse: self = .trueFalse(try container.decode(TrueFalse.self, forKey: .key))
        case .numeric: self = .numeric(try container.decode(NumericEntry.self, forKey: .key))
        case .shortText: self = .shortText(try container.decode(TextEntry.self, forKey: .key))
        case .matching: self = .matching(try container.decode(Matching.self, forKey: .key))
        case .ordering: self = .ordering(try container.decode(Ordering.self, forKey: .key))
        case .cloze: self = .cloze(try container.decode(Cloze.self, forKey: .key))
        case .essay, .fileUpload: self = .open(try container.decode(OpenResponse.self, forKey: .key))
        case .description: self = .description
        }
    }

    /// Writes the `type` and the `key`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        switch self {
        case .choice(let key): try container.encode(key, forKey: .key)
        case .trueFalse(let key): try container.encode(key, forKey: .key)
        case .numeric(let key): try container.encode(key, forKey: .key)
        case .shortText(let key): try container.encode(key, forKey: .key)
        case .matching(let key): try container.encode(key, forKey: .key)
        case .ordering(let key): try container.encode(key, forKey: .key)
        case .cloze(let key): try container.encode(key, forKey: .key)
        case .open(let key): try container.encode(key, forKey: .key)
        case .description: break
        }
    }
}
