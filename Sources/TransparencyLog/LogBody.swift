public import Foundation

/// What an entry commits to: a JSON object in its canonical form that has at least `kind` and `at`.
///
/// The leaf's hash covers exactly ``bytes``.
public struct LogBody: Hashable, Sendable {
    /// What happened, such as `identification` or `grade`: lower-case ASCII letters, digits and `_`.
    public let kind: String
    /// When it happened, in whole milliseconds.
    public let timestamp: Date
    /// The canonical JSON (RFC 8785).
    public let bytes: [UInt8]

    /// A body from a JSON object.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedRecord` or `malformedJSON`.
    public init(_ json: JSONValue) throws {
        (kind, timestamp) = try Self.facts(of: json)
        bytes = try CanonicalJSON.encode(json)
    }

    /// A body from its bytes, which must be canonical already.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedRecord` or `malformedJSON`.
    public init(bytes: [UInt8]) throws {
        try self.init(CanonicalJSON.decode(bytes))
        guard self.bytes == bytes else {
            throw TransparencyLogError(.malformedJSON, "The body is not in its canonical form.")
        }
    }

    /// The kind and the moment that a body states.
    static func facts(of json: JSONValue) throws -> (kind: String, timestamp: Date) {
        guard case .object(let members) = json, case .string(let kind)? = members["kind"],
            case .string(let at)? = members["at"]
        else {
            throw TransparencyLogError(.malformedRecord, "A body is an object with the texts kind and at.")
        }
        guard isKind(kind) else {
            throw TransparencyLogError(.malformedRecord, "The kind \(kind) is not a lower-case word.")
        }
        guard let timestamp = LogTimestamp.date(at) else {
            throw TransparencyLogError(.malformedRecord, "\(at) is no moment like 2025-09-01T08:30:00.000Z.")
        }
        return (kind, timestamp)
    }

    /// Whether a body states this kind and this moment.
    static func states(_ kind: String, _ timestamp: Date, in body: [UInt8]) -> Bool {
        body.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(bytes)
            guard let found = try? parser.texts(of: ["kind", "at"]), let kindPlace = found[0], let atPlace = found[1]
            else { return false }
            return bytes[kindPlace].elementsEqual(kind.utf8)
                && LogTimestamp.milliseconds(utf8: bytes[atPlace]) == LogTimestamp.milliseconds(timestamp)
        }
    }

    private static func isKind(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f }
    }
}
