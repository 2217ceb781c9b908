import Attestation
import Foundation
import QuestionBank
import QuestionFormats
import Workflows

/// What came of an import.
struct QuestionImportView: Encodable {
    var format: String?
    var package: Bool
    var encoding: String?
    var read: Int
    var readByType: [String: Int]
    var added: Int
    var newVersions: Int
    var unchanged: Int
    var notRead: Int
    var partlyRead: Int
    var notes: Int
    var problems: [Problem]

    struct Problem: Encodable {
        var severity: String
        var file: String?
        var line: Int
        var title: String
        var code: String
        var detail: String
    }

    init(_ report: QuestionImports.Report, language: LocalizedText.Language) {
        let file = report.file
        format = file.format?.rawValue
        package = file.isPackage
        encoding = file.encoding
        read = file.readCount
        readByType = file.readByType
        added = report.added
        newVersions = report.renewed
        unchanged = report.unchanged
        notRead = file.notReadCount
        partlyRead = file.partlyReadCount
        notes = file.noteCount
        func problems(_ lines: [CheckReport.Line], _ severity: ImportFinding.Severity) -> [Problem] {
            lines.prefix(QuestionImports.listLimit).map {
                Problem(
                    severity: severity.rawValue,
                    file: $0.file,
                    line: $0.line,
                    title: $0.title,
                    code: $0.code,
                    detail: language == .en ? $0.reason.en : $0.reason.ru
                )
            }
        }
        self.problems =
            problems(file.notRead, .notRead) + problems(file.partlyRead, .partlyRead) + problems(file.notes, .note)
    }

    private static let count = Schema.integer(0...10_000_000)

    static let schema = Schema.object([
        .init("format", .oneOf(QuestionFormat.allCases.map(\.rawValue)), "The format, told by the content."),
        .init("package", .boolean, "Whether it is a package: a zip archive with a manifest."),
        .init("encoding", .text(), "The encoding of a text file.", required: false),
        .init("read", count, "How many questions were read, whole or in part."),
        .init("read_by_type", .dictionary(of: count), "The same by type."),
        .init("added", count, "How many of them are new in the bank."),
        .init("new_versions", count, "How many were there and are a version newer."),
        .init("unchanged", count, "How many were there as they are."),
        .init("not_read", count, "How many items were not read."),
        .init("partly_read", count, "How many parts of items were not read."),
        .init("notes", count, "How many things should be looked at although nothing was lost."),
        .init(
            "problems",
            .array(
                of: .object([
                    .init("severity", .oneOf(["not_read", "partly_read", "note"]), "How much was lost."),
                    .init("file", .text(), "The file inside the package.", required: false),
                    .init("line", .integer(0...100_000_000), "Where the item begins; 0 where a file has no lines."),
                    .init("title", .text(0...100_000), "The item's title or beginning."),
                    .init("code", .text(), "Why, for programs."),
                    .init("detail", .text(), "Why, for people."),
                ]),
                count: 0...(3 * QuestionImports.listLimit)
            ),
            "What was not read as it stood, of each severity the first thousand."
        ),
    ])
}

/// What a bank holds.
struct BankView: Encodable {
    var discipline: String
    var questions: Int
    var byTopic: [String: Int]
    var byType: [String: Int]
    var byDifficulty: [String: Int]
    var byCreditUnit: [String: Int]
    var byPool: [String: Int]

    init(_ discipline: String, _ bank: [QuestionSummary]) {
        self.discipline = discipline
        questions = bank.count
        func counts(_ names: [String]) -> [String: Int] {
            names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        byTopic = counts(bank.map(\.topic))
        byType = counts(bank.map(\.type.rawValue))
        byDifficulty = counts(bank.compactMap(\.difficulty).map(String.init))
        byCreditUnit = counts(bank.compactMap(\.creditUnit).map(String.init))
        byPool = counts(bank.flatMap(\.pools))
    }

    private static let counts = Schema.dictionary(of: .integer(0...10_000_000))

    static let schema = Schema.object([
        .init("discipline", .text(), "The discipline."),
        .init("questions", .integer(0...10_000_000), "How many questions there are."),
        .init("by_topic", counts, "The same by topic; the empty one is none."),
        .init("by_type", counts, "The same by type."),
        .init("by_difficulty", counts, "The same by difficulty, where it is given."),
        .init("by_credit_unit", counts, "The same by credit unit, where it is given."),
        .init("by_pool", counts, "The same by named pool (tag `pool=…`)."),
    ])
}

/// A question of the bank as it is listed; the whole of it is exported.
struct QuestionView: Encodable {
    var id: String
    var version: Int
    var title: String
    var type: String
    var topic: [String]
    var creditUnit: Int?
    var difficulty: Int?
    var points: String
    var tags: [String]
    var externalId: String?
    var isOffered: Bool
    var addedAt: Date?

    init(_ question: Question, addedAt: Date? = nil) {
        id = question.id.lowercased
        version = question.version
        title = question.content.title
        type = question.content.type.rawValue
        topic = question.content.topic
        creditUnit = question.content.creditUnit
        difficulty = question.content.difficulty
        points = question.summary.points.description
        tags = question.content.tags
        externalId = question.content.externalID
        isOffered = question.summary.isOffered
        self.addedAt = addedAt
    }

    private static let name = Schema.text(0...1_000_000)

    static let schema = Schema.named(
        "Question",
        .object([
            .init("id", .uuid, "The question's identifier, the same in all versions."),
            .init("version", .integer(1...1_000_000), "The version."),
            .init("title", name, "A name for staff."),
            .init("type", .oneOf(QuestionType.allCases.map(\.rawValue)), "The kind."),
            .init("topic", .array(of: name, count: 0...1_000), "The topic, from the outermost one."),
            .init("credit_unit", .integer(1...1_000), "The credit unit.", required: false),
            .init("difficulty", .integer(1...5), "How hard it is.", required: false),
            .init("points", .text(), "What it is worth unless a blueprint says otherwise."),
            .init("tags", .array(of: name, count: 0...10_000), "Free tags; `pool=…` puts it into a named pool."),
            .init("external_id", name, "The identifier in the system that it comes from.", required: false),
            .init("is_offered", .boolean, "Whether new tickets may have it."),
            .init("added_at", .time, "When the version was added, where that was kept.", required: false),
        ])
    )
}

/// Which version a question has.
struct VersionView: Encodable {
    var version: Int

    static let schema = Schema.object([.init("version", .integer(1...1_000_000), "The newest version.")])
}

/// What an export loses.
struct LossesView: Encodable {
    var count: Int
    var losses: [Loss]

    struct Loss: Encodable {
        var title: String
        var isLeftOut: Bool
        var code: String
        var detail: String
    }

    init(_ losses: [WriteLoss], language: LocalizedText.Language) {
        count = losses.count
        self.losses = losses.prefix(QuestionImports.listLimit).map {
            Loss(
                title: $0.title,
                isLeftOut: $0.isLeftOut,
                code: $0.code,
                detail: language == .en ? $0.reason.en : $0.reason.ru
            )
        }
    }

    static let schema = Schema.object([
        .init("count", .integer(0...100_000_000), "How many losses there are."),
        .init(
            "losses",
            .array(
                of: .object([
                    .init("title", .text(0...1_000_000), "The question's title."),
                    .init("is_left_out", .boolean, "Whether the whole question is left out."),
                    .init("code", .text(), "What is lost, for programs."),
                    .init("detail", .text(), "What is lost, for people."),
                ]),
                count: 0...QuestionImports.listLimit
            ),
            "The first thousand."
        ),
    ])
}
