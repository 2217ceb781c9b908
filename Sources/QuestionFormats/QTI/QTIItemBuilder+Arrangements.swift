import Foundation
import QuestionBank

extension QTIItemBuilder {
    func order(_ interaction: Element, desk: inout ItemDesk) throws -> BankQuestion {
        let response = try response(interaction)
        let choices = interaction.all("simplechoice")
        var items: [RichText] = []
        for identifier in response.correct {
            guard let choice = choices.first(where: { $0["identifier"] == identifier }) else {
                throw ItemFault(
                    .unknownOption,
                    ru: "Ключ называет вариант «\(identifier.excerpt(40))», которого нет.",
                    en: "The key names the choice “\(identifier.excerpt(40))”, which is not there."
                )
            }
            let text = try content.text(choice.children, desk: &desk)
            guard !text.isEmpty else { throw ItemFault.emptyChoice(choice) }
            items.append(text)
        }
        guard !items.isEmpty else { throw ItemFault.noRightAnswer }
        guard items.count == choices.count, Set(response.correct).count == choices.count else {
            throw ItemFault(
                .unsupportedType,
                ru: "В порядок ставятся не все варианты; таких вопросов в базе нет.",
                en: "Not all choices are put in order; the bank has no such questions."
            )
        }
        try AnswerRules.checkCount(items.count, minimum: 2)
        let layout: Ordering.Layout = interaction["orientation"] == "horizontal" ? .horizontal : .vertical
        return BankQuestion(
            title: "",
            prompt: try prompt(desk: &desk),
            points: points(or: matchedScore(response)),
            interaction: .ordering(Ordering(items: items, layout: layout))
        )
    }

    func match(_ interaction: Element, desk: inout ItemDesk) throws -> BankQuestion {
        let response = try response(interaction)
        let sets = interaction.all("simplematchset").map { $0.all("simpleassociablechoice") }
        guard sets.count == 2 else {
            throw ItemFault(
                .missingElement,
                line: interaction.line,
                ru: "В matchInteraction не два набора.",
                en: "The matchInteraction has not two sets."
            )
        }
        let (points, pairs) = try pairs(response, desk: &desk)
        let names = sets.map { Set($0.map { $0["identifier"] ?? "" }) }
        guard pairs.allSatisfy({ names[0].contains($0.0) && names[1].contains($0.1) }) else {
            throw ItemFault(
                .invalidPair,
                ru: "Ключ называет пару, которой нет в наборах.",
                en: "The key names a pair that is not in the sets."
            )
        }
        let isForward = sets[0].allSatisfy { side in pairs.count { $0.0 == side["identifier"] } == 1 }
        let isBackward = sets[1].allSatisfy { side in pairs.count { $0.1 == side["identifier"] } == 1 }
        guard isForward || isBackward else {
            throw ItemFault(
                .unsupportedType,
                line: interaction.line,
                ru: "У одной части может быть несколько пар или ни одной; таких вопросов в базе нет.",
                en: "A side may have several matches or none; the bank has no such questions."
            )
        }
        var texts: [String: RichText] = [:]
        for choice in sets.joined() {
            let text = try content.text(choice.children, desk: &desk)
            guard !text.isEmpty else { throw ItemFault.emptyChoice(choice) }
            texts[choice["identifier"] ?? ""] = text
        }
        let (left, right) = isForward ? (sets[0], sets[1]) : (sets[1], sets[0])
        let directed = isForward ? pairs : pairs.map { ($0.1, $0.0) }
        let used = Set(directed.map(\.1))
        func text(_ identifier: String?) -> RichText { texts[identifier ?? ""] ?? RichText("") }
        let matching = Matching(
            pairs: left.map { side in
                let match = directed.first { $0.0 == side["identifier"] }?.1
                return Matching.Pair(prompt: text(side["identifier"]), match: text(match))
            },
            distractors: right.filter { !used.contains($0["identifier"] ?? "") }.map { text($0["identifier"]) },
            isShuffled: interaction["shuffle"] == "true",
            isAllOrNothing: isAllOrNothing(response)
        )
        try AnswerRules.checkCount(matching.pairs.count, minimum: 2)
        return BankQuestion(
            title: "",
            prompt: try prompt(desk: &desk),
            points: points,
            interaction: .matching(matching)
        )
    }

