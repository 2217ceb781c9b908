import Foundation

/// A short answer made comparable.
///
/// White space at the ends is dropped and inside counts as one space, canonically equal characters are equal, and ё
/// counts as е, which is how Russian is typed. Case counts only where the question says so.
struct ShortText {
    private let characters: [Character]
    private let isCaseSensitive: Bool

    init(_ text: String, isCaseSensitive: Bool) {
        characters = Self.fold(text, isCaseSensitive)
        self.isCaseSensitive = isCaseSensitive
    }

    /// Whether the answer is `accepted`, where `*` stands for any characters and `\*` for an asterisk.
    func matches(_ accepted: String) -> Bool {
        // An asterisk meant literally is kept apart from a wildcard by a character that no text has.
        let literal: Character = "\u{FFFF}"
        let pattern = Self.fold(accepted.replacing("\\*", with: String(literal)), isCaseSensitive)
        func fits(_ wanted: Character, _ given: Character) -> Bool {
            wanted == literal ? given == "*" : wanted == given
        }
        // Each wildcard remembers only the latest place it was tried, which is enough for the shortest match.
        var place = 0
        var index = 0
        var retry: (place: Int, index: Int)?
        while place < characters.count {
            if index < pattern.count, pattern[index] == "*" {
                retry = (place, index)
                index += 1
            } else if index < pattern.count, fits(pattern[index], characters[place]) {
                index += 1
                place += 1
            } else if let last = retry {
                retry = (last.place + 1, last.index)
                place = last.place + 1
                index = last.index + 1
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == "*" }
    }

    private static func fold(_ text: String, _ isCaseSensitive: Bool) -> [Character] {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let cased = isCaseSensitive ? words : words.lowercased()
        return cased.map { $0 == "ё" ? "е" : $0 == "Ё" ? "Е" : $0 }
    }
}
