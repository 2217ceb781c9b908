import Accounts
import Attestation
import Cryptography
import Foundation
import HTTPServer
import Identification
import TransparencyLog
import Workflows

/// Question banks and exams (rows D1, D2).
struct ExamEndpoints {
    let administration: ExamAdministration

    var all: [Endpoint] { [importBank, bank, publish, list, one] }

    private static let authors = Endpoint.Access.roles([.examiner, .administrator])

    private var importBank: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/question-banks/{discipline}/imports",
            summary: "Add the questions of a GIFT file to a discipline's bank",
            tag: "question bank",
            access: Self.authors,
            body: .raw(["text/plain", "application/vnd.moodle.gift"], maximumBytes: 8 * 1024 * 1024),
            answers: [.init(.ok, "What was read and what was not", .json(ImportView.schema))]
        ) { call in
            let report = try await administration.importGIFT(call.request.body, discipline: Self.discipline(call))
            return try .json(.ok, ImportView(report, language: call.language))
        }
    }

    private var bank: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/question-banks/{discipline}",
            summary: "What a discipline's bank holds",
            tag: "question bank",
            access: Self.authors,
            answers: [.init(.ok, "Questions by topic and type", .json(BankView.schema))]
        ) { call in
            let discipline = try Self.discipline(call)
            return try .json(.ok, BankView(discipline, try await administration.bank(of: discipline)))
        }
    }

    private var publish: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams",
            summary: "Publish an exam; its blueprint is checked against the bank",
            tag: "exams",
            access: Self.authors,
            parameters: [.idempotencyKey],
            body: .json(ExamBody.schema),
            answers: [.init(.created, "The exam", .json(ExamView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: ExamBody.self)
            let exam = try await administration.publish(
                body.draft,
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, ExamView(exam))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams",
            summary: "The exams, newest first",
            tag: "exams",
            access: .account,
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("exams", .array(of: ExamView.schema, count: 0...500), "The exams.")]))
                )
            ]
        ) { call in
            let exams = try await administration.exams(before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["exams": exams.map { ExamView($0) }])
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}",
            summary: "One exam",
            tag: "exams",
            access: .account,
            answers: [.init(.ok, "The exam", .json(ExamView.schema))]
        ) { call in
            try .json(.ok, ExamView(try await administration.exam(call.id("exam_id")).exam))
        }
    }

    private static func discipline(_ call: Call) throws -> String {
        let name = call.request.parameters["discipline"] ?? ""
        guard Schema.text(1...100).faults(in: .string(name)).isEmpty else {
            throw Refusal(
                .notFound,
                "discipline_unknown",
                ru: "Название дисциплины — от 1 до 100 знаков.",
                en: "A discipline's name has 1 to 100 characters."
            )
        }
        return name
    }
}

/// What an examiner sends to publish an exam.
private struct ExamBody: Decodable {
    var title: String
    var discipline: String
    var opensAt: Date
    var closesAt: Date
    var durationSeconds: Int
    var sections: [Section]
    var shuffleQuestions: Bool?
    var shuffleOptions: Bool?
    var gradingScale: String?
    var identification: [IdentificationMethod]?

    struct Section: Decodable {
        var count: Int
        var topic: String?
        var types: [QuestionType]?
        var difficulty: Int?
        var creditUnit: Int?
    }

    var draft: ExamAdministration.Draft {
        var policy = IdentificationPolicy.electronicAndBiometric
        if let identification { policy.methods = identification }
        return ExamAdministration.Draft(
            title: title,
            discipline: discipline,
            opensAt: opensAt,
            closesAt: closesAt,
            blueprint: Blueprint(
                sections: sections.map {
                    BlueprintSection(
                        topic: $0.topic,
                        types: $0.types,
                        difficulty: $0.difficulty,
                        creditUnit: $0.creditUnit,
                        count: $0.count
                    )
                },
                shuffleQuestions: shuffleQuestions ?? true,
                shuffleOptions: shuffleOptions ?? true,
                durationSeconds: durationSeconds,
                gradingScale: gradingScale == "pass_fail" ? .passFail : .fivePoint
            ),
            policy: policy
        )
    }

    static let schema = Schema.object([
        .init("title", .text(1...300), "What people call it."),
        .init("discipline", .text(1...100), "The discipline whose bank is drawn from."),
        .init("opens_at", .time, "From when attempts may start."),
        .init("closes_at", .time, "Until when attempts may start."),
        .init("duration_seconds", .integer(60...86_400), "The time for an attempt."),
        .init("sections", .array(of: section, count: 1...Blueprint.sectionLimit), "What a ticket is made of."),
        .init("shuffle_questions", .boolean, "Whether each ticket has an order of its own.", required: false),
        .init("shuffle_options", .boolean, "Whether options have an order of their own.", required: false),
        .init("grading_scale", .oneOf(["five_point", "pass_fail"]), "The scale; default five_point.", required: false),
        .init(
            "identification",
            .array(of: .oneOf(IdentificationMethod.allCases.map(\.rawValue)), count: 1...3),
            "The identifications needed before the start; default electronic and biometric.",
            required: false
        ),
    ])

