import Foundation

/// JSON whose shape the provider chooses.
enum JSONValue: Hashable, Sendable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// A member of an object.
    subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// A string's text.
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A number of seconds since 1970 (RFC 7519 §2, NumericDate).
    var date: Date? {
        // Nine thousand years; beyond, sums with tolerances would lose seconds.
        if case .number(let seconds) = self, (0...253_402_300_799).contains(seconds) {
            Date(timeIntervalSince1970: seconds)
        } else {
            nil
        }
    }

    /// The text of a string, or the texts of a list of strings: `aud` (RFC 7519 §4.1.3) and groups come as either.
    var texts: [String]? {
        switch self {
        case .string(let text):
            [text]
        case .array(let members):
            members.reduce([String]?([])) { list, member in
                guard let list, let text = member.text else { return nil }
                return list + [text]
            }
        default:
            nil
        }
    }
}
