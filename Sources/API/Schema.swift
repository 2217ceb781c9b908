import Foundation
import TransparencyLog

/// The shape of a JSON value. It is published in the OpenAPI document and every body is checked against it before
/// a handler sees it, so the description cannot drift from what the service accepts.
indirect enum Schema: Sendable {
    case string(StringRule)
    case integer(ClosedRange<Int64>)
    case number
    case boolean
    case array(of: Schema, count: ClosedRange<Int>)
    case object([Property])
    /// An object whose members all have one shape.
    case dictionary(of: Schema)
    /// One of several shapes.
    case either([Schema])
    /// A shape that several endpoints share, by its name in the document.
    case named(String, Schema)
    /// The shape or `null`.
    case nullable(Schema)

    /// What a string must be like. Lengths count Unicode scalars, as JSON Schema does.
    struct StringRule: Sendable {
        var length: ClosedRange<Int> = 0...10_000
        var format: Format?
        var values: [String]?
        var pattern: String?
        var example: String?
        var isWriteOnly = false
    }

    /// The formats that are checked.
    enum Format: String, Sendable {
        case uuid
        case dateTime = "date-time"
        case email
    }

    /// A member of an object.
    struct Property: Sendable {
        var name: String
        var schema: Schema
        var isRequired: Bool
        var summary: String

        init(_ name: String, _ schema: Schema, _ summary: String, required: Bool = true) {
            self.name = name
            self.schema = schema
            self.summary = summary
            isRequired = required
        }
    }

    // Shorthands that make the endpoint tables readable.

    static func text(_ length: ClosedRange<Int> = 0...10_000, example: String? = nil) -> Schema {
        .string(StringRule(length: length, example: example))
    }

    static let uuid = Schema.string(StringRule(length: 36...36, format: .uuid))
    static let time = Schema.string(StringRule(length: 20...40, format: .dateTime))

    /// A place in an order; JSON holds whole numbers exactly up to 2^53 − 1 (RFC 7493 §2.2).
    static let index = Schema.integer(0...9_007_199_254_740_991)

    static func oneOf(_ values: [String]) -> Schema { .string(StringRule(values: values)) }
}

// MARK: - Checking

extension Schema {
    /// A place where a value does not have the shape.
    struct Fault: Hashable, Sendable {
        /// JSON Pointer (RFC 6901) to the place.
        var pointer: String
        /// What was expected there.
        var expectation: String
    }

    /// Checks a value; an empty answer means that it fits.
    func faults(in value: JSONValue, at pointer: String = "") -> [Fault] {
        func fault(_ expectation: String) -> [Fault] { [Fault(pointer: pointer, expectation: expectation)] }
        switch self {
        case .string(let rule):
            guard case .string(let text) = value else { return fault("a string") }
            return rule.expectation(unmetBy: text).map(fault) ?? []
        case .integer(let range):
            guard let number = value.wholeNumber, range.contains(number) else {
                return fault("a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return []
        case .number:
            return value.isNumber ? [] : fault("a number")
        case .boolean:
            guard case .bool = value else { return fault("true or false") }
            return []
        case .array(let element, let count):
            guard case .array(let values) = value else { return fault("an array") }
            guard count.contains(values.count) else {
                return fault("from \(count.lowerBound) to \(count.upperBound) elements")
            }
            return values.enumerated().flatMap { element.faults(in: $1, at: "\(pointer)/\($0)") }
        case .object(let properties):
            guard case .object(let members) = value else { return fault("an object") }
            return properties.flatMap { property -> [Fault] in
                let place = "\(pointer)/\(property.name)"
                guard let member = members[property.name] else {
                    return property.isRequired ? [Fault(pointer: place, expectation: "a value: it is missing")] : []
                }
                return property.schema.faults(in: member, at: place)
            }
        case .dictionary(let element):
            guard case .object(let members) = value else { return fault("an object") }
            return members.flatMap { element.faults(in: $1, at: "\(pointer)/\($0)") }
        case .either(let alternatives):
            let tries = alternatives.map { $0.faults(in: value, at: pointer) }
            if tries.contains(where: \.isEmpty) { return [] }
            // The alternative that came nearest says the most.
            return tries.min { $0.count < $1.count } ?? fault("another value")
        case .named(_, let schema):
            return schema.faults(in: value, at: pointer)
        case .nullable(let schema):
            if case .null = value { return [] }
            return schema.faults(in: value, at: pointer)
        }
    }
}

extension Schema.StringRule {
    /// What is expected that a text does not meet.
    func expectation(unmetBy text: String) -> String? {
        if let values { return values.contains(text) ? nil : "one of \(values.joined(separator: ", "))" }
        guard length.contains(text.unicodeScalars.count) else {
            return "from \(length.lowerBound) to \(length.upperBound) characters"
        }
        // No database stores it, and no person types it.
        guard !text.unicodeScalars.contains("\u{0}") else { return "text without the character U+0000" }
        switch format {
        case .uuid where UUID(uuidString: text) == nil: return "a UUID"
        case .dateTime where Timestamp.date(text) == nil: return "a time as in 2026-01-31T09:00:00Z (RFC 3339)"
        default: break
        }
        if let pattern, text.range(of: pattern, options: .regularExpression) == nil {
            return "text of the form \(pattern)"
        }
        return nil
    }
}

extension JSONValue {
    /// The value as a whole number; 2.0 is one too, as in JSON Schema.
    var wholeNumber: Int64? {
        switch self {
        case .integer(let value): value
        case .double(let value): Int64(exactly: value)
        default: nil
        }
    }

    var isNumber: Bool {
        switch self {
        case .integer, .double: true
        default: false
        }
    }
}
