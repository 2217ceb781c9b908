import Accounts
import Foundation
import TransparencyLog
import Workflows

extension Schema {
    /// A place where a value does not have the shape.
    struct Fault: Hashable, Sendable {
        /// JSON Pointer (RFC 6901) to the place.
        var pointer: String
        /// What was expected there.
        var expectation: LocalizedText
    }

    /// Checks a value; an empty answer means that it fits.
    func faults(in value: JSONValue, at pointer: String = "") -> [Fault] {
        func fault(ru: String, en: String) -> [Fault] {
            [Fault(pointer: pointer, expectation: LocalizedText(ru: ru, en: en))]
        }
        switch self {
        case .string(let rule):
            guard case .string(let text) = value else { return fault(ru: "строка", en: "a string") }
            return rule.expectation(unmetBy: text).map { [Fault(pointer: pointer, expectation: $0)] } ?? []
        case .integer(let range):
            guard let number = value.wholeNumber, range.contains(number) else {
                return fault(
                    ru: "целое число от \(range.lowerBound) до \(range.upperBound)",
                    en: "a whole number from \(range.lowerBound) to \(range.upperBound)"
                )
            }
            return []
        case .number:
            return value.isNumber ? [] : fault(ru: "число", en: "a number")
        case .boolean:
            guard case .bool = value else { return fault(ru: "true или false", en: "true or false") }
            return []
        case .array(let element, let count):
            guard case .array(let values) = value else { return fault(ru: "массив", en: "an array") }
            guard count.contains(values.count) else {
                return fault(
                    ru: "от \(count.lowerBound) до \(count.upperBound) элементов",
                    en: "from \(count.lowerBound) to \(count.upperBound) elements"
                )
            }
            return values.enumerated().flatMap { element.faults(in: $1, at: "\(pointer)/\($0)") }
        case .object(let properties):
            guard case .object(let members) = value else { return fault(ru: "объект", en: "an object") }
            return properties.flatMap { property -> [Fault] in
                let place = "\(pointer)/\(property.name)"
                guard let member = members[property.name] else {
                    return property.isRequired ? [Fault(pointer: place, expectation: .missing)] : []
                }
                return property.schema.faults(in: member, at: place)
            }
        case .dictionary(let element):
            guard case .object(let members) = value else { return fault(ru: "объект", en: "an object") }
            return members.flatMap { element.faults(in: $1, at: "\(pointer)/\(Self.token($0))") }
        case .either(let alternatives):
            let tries = alternatives.map { $0.faults(in: value, at: pointer) }
            if tries.contains(where: \.isEmpty) { return [] }
            // The alternative that came nearest says the most.
            return tries.min { $0.count < $1.count } ?? fault(ru: "другое значение", en: "another value")
        case .named(_, let schema):
            return schema.faults(in: value, at: pointer)
        case .nullable(let schema):
            if case .null = value { return [] }
            return schema.faults(in: value, at: pointer)
        }
    }
}

extension Schema {
    /// A member's name as a part of a JSON Pointer (RFC 6901 §3), shortened where it is very long.
    private static func token(_ name: String) -> String {
        name.prefix(64).replacingOccurrences(of: "~", with: "~0").replacingOccurrences(of: "/", with: "~1")
    }
}

extension LocalizedText {
    fileprivate static let missing = LocalizedText(ru: "значение: его нет", en: "a value: it is missing")
    /// A query has a parameter that the endpoint does not.
    static let noSuchParameter = LocalizedText(
        ru: "ничего: такого параметра нет",
        en: "none: there is no such parameter"
    )
    /// A query has a parameter more than once.
    static let oneValue = LocalizedText(ru: "одно значение, а не несколько", en: "one value, not several")
}

extension Schema.StringRule {
    /// What is expected that a text does not meet.
    func expectation(unmetBy text: String) -> LocalizedText? {
        if let values {
            let list = values.joined(separator: ", ")
            return values.contains(text) ? nil : LocalizedText(ru: "одно из: \(list)", en: "one of \(list)")
        }
        guard length.contains(text.unicodeScalars.count) else {
            return LocalizedText(
                ru: "от \(length.lowerBound) до \(length.upperBound) знаков",
                en: "from \(length.lowerBound) to \(length.upperBound) characters"
            )
        }
        // No database stores it, and no person types it.
        guard !text.unicodeScalars.contains("\u{0}") else {
            return LocalizedText(ru: "текст без знака U+0000", en: "text without the character U+0000")
        }
        switch format {
        case .uuid where UUID(uuidString: text) == nil:
            return LocalizedText(ru: "UUID", en: "a UUID")
        case .dateTime where Timestamp.date(text) == nil:
            let example = "2026-01-31T09:00:00Z (RFC 3339)"
            return LocalizedText(ru: "время в виде \(example)", en: "a time as in \(example)")
        case .date where !text.contains("-") || CalendarDay(text) == nil:
            return LocalizedText(ru: "день в виде 2026-01-31", en: "a day as in 2026-01-31")
        default: break
        }
        if let pattern, text.range(of: pattern, options: .regularExpression) == nil {
            return LocalizedText(ru: "текст вида \(pattern)", en: "text of the form \(pattern)")
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
