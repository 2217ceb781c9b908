import Foundation
import QuestionBank

/// Reads question banks in the Aiken format: a question, options `A.` or `A)`, and `ANSWER: B`.
///
/// Source: Moodle documentation, "Aiken format". Beyond it a question may have several lines, an option may go on in
/// the next line, letters and `ANSWER` may be small, and letters may be Cyrillic lookalikes (`А`, `В`, `С`), which is
/// what Russian keyboards make of them.
enum AikenReader {
    /// The most lines and bytes that one question may have.
    static let lineLimit = 2_000
    static let byteLimit = 1 << 20

    /// Reads the lines to their end.
    ///
    /// - Throws: what the source or the sink throws.
    static func read(_ lines: LineReader, sink: @escaping ReadSink) throws {
        var item = AikenItem()
        while let line = try lines.line() {
            let text = String(decoding: line.trimmed, as: UTF8.self)
            if text.isEmpty {
                // A blank line ends what has options already; before them it is only space.
                if !item.options.isEmpty { item.isBroken = true }
                continue
            }
            if let letters = AikenItem.answer(text) {
                try item.finish(answer: letters, line: line.number, sink: sink)
                item = AikenItem()
                continue
            }
            if item.isBroken, AikenItem.option(text) == nil {
                try item.refuseWithoutAnswer(sink: sink)
                item = AikenItem()
            }
            item.isBroken = false
            item.add(text, number: line.number, isCut: line.isCut)
        }
        if !item.isEmpty { try item.refuseWithoutAnswer(sink: sink) }
    }
}

/// The lines of one question as they come.
struct AikenItem {
    private(set) var prompt: [String] = []
    private(set) var options: [(letter: Character, text: String)] = []
    private var firstLine = 0
    private var lineCount = 0
    private var byteCount = 0
    private var fault: ItemFault?
    /// Whether a blank line came after an option.
    var isBroken = false

    var isEmpty: Bool { prompt.isEmpty && options.isEmpty }

    mutating func add(_ text: String, number: Int, isCut: Bool) {
        if isEmpty { firstLine = number }
        lineCount += 1
        byteCount += text.utf8.count
        guard !isCut, lineCount <= AikenReader.lineLimit, byteCount <= AikenReader.byteLimit else {
            fault = ItemFault(.tooLarge, ru: "Вопрос слишком велик.", en: "The question is too large.")
            if prompt.isEmpty { prompt = [""] }
            return
        }
        guard let option = Self.option(text) ?? optionWithoutSpace(text) else {
            if options.isEmpty {
                prompt.append(text)
            } else {
                options[options.count - 1].text += "\n" + text
            }
            return
        }
        // A question may begin with a letter and a point; an option A without a question cannot.
        if prompt.isEmpty { fault = fault ?? Self.noPrompt }
        if options.contains(where: { $0.letter == option.letter }) {
            fault =
                fault
                ?? ItemFault(
                    .strayLine,
                    line: number,
                    ru: "Вариант \(option.letter) стоит дважды: вероятно, потеряна строка ANSWER.",
                    en: "Option \(option.letter) stands twice: the ANSWER line has probably been lost."
                )
        }
        options.append(option)
    }

    /// Delivers the question, or why it cannot be read.
    func finish(answer letters: String, line: Int, sink: @escaping ReadSink) throws {
        let desk = ItemDesk(
            line: isEmpty ? line : firstLine,
            title: prompt.joined(separator: " ").excerpt(),
            sink: sink
        )
        switch Result(catching: { () throws(ItemFault) in try question(answer: letters, line: line) }) {
        case .success(let question): try desk.deliver(question)
        case .failure(let fault): try desk.refuse(fault)
        }
    }

    func refuseWithoutAnswer(sink: @escaping ReadSink) throws {
        let desk = ItemDesk(line: firstLine, title: prompt.joined(separator: " ").excerpt(), sink: sink)
        let missing =
            options.isEmpty
            ? ItemFault(
                .strayLine,
                ru: "Текст без вариантов ответа и строки ANSWER.",
                en: "Text without options and ANSWER line."
            )
            : ItemFault(
                .noAnswerLine,
                ru: "После вариантов нет строки «ANSWER: …».",
                en: "There is no line “ANSWER: …” behind the options."
            )
        try desk.refuse(fault ?? missing)
    }

