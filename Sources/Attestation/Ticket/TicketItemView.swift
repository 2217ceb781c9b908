public import QuestionBank

/// What a candidate may see of an item: nothing in it tells what is right.
///
/// Options, right-hand sides and things to be ordered stand in the ticket's order; title, identifier, fractions, key,
/// hints and feedback are absent.
public struct TicketItemView: Hashable, Sendable, Encodable {
    /// The number on the ticket, from 1.
    public let number: Int
    /// The kind of answer wanted.
    public let type: QuestionType
    /// What is asked. In a cloze question `{#1}` stands for the first gap, and so on.
    public let prompt: ShownText
    /// What it is worth.
    public let points: Points
    /// The options of a choice question or the things to be ordered, otherwise empty.
    public private(set) var options: [ShownText] = []
    /// The left-hand sides of a matching question, otherwise empty.
    public private(set) var pairPrompts: [ShownText] = []
    /// The right-hand sides of a matching question, otherwise empty.
    public private(set) var pairChoices: [ShownText] = []
    /// How options are numbered; nil where there are none.
    public private(set) var numbering: Choice.Numbering?
    /// The gaps of a cloze question; nil for other kinds.
    public private(set) var gaps: [ShownGap]?
    /// The units in which a number may be given; nil where none is asked for.
    public private(set) var units: [String]?
    /// What a person will grade; nil for closed questions.
    public private(set) var response: ShownResponse?

    enum CodingKeys: String, CodingKey {
        case number, type, prompt, points, options, numbering, gaps, units, response
        case pairPrompts = "pair_prompts"
        case pairChoices = "pair_choices"
    }

    /// Makes the view of an item.
    ///
    /// - Throws: ``TicketError`` with code `questionMismatch` when `question` is not the one the item names.
    public init(item: TicketItem, question: Question) throws(TicketError) {
        try item.requireMatch(question)
        number = item.number
        type = item.type
        prompt = ShownText(question.content.prompt)
        points = item.points
        switch question.content.interaction {
        case .choice(let choice):
            options = item.optionOrder.map { ShownText(choice.options[$0].text) }
            numbering = choice.numbering
        case .matching(let matching):
            let choices = question.content.interaction.matchChoices
            pairPrompts = item.optionOrder.map { ShownText(matching.pairs[$0].prompt) }
            pairChoices = item.matchOrder.map { ShownText(choices[$0]) }
        case .ordering(let ordering):
            options = item.optionOrder.map { ShownText(ordering.items[$0]) }
            numbering = ordering.numbering
        case .cloze(let cloze): gaps = zip(cloze.gaps, item.gapOrders).map { ShownGap($0.entry, order: $1) }
        case .numeric(let entry): units = entry.shownUnits
        case .open(let open): response = ShownResponse(open)
        case .trueFalse, .shortText, .description: break
        }
    }

    /// The files that the candidate may fetch for the item.
    public var files: [ShownText.File] {
        let texts =
            [prompt] + options + pairPrompts + pairChoices + (gaps ?? []).flatMap(\.options)
            + [response?.template].compactMap(\.self)
        return texts.flatMap(\.files)
    }
}

/// A text as it is shown, with the files that it refers to.
public struct ShownText: Hashable, Sendable, Encodable {
    /// A file that a text refers to.
    public struct File: Hashable, Sendable, Encodable {
        /// How the text refers to it.
        public let reference: String
        /// SHA-256 of its bytes in hexadecimal, by which it is fetched.
        public let sha256: String
    }

    /// The markup.
    public let format: RichText.Format
    /// The text.
    public let text: String
    /// Its files.
    public let files: [File]

    /// Makes the view of a text.
    public init(_ text: RichText) {
        format = text.format
        self.text = text.text
        files = text.files.map { File(reference: $0.reference, sha256: $0.sha256) }
    }

    enum CodingKeys: String, CodingKey {
        case format, text, files
    }

    /// Writes the text, its files only where there are some.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(format, forKey: .format)
        try container.encode(text, forKey: .text)
        if !files.isEmpty { try container.encode(files, forKey: .files) }
    }
}

/// A gap as it is shown.
public struct ShownGap: Hashable, Sendable, Encodable {
    /// What goes into a gap.
    public enum Kind: String, Hashable, Sendable, Encodable, CaseIterable {
        case choice, choices, number, text
    }

    /// What goes into it.
    public let kind: Kind
    /// Its options in the ticket's order; empty where one types.
    public let options: [ShownText]
    /// How options are shown; nil where there are none.
    public let display: Cloze.GapChoice.Display?
    /// The units in which a number may be given; nil where none is asked for.
    public let units: [String]?

    init(_ entry: Cloze.Entry, order: [Int]) {
        switch entry {
        case .choice(let choice):
            kind = choice.isSingle ? .choice : .choices
            options = order.map { ShownText(choice.options[$0].text) }
            display = choice.display
            units = nil
        case .numeric(let entry):
            (kind, options, display, units) = (.number, [], nil, entry.shownUnits)
        case .text:
            (kind, options, display, units) = (.text, [], nil, nil)
        }
    }
}

/// What text and files an open question wants.
public struct ShownResponse: Hashable, Sendable, Encodable {
    /// How the text is written; nil where none is wanted.
    public let editor: OpenResponse.TextPart.Editor?
    /// Whether the text must be given.
    public let isTextRequired: Bool
    /// How many lines the field shows.
    public let lines: Int?
    /// The fewest words.
    public let minimumWords: Int?
    /// The most words.
    public let maximumWords: Int?
    /// What stands in the field at first.
    public let template: ShownText?
    /// Whether files are wanted.
    public let takesFiles: Bool
    /// The most files; nil for as many as an answer takes.
    public let maximumFiles: Int?
    /// How many files must be given.
    public let requiredFiles: Int
    /// The accepted kinds: suffixes (`.pdf`), groups (`image`) or media types; empty for any.
    public let fileTypes: [String]

    enum CodingKeys: String, CodingKey {
        case editor, lines, template
        case isTextRequired = "text_required"
        case minimumWords = "minimum_words"
        case maximumWords = "maximum_words"
        case takesFiles = "takes_files"
        case maximumFiles = "maximum_files"
        case requiredFiles = "required_files"
        case fileTypes = "file_types"
    }

    init(_ response: OpenResponse) {
        editor = response.text?.editor
        isTextRequired = response.text?.isRequired ?? false
        lines = response.text?.lines
        minimumWords = response.text?.minimumWords
        maximumWords = response.text?.maximumWords
        template = response.text?.template.map { ShownText($0) }
        takesFiles = response.files != nil
        maximumFiles = response.files?.maximum
        requiredFiles = response.files?.required ?? 0
        fileTypes = response.files?.types ?? []
    }
}

extension NumericEntry {
    /// The names of the units that a candidate chooses from or may type, the key's own not in front of all others.
    fileprivate var shownUnits: [String]? {
        guard let units, units.display != .hidden else { return nil }
        return units.units.map(\.name).sorted()
    }
}
