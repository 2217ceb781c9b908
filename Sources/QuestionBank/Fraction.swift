package import Foundation

/// The part of a question's points that an answer earns or costs, exact to a ten-millionth.
///
/// Seven places are what Moodle keeps of thirds and sevenths. In JSON it is a string in percent.
public struct Fraction: Hashable, Sendable, Comparable {
    /// Ten-millionths of the whole.
    public let units: Int

    /// Units of the whole.
    public static let unitsOfWhole = 10_000_000
    /// Earns and costs nothing.
    public static let zero = Fraction(units: 0)
    /// Earns everything.
    public static let full = Fraction(units: unitsOfWhole)

    /// Makes a fraction from ten-millionths of the whole.
    public init(units: Int) {
        self.units = units
    }

    /// Makes a fraction of whole percent.
    public init(percent: Int) {
        self.units = percent * (Self.unitsOfWhole / 100)
    }

    /// Reads percent such as `50` or `-33.33333`, rounded to the nearest unit; nil beyond ±100 or for no number.
    public init?(percent text: some StringProtocol) {
        guard let number = ExactDecimal(text) else { return nil }
        self.init(of: number.value, whole: 100)
    }

    /// The fraction `part`/`whole`, rounded to the nearest unit; nil beyond ±1.
    package init?(of part: Decimal, whole: Decimal) {
        guard whole != 0 else { return nil }
        var exact = part / whole * Decimal(Self.unitsOfWhole)
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, 0, .plain)
        guard abs(rounded) <= Decimal(Self.unitsOfWhole) else { return nil }
        units = NSDecimalNumber(decimal: rounded).intValue
    }

    /// Percent without trailing zeros, such as `33.33333`.
    public var percent: String { Self.text(units, places: 5) }

    /// The share of one without trailing zeros, such as `0.3333333`.
    public var ofOne: String { Self.text(units, places: 7) }

    private static func text(_ units: Int, places: Int) -> String {
        var digits = String(units.magnitude)
        digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        var fraction = digits.suffix(places)
        while fraction.last == "0" { fraction = fraction.dropLast() }
        return (units < 0 ? "-" : "") + digits.dropLast(places) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// Whether one is less than the other.
    public static func < (left: Fraction, right: Fraction) -> Bool {
        left.units < right.units
    }
}

extension Fraction: Codable {
    /// Reads the string in percent.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let fraction = Fraction(percent: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Not percent from -100 to 100")
        }
        self = fraction
    }

    /// Writes the string in percent.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(percent)
    }
}
