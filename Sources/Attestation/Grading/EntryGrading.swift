import Foundation
import QuestionBank

/// What is earned by something typed: the first accepted answer that fits counts, as in Moodle.
enum EntryGrading {
    /// What a short text earns.
    static func earned(_ entry: TextEntry, _ text: String) -> Fraction {
        let given = ShortText(text, isCaseSensitive: entry.isCaseSensitive)
        return entry.answers.first { given.matches($0.text) }?.fraction ?? .zero
    }

    /// What a number earns. Given in another unit than the key's it is converted; a unit that is wrong or missing where
    /// units are graded costs what the question says.
    static func earned(_ entry: NumericEntry, _ text: String, unit: String? = nil) -> Fraction {
        guard let number = ExactDecimal(text)?.value else { return .zero }
        guard let rule = entry.units, !rule.units.isEmpty else { return earned(entry, number) }
        let name = (unit ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        if let known = rule.units.first(where: { $0.name == name }), known.multiplier > .zero {
            return earned(entry, number / known.multiplier.value)
        }
        let share = earned(entry, number)
        switch rule.grading {
        case .optional: return name.isEmpty ? share : .zero
        case .partOfAnswer:
            let lost = Decimal(share.units) * Decimal(rule.penalty.units) / Decimal(Fraction.unitsOfWhole)
            return Fraction(units: share.units - NSDecimalNumber(decimal: lost).intValue)
        case .partOfQuestion: return Fraction(units: share.units - rule.penalty.units)
        }
    }

    private static func earned(_ entry: NumericEntry, _ number: Decimal) -> Fraction {
        entry.answers.first { $0.accepts(number) }?.fraction ?? .zero
    }
}

extension NumericEntry.Answer {
    /// Whether a number in the key's unit is accepted.
    fileprivate func accepts(_ number: Decimal) -> Bool {
        guard let value else { return true }
        return abs(number - value.value) <= tolerance.value
    }
}
