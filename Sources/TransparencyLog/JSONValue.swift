/// A JSON value, as the log's bodies are made of.
///
/// Keys that differ in Unicode normalisation only are one key in Swift; a text that has both is refused at parsing.
public enum JSONValue: Hashable, Sendable {
    /// An object; its order plays no part.
    case object([String: JSONValue])
    /// An array.
    case array([JSONValue])
    /// A text.
    case string(String)
    /// A whole number from −(2^53 − 1) to 2^53 − 1, as every reader of JSON understands it (RFC 7493 §2.2).
    case integer(Int64)
    /// A finite binary64 number.
    case double(Double)
    /// A truth value.
    case bool(Bool)
    /// Nothing.
    case null
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object; the keys must differ.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(uniqueKeysWithValues: elements))
    }
    /// Null.
    public init(nilLiteral: ()) { self = .null }
}
