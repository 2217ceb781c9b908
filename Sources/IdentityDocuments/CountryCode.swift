import Foundation

/// An issuing state or organisation, or a nationality: ISO 3166-1 alpha-3, or one of the codes that ICAO Doc 9303-3
/// section 5 adds.
public struct CountryCode: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// One or three upper-case letters, without fillers: `RUS`, `D`.
    public let rawValue: String

    /// A code in upper or lower case; `nil` where neither ISO nor ICAO know it. Germany is `DEU` or `D`, kept as `D`,
    /// because that is what stands in its documents.
    public init?(rawValue: String) {
        let code = rawValue.uppercased()
        let kept = code == "DEU" ? "D" : code
        guard Self.alpha2[kept] != nil || Self.additional[kept] != nil else { return nil }
        self.rawValue = kept
    }

    /// A code as it stands in a machine-readable zone, filled up with `<`.
    init?(zone field: String) {
        let code = String(field.prefix { $0 != "<" })
        guard field.dropFirst(code.count).allSatisfy({ $0 == "<" }), code != "DEU" else { return nil }
        self.init(rawValue: code)
    }

    /// The Russian Federation.
    public static let russia = CountryCode(known: "RUS")
    /// Not stated.
    public static let unspecified = CountryCode(known: "XXX")
    /// A person without citizenship (1954 Convention).
    public static let stateless = CountryCode(known: "XXA")

    private init(known: String) { rawValue = known }

    /// Whether the code stands for the make-believe state of specimens: no real document bears it.
    public var isSpecimen: Bool { rawValue == "UTO" }

    /// The name, from Unicode's CLDR for states and from Doc 9303-3 for the others.
    public var name: BilingualText {
        if let name = Self.additional[rawValue] { return name }
        let region = Self.alpha2[rawValue] ?? rawValue
        return BilingualText(
            ru: Locale(identifier: "ru").localizedString(forRegionCode: region) ?? rawValue,
            en: Locale(identifier: "en").localizedString(forRegionCode: region) ?? rawValue
        )
    }

    /// All codes, sorted.
    public static let all: [CountryCode] = (Array(alpha2.keys) + Array(additional.keys)).sorted().map(
        CountryCode.init(known:)
    )

    /// The code.
    public var description: String { rawValue }

    /// Reads a code.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let code = CountryCode(rawValue: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a country's code")
        }
        self = code
    }

    /// Writes the code.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
