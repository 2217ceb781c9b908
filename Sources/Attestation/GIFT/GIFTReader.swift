public import Foundation

/// Reads question banks in Moodle's GIFT format.
///
/// What cannot be read is reported with its line and never lost silently; the rest is read. The time grows with the
/// size of the text only. Source: Moodle documentation, "GIFT format"; tags and identifiers in comments as Moodle
/// writes them since 3.6.
///
/// The topic is the path of `$CATEGORY` below the context and `top`. The tags `difficulty=1…5`, `credit_unit=N`,
/// `points=1.50` and `case_sensitive`, which GIFT has no place for, set the properties of those names.
public enum GIFTReader {
    /// Reads a file's bytes, which must be UTF-8 with or without a byte-order mark.
    ///
    /// A file in another encoding is a report with the one problem `not_utf8` at the first line that is not UTF-8.
    public static func read(
        _ data: Data,
        discipline: String,
        makeID: () -> UUID = { UUID() }
    ) -> ImportReport {
        if let text = String(data: data, encoding: .utf8) {
            return read(text, discipline: discipline, makeID: makeID)
        }
        var report = ImportReport()
        var line = 1
        for piece in data.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if String(data: Data(piece), encoding: .utf8) == nil { break }
            line += 1
        }
        report.add(
            ImportProblem(
                severity: .notRead,
                line: line,
                title: "",
                code: .notUTF8,
                message: BilingualText(
                    ru: "Файл не в кодировке UTF-8. Сохраните его в UTF-8 и загрузите снова.",
                    en: "The file is not UTF-8. Save it as UTF-8 and import it again."
                )
            )
        )
        return report
    }

    /// Reads a text; each question gets version 1 and an identifier from `makeID`, in the order of the text.
    public static func read(
        _ text: String,
        discipline: String,
        makeID: () -> UUID = { UUID() }
    ) -> ImportReport {
        var report = ImportReport()
        var blocks = GIFTBlockReader(text)
        while let block = blocks.next() {
            var parser = GIFTItemParser()
            do throws(GIFTFault) {
                if block.isTooLarge {
                    throw GIFTFault(.tooLarge, ru: "Вопрос слишком велик.", en: "The question is too large.")
                }
                let kind = try parser.parse(block.units[...])
                var question = Question(
                    id: makeID(),
                    discipline: discipline,
                    topic: block.topic,
                    title: parser.title,
                    prompt: parser.prompt,
                    kind: kind,
                    generalFeedback: parser.generalFeedback,
                    externalID: block.externalID
                )
                let unknown = block.tags.filter { !GIFTTags.apply($0, to: &question) }
                question.tags = unknown
                let faults = parser.warnings + unknown.compactMap(GIFTTags.fault)
                report.add(question)
                for fault in faults {
                    report.add(problem(.warning, fault, line: block.line, title: parser.title))
                }
            } catch {
                report.add(problem(.notRead, error, line: block.line, title: parser.title))
            }
        }
        return report
    }

    private static func problem(
        _ severity: ImportProblem.Severity,
        _ fault: GIFTFault,
        line: Int,
        title: String
    ) -> ImportProblem {
        ImportProblem(severity: severity, line: line, title: title, code: fault.code, message: fault.message)
    }
}

/// The tags that carry what GIFT has no place for.
enum GIFTTags {
    /// The tags that describe `question`, its free ones last.
    static func tags(of question: Question) -> [String] {
        var tags: [String] = []
        if let difficulty = question.difficulty { tags.append("difficulty=\(difficulty)") }
        if let unit = question.creditUnit { tags.append("credit_unit=\(unit)") }
        if question.points != .one { tags.append("points=\(question.points)") }
        if case .shortText(_, isCaseSensitive: true) = question.kind { tags.append("case_sensitive") }
        return tags + question.tags
    }

    /// Sets what `tag` says; false when it is a free tag.
    static func apply(_ tag: String, to question: inout Question) -> Bool {
        if tag == "case_sensitive", case .shortText(let answers, _) = question.kind {
            question.kind = .shortText(answers, isCaseSensitive: true)
            return true
        }
        guard let (name, value) = split(tag) else { return false }
        switch name {
        case "difficulty":
            guard let number = Int(value), (1...5).contains(number) else { return false }
            question.difficulty = number
        case "credit_unit":
            guard let number = Int(value), (1...1000).contains(number) else { return false }
            question.creditUnit = number
        case "points":
            guard let points = Points(value), points > .zero else { return false }
            question.points = points
        default:
            return false
        }
        return true
    }

    /// What is wrong with a tag that has one of our names but was not applied.
    static func fault(_ tag: String) -> GIFTFault? {
        guard let (name, _) = split(tag), ["difficulty", "credit_unit", "points"].contains(name) else { return nil }
        return GIFTFault(
            .invalidTag,
            ru: "Значение метки «\(tag)» недопустимо; она сохранена как обычная метка.",
            en: "The tag “\(tag)” has a value out of range; it was kept as a tag."
        )
    }

    private static func split(_ tag: String) -> (name: String, value: String)? {
        let parts = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
}
