import Foundation
import QuestionBank

extension QTIItemBuilder {
    func choice(_ interaction: Element, desk: inout ItemDesk) throws -> BankQuestion {
        let response = try response(interaction)
        let simple = interaction.all("simplechoice")
        let (points, fractions) = try key(response, simple.map { $0["identifier"] ?? "" }, desk: &desk)
        var options: [Choice.Option] = []
        for (choice, fraction) in zip(simple, fractions) {
            let shown = choice.children.filter { if case .element(let e) = $0 { !Self.isHidden(e) } else { true } }
            let comments = choice.elements.filter { $0.name == "feedbackInline" || $0.name == "feedbackBlock" }
            let text = try content.text(shown, desk: &desk)
            let feedback = try content.text(comments.flatMap(\.children), desk: &desk).ifNotEmpty
            guard !text.isEmpty else { throw ItemFault.emptyChoice(choice) }
            options.append(Choice.Option(text: text, fraction: fraction, feedback: feedback))
        }
        try AnswerRules.check(fractions, minimum: 2, desk: &desk)
        let prompt = try prompt(desk: &desk)
        let isSingle = response.cardinality == "single"
        if isSingle, let key = Self.trueFalse(simple, options) {
            return BankQuestion(title: "", prompt: prompt, points: points, interaction: .trueFalse(key))
        }
        let choice = Choice(
            isSingle: isSingle,
            options: options,
            isShuffled: interaction["shuffle"] == "true",
            isAllOrNothing: isAllOrNothing(response)
        )
        return BankQuestion(title: "", prompt: prompt, points: points, interaction: .choice(choice))
    }

    /// Two choices that are called true and false.
    private static func trueFalse(_ simple: [Element], _ options: [Choice.Option]) -> TrueFalse? {
        let names = simple.map { ($0["identifier"] ?? "").lowercased() }
        let words: Set<String> = ["true", "false", "верно", "неверно", "да", "нет", "yes", "no", "правда", "ложь"]
        guard Set(names) == ["true", "false"], names.count == 2,
            options.allSatisfy({ words.contains(Markup.unescaped($0.text.text).lowercased()) }),
            let right = options.firstIndex(where: { $0.fraction == .full }), options[1 - right].fraction == .zero
        else { return nil }
        return TrueFalse(
            isTrue: names[right] == "true",
            rightFeedback: options[right].feedback,
            wrongFeedback: options[1 - right].feedback
        )
    }

    func hottext(_ interaction: Element, desk: inout ItemDesk) throws -> BankQuestion {
        let response = try response(interaction)
        let parts = interaction.descendants { $0.name == "hottext" }
        let (points, fractions) = try key(response, parts.map { $0["identifier"] ?? "" }, desk: &desk)
        var options: [Choice.Option] = []
        for (part, fraction) in zip(parts, fractions) {
            options.append(Choice.Option(text: try content.text(part.children, desk: &desk), fraction: fraction))
        }
        try AnswerRules.check(fractions, minimum: 2, desk: &desk)
        let prompt = try prompt(desk: &desk) { element in
            switch element.name {
            case "hottextInteraction": flattened(element)
            default: nil
            }
        }
        desk.note(
            ItemFault(
                .simplifiedScoring,
                line: interaction.line,
                ru: "Слова отмечались в тексте; теперь они выбираются из вариантов под ним.",
                en: "Words were marked in the text; now they are chosen from options below it."
            )
        )
        let choice = Choice(
            isSingle: response.cardinality == "single",
            options: options,
            isShuffled: false,
            isAllOrNothing: isAllOrNothing(response)
        )
        return BankQuestion(title: "", prompt: prompt, points: points, interaction: .choice(choice))
    }

    /// The content of an interaction whose words are marked, with the words as plain parts of it.
    private func flattened(_ element: Element) -> [Element.Node] {
        element.children.flatMap { node -> [Element.Node] in
            guard case .element(var child) = node else { return [node] }
            if child.name == "hottext" { return child.children }
            if child.name == "prompt" { return child.children + [.text(" ")] }
            child.children = flattened(child)
            return [.element(child)]
        }
    }

    /// What the item is worth, and what each choice earns of it.
    func key(
        _ response: QTIResponse,
        _ identifiers: [String],
        desk: inout ItemDesk
    ) throws(ItemFault) -> (ExactDecimal, [Fraction]) {
        guard Set(identifiers).count == identifiers.count, !identifiers.contains("") else {
            throw ItemFault(
                .invalidPair,
                ru: "Идентификаторы вариантов повторяются или пусты.",
                en: "The identifiers of choices stand twice or are empty."
            )
        }
        if let stray = (response.correct + response.mapping.map(\.key)).first(where: { !identifiers.contains($0) }) {
            throw ItemFault(
                .unknownOption,
                ru: "Ключ называет вариант «\(stray.excerpt(40))», которого нет.",
                en: "The key names the choice “\(stray.excerpt(40))”, which is not there."
            )
        }
        let scores = scores(response)
        let isMapped =
            !response.mapping.isEmpty
            && (processing.mapped.contains(response.identifier) || response.correct.isEmpty)
        if isMapped || !scores.isEmpty {
            var earned = scores
            if isMapped { for entry in response.mapping { earned[entry.key] = entry.value } }
            let most = isMapped ? response.mappedMaximum : earned.values.max() ?? .one
            let points = points(or: most)
            let other = isMapped ? response.mappingDefault : .zero
            return (points, identifiers.map { Self.fraction(earned[$0] ?? other, of: points) })
        }
        let points = points(or: matchedScore(response))
        guard response.cardinality != "single" else {
            return (points, identifiers.map { response.correct.first == $0 ? .full : .zero })
        }
        let part = Fraction(units: Fraction.unitsOfWhole / max(response.correct.count, 1))
        return (points, identifiers.map { response.correct.contains($0) ? part : .zero })
    }

    /// Whether the mapping says what answers earn.
    func isMapped(_ response: QTIResponse) -> Bool {
        !response.mapping.isEmpty
            && (processing.mapped.contains(response.identifier) || response.correct.isEmpty)
    }

    /// Whether only the whole answer earns anything.
    func isAllOrNothing(_ response: QTIResponse) -> Bool {
        response.cardinality != "single" && !isMapped(response)
    }

    /// What conditions give for single values.
    private func scores(_ response: QTIResponse) -> [String: ExactDecimal] {
        guard response.cardinality == "single" else { return [:] }
        var scores: [String: ExactDecimal] = [:]
        for branch in processing.branches where branch.response == response.identifier {
            if case .value(let value) = branch.test, let score = branch.score { scores[value] = score }
        }
        return scores
    }
}

extension ItemFault {
    static func emptyChoice(_ choice: Element) -> ItemFault {
        ItemFault(
            .emptyOption,
            line: choice.line,
            ru: "Вариант «\((choice["identifier"] ?? "").excerpt(40))» без текста.",
            en: "The choice “\((choice["identifier"] ?? "").excerpt(40))” has no text."
        )
    }
}
