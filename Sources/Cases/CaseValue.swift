public import Accounts
public import Foundation

/// A value that was filled in. Its JSON is the plain value.
public enum CaseValue: Hashable, Sendable {
    /// A text, a choice, a day, a moment or an identifier.
    case text(String)
    /// Yes or no.
    case flag(Bool)
    /// A whole number.
    case number(Int)
    /// Several identifiers.
    case texts([String])
    /// Lines of a table.
    case rows([[String: CaseValue]])

    /// The text, where it is one.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The truth value, where it is one.
    public var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    /// The number, where it is one.
    public var number: Int? { if case .number(let number) = self { number } else { nil } }
    /// The day, where the text is one.
    public var day: CalendarDay? { text.flatMap { CalendarDay($0) } }
    /// The identifier, where the text is one.
    public var id: UUID? { text.flatMap { UUID(uuidString: $0) } }
    /// The identifiers, where there are several.
    public var ids: [UUID] {
        if case .texts(let texts) = self { texts.compactMap { UUID(uuidString: $0) } } else { [] }
    }
    /// The lines, where it is a table.
    public var rows: [[String: CaseValue]] { if case .rows(let rows) = self { rows } else { [] } }

    /// The moment, where the text is one by RFC 3339, with or without fractions of a second.
    public var time: Date? {
        guard let text else { return nil }
        return (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}

extension CaseValue: Codable {
    /// Reads the plain value.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let texts = try? container.decode([String].self) {
            self = .texts(texts)
        } else {
            self = .rows(try container.decode([[String: CaseValue]].self))
        }
    }

    /// Writes the plain value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .texts(let texts): try container.encode(texts)
        case .rows(let rows): try container.encode(rows)
        }
    }
}
