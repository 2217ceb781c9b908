/// What a candidate answered to one item, in the terms of what was shown.
///
/// Indices are places in the displayed order, from 0. In JSON the `type` tells the kind of answer; it is not the
/// question's type, because several kinds of questions take text.
public enum Answer: Hashable, Sendable {
    /// The option chosen.
    case choice(Int)
    /// The options chosen, in any order.
    case choices([Int])
    /// True or false.
    case truth(Bool)
    /// A number as it was typed, so that nothing typed is lost.
    case number(String)
    /// A short text.
    case text(String)
    /// For each left-hand side shown the place of the right-hand side chosen; nil where none was.
    case matches([Int?])
    /// A free text.
    case essay(String)

    /// The name in JSON.
    public var typeName: String { tag.rawValue }

    private var tag: Tag {
        switch self {
        case .choice: .choice
        case .choices: .choices
        case .truth: .truth
        case .number: .number
        case .text: .text
        case .matches: .matches
        case .essay: .essay
        }
    }

    private enum Tag: String, Codable {
        case choice, choices, truth, number, text, matches, essay
    }
}

extension Answer: Codable {
    enum CodingKeys: String, CodingKey {
        case type, index, indexes, value, text
    }

    /// Reads an answer by its `type`.
    ///
    /// - Throws: `DecodingError` for an unknown type or a part missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Tag.self, forKey: .type) {
        case .choice: self = .choice(try container.decode(Int.self, forKey: .index))
        case .choices: self = .choices(try container.decode([Int].self, forKey: .indexes))
        case .truth: self = .truth(try container.decode(Bool.self, forKey: .value))
        case .number: self = .number(try container.decode(String.self, forKey: .value))
        case .text: self = .text(try container.decode(String.self, forKey: .text))
        case .matches: self = .matches(try container.decode([Int?].self, forKey: .indexes))
        case .essay: self = .essay(try container.decode(String.self, forKey: .text))
        }
    }

    /// Writes the answer with its `type`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(tag, forKey: .type)
        switch self {
        case .choice(let index): try container.encode(index, forKey: .index)
        case .choices(let indexes): try container.encode(indexes, forKey: .indexes)
        case .truth(let value): try container.encode(value, forKey: .value)
        case .number(let text): try container.encode(text, forKey: .value)
        case .text(let text), .essay(let text): try container.encode(text, forKey: .text)
        case .matches(let indexes): try container.encode(indexes, forKey: .indexes)
        }
    }
}
