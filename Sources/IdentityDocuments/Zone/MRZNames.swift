import Foundation

/// The names of a machine-readable zone as they stand in it.
public struct MRZNames: Hashable, Sendable, Codable {
    /// The primary identifier, mostly the surname, in the parts that single fillers divide.
    public var primary: [String]
    /// The secondary identifier, mostly given names, in the parts that single fillers divide. Empty where the holder has
    /// one name only.
    public var secondary: [String]
    /// Whether the field is filled to its last character, so that names may have been cut short (Doc 9303-3
    /// section 4.6).
    public var fillsField: Bool

    /// Splits a name field: two fillers divide the identifiers, one divides parts.
    init(field: some Sequence<Character>) {
        let characters = Array(field)
        fillsField = characters.last.map { $0 != "<" } ?? false
        let text = String(characters)
        let divider = text.range(of: "<<")
        let before = divider.map { text[..<$0.lowerBound] } ?? text[...]
        let after = divider.map { text[$0.upperBound...] } ?? ""
        primary = before.split(separator: "<").map(String.init)
        secondary = after.split(separator: "<").map(String.init)
    }
}
