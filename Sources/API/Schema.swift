import Foundation

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
        case date
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

    /// A day, `2026-01-31` (RFC 3339 full-date).
    static let day = Schema.string(StringRule(length: 10...10, format: .date))

    /// A place in an order; JSON holds whole numbers exactly up to 2^53 − 1 (RFC 7493 §2.2).
    static let index = Schema.integer(0...9_007_199_254_740_991)

    static func oneOf(_ values: [String]) -> Schema { .string(StringRule(values: values)) }
}
