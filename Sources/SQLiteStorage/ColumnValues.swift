import Accounts
import Foundation

/// How the domains' values stand in columns: identifiers as text, times as whole microseconds since 1970.
extension SQLiteValue {
    static func id(_ id: UUID) -> SQLiteValue { .text(IdentifierText.text(id)) }

    static func id(_ id: UUID?) -> SQLiteValue { id.map { .id($0) } ?? .null }

    static func time(_ time: Date) -> SQLiteValue {
        .integer(Int64((time.timeIntervalSince1970 * 1_000_000).rounded()))
    }

    static func time(_ time: Date?) -> SQLiteValue { time.map { .time($0) } ?? .null }

    static func text(_ text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }

    static func json(_ value: some Encodable) throws -> SQLiteValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .text(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

extension SQLiteRow {
    func id(_ column: Int32) throws -> UUID {
        guard let id = withText(column, IdentifierText.identifier) else { throw damaged("identifier") }
        return id
    }

    func optionalID(_ column: Int32) throws -> UUID? { isNull(column) ? nil : try id(column) }

    func time(_ column: Int32) -> Date { Date(timeIntervalSince1970: Double(integer(column)) / 1_000_000) }

    func optionalTime(_ column: Int32) -> Date? { isNull(column) ? nil : time(column) }

    func optionalDay(_ column: Int32) throws -> CalendarDay? {
        guard let text = optionalText(column) else { return nil }
        guard let day = CalendarDay(text) else { throw damaged("day") }
        return day
    }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func json<Value: Decodable>(_ column: Int32, as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text(column).utf8))
    }

    func value<Value: RawRepresentable<String>>(_ column: Int32, as type: Value.Type) throws -> Value {
        guard let value = Value(rawValue: text(column)) else { throw damaged("\(type)") }
        return value
    }

    /// A stored value that its domain does not know: the database is damaged or newer than the program.
    func damaged(_ what: String) -> SQLiteError {
        SQLiteError(code: 11, reason: "a stored value is not a valid \(what)", sql: nil)
    }
}
