/// Header fields in the order they were added, with names compared without case (RFC 9110, section 5).
public struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// One header field.
    public struct Field: Sendable, Equatable {
        /// The name as it was written.
        public let name: String
        /// The value, without surrounding white space.
        public let value: String
    }

    /// The fields in their order.
    public private(set) var fields: [Field] = []

    /// Creates an empty set of fields.
    public init() {}

    /// Creates fields from pairs, leaving out those that ``add(_:_:)`` refuses.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements {
            add(name, value)
        }
    }

    /// The first value with this name; assigning replaces every value, and nil removes them.
    public subscript(name: String) -> String? {
        get {
            fields.first { Self.sameName($0.name, name) }?.value
        }
        set {
            if let newValue {
                set(name, newValue)
            } else {
                fields.removeAll { Self.sameName($0.name, name) }
            }
        }
    }

    /// Every value with this name, in order.
    public func values(for name: String) -> [String] {
        fields.filter { Self.sameName($0.name, name) }.map(\.value)
    }

    /// Adds a field after those already present.
    ///
    /// A name that is no token, or a value with a carriage return, a line feed, a NUL or another control character,
    /// is refused, so that text from outside can never start a new header line.
    /// - Returns: whether the field was added.
    @discardableResult
    public mutating func add(_ name: String, _ value: String) -> Bool {
        guard Self.isToken(name.utf8), Self.isFieldValue(value.utf8) else { return false }
        fields.append(Field(name: name, value: value))
        return true
    }

    /// Replaces every field of this name by one, under the same rules as ``add(_:_:)``.
    ///
    /// A refused field leaves the others untouched.
    /// - Returns: whether the field was set.
    @discardableResult
    public mutating func set(_ name: String, _ value: String) -> Bool {
        guard Self.isToken(name.utf8), Self.isFieldValue(value.utf8) else { return false }
        fields.removeAll { Self.sameName($0.name, name) }
        fields.append(Field(name: name, value: value))
        return true
    }

    /// Whether two names differ in nothing but ASCII case.
    static func sameName(_ first: String, _ second: String) -> Bool {
        let (first, second) = (first.utf8, second.utf8)
        return first.count == second.count && zip(first, second).allSatisfy { lowercased($0) == lowercased($1) }
    }

    /// Whether the bytes are a token (RFC 9110, section 5.6.2).
    static func isToken(_ bytes: some Sequence<UInt8>) -> Bool {
        var count = 0
        for byte in bytes {
            count += 1
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"),
                UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
                continue
            default:
                return false
            }
        }
        return count > 0
    }

    /// Whether the bytes hold no control character except the tab (RFC 9110, section 5.5).
    static func isFieldValue(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
