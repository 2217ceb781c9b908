import Foundation
import QuestionBank

/// Makes a question of one item whose names are normalised.
///
/// It throws ``ItemFault`` for what cannot be read, and ``FileRefusal`` when the package proves to be unsafe.
struct QTIItemBuilder {
    let item: Element
    let content: QTIContent
    let body: Element
    let interactions: [Element]
    let responses: [String: QTIResponse]
    let processing: QTIProcessing

    init(item: Element, content: QTIContent) throws {
        self.item = item
        self.content = content
        guard item["adaptive"] != "true", item.first("templatedeclaration") == nil else {
            throw ItemFault(
                .unsupportedType,
                ru: "Задания с шаблонами и адаптивные задания не читаются.",
                en: "Items with templates and adaptive items are not read."
            )
        }
        guard let body = item.first("itembody") else {
            throw ItemFault(.missingElement, ru: "В задании нет itemBody.", en: "The item has no itemBody.")
        }
        self.body = body
        interactions = body.descendants { $0.name.hasSuffix("Interaction") }
        let declared = try item.all("responsedeclaration").map { try QTIResponse($0) }
        responses = Dictionary(declared.map { ($0.identifier, $0) }) { first, _ in first }
        processing = QTIProcessing(item.first("responseprocessing"), responses: declared)
    }

    func question(desk: inout ItemDesk) throws -> BankQuestion {
        let kinds = Set(interactions.map(\.name))
        if let unknown = interactions.first(where: { !Self.known.contains($0.name) }) {
            throw ItemFault(
                .unsupportedType,
                line: unknown.line,
                ru: "Взаимодействий вида «\(unknown.name.excerpt(40))» в базе нет.",
                en: "The bank has no interactions of the kind “\(unknown.name.excerpt(40))”."
            )
        }
        let isGapped = kinds.isSubset(of: ["textEntryInteraction", "inlineChoiceInteraction"]) && !kinds.isEmpty
        var question: BankQuestion
        if kinds == ["extendedTextInteraction", "uploadInteraction"], interactions.count == 2 {
            question = try open(desk: &desk)
        } else if isGapped {
            question = try gapped(desk: &desk)
        } else if interactions.count > 1 {
            throw ItemFault(
                .unsupportedType,
                line: interactions[1].line,
                ru:
                    "В задании \(interactions.count) взаимодействия; читаются задания с одним или с пропусками в тексте.",
                en: "The item has \(interactions.count) interactions; read are items with one, or with gaps in text."
            )
        } else {
            question = try single(desk: &desk)
        }
        guard !question.prompt.isEmpty else {
            throw ItemFault(.emptyPrompt, ru: "У задания нет текста.", en: "The item has no text.")
        }
        question.title = desk.title
        question.externalID = item["identifier"]
        try applyFeedback(to: &question, desk: &desk)
        reportProcessing(question, desk: &desk)
        return question
    }

    private static let known: Set<String> = [
        "choiceInteraction", "orderInteraction", "matchInteraction", "gapMatchInteraction", "inlineChoiceInteraction",
        "textEntryInteraction", "extendedTextInteraction", "uploadInteraction", "hottextInteraction",
    ]

    private func single(desk: inout ItemDesk) throws -> BankQuestion {
        guard let interaction = interactions.first else {
            return BankQuestion(
                title: "",
                prompt: try prompt(desk: &desk),
                points: .zero,
                interaction: .description
            )
        }
        switch interaction.name {
        case "choiceInteraction": return try choice(interaction, desk: &desk)
        case "hottextInteraction": return try hottext(interaction, desk: &desk)
        case "orderInteraction": return try order(interaction, desk: &desk)
        case "matchInteraction": return try match(interaction, desk: &desk)
        case "gapMatchInteraction": return try gapMatch(interaction, desk: &desk)
        default: return try open(desk: &desk)
        }
    }

    func response(_ interaction: Element) throws(ItemFault) -> QTIResponse {
        let identifier = interaction["responseIdentifier"] ?? "RESPONSE"
        guard let response = responses[identifier] else {
            throw ItemFault(
                .missingElement,
                line: interaction.line,
                ru: "Ответ «\(identifier.excerpt(40))» не объявлен.",
                en: "The response “\(identifier.excerpt(40))” is not declared."
            )
        }
        return response
    }

    // MARK: Points

    /// What the item is worth: MAXSCORE, the bound of SCORE, or else `derived`.
    func points(or derived: ExactDecimal) -> ExactDecimal {
        let outcomes = item.all("outcomedeclaration")
        let maximum = outcomes.first { $0["identifier"]?.uppercased() == "MAXSCORE" }
        if let text = maximum?.first("defaultvalue")?.wholeText, let points = ExactDecimal(text), points >= .zero {
            return points
        }
        let score = outcomes.first { $0["identifier"]?.uppercased() == "SCORE" }
        if let text = score?["normalMaximum"], let points = ExactDecimal(text), points > .zero { return points }
        return derived > .zero ? derived : .one
    }

    /// What `score` is of the points, at most all of them.
    static func fraction(_ score: ExactDecimal, of points: ExactDecimal) -> Fraction {
        let whole = points > .zero ? points : .one
        let part = max(min(score.value, whole.value), -whole.value)
        return Fraction(of: part, whole: whole.value) ?? .zero
    }

    /// The score that a full answer gets by the conditions, 1 unless one says more.
    func matchedScore(_ response: QTIResponse) -> ExactDecimal {
        processing.branches.filter { $0.response == response.identifier }.compactMap(\.score).max() ?? .one
    }

    // MARK: Text

    /// What is shown beside the interaction, and its own prompt.
    ///
    /// - Parameter replacing: what stands for an element; nil keeps it and looks inside.
    func prompt(desk: inout ItemDesk, replacing: (Element) -> [Element.Node]? = { _ in nil }) throws -> RichText {
        func walk(_ nodes: [Element.Node]) -> [Element.Node] {
            nodes.flatMap { node -> [Element.Node] in
                guard case .element(var element) = node else { return [node] }
                if let other = replacing(element) { return other }
                if element.name.hasSuffix("Interaction") { return element.first("prompt")?.children ?? [] }
                if Self.isHidden(element) { return [] }
                if ["printedVariable", "templateInline", "templateBlock"].contains(element.name) { return [] }
                element.children = walk(element.children)
                return [.element(element)]
            }
        }
        let own = body.elements.first { $0["class"]?.split(separator: " ").contains("question-text") == true }
        return try content.text(walk(own?.children ?? body.children), desk: &desk)
    }

    /// What candidates do not see before they have answered.
    static func isHidden(_ element: Element) -> Bool {
        switch element.name {
        case "feedbackBlock", "feedbackInline", "modalFeedback": true
        case "rubricBlock": !(element["view"] ?? "candidate").contains("candidate")
        default: false
        }
    }

    func graderNote(desk: inout ItemDesk) throws -> RichText? {
        let rubrics = body.descendants { $0.name == "rubricBlock" && Self.isHidden($0) }
        return try content.text(rubrics.flatMap(\.children), desk: &desk).ifNotEmpty
    }
}
