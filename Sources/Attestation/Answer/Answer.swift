public import Foundation

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
    /// A number as it was typed, so that nothing typed is lost, and its unit where units are asked for.
    case number(String, unit: String? = nil)
    /// A short text.
    case text(String)
    /// For each left-hand side shown the place of the right-hand side chosen; nil where none was.
    case matches([Int?])
    /// The places of the things shown in the order that the candidate gives them.
    case order([Int])
    /// For each gap what goes into it: ``choice(_:)``, ``choices(_:)``, ``number(_:unit:)`` or ``text(_:)``; nil where
    /// it was left empty.
    case gaps([Answer?])
    /// A free text.
    case essay(String)
    /// Files that were uploaded for this item, with a text where one is asked for.
    case files([UUID], text: String? = nil)

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
        case .order: .order
        case .gaps: .gaps
        case .essay: .essay
        case .files: .files
        }
    }

    private enum Tag: String, Codable {
        case choice, choices, truth, number, text, matches, order, gaps, essay, files
    }

    /// Whether it says nothing.
    public var isBlank: Bool {
        switch self {
        case .choice, .truth, .order: false
        case .choices(let indexes): indexes.isEmpty
        case .matches(let indexes): indexes.allSatisfy { $0 == nil }
        case .gaps(let gaps): gaps.allSatisfy { $0?.isBlank ?? true }
        case .number(let text, _), .text(let text), .essay(let text): text.allSatisfy(\.isWhitespace)
        case .files(let files, let text): files.isEmpty && (text ?? "").allSatisfy(\.isWhitespace)
        }
    }
}

extension Answer: Codable {
    enum CodingKeys: String, CodingKey {
        case type, index, indexes, value, unit, text, answers, files
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
        case .number:
            self = .number(
                try container.decode(String.self, forKey: .value),
                unit: try container.decodeIfPresent(String.self, forKey: .unit)
            )
        case .text: self = .text(try container.decode(String.self, forKey: .text))
        case .matches: self = .matches(try container.decode([Int?].self, forKey: .indexes))
        case .order: self = .order(try container.decode([Int].self, forKey: .indexes))
        case .gaps: self = .gaps(try container.decode([Answer?].self, forKey: .answers))
        case .essay: self = .essay(try container.decode(String.self, forKey: .text))
        case .files:
            self = .files(
                try container.decode([UUID].self, forKey: .files),
                text: try container.decodeIfPresent(String.self, forKey: .text)
            )
        }
    }

    /// Writes the answer with its `type`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(tag, forKey: .type)
        switch self {
        case .choice(let index): try container.encode(index, forKey: .index)
        case .choices(let indexes), .order(let indexes): try container.encode(indexes, forKey: .indexes)
        case .truth(let value): try container.encode(value, forKey: .value)
        case .number(let text, let unit):
            try container.encode(text, forKey: .value)
            try container.encodeIfPresent(unit, forKey: .unit)
        case .text(let text), .essay(let text): try container.encode(text, forKey: .text)
        case .matches(let indexes): try container.encode(indexes, forKey: .indexes)
        case .gaps(let answers): try container.encode(answers, forKey: .answers)
        case .files(let files, let text):
            try container.encode(files.map { $0.uuidString.lowercased() }, forKey: .files)
            try container.encodeIfPresent(text, forKey: .text)
        }
    }
}
