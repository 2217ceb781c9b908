/// The part of an item's points that an answer earns or costs, in percent with up to five decimal places.
///
/// Five places are what Moodle uses for thirds and sevenths (33.33333). In JSON it is a decimal string.
public struct Weight: Hashable, Sendable, Comparable {
    /// Hundred-thousandths of a percent; 10 000 000 is the whole.
    public let units: Int

    /// Units of the whole item.
    public static let unitsOfWhole = 10_000_000
    /// Earns nothing, costs nothing.
    public static let zero = Weight(units: 0)
    /// Earns the item's points.
    public static let full = Weight(units: unitsOfWhole)

    /// Makes a weight from hundred-thousandths of a percent.
    public init(units: Int) {
        self.units = units
    }

    /// Makes a weight of whole percent.
    public init(percent: Int) {
        self.units = percent * 100_000
    }

    /// Reads `"50"`, `"-33.33333"`; nil for anything else or beyond ±100. Places after the fifth are cut off.
    public init?(_ text: some StringProtocol) {
        var digits = Array(text.utf8)[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...3).contains(parts[0].count) else { return nil }
        guard digits.allSatisfy({ $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        var total = 0
        for byte in parts[0] { total = total * 10 + Int(byte - UInt8(ascii: "0")) }
        var place = 0
        for byte in parts.count == 2 ? parts[1].prefix(5) : [] {
            total = total * 10 + Int(byte - UInt8(ascii: "0"))
            place += 1
        }
        for _ in place..<5 { total *= 10 }
        guard total <= Self.unitsOfWhole else { return nil }
        self.init(units: isNegative ? -total : total)
    }

    /// Whether one is less than the other.
    public static func < (left: Weight, right: Weight) -> Bool {
        left.units < right.units
    }
}

extension Weight: CustomStringConvertible {
    /// The decimal string in percent without trailing zeros.
    public var description: String {
        let magnitude = units.magnitude
        var text = "\(units < 0 ? "-" : "")\(magnitude / 100_000)"
        var fraction = magnitude % 100_000
        guard fraction > 0 else { return text }
        text += "."
        var place: UInt = 10_000
        while fraction > 0 {
            text += String(fraction / place)
            fraction %= place
            place /= 10
        }
        return text
    }
}

extension Weight: Codable {
    /// Reads the decimal string.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is not one.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let weight = Weight(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "A weight is a decimal string from -100 to 100")
            )
        }
        self = weight
    }

    /// Writes the decimal string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
