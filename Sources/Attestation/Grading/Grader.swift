import Foundation
import QuestionBank

/// Grades answers: closed questions by their key, open ones by the points that a person gave.
///
/// An answer that does not fit its item earns nothing, as does no answer. Points are exact hundredths; parts are
/// rounded to the nearest hundredth.
public enum Grader {
    /// Grades an attempt.
    ///
    /// - Parameters:
    ///   - ticket: The ticket of the attempt.
    ///   - questions: The questions that the ticket names, in any order, more than those allowed.
    ///   - answers: The answers by item number.
    ///   - personPoints: What a person awarded for open questions, by item number; without it an answered one waits. One
    ///     that was not answered earns nothing without a person.
    ///   - scale: How points become a grade.
    /// - Throws: ``GradingError`` when a question is missing or points from a person cannot be taken.
    public static func grade(
        ticket: Ticket,
        questions: [Question],
        answers: [Int: Answer],
        personPoints: [Int: Points] = [:],
        scale: GradingScale
    ) throws(GradingError) -> GradingResult {
        for (number, points) in personPoints {
            guard let item = ticket.item(number), item.type.needsPerson else {
                throw GradingError(.notForPerson, "Item \(number) is not one that a person grades.")
            }
            guard points >= .zero, points <= item.points else {
                throw GradingError(.pointsOutOfRange, "Item \(number) is worth 0 to \(item.points) points.")
            }
        }
        var byID: [QuestionKey: Question] = [:]
        for question in questions { byID[QuestionKey(id: question.id, version: question.version)] = question }
        var grades: [ItemGrade] = []
        for item in ticket.items {
            let key = QuestionKey(id: item.questionID, version: item.questionVersion)
            guard let question = byID[key], (try? item.requireMatch(question)) != nil else {
                throw GradingError(.questionMismatch, "The question of item \(item.number) is missing.")
            }
            let answer = answers[item.number].flatMap { $0.problems(for: item).isEmpty ? $0 : nil }
            let isAnswered = answer.map { !$0.isBlank } ?? false
            let awarded: Points?
            if item.type.needsPerson {
                awarded = personPoints[item.number] ?? (isAnswered ? nil : .zero)
            } else {
                awarded = item.points.share(answer.map { earned(by: $0, item, question.content.interaction) } ?? .zero)
            }
            grades.append(
                ItemGrade(
                    number: item.number,
                    awarded: awarded,
                    maximum: item.points,
                    needsPerson: item.type.needsPerson,
                    isAnswered: isAnswered
                )
            )
        }
        return GradingResult(items: grades, scale: scale)
    }

    private struct QuestionKey: Hashable {
        let id: UUID
        let version: Int
    }

    /// The part of the item's points that a fitting answer to a closed question earns or costs.
    static func earned(by answer: Answer, _ item: TicketItem, _ interaction: Interaction) -> Fraction {
        switch (interaction, answer) {
        case (.choice(let choice), .choice(let place)) where choice.isSingle:
            choice.options[item.optionOrder[place]].fraction
        case (.choice(let choice), .choices(let places)) where !choice.isSingle:
            OptionGrading.earned(
                choice.options,
                chosen: places.map { item.optionOrder[$0] },
                isAllOrNothing: choice.isAllOrNothing
            )
        case (.trueFalse(let key), .truth(let value)): value == key.isTrue ? .full : .zero
        case (.numeric(let entry), .number(let text, let unit)): EntryGrading.earned(entry, text, unit: unit)
        case (.shortText(let entry), .text(let text)): EntryGrading.earned(entry, text)
        case (.matching(let matching), .matches(let places)):
            ArrangementGrading.earned(matching, item, chosen: places, interaction.matchChoices)
        case (.ordering(let ordering), .order(let places)):
            ArrangementGrading.earned(ordering, given: places.map { item.optionOrder[$0] })
        case (.cloze(let cloze), .gaps(let answers)): ClozeGrading.earned(cloze, item.gapOrders, answers)
        default: .zero
        }
    }
}

extension Points {
    /// The part of these points that a fraction earns: nothing below zero, all of them at the whole and above.
    fileprivate func share(_ fraction: Fraction) -> Points {
        share(min(max(fraction.units, 0), Fraction.unitsOfWhole), of: Fraction.unitsOfWhole)
    }
}
