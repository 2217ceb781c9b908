import Attestation
import QuestionBank

/// The shapes of items and answers.
enum ItemSchema {
    static let shown = Schema.named(
        "ShownText",
        .object([
            .init("format", .oneOf(RichText.Format.allCases.map(\.rawValue)), "How to read it."),
            .init(
                "text",
                .text(0...10_000_000),
                "The text. Formulas stand in it as TeX between `$$…$$`, `\\(…\\)` or `\\[…\\]`, or as MathML."
            ),
            .init(
                "files",
                .array(
                    of: .object([
                        .init("reference", .text(0...100_000), "How the text refers to the file."),
                        .init("sha256", .text(64...64), "By which it is fetched from the ticket's files."),
                    ]),
                    count: 0...10_000
                ),
                "The files that the text refers to.",
                required: false
            ),
        ])
    )

    private static let texts = Schema.array(of: shown, count: 0...1_000)
    private static let units = Schema.array(of: .text(), count: 0...1_000)

    private static let gap = Schema.object([
        .init("kind", .oneOf(ShownGap.Kind.allCases.map(\.rawValue)), "What goes into the gap."),
        .init("options", texts, "Its options in the ticket's order."),
        .init("display", .oneOf(["list", "vertical", "horizontal"]), "How options are shown.", required: false),
        .init("units", units, "The units in which a number may be given.", required: false),
    ])

    private static let response = Schema.object([
        .init(
            "editor",
            .oneOf(OpenResponse.TextPart.Editor.allCases.map(\.rawValue)),
            "How the text is written; absent where none is wanted.",
            required: false
        ),
        .init("text_required", .boolean, "Whether the text must be given."),
        .init("lines", .integer(-1_000_000...1_000_000), "How many lines the field shows.", required: false),
        .init("minimum_words", .integer(-1_000_000_000...1_000_000_000), "The fewest words.", required: false),
        .init("maximum_words", .integer(-1_000_000_000...1_000_000_000), "The most words.", required: false),
        .init("template", shown, "What stands in the field at first.", required: false),
        .init("takes_files", .boolean, "Whether files are wanted."),
        .init("maximum_files", .integer(-1_000_000_000...1_000_000_000), "The most files.", required: false),
        .init("required_files", .integer(-1_000_000_000...1_000_000_000), "How many files must be given."),
        .init("file_types", .array(of: .text(), count: 0...10_000), "Suffixes, groups or media types; none for any."),
    ])

    static let item = Schema.named(
        "TicketItem",
        .object([
            .init("number", .integer(1...1_000), "The number on the ticket."),
            .init("type", .oneOf(QuestionType.asked.map(\.rawValue)), "The kind of question."),
            .init("prompt", shown, "What is asked; in a cloze question `{#1}` stands for the first gap."),
            .init("points", .text(), "What it is worth."),
            .init("options", texts, "Options, or things to be ordered, in the ticket's order."),
            .init("pair_prompts", texts, "Left-hand sides."),
            .init("pair_choices", texts, "Right-hand sides."),
            .init(
                "numbering",
                .oneOf(Choice.Numbering.allCases.map(\.rawValue)),
                "How options are numbered.",
                required: false
            ),
            .init("gaps", .array(of: gap, count: 0...1_000), "The gaps of a cloze question.", required: false),
            .init("units", units, "The units in which a number may be given.", required: false),
            .init("response", response, "What a person will grade.", required: false),
        ])
    )

    private static let place = Schema.integer(0...999)
    private static let places = Schema.array(of: place, count: 0...1_000)

    private static let choice = Schema.object([
        .init("type", .oneOf(["choice"]), "One option."), .init("index", place, "Its place, from 0."),
    ])
    private static let choices = Schema.object([
        .init("type", .oneOf(["choices"]), "Several options."), .init("indexes", places, "Their places, from 0."),
    ])
    private static let number = Schema.object([
        .init("type", .oneOf(["number"]), "A number."),
        .init("value", .text(1...100), "As it was typed."),
        .init("unit", .text(0...100), "Its unit, where one is asked for.", required: false),
    ])
    private static let text = Schema.object([
        .init("type", .oneOf(["text"]), "A short text."),
        .init("text", .text(0...Attestation.Answer.essayLimit), "The text."),
    ])

    static let answer = Schema.named(
        "Answer",
        .either([
            choice, choices, number, text,
            .object([.init("type", .oneOf(["truth"]), "True or false."), .init("value", .boolean, "Which.")]),
            .object([
                .init("type", .oneOf(["essay"]), "A free text."),
                .init("text", .text(0...Attestation.Answer.essayLimit), "The text."),
            ]),
            .object([
                .init("type", .oneOf(["matches"]), "Pairs."),
                .init(
                    "indexes",
                    .array(of: .nullable(place), count: 0...1_000),
                    "For each left-hand side the place of the right-hand side."
                ),
            ]),
            .object([
                .init("type", .oneOf(["order"]), "An order."),
                .init("indexes", places, "The places of the things shown, in the order that they are given."),
            ]),
            .object([
                .init("type", .oneOf(["gaps"]), "What goes into the gaps of a cloze question."),
                .init(
                    "answers",
                    .array(of: .nullable(.either([choice, choices, number, text])), count: 0...1_000),
                    "For each gap what goes into it; null where it is left empty."
                ),
            ]),
            .object([
                .init("type", .oneOf(["files"]), "Files that were uploaded for this item."),
                .init(
                    "files",
                    .array(of: .uuid, count: 0...Attestation.Answer.fileLimit),
                    "Their identifiers, in order."
                ),
                .init(
                    "text",
                    .text(0...Attestation.Answer.essayLimit),
                    "A text, where one is asked for.",
                    required: false
                ),
            ]),
        ])
    )
}
