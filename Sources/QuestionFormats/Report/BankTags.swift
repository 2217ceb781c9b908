import QuestionBank

/// The tags that carry what a format has no place for: `difficulty=3`, `credit_unit=2`, `discipline=Б1.О.12`.
enum BankTags {
    /// The tags that describe `question`, its free ones last.
    ///
    /// - Parameter plain: also what only GIFT has no place for: points and case.
    static func tags(of question: BankQuestion, plain: Bool = false) -> [String] {
        var tags: [String] = []
        if let difficulty = question.difficulty { tags.append("difficulty=\(difficulty)") }
        if let unit = question.creditUnit { tags.append("credit_unit=\(unit)") }
        if let discipline = question.discipline { tags.append("discipline=\(discipline)") }
        if let version = question.version { tags.append("version=\(version)") }
        if plain {
            if question.points != .one, question.type != .description { tags.append("points=\(question.points)") }
            if case .shortText(let entry) = question.interaction, entry.isCaseSensitive {
                tags.append("case_sensitive")
            }
        }
        return tags + question.tags
    }

    /// Takes the tags with a meaning out of `tags` and sets what they say; the rest stay as free tags.
    static func apply(_ tags: [String], to question: inout BankQuestion, plain: Bool, desk: inout ItemDesk) {
        question.tags = []
        for tag in tags where !apply(tag, to: &question, plain: plain) {
            question.tags.append(tag)
            guard let (name, _) = split(tag), ["difficulty", "credit_unit", "points", "version"].contains(name),
                plain || name != "points"
            else { continue }
            desk.note(
                ItemFault(
                    .invalidTag,
                    ru: "Значение метки «\(tag.excerpt())» недопустимо; она сохранена как обычная метка.",
                    en: "The tag “\(tag.excerpt())” has a value out of range; it was kept as a tag."
                )
            )
        }
    }

    private static func apply(_ tag: String, to question: inout BankQuestion, plain: Bool) -> Bool {
        if plain, tag == "case_sensitive", case .shortText(var entry) = question.interaction {
            entry.isCaseSensitive = true
            question.interaction = .shortText(entry)
            return true
        }
        guard let (name, value) = split(tag) else { return false }
        switch name {
        case "difficulty":
            guard question.difficulty == nil, let number = Int(value), (1...5).contains(number) else { return false }
            question.difficulty = number
        case "credit_unit":
            guard question.creditUnit == nil, let number = Int(value), (1...1000).contains(number) else { return false }
            question.creditUnit = number
        case "version":
            guard question.version == nil, let number = Int(value), number >= 1 else { return false }
            question.version = number
        case "discipline":
            guard question.discipline == nil, !value.isEmpty else { return false }
            question.discipline = value
        case "points":
            guard plain, let points = ExactDecimal(value), points > .zero, points <= ExactDecimal(1_000_000) else {
                return false
            }
            question.points = points
        default:
            return false
        }
        return true
    }

    private static func split(_ tag: String) -> (name: String, value: String)? {
        let parts = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
}