    private static let noPrompt = ItemFault(
        .emptyPrompt,
        ru: "Перед вариантами нет текста вопроса.",
        en: "There is no question before the options."
    )

    private func question(answer letters: String, line: Int) throws(ItemFault) -> BankQuestion {
        if let fault { throw fault }
        guard !isEmpty else {
            throw ItemFault(
                .strayLine,
                ru: "Строка ANSWER без вопроса.",
                en: "An ANSWER line without a question."
            )
        }
        guard !prompt.isEmpty else { throw Self.noPrompt }
        guard options.count >= 2 else {
            throw ItemFault(
                .tooFewAnswers,
                ru: "Вариантов ответа меньше двух.",
                en: "There are fewer than two options."
            )
        }
        if let empty = options.first(where: \.text.isEmpty) {
            throw ItemFault(
                .emptyOption,
                ru: "Вариант \(empty.letter) без текста.",
                en: "Option \(empty.letter) has no text."
            )
        }
        guard letters.count == 1, let letter = letters.first, options.contains(where: { $0.letter == letter }) else {
            throw ItemFault(
                .unknownOption,
                line: line,
                ru: "ANSWER называет «\(letters.excerpt(20))», а такого варианта нет.",
                en: "ANSWER names “\(letters.excerpt(20))”, which is no option."
            )
        }
        let text = prompt.joined(separator: "\n")
        return BankQuestion(
            title: text.excerpt(),
            prompt: RichText(text),
            interaction: .choice(
                Choice(
                    isSingle: true,
                    options: options.map {
                        Choice.Option(text: RichText($0.text), fraction: $0.letter == letter ? .full : .zero)
                    }
                )
            )
        )
    }

    /// The letter and text of a line such as `B) text`.
    static func option(_ text: String) -> (letter: Character, text: String)? {
        guard let first = text.first, let letter = Self.letter(first) else { return nil }
        let rest = text.dropFirst()
        guard let mark = rest.first, mark == "." || mark == ")" else { return nil }
        let body = rest.dropFirst()
        guard body.isEmpty || body.first?.isWhitespace == true else { return nil }
        return (letter, body.trimmingCharacters(in: .whitespaces))
    }

    /// An option such as `B)text`, where its letter is the next one; `А.С. Пушкин` begins a question.
    private func optionWithoutSpace(_ text: String) -> (letter: Character, text: String)? {
        guard !prompt.isEmpty, options.count < 26, let first = text.first, let letter = Self.letter(first) else {
            return nil
        }
        let next = Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(options.count)))
        let rest = text.dropFirst()
        guard letter == next, rest.first == "." || rest.first == ")" else { return nil }
        return (letter, rest.dropFirst().trimmingCharacters(in: .whitespaces))
    }

    /// What stands behind `ANSWER:`.
    static func answer(_ text: String) -> String? {
        let colon = text.prefix(12).firstIndex(of: ":")
        guard let colon else { return nil }
        let word = text[..<colon].trimmingCharacters(in: .whitespaces).uppercased()
        guard word == "ANSWER" || word == "ОТВЕТ" else { return nil }
        let rest = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        let letters = rest.hasSuffix(".") || rest.hasSuffix(")") ? String(rest.dropLast()) : rest
        return String(letters.map { Self.letter($0) ?? $0 })
    }

    /// The Latin capital that a character stands for.
    private static func letter(_ character: Character) -> Character? {
        let lookalikes: [Character: Character] = ["А": "A", "В": "B", "С": "C", "Е": "E", "К": "K", "М": "M", "Н": "H"]
        let upper = Character(character.uppercased().prefix(1).first.map(String.init) ?? " ")
        if ("A"..."Z").contains(upper) { return upper }
        return lookalikes[upper]
    }
}
