import Foundation

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
    ///   - personPoints: What a person awarded for essays, by item number; without it an answered essay waits. An
    ///     essay that was not answered earns nothing without a person.
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
                awarded = answer.map { points($0, item: item, kind: question.kind) } ?? .zero
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

    /// What a fitting answer earns.
    private static func points(_ answer: Answer, item: TicketItem, kind: QuestionKind) -> Points {
        switch (kind, answer) {
        case (.singleChoice(let options), .choice(let place)):
            return item.points.share(options[item.optionOrder[place]].weight)
        case (.multipleChoice(let options), .choices(let places)):
            return item.points.share(sum(options, chosen: places.map { item.optionOrder[$0] }))
        case (.trueFalse(let key), .truth(let value)):
            return value == key.isTrue ? item.points : .zero
        case (.numeric(let accepted, _), .number(let text)):
            guard let number = DecimalText.parse(text) else { return .zero }
            return item.points.share(accepted.filter { $0.accepts(number) }.map(\.weight).max() ?? .zero)
        case (.shortText(let accepted, let isCaseSensitive), .text(let text)):
            let given = ShortText(text, isCaseSensitive: isCaseSensitive)
            let weights = accepted.filter { given.matches($0.text) }.map(\.weight)
            return item.points.share(weights.max() ?? .zero)
        case (.matching(let pairs, _), .matches(let places)):
            let choices = kind.matchChoices
            let right = zip(item.optionOrder, places).filter { index, place in
                place.map { choices[item.matchOrder[$0]] == pairs[index].match } ?? false
            }
            return item.points.share(right.count, of: pairs.count)
        default:
            return .zero
        }
    }

    /// The weights of the options chosen, added up.
    ///
    /// When the author gave no option a negative weight, choosing everything would earn all the points; so each
    /// option without weight then costs its share of the whole, and all of them together cost the whole.
    private static func sum(_ options: [ChoiceOption], chosen: [Int]) -> Weight {
        let sum = chosen.reduce(0) { $0 + options[$1].weight.units }
        let wrong = options.filter { $0.weight == .zero }.count
        guard wrong > 0, !options.contains(where: { $0.weight < .zero }) else { return Weight(units: sum) }
        let chosenWrong = chosen.filter { options[$0].weight == .zero }.count
        // Rounded up, so that all the wrong options together cost no less than the whole.
        return Weight(units: sum - (Weight.unitsOfWhole * chosenWrong + wrong - 1) / wrong)
    }
}

extension Points {
    /// The part of these points that a weight earns: nothing below zero, all of them at the whole and above.
    fileprivate func share(_ weight: Weight) -> Points {
        share(min(max(weight.units, 0), Weight.unitsOfWhole), of: Weight.unitsOfWhole)
    }
}

extension Answer {
    /// Whether it says nothing.
    var isBlank: Bool {
        switch self {
        case .choice, .truth: false
        case .choices(let indexes): indexes.isEmpty
        case .matches(let indexes): indexes.allSatisfy { $0 == nil }
        case .number(let text), .text(let text), .essay(let text): text.allSatisfy(\.isWhitespace)
        }
    }
}
