import Foundation
import QuestionBank

extension QTIItemBuilder {
    /// Typed and chosen entries inside text: one question where the only entry stands alone at the end, else gaps.
    func gapped(desk: inout ItemDesk) throws -> BankQuestion {
        if interactions.count == 1, interactions[0].name == "textEntryInteraction", isAlone(interactions[0]) {
            let (points, entry) = try entry(interactions[0], isOnly: true, desk: &desk)
            let prompt = try prompt(desk: &desk)
            switch entry {
            case .numeric(let entry):
                return BankQuestion(title: "", prompt: prompt, points: points, interaction: .numeric(entry))
            case .text(let entry):
                return BankQuestion(title: "", prompt: prompt, points: points, interaction: .shortText(entry))
            case .choice: preconditionFailure("A text entry has no choices")
            }
        }
        var gaps: [Cloze.Gap] = []
        var total = Decimal(0)
        for interaction in interactions {
            let (points, entry) = try entry(interaction, isOnly: false, desk: &desk)
            total += points.value
            gaps.append(Cloze.Gap(weight: points, entry: entry))
        }
        // Where all are worth the same, each counts one.
        if Set(gaps.map(\.weight)).count == 1 { for index in gaps.indices { gaps[index].weight = .one } }
        var number = 0
        let prompt = try prompt(desk: &desk) { element in
            guard element.name.hasSuffix("Interaction") else { return nil }
            number += 1
            return [.text(Cloze.marker(number))]
        }
        let cloze = Cloze(gaps: gaps)
        guard cloze.fits(prompt.text) else { throw ClozeText.noGaps }
        return BankQuestion(
            title: "",
            prompt: prompt,
            points: points(or: ExactDecimal(total)),
            interaction: .cloze(cloze)
        )
    }

    /// Whether an entry stands in a block of its own that ends the item.
    private func isAlone(_ interaction: Element) -> Bool {
        guard let last = body.elements.last(where: { !Self.isHidden($0) }) else { return false }
        if last["class"]?.split(separator: " ").contains("question-text") == true { return false }
        let inside = last.name.hasSuffix("Interaction") ? [last] : last.descendants { $0.name.hasSuffix("Interaction") }
        return inside.count == 1 && inside[0].line == interaction.line
            && inside[0]["responseIdentifier"] == interaction["responseIdentifier"]
            && last.wholeText.trimmed().isEmpty && body.elements.count > 1
    }

    // MARK: One entry

    /// What goes into one entry, and the most that it earns.
    private func entry(
        _ interaction: Element,
        isOnly: Bool,
        desk: inout ItemDesk
    ) throws -> (ExactDecimal, Cloze.Entry) {
        let response = try response(interaction)
        if interaction.name == "inlineChoiceInteraction" {
            return try inlineChoice(interaction, response, desk: &desk)
        }
        let branches = processing.branches.filter { $0.response == response.identifier }
        let isNumber = response.baseType == "float" || response.baseType == "integer"
        return isNumber
            ? try number(response, branches, isOnly: isOnly, desk: &desk)
            : try text(response, branches, isOnly: isOnly, desk: &desk)
    }

    private func inlineChoice(
        _ interaction: Element,
        _ response: QTIResponse,
        desk: inout ItemDesk
    ) throws -> (ExactDecimal, Cloze.Entry) {
        let choices = interaction.all("inlinechoice")
        let most = response.mapping.isEmpty ? matchedScore(response) : response.mappedMaximum
        let scores = Dictionary(
            processing.branches.compactMap { branch -> (String, ExactDecimal)? in
                guard branch.response == response.identifier, case .value(let value) = branch.test else { return nil }
                return branch.score.map { (value, $0) }
            }
        ) { first, _ in first }
        var options: [Choice.Option] = []
        for choice in choices {
            let identifier = choice["identifier"] ?? ""
            let earned: Fraction
            if let entry = response.mapping.first(where: { $0.key == identifier }) {
                earned = Self.fraction(entry.value, of: most)
            } else if let score = scores[identifier] {
                earned = Self.fraction(score, of: most)
            } else {
                earned = response.correct.contains(identifier) && response.mapping.isEmpty ? .full : .zero
            }
            let text = try content.text(choice.children, desk: &desk)
            guard !text.isEmpty else { throw ItemFault.emptyChoice(choice) }
            options.append(Choice.Option(text: text, fraction: earned))
        }
        try AnswerRules.check(options.map(\.fraction), minimum: 1, desk: &desk)
        let gap = Cloze.GapChoice(options: options, isShuffled: interaction["shuffle"] == "true")
        return (most, .choice(gap))
    }