    /// The right pairs with what all of them are worth.
    func pairs(
        _ response: QTIResponse,
        desk: inout ItemDesk
    ) throws(ItemFault) -> (ExactDecimal, [(String, String)]) {
        let mapped = response.mapping.filter { $0.value > .zero }
        let isMapped = !mapped.isEmpty && isMapped(response)
        if isMapped, Set(mapped.map(\.value)).count > 1 || response.mapping.contains(where: { $0.value < .zero }) {
            desk.lost(
                ItemFault(
                    .simplifiedScoring,
                    ru: "Пары стоили по-разному; теперь поровну.",
                    en: "Pairs were worth different points; now they are worth the same."
                )
            )
        }
        let keys = isMapped ? mapped.map(\.key) : response.correct
        guard !keys.isEmpty else { throw .noRightAnswer }
        var pairs: [(String, String)] = []
        for key in keys {
            let parts = key.split(whereSeparator: \.isWhitespace).map(String.init)
            guard parts.count == 2 else {
                throw ItemFault(
                    .invalidPair,
                    ru: "«\(key.excerpt(60))» — не пара идентификаторов.",
                    en: "“\(key.excerpt(60))” is not a pair of identifiers."
                )
            }
            pairs.append((parts[0], parts[1]))
        }
        let derived = isMapped ? response.mappedMaximum : matchedScore(response)
        return (points(or: derived), pairs)
    }

    /// Gaps that words are dragged into become gaps that a word is chosen for.
    func gapMatch(_ interaction: Element, desk: inout ItemDesk) throws -> BankQuestion {
        let response = try response(interaction)
        let (points, pairs) = try pairs(response, desk: &desk)
        let words = interaction.elements.filter { $0.name == "gapText" || $0.name == "gapImg" }
        var options: [(identifier: String, text: RichText)] = []
        for word in words {
            let text = try content.text(word.children, desk: &desk)
            guard !text.isEmpty else { throw ItemFault.emptyChoice(word) }
            options.append((word["identifier"] ?? "", text))
        }
        let gapElements = interaction.descendants { $0.name == "gap" }
        var gaps: [Cloze.Gap] = []
        for gap in gapElements {
            let right = pairs.filter { $0.1 == gap["identifier"] }.map(\.0)
            guard !right.isEmpty, right.allSatisfy({ name in options.contains { $0.identifier == name } }) else {
                throw ItemFault(
                    .invalidPair,
                    line: gap.line,
                    ru: "К пропуску «\((gap["identifier"] ?? "").excerpt(40))» нет верного слова.",
                    en: "The gap “\((gap["identifier"] ?? "").excerpt(40))” has no right word."
                )
            }
            let choices = options.map {
                Choice.Option(text: $0.text, fraction: right.contains($0.identifier) ? .full : .zero)
            }
            gaps.append(
                Cloze.Gap(
                    entry: .choice(
                        Cloze.GapChoice(options: choices, isShuffled: interaction["shuffle"] == "true")
                    )
                )
            )
        }
        let numbers = Dictionary(
            gapElements.enumerated().map { ($0.element["identifier"] ?? "", $0.offset + 1) }
        ) { first, _ in first }
        let prompt = try prompt(desk: &desk) { element in
            element.name == "gapMatchInteraction" ? filled(element, numbers) : nil
        }
        let cloze = Cloze(gaps: gaps)
        guard !gaps.isEmpty, cloze.fits(prompt.text) else { throw ClozeText.noGaps }
        desk.note(
            ItemFault(
                .simplifiedScoring,
                line: interaction.line,
                ru: "Слова перетаскивались; теперь они выбираются из списка у каждого пропуска.",
                en: "Words were dragged; now they are chosen from a list at each gap."
            )
        )
        return BankQuestion(title: "", prompt: prompt, points: points, interaction: .cloze(cloze))
    }

    private func filled(_ element: Element, _ numbers: [String: Int]) -> [Element.Node] {
        element.children.flatMap { node -> [Element.Node] in
            guard case .element(var child) = node else { return [node] }
            switch child.name {
            case "gapText", "gapImg": return []
            case "prompt": return child.children + [.text(" ")]
            case "gap": return [.text(Cloze.marker(numbers[child["identifier"] ?? ""] ?? 0))]
            default:
                child.children = filled(child, numbers)
                return [.element(child)]
            }
        }
    }
}
