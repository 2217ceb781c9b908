public import Foundation

/// A decimal number without binary rounding; in JSON a string such as `"0.25"`.
public struct ExactDecimal: Hashable, Sendable, Comparable {
    /// The number.
    public let value: Decimal

    /// Zero.
    public static let zero = ExactDecimal(0)
    /// One.
    public static let one = ExactDecimal(1)

    /// Makes a number from a Foundation decimal.
    public init(_ value: Decimal) {
        self.value = value
    }

    /// Makes a number from a whole one.
    public init(_ value: Int) {
        self.value = Decimal(value)
    }

    /// Reads `-12.5`, `3,14`, `1 000`, `6.02e23`; nil for anything else. What lies beyond 38 digits is rounded.
    ///
    /// `Decimal(string:)` alone accepts `12abc` as 12, hence the check by hand. The comma, spaces between digits and
    /// the typographic minus are how people write numbers in Russian.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 256 else { return nil }
        var scalars = Array(text.trimmingCharacters(in: .whitespacesAndNewlines).unicodeScalars)[...]
        guard !scalars.isEmpty, scalars.count <= 64 else { return nil }
        var number = ""
        if let sign = scalars.first, ["-", "+", "\u{2212}"].contains(sign) {
            if sign != "+" { number = "-" }
            scalars = scalars.dropFirst()
        }
        var digits = 0
        var hasSeparator = false
        var previousIsDigit = false
        while let scalar = scalars.first, scalar != "e", scalar != "E" {
            scalars = scalars.dropFirst()
            let nextIsDigit = scalars.first.map(Self.isDigit) ?? false
            if Self.isDigit(scalar) {
                number.unicodeScalars.append(scalar)
                digits += 1
                previousIsDigit = true
            } else if !hasSeparator, scalar == "." || scalar == "," {
                // Programs write `5.` and `.5` too.
                guard previousIsDigit || nextIsDigit else { return nil }
                if !previousIsDigit { number += "0" }
                number += nextIsDigit ? "." : ""
                hasSeparator = true
                previousIsDigit = false
            } else if previousIsDigit, !hasSeparator, nextIsDigit, [" ", "\u{A0}", "\u{202F}"].contains(scalar) {
                previousIsDigit = false
            } else {
                return nil
            }
        }
        guard digits > 0 else { return nil }
        if !scalars.isEmpty {
            let exponent = String(String.UnicodeScalarView(scalars.dropFirst()))
            guard exponent.utf8.count <= 4, let power = Int(exponent), (-60...60).contains(power) else { return nil }
            number += "e\(power)"
        }
        guard let decimal = Decimal(string: number), !decimal.isNaN else { return nil }
        value = decimal
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    /// Whether one is less than the other.
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        left.value < right.value
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// The number with a point and without an exponent.
    public var description: String { "\(value)" }
}

extension ExactDecimal: Codable {
    /// Reads the string.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is no number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let number = ExactDecimal(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Not a decimal number")
        }
        self = number
    }

    /// Writes the string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