    private func number(
        _ response: QTIResponse,
        _ branches: [QTIProcessing.Branch],
        isOnly: Bool,
        desk: inout ItemDesk
    ) throws -> (ExactDecimal, Cloze.Entry) {
        var scored: [(value: ExactDecimal?, tolerance: ExactDecimal, score: ExactDecimal)] = []
        for branch in branches {
            let score = branch.score ?? .zero
            switch branch.test {
            case .number(let value, let tolerance): scored.append((value, tolerance, score))
            case .value(let text): scored.append((try AnswerRules.number(text, line: nil), .zero, score))
            case .anything: scored.append((nil, .zero, score))
            case .correct(let tolerance, _):
                for text in response.correct {
                    let full = score > .zero ? score : .one
                    scored.append((try AnswerRules.number(text, line: nil), tolerance ?? .zero, full))
                }
            case .text: continue
            }
        }
        if scored.isEmpty {
            let isMapped = !response.mapping.isEmpty
            let values = isMapped ? response.mapping.map { ($0.key, $0.value) } : response.correct.map { ($0, .one) }
            for (text, score) in values { scored.append((try AnswerRules.number(text, line: nil), .zero, score)) }
        }
        let most = scored.map(\.score).max() ?? .zero
        let whole = isOnly ? points(or: most) : most
        let answers = scored.map {
            NumericEntry.Answer(
                value: $0.value,
                tolerance: $0.tolerance,
                fraction: Self.fraction($0.score, of: whole)
            )
        }
        try AnswerRules.check(answers.map(\.fraction), minimum: 1, desk: &desk)
        return (whole, .numeric(NumericEntry(answers: answers)))
    }

    private func text(
        _ response: QTIResponse,
        _ branches: [QTIProcessing.Branch],
        isOnly: Bool,
        desk: inout ItemDesk
    ) throws -> (ExactDecimal, Cloze.Entry) {
        var scored: [(text: String, score: ExactDecimal)] = []
        var isSensitive = true
        if !response.mapping.isEmpty {
            scored = response.mapping.map { ($0.key, $0.value) }
            isSensitive = response.mapping.allSatisfy(\.isCaseSensitive)
            if !isSensitive, response.mapping.contains(where: \.isCaseSensitive) {
                desk.lost(
                    ItemFault(
                        .simplifiedScoring,
                        ru: "Регистр различался не у всех ответов; теперь не различается ни у одного.",
                        en: "Case counted for some answers; now it counts for none."
                    )
                )
            }
        } else {
            for branch in branches {
                switch branch.test {
                case .text(let text, let sensitive):
                    scored.append((text, branch.score ?? .zero))
                    isSensitive = sensitive
                case .value(let text): scored.append((text, branch.score ?? .zero))
                case .correct(_, let sensitive):
                    isSensitive = sensitive ?? true
                    scored += response.correct.map { ($0, branch.score ?? .one) }
                case .number, .anything: continue
                }
            }
            if scored.isEmpty { scored = response.correct.map { ($0, .one) } }
        }
        scored.removeAll { $0.text.isEmpty }
        let most = scored.map(\.score).max() ?? .zero
        let whole = isOnly ? points(or: most) : most
        let answers = scored.map {
            TextEntry.Answer(text: $0.text, fraction: Self.fraction($0.score, of: whole))
        }
        try AnswerRules.check(answers.map(\.fraction), minimum: 1, desk: &desk)
        return (whole, .text(TextEntry(answers: answers, isCaseSensitive: isSensitive)))
    }

    // MARK: Open responses

    func open(desk: inout ItemDesk) throws -> BankQuestion {
        var response = OpenResponse(text: nil)
        for interaction in interactions {
            if interaction.name == "uploadInteraction" {
                let types = (interaction["type"] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
                response.files = OpenResponse.FilePart(maximum: 1, types: types)
            } else {
                var part = OpenResponse.TextPart(isRequired: (interaction["minStrings"] ?? "0") != "0")
                switch interaction["format"] ?? "plain" {
                case "xhtml": part.editor = .rich
                case "preFormatted": part.editor = .monospaced
                default: part.editor = .plain
                }
                part.lines = min(max(interaction["expectedLines"].flatMap { Int($0) } ?? 15, 1), 1000)
                response.text = part
            }
        }
        response.graderNote = try graderNote(desk: &desk)
        return BankQuestion(
            title: "",
            prompt: try prompt(desk: &desk),
            points: points(or: .one),
            interaction: .open(response)
        )
    }
}
