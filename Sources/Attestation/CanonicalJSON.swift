public import Foundation

/// The one way this module's values become bytes: the same value always gives the same bytes.
///
/// UTF-8 JSON without white space, keys sorted, `/` not escaped, dates as ISO 8601 in UTC with milliseconds,
/// identifiers as Foundation writes them (upper case).
public enum CanonicalJSON {
    private static let dateStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// The bytes of `value`.
    ///
    /// - Throws: `EncodingError` when a value cannot be expressed in JSON.
    public static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            // The formatter cuts off, and every other millisecond lies a hair below its number: without the half
            // each rewriting of a record would move its times back.
            try container.encode(date.toMillisecond.addingTimeInterval(0.000_5).formatted(dateStyle))
        }
        return try encoder.encode(value)
    }

    /// Reads a value that ``encode(_:)`` wrote.
    ///
    /// - Throws: `DecodingError` when the bytes are not such a value.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            guard let date = try? dateStyle.parse(text) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "Not a date with milliseconds in UTC")
                )
            }
            return date.toMillisecond
        }
        return try decoder.decode(type, from: data)
    }
}

extension Date {
    /// The same moment to the nearest millisecond, which is what records keep.
    var toMillisecond: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 * 1000).rounded() / 1000)
    }
}
