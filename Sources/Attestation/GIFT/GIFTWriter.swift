/// Writes question banks in Moodle's GIFT format, so that ``GIFTReader`` reads the same questions again.
///
/// What GIFT has no place for stands in tags that Moodle keeps as tags. The one thing that cannot be written is a
/// short answer that contains `->`, because GIFT reads it as a pair.
public enum GIFTWriter {
    /// A text and the questions that it could not carry.
    public struct Export: Hashable, Sendable {
        /// The GIFT text.
        public internal(set) var text = ""
        /// The questions left out.
        public internal(set) var leftOut: [LeftOut] = []
    }

    /// A question that GIFT cannot carry.
    public struct LeftOut: Hashable, Sendable {
        /// The question.
        public let question: Question
        /// Why it was left out.
        public let reason: BilingualText
    }

    /// Writes the questions in their order, with a `$CATEGORY` line wherever the topic changes.
    public static func write(_ questions: [Question]) -> Export {
        var export = Export()
        var topic = ""
        for question in questions {
            if case .shortText(let answers, _) = question.kind, answers.contains(where: { $0.text.contains("->") }) {
                let reason = BilingualText(
                    ru: "Краткий ответ со знаками «->» в GIFT читается как пара.",
                    en: "GIFT reads a short answer with “->” as a pair."
                )
                export.leftOut.append(LeftOut(question: question, reason: reason))
                continue
            }
            if question.topic != topic {
                topic = question.topic
                export.text += "$CATEGORY: \(topic.isEmpty ? "top" : "top/" + category(topic))\n\n"
            }
            export.text += item(question)
        }
        return export
    }

    private static func item(_ question: Question) -> String {
        var comment = ""
        if let id = question.externalID { comment += " [id:\(bracketed(id))]" }
        for tag in GIFTTags.tags(of: question) { comment += " [tag:\(bracketed(tag))]" }
        var text = comment.isEmpty ? "" : "//\(comment)\n"
        text += "::\(escape(question.title))::\(formatted(question.prompt, .moodle))\(answers(question))"
        return text + "\n\n"
    }

    private static func answers(_ question: Question) -> String {
        let format = question.prompt.format
        var lines: [String] = []
        switch question.kind {
        case .essay:
            break
        case .trueFalse(let key):
            var line = key.isTrue ? "TRUE" : "FALSE"
            if key.wrongFeedback != nil || key.rightFeedback != nil { line += comment(key.wrongFeedback, format, "#") }
            line += comment(key.rightFeedback, format)
            lines = [line]
        case .singleChoice(let options):
            lines = options.map { option in
                let sign = option.weight == .full ? "=" : "~"
                return sign + choice(option, format, isPlain: option.weight == .full || option.weight == .zero)
            }
        case .multipleChoice(let options):
            lines = options.map { "~" + choice($0, format, isPlain: $0.weight == .zero) }
        case .numeric(let answers, let wrongFeedback):
            lines = answers.map { "=%\($0.weight)%" + number($0.target) + comment($0.feedback, format) }
            if let wrongFeedback { lines.append("~" + comment(wrongFeedback, format)) }
        case .shortText(let answers, _):
            lines = answers.map {
                "=%\($0.weight)%" + formatted(FormattedText($0.text, format: format), format)
                    + comment($0.feedback, format)
            }
        case .matching(let pairs, let distractors):
            lines =
                pairs.map { "=" + formatted($0.prompt, format) + " -> " + escape($0.match) }
                + distractors.map { "= -> " + escape($0) }
        }
        if let feedback = question.generalFeedback { lines.append("####" + formatted(feedback, format)) }
        var opening = "{"
        if case .numeric = question.kind { opening = "{#" }
        return lines.isEmpty ? opening + "}" : opening + "\n" + lines.map { "\t\($0)\n" }.joined() + "}"
    }

    private static func choice(_ option: ChoiceOption, _ format: FormattedText.Format, isPlain: Bool) -> String {
        // A text that begins with a percent sign must not be taken for a weight.
        let weight = isPlain && !option.text.text.hasPrefix("%") ? "" : "%\(option.weight)%"
        return weight + formatted(option.text, format) + comment(option.feedback, format)
    }

    private static func number(_ target: NumericAnswer.Target) -> String {
        switch target {
        case .value(let value, let tolerance): "\(value):\(tolerance)"
        case .range(let minimum, let maximum): "\(minimum)..\(maximum)"
        case .any: "*"
        }
    }

    private static func comment(_ text: FormattedText?, _ format: FormattedText.Format, _ none: String = "") -> String {
        text.map { "#" + formatted($0, format) } ?? none
    }

    private static func formatted(_ text: FormattedText, _ inherited: FormattedText.Format) -> String {
        // A text that begins with a bracket must not be taken for a format's name.
        let prefix = text.format != inherited || text.text.hasPrefix("[") ? "[\(text.format.rawValue)]" : ""
        return prefix + escape(text.text)
    }

    private static func escape(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "~", "=", "#", "{", "}", ":", "\\":
                result.append("\\")
                result.append(scalar)
            case "\n":
                result.append(contentsOf: "\\n".unicodeScalars)
            case "\r":
                break
            default:
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func category(_ topic: String) -> String {
        topic.replacing("\\", with: "\\\\").replacing("\n", with: " ")
    }

    private static func bracketed(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("]", with: "\\]").replacing("\n", with: " ")
    }
}
