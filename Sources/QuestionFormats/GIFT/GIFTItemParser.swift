import QuestionBank

/// Reads one item: title, text and answer section.
///
/// The rules are those of Moodle's documentation ("GIFT format"); where it is silent, those of Moodle's importer.
struct GIFTItemParser {
    /// The title; the beginning of the text when none was written.
    private(set) var title = ""
    /// What is asked, with `_____` where a word is missing.
    private(set) var prompt = RichText("", format: .moodle)
    /// The explanation behind `####`.
    private(set) var generalFeedback: RichText?
    /// What should be looked at although the item was read.
    private(set) var warnings: [ItemFault] = []
    /// What was left out.
    private(set) var losses: [ItemFault] = []

    /// Reads the item; title and text are set as far as they were found even when it fails.
    mutating func parse(_ units: GIFTText) throws(ItemFault) -> Interaction {
        var text = readTitle(units.trimmed)
        if title.isEmpty { title = Self.excerpt(text) }
        if text.contains(where: { $0 & 0xFF < 0x20 && !GIFTUnit.isSpace($0) }) {
            throw ItemFault(
                .controlCharacter,
                ru: "В тексте есть управляющий символ, которого в тексте не бывает.",
                en: "The text has a control character that no text has."
            )
        }
        let answers = try cutAnswerSection(from: &text)
        prompt = text.formatted(default: .moodle)
        if prompt.text.isEmpty {
            throw ItemFault(.emptyPrompt, ru: "У вопроса нет текста.", en: "The question has no text.")
        }
        guard let answers else { return .description }
        var section = answers.trimmed
        if let marker = Self.lastQuadrupleHash(in: section) {
            let feedback = section[(marker + 4)...].formatted(default: prompt.format)
            if !feedback.text.isEmpty { generalFeedback = feedback }
            section = section[..<marker].trimmed
        }
        var parser = GIFTAnswerParser(format: prompt.format)
        defer {
            warnings += parser.warnings
            losses += parser.losses
        }
        return try parser.parse(section)
    }

    /// Takes `::title::` off the beginning.
    private mutating func readTitle(_ text: GIFTText) -> GIFTText {
        guard text.starts(with: [GIFTUnit.colon, GIFTUnit.colon]) else { return text }
        let rest = text.dropFirst(2)
        guard let end = rest.firstPair(GIFTUnit.colon, GIFTUnit.colon) else {
            warnings.append(
                ItemFault(
                    .unclosedTitle,
                    ru: "Название не закрыто двумя двоеточиями; оно принято за текст вопроса.",
                    en: "The title is not closed by two colons; it was taken as text."
                )
            )
            return rest.trimmed
        }
        title = rest[..<end].line
        return rest[(end + 2)...].trimmed
    }

    /// Takes the answer section out of the text and marks the gap of the missing-word form; nil for a description.
    private func cutAnswerSection(from text: inout GIFTText) throws(ItemFault) -> GIFTText? {
        let open = text.firstIndex(of: GIFTUnit.openBrace)
        let close = text.firstIndex(of: GIFTUnit.closeBrace)
        guard let open, let close, open < close else {
            if open == nil, close == nil { return nil }
            throw ItemFault(
                .unbalancedBraces,
                ru: "Фигурные скобки не парные. Пустая строка внутри вопроса тоже его разрывает.",
                en: "The braces do not match. A blank line inside an item breaks it as well."
            )
        }
        let before = text[..<open]
        let answers = text[(open + 1)..<close]
        let after = text[(close + 1)...]
        if answers.contains(GIFTUnit.openBrace) || after.contains(GIFTUnit.closeBrace)
            || after.contains(GIFTUnit.openBrace)
        {
            let isPair = after.contains(GIFTUnit.openBrace) && after.contains(GIFTUnit.closeBrace)
            throw isPair && !answers.contains(GIFTUnit.openBrace)
                ? ItemFault(
                    .severalAnswerSections,
                    ru: "Больше одного раздела ответов. Скобки в тексте пишут как \\{ и \\}.",
                    en: "There is more than one answer section. Braces in text are written \\{ and \\}."
                )
                : ItemFault(
                    .unbalancedBraces,
                    ru: "Лишняя фигурная скобка. Скобки в тексте пишут как \\{ и \\}.",
                    en: "There is a brace too many. Braces in text are written \\{ and \\}."
                )
        }
        text = after.trimmed.isEmpty ? before : (before + Array("_____".utf8).map(UInt16.init) + after)[...]
        return answers
    }

    /// Where the last `####` begins.
    private static func lastQuadrupleHash(in text: GIFTText) -> Int? {
        var run = 0
        for index in text.indices.reversed() {
            run = text[index] == GIFTUnit.hash ? run + 1 : 0
            if run == 4 { return index }
        }
        return nil
    }

    /// The first words of a text, as a name.
    private static func excerpt(_ text: GIFTText) -> String {
        let answers = text.firstIndex(of: GIFTUnit.openBrace) ?? text.endIndex
        // Four bytes a character at most, and a little more to see whether something follows.
        let plain = text[..<answers].prefix(400).formatted(default: .moodle).text
        let words = plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > 80 ? words.prefix(79).filter { $0 != "\u{FFFD}" } + "…" : words
    }
}
