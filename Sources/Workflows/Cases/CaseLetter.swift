import Attestation
import Cases
import Foundation

/// The words of a notice about a step: what happened, and what was filled in, line by line.
enum CaseLetter {
    static func text(
        _ step: CaseStep,
        of item: Case,
        _ values: [String: CaseValue],
        isForCandidate: Bool
    ) -> LocalizedText {
        let definition = item.definition
        let state = definition.label(of: item.state)
        var ru = ["\(definition.label.ru): \(step.label.ru.lowercasedFirst). Состояние — «\(state.ru)»."]
        var en = ["\(definition.label.en): \(step.label.en.lowercasedFirst). It stands at “\(state.en)”."]
        // The commission gets what it needs to come; what the case holds it reads there.
        let shown = isForCandidate ? step.fields : step.fields.filter { ["meeting_at", "place"].contains($0.name) }
        for field in shown {
            guard let value = values[field.name], let text = words(value, field.kind) else { continue }
            ru.append("\(field.label.ru): \(text.ru)")
            en.append("\(field.label.en): \(text.en)")
        }
        for term in step.begins where term.actor == .candidate && isForCandidate {
            guard let end = item.terms.first(where: { $0.id == term.id })?.endsAt else { continue }
            ru.append("Срок (\(term.label.ru)): до \(end.formatted(.iso8601)).")
            en.append("Term (\(term.label.en)): until \(end.formatted(.iso8601)).")
        }
        return LocalizedText(ru: ru.joined(separator: "\n"), en: en.joined(separator: "\n"))
    }

    /// A value in words; nil for what says nothing to people, such as identifiers.
    private static func words(_ value: CaseValue, _ kind: CaseField.Kind) -> LocalizedText? {
        switch (kind, value) {
        case (.choice(let choices), .text(let id)):
            choices.first { $0.id == id }.map { LocalizedText($0.label) }
        case (.text, .text(let text)), (.day, .text(let text)), (.time, .text(let text)):
            LocalizedText(ru: text, en: text)
        case (.flag, .flag(let flag)): LocalizedText(ru: flag ? "да" : "нет", en: flag ? "yes" : "no")
        case (.number, .number(let number)): LocalizedText(ru: String(number), en: String(number))
        case (.rows(let fields, _), .rows(let rows)): table(rows, fields)
        default: nil
        }
    }

    private static func table(_ rows: [[String: CaseValue]], _ fields: [CaseField]) -> LocalizedText {
        let lines = rows.map { row in
            fields.compactMap { field -> (ru: String, en: String)? in
                row[field.name].flatMap { words($0, field.kind) }
                    .map { ("\(field.label.ru): \($0.ru)", "\(field.label.en): \($0.en)") }
            }
        }
        return LocalizedText(
            ru: lines.map { $0.map(\.ru).joined(separator: ", ") }.joined(separator: "; "),
            en: lines.map { $0.map(\.en).joined(separator: ", ") }.joined(separator: "; ")
        )
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
