import Foundation

/// A person's name as it stands in a contract or an identity document.
///
/// The patronymic is absent for people who have none.
public struct PersonName: Hashable, Sendable, Codable {
    /// Family name (фамилия).
    public var surname: String
    /// Given name (имя).
    public var givenName: String
    /// Patronymic (отчество), where the person has one.
    public var patronymic: String?

    /// Creates a name; white space around and inside the parts is normalised, an empty patronymic becomes `nil`.
    public init(surname: String, givenName: String, patronymic: String? = nil) {
        self.surname = Self.tidied(surname)
        self.givenName = Self.tidied(givenName)
        let tidyPatronymic = patronymic.map(Self.tidied)
        self.patronymic = tidyPatronymic?.isEmpty == true ? nil : tidyPatronymic
    }

    /// The name on one line: «Фамилия Имя Отчество».
    public var displayed: String {
        [surname, givenName, patronymic].compactMap(\.self).joined(separator: " ")
    }

    /// Tells whether both names are the same person's name for the contract register (row A1):
    /// case, ё and е, runs of spaces, and the kinds of hyphen make no difference.
    public func matches(_ other: PersonName) -> Bool {
        Self.folded(surname) == Self.folded(other.surname)
            && Self.folded(givenName) == Self.folded(other.givenName)
            && Self.folded(patronymic ?? "") == Self.folded(other.patronymic ?? "")
    }

    /// Upper bound on the length of one part of a name, in characters.
    public static let maximumPartLength = 100

    /// The name on one line as it is searched and sorted: surname first, folded as in ``matches(_:)``.
    public var folded: String {
        [surname, givenName, patronymic].compactMap(\.self).map(Self.folded).joined(separator: " ")
    }

    /// Folds what somebody types to find a name.
    public static func foldedSearch(_ text: String) -> String { folded(text) }

    /// Whether every part has a length and characters that names have.
    var isStorable: Bool {
        [surname, givenName, patronymic ?? ""].allSatisfy { part in
            part.count <= Self.maximumPartLength
                && !part.unicodeScalars.contains { $0.properties.generalCategory == .control }
        }
    }

    static func folded(_ part: String) -> String {
        tidied(part)
            .lowercased()
            .precomposedStringWithCompatibilityMapping
            .replacingOccurrences(of: "ё", with: "е")
            .replacingOccurrences(of: " - ", with: "-")
            .replacingOccurrences(of: "- ", with: "-")
            .replacingOccurrences(of: " -", with: "-")
    }

    private static let hyphens: Set<Character> = ["‐", "‑", "‒", "–", "—", "−"]

    private static func tidied(_ part: String) -> String {
        String(part.map { hyphens.contains($0) ? "-" : $0 })
            .split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }
}
