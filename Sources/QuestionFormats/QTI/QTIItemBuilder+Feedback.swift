import Foundation
import QuestionBank

extension QTIItemBuilder {
    /// Gives the modal feedback to what it is about, by its identifier.
    func applyFeedback(to question: inout BankQuestion, desk: inout ItemDesk) throws {
        for feedback in item.all("modalfeedback") {
            let identifier = feedback["identifier"] ?? ""
            // 3.0 puts the text into a content body.
            let inner = feedback.first("contentbody") ?? feedback
            guard let text = try content.text(inner.children, desk: &desk).ifNotEmpty else { continue }
            if try applyToAnswer(identifier, text, &question) { continue }
            let name = identifier.lowercased()
            if name.contains("general") || name.contains("solution") {
                question.explanation = question.explanation ?? text
            } else if name.contains("partial") {
                question.feedback.partlyCorrect = question.feedback.partlyCorrect ?? text
            } else if name.contains("incorrect") || name.contains("wrong") {
                question.feedback.incorrect = question.feedback.incorrect ?? text
            } else if name.contains("correct") || name.contains("right") {
                question.feedback.correct = question.feedback.correct ?? text
            } else {
                desk.lost(ignored(feedback, identifier))
            }
        }
        if body.descendants(where: { $0.name == "feedbackBlock" }).contains(where: { !$0.wholeText.trimmed().isEmpty }),
            let block = body.descendants(where: { $0.name == "feedbackBlock" }).first
        {
            desk.lost(ignored(block, block["identifier"] ?? ""))
        }
    }

    /// Feedback that bears the identifier of a choice, or our `ANSWER_n` or `GAP_n_m`.
    private func applyToAnswer(_ identifier: String, _ text: RichText, _ question: inout BankQuestion) throws -> Bool {
        func index(_ count: Int) -> Int? {
            if identifier.hasPrefix("ANSWER_"), let number = Int(identifier.dropFirst(7)), (1...count).contains(number)
            {
                return number - 1
            }
            let choices = interactions.first.map { $0.all("simplechoice").map { $0["identifier"] ?? "" } } ?? []
            return choices.firstIndex(of: identifier).flatMap { $0 < count ? $0 : nil }
        }
        switch question.interaction {
        case .choice(var choice):
            guard let place = index(choice.options.count) else { return false }
            choice.options[place].feedback = text
            question.interaction = .choice(choice)
        case .trueFalse(var key):
            guard ["true", "false"].contains(identifier.lowercased()) else { return false }
            if (identifier.lowercased() == "true") == key.isTrue {
                key.rightFeedback = text
            } else {
                key.wrongFeedback = text
            }
            question.interaction = .trueFalse(key)
        case .numeric(var entry):
            guard !entry.answers.isEmpty, let place = index(entry.answers.count) else { return false }
            entry.answers[place].feedback = text
            question.interaction = .numeric(entry)
        case .shortText(var entry):
            guard !entry.answers.isEmpty, let place = index(entry.answers.count) else { return false }
            entry.answers[place].feedback = text
            question.interaction = .shortText(entry)
        case .cloze(var cloze):
            let parts = identifier.split(separator: "_")
            guard parts.count == 3, parts[0] == "GAP", let gap = Int(parts[1]), let place = Int(parts[2]),
                cloze.gaps.indices.contains(gap - 1), cloze.gaps[gap - 1].set(feedback: text, at: place - 1)
            else { return false }
            question.interaction = .cloze(cloze)
        default:
            return false
        }
        return true
    }

    private func ignored(_ element: Element, _ identifier: String) -> ItemFault {
        ItemFault(
            .ignoredPart,
            line: element.line,
            ru: "Отзыв «\(identifier.excerpt(40))» пропущен: не ясно, к чему он относится.",
            en: "The feedback “\(identifier.excerpt(40))” was left out: it is not clear what it is about."
        )
    }

    /// Names what of the processing the key does not say.
    func reportProcessing(_ question: BankQuestion, desk: inout ItemDesk) {
        switch question.interaction {
        case .open, .description: return
        default: break
        }
        if !processing.unknown.isEmpty {
            let names = processing.unknown.sorted().prefix(5).joined(separator: ", ").excerpt(120)
            desk.lost(
                ItemFault(
                    .simplifiedScoring,
                    line: item.first("responseprocessing")?.line,
                    ru: "Обработка ответов упрощена до ключа; не учтено: \(names).",
                    en: "The processing was simplified to the key; not taken into account: \(names)."
                )
            )
        }
    }
}

extension Cloze.Gap {
    /// Sets the feedback of an answer; false where there is none at that place.
    fileprivate mutating func set(feedback: RichText, at place: Int) -> Bool {
        switch entry {
        case .choice(var choice):
            guard choice.options.indices.contains(place) else { return false }
            choice.options[place].feedback = feedback
            entry = .choice(choice)
        case .numeric(var numeric):
            guard numeric.answers.indices.contains(place) else { return false }
            numeric.answers[place].feedback = feedback
            entry = .numeric(numeric)
        case .text(var text):
            guard text.answers.indices.contains(place) else { return false }
            text.answers[place].feedback = feedback
            entry = .text(text)
        }
        return true
    }
}