    private static let section = Schema.object([
        .init("count", .integer(1...Int64(Blueprint.itemLimit)), "How many items."),
        .init("topic", .text(1...300), "Only this topic and those below it.", required: false),
        .init(
            "types",
            .array(of: .oneOf(QuestionType.allCases.map(\.rawValue)), count: 1...QuestionType.allCases.count),
            "Only these types.",
            required: false
        ),
        .init("difficulty", .integer(1...5), "Only this difficulty.", required: false),
        .init("credit_unit", .integer(1...1_000), "Only this credit unit.", required: false),
    ])
}

/// An exam as everybody sees it.
private struct ExamView: Encodable {
    var id: String
    var title: String
    var discipline: String
    var opensAt: Date
    var closesAt: Date
    var durationSeconds: Int
    var items: Int
    var secretSha256: String

    init(_ exam: Exam) {
        id = exam.id.lowercased
        title = exam.title
        discipline = exam.discipline
        opensAt = exam.opensAt
        closesAt = exam.closesAt
        durationSeconds = exam.blueprint.durationSeconds
        items = exam.blueprint.itemCount
        secretSha256 = exam.secretCommitment.hex
    }

    static let schema = Schema.named(
        "Exam",
        .object([
            .init("id", .uuid, "The exam's identifier."),
            .init("title", .text(), "What people call it."),
            .init("discipline", .text(), "The discipline."),
            .init("opens_at", .time, "From when attempts may start."),
            .init("closes_at", .time, "Until when attempts may start."),
            .init("duration_seconds", .integer(60...86_400), "The time for an attempt."),
            .init("items", .integer(1...Int64(Blueprint.itemLimit)), "How many items a ticket has."),
            .init("secret_sha256", .text(64...64), "The commitment to the secret from which tickets are drawn."),
        ])
    )
}

/// What came of an import.
private struct ImportView: Encodable {
    var read: Int
    var readByType: [String: Int]
    var notRead: Int
    var problems: [Problem]

    struct Problem: Encodable {
        var severity: String
        var line: Int
        var title: String
        var code: String
        var detail: String
    }

    init(_ report: ImportReport, language: LocalizedText.Language) {
        read = report.questions.count
        readByType = report.countsByType
        notRead = report.notReadCount
        problems = report.problems.map {
            Problem(
                severity: $0.severity.rawValue,
                line: $0.line,
                title: $0.title,
                code: $0.code.rawValue,
                detail: language == .ru ? $0.message.ru : $0.message.en
            )
        }
    }

    static let schema = Schema.object([
        .init("read", .integer(0...1_000_000), "How many questions were added."),
        .init("read_by_type", .dictionary(of: .integer(0...1_000_000)), "The same by type."),
        .init("not_read", .integer(0...1_000_000), "How many items were not read."),
        .init(
            "problems",
            .array(
                of: .object([
                    .init("severity", .oneOf(["not_read", "warning"]), "How much was lost."),
                    .init("line", .integer(1...10_000_000), "Where the item begins."),
                    .init("title", .text(0...100_000), "The item's title or beginning."),
                    .init("code", .text(), "Why, for programs."),
                    .init("detail", .text(), "Why, for people."),
                ]),
                count: 0...ImportReport.problemLimit
            ),
            "Everything that was not read as it stood."
        ),
    ])
}

/// What a bank holds.
private struct BankView: Encodable {
    var discipline: String
    var questions: Int
    var byTopic: [String: Int]
    var byType: [String: Int]

    init(_ discipline: String, _ bank: [QuestionSummary]) {
        self.discipline = discipline
        questions = bank.count
        byTopic = Dictionary(grouping: bank, by: \.topic).mapValues(\.count)
        byType = Dictionary(grouping: bank, by: \.type.rawValue).mapValues(\.count)
    }

    static let schema = Schema.object([
        .init("discipline", .text(), "The discipline."),
        .init("questions", .integer(0...10_000_000), "How many questions there are."),
        .init("by_topic", .dictionary(of: .integer(0...10_000_000)), "The same by topic."),
        .init("by_type", .dictionary(of: .integer(0...10_000_000)), "The same by type."),
    ])
}
