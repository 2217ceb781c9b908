public import Accounts
import Foundation

/// Whether the name of an account is the name in a machine-readable zone.
public struct NameComparison: Hashable, Sendable, Codable {
    /// What the comparison came to.
    public var verdict: Verdict
    /// In what the names differ though they may be the same; sorted, empty unless the verdict is `compatible`.
    public var differences: [Difference]
    /// How Doc 9303 (or for a Russian internal passport its own code) would spell the account's name: `SURNAME<<GIVEN`.
    public var expected: String
    /// How the name stands in the zone: `SURNAME<<GIVEN<NAMES`.
    public var found: String

    /// Outcomes.
    public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
        /// Letter by letter the name that the document's rules make of the account's name.
        case same
        /// It may be the same name: a person looks at the differences.
        case compatible
        /// Another name.
        case different
    }

    /// Differences that leave it possible that the names are the same.
    public enum Difference: String, Hashable, Sendable, Codable, CaseIterable {
        /// The account has a patronymic, the zone has none, as in passports for travel.
        case patronymicAbsent = "patronymic_absent"
        /// The zone had no room for the whole name.
        case truncated
        /// A hyphen, a space or an apostrophe is treated in another way.
        case separator
        /// Ё in one, Е in the other.
        case yo
        /// Spelt by earlier rules, or as in another country.
        case spelling
        /// The zone has further given names.
        case furtherGivenNames = "further_given_names"

        /// The difference, for people.
        public var text: BilingualText {
            switch self {
            case .patronymicAbsent:
                BilingualText(ru: "в зоне нет отчества", en: "the zone has no patronymic")
            case .truncated:
                BilingualText(ru: "имя в зоне сокращено", en: "the name is cut short in the zone")
            case .separator:
                BilingualText(
                    ru: "иначе стоят дефис, пробел или апостроф",
                    en: "a hyphen, a space or an apostrophe is treated differently"
                )
            case .yo:
                BilingualText(ru: "«Ё» и «Е» различаются", en: "Ё in one, Е in the other")
            case .spelling:
                BilingualText(
                    ru: "имя записано по другим правилам транслитерации",
                    en: "the name is transliterated by other rules"
                )
            case .furtherGivenNames:
                BilingualText(ru: "в зоне есть ещё имена", en: "the zone has further given names")
            }
        }
    }

    /// Compares an account's name, in Cyrillic or Latin letters, with the names of a zone.
    public init(_ name: PersonName, with zone: MachineReadableZone) {
        let isRussian = zone.format == .russianPassport
        let surname = Self.letters(name.surname)
        let given = Self.letters(name.givenName)
        let patronymic = Self.letters(name.patronymic ?? "")
        let others = [given, patronymic].filter { !$0.isEmpty }.map { Self.spelt($0, isRussian: isRussian) }
        expected = Self.spelt(surname, isRussian: isRussian) + "<<" + others.joined(separator: "<")
        found = zone.names.primary.joined(separator: "<") + "<<" + zone.names.secondary.joined(separator: "<")

        let matcher = NameMatcher(
            spellings: { isRussian ? NameSpellings.russian($0) : NameSpellings.travel($0) },
            mayBeTruncated: zone.names.fillsField
        )
        // Decoded, the internal passport's names are compared as Cyrillic; fillers stay fillers.
        func target(_ text: String) -> [Character] {
            isRussian ? text.map { RussianPassportCode.letter(for: $0) ?? "<" } : Array(text)
        }
        let primary = matcher.match(surname, with: target(zone.names.primary.joined(separator: "<")))
        let secondary = Self.matchGivenNames(
            given,
            patronymic,
            with: zone.names.secondary.map(target),
            by: matcher
        )
        guard let primary, let secondary, !surname.isEmpty else {
            verdict = .different
            differences = []
            return
        }
        differences = primary.union(secondary).list
        verdict = differences.isEmpty ? .same : .compatible
    }

    private static func spelt(_ letters: [Character], isRussian: Bool) -> String {
        guard !isRussian else { return RussianPassportCode.code(String(letters)) }
        return CyrillicTransliteration.latin(String(letters.filter { $0 != "'" }))
            .replacing("-", with: "<").replacing(" ", with: "<")
    }

    /// The differences of the given names with or without the patronymic, whichever leaves fewer.
    private static func matchGivenNames(
        _ given: [Character],
        _ patronymic: [Character],
        with parts: [[Character]],
        by matcher: NameMatcher
    ) -> NameDifferences? {
        let whole = Array(parts.joined(separator: ["<" as Character]))
        var found: [NameDifferences] = []
        if !patronymic.isEmpty, let match = matcher.match(given + [" "] + patronymic, with: whole) {
            found.append(match)
        }
        if let match = matcher.match(given, with: whole) {
            found.append(patronymic.isEmpty ? match : match.union(.patronymicAbsent))
        }
        // The first of several names, as ANNA of ANNA<MARIA: only where the account's own name is not cut short for it.
        for count in parts.indices.dropFirst() {
            let first = Array(parts.prefix(count).joined(separator: ["<" as Character]))
            guard let match = matcher.exact.match(given, with: first) else { continue }
            let isPatronymic = patronymic.isEmpty ? NameDifferences() : .patronymicAbsent
            found.append(match.union(.furtherGivenNames).union(isPatronymic))
        }
        return found.min { $0.list.count < $1.list.count }
    }

    /// Upper-case letters; kinds of hyphens, apostrophes and spaces as one of each, at most 100 characters.
    private static func letters(_ text: String) -> [Character] {
        let tidy = text.precomposedStringWithCanonicalMapping.uppercased().prefix(100).map { character -> Character in
            switch character {
            case "‐", "‑", "‒", "–", "—", "−": "-"
            case "’", "ʼ", "`", "´", "ʻ", "‘": "'"
            case _ where character.isWhitespace: " "
            default: character
            }
        }
        let words = String(tidy).split(separator: " ").joined(separator: " ")
        return Array(words.replacing(" - ", with: "-").replacing("- ", with: "-").replacing(" -", with: "-"))
    }
}

/// Differences, as a set that is cheap to join.
struct NameDifferences: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let patronymicAbsent = of(.patronymicAbsent)
    static let truncated = of(.truncated)
    static let separator = of(.separator)
    static let yo = of(.yo)
    static let spelling = of(.spelling)
    static let furtherGivenNames = of(.furtherGivenNames)

    /// In the order of their declaration.
    var list: [NameComparison.Difference] {
        NameComparison.Difference.allCases.filter { contains(.of($0)) }
    }

    private static func of(_ difference: NameComparison.Difference) -> NameDifferences {
        let place = NameComparison.Difference.allCases.firstIndex(of: difference) ?? 0
        return NameDifferences(rawValue: 1 << UInt8(place))
    }
}
