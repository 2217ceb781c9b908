public import Foundation
public import QuestionBank

/// A number of points in hundredths, so that sums of grades are exact.
///
/// In JSON it is a decimal string with two places, such as `"1.50"`.
public struct Points: Hashable, Sendable, Comparable {
    /// The number of hundredths of a point.
    public let hundredths: Int

    /// No points.
    public static let zero = Points(hundredths: 0)
    /// One point, what an item is worth unless said otherwise.
    public static let one = Points(hundredths: 100)
    /// The most that one item or one ticket may be worth; sums below it cannot overflow.
    public static let limit = Points(hundredths: 100_000_000)

    /// Makes a value from hundredths of a point.
    public init(hundredths: Int) {
        self.hundredths = hundredths
    }

    /// Reads `"2"`, `"1.5"` or `"1.50"`; nil for anything else, more than two places or more than ``limit``.
    public init?(_ text: String) {
        var digits = text.utf8[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...7).contains(parts[0].count) else { return nil }
        guard parts.count == 1 || (1...2).contains(parts[1].count) else { return nil }
        var total = 0
        for part in parts {
            for byte in part {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                total = total * 10 + Int(byte - UInt8(ascii: "0"))
            }
        }
        let places = parts.count == 2 ? parts[1].count : 0
        for _ in places..<2 { total *= 10 }
        guard total <= Self.limit.hundredths else { return nil }
        self.init(hundredths: isNegative ? -total : total)
    }

    /// The nearest number of hundredths to a decimal number, halves away from zero, from zero to ``limit``.
    public init(nearest number: ExactDecimal) {
        var exact = number.value * 100
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, 0, .plain)
        let limited = min(max(rounded, 0), Decimal(Self.limit.hundredths))
        self.init(hundredths: NSDecimalNumber(decimal: limited).intValue)
    }

    /// The same number as a decimal one.
    public var decimal: Decimal { Decimal(hundredths) / 100 }

    /// The part `numerator`/`denominator` of these points, rounded to the nearest hundredth, halves upwards.
    ///
    /// - Precondition: `denominator` is positive and neither `numerator` nor the points are negative.
    public func share(_ numerator: Int, of denominator: Int) -> Points {
        precondition(denominator > 0 && numerator >= 0 && hundredths >= 0, "A share is of something positive")
        return Points(hundredths: (2 * hundredths * numerator + denominator) / (2 * denominator))
    }

    /// Whether one is fewer than the other.
    public static func < (left: Points, right: Points) -> Bool {
        left.hundredths < right.hundredths
    }

    /// The sum.
    public static func + (left: Points, right: Points) -> Points {
        Points(hundredths: left.hundredths + right.hundredths)
    }

    /// Adds to the left side.
    public static func += (left: inout Points, right: Points) {
        left = left + right
    }
}

extension Points: CustomStringConvertible {
    /// The decimal string with two places.
    public var description: String {
        let magnitude = hundredths.magnitude
        let cents = magnitude % 100
        return "\(hundredths < 0 ? "-" : "")\(magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}

extension Points: Codable {
    /// Reads the decimal string.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is not one.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let points = Points(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "Points are a decimal string like 1.50")
            )
        }
        self = points
    }

    /// Writes the decimal string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
