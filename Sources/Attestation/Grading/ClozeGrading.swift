import Foundation
import QuestionBank

/// What a text with gaps earns: each gap its part by its weight, none less than nothing.
enum ClozeGrading {
    static func earned(_ cloze: Cloze, _ orders: [[Int]], _ answers: [Answer?]) -> Fraction {
        var whole = Decimal(0)
        var earned = Decimal(0)
        for (index, gap) in cloze.gaps.enumerated() {
            whole += gap.weight.value
            guard let answer = answers[index] else { continue }
            let units = Self.earned(gap.entry, orders[index], answer).units
            earned += gap.weight.value * Decimal(min(max(units, 0), Fraction.unitsOfWhole))
        }
        guard whole > 0 else { return .zero }
        var exact = earned / whole
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, 0, .plain)
        return Fraction(units: NSDecimalNumber(decimal: rounded).intValue)
    }

    private static func earned(_ entry: Cloze.Entry, _ order: [Int], _ answer: Answer) -> Fraction {
        switch (entry, answer) {
        case (.choice(let choice), .choice(let place)) where choice.isSingle: choice.options[order[place]].fraction
        case (.choice(let choice), .choices(let places)) where !choice.isSingle:
            OptionGrading.earned(choice.options, chosen: places.map { order[$0] })
        case (.numeric(let entry), .number(let text, let unit)): EntryGrading.earned(entry, text, unit: unit)
        // Who only sees a gap cannot know that a number is wanted.
        case (.numeric(let entry), .text(let text)): EntryGrading.earned(entry, text)
        case (.text(let entry), .text(let text)), (.text(let entry), .number(let text, nil)):
            EntryGrading.earned(entry, text)
        default: .zero
        }
    }
}
