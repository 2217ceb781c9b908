import Accounts
import Attestation
import Cryptography
import Foundation
import HTTPServer
import Identification
import Workflows

/// Exams (row D2).
struct ExamEndpoints {
    let administration: ExamAdministration

    var all: [Endpoint] { [publish, list, one] }

    private var publish: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams",
            summary: "Publish an exam; its blueprint is checked against the bank",
            tag: "exams",
            access: .permission(.manageExams),
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
            access: .permission(.readExams),
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
            access: .permission(.readExams),
            answers: [.init(.ok, "The exam", .json(ExamView.schema))]
        ) { call in
            try .json(.ok, ExamView(try await administration.exam(call.id("exam_id")).exam))
        }
    }
}

/// What an examiner sends to publish an exam.
private struct ExamBody: Decodable {
    var title: String
    var discipline: String
    var opensAt: Date
    var closesAt: Date
    var durationSeconds: Int
    var answerGraceSeconds: Int?
    var sections: [Section]
    var shuffleQuestions: Bool?
    var shuffleOptions: Bool?
    var gradingScale: String?
    var procedure: ProcedureKind?
    var identification: [IdentificationMethod]?
    var liveness: Bool?
    var identificationPolicy: PolicyBody?

    struct Section: Decodable {
        var count: Int
        var topic: String?
        var types: [QuestionType]?
        var difficulty: Int?
        var creditUnit: Int?
    }

    var draft: ExamAdministration.Draft {
        var policy = identificationPolicy?.policy
        if policy == nil, identification != nil || liveness != nil {
            policy = .electronicAndBiometric
            if let identification { policy?.anyOf = [identification] }
            if let liveness { policy?.requiresLiveness = liveness }
        }
        var draft = ExamAdministration.Draft(
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
            graceSeconds: answerGraceSeconds,
            procedure: procedure ?? .intermediateAttestation,
            policy: policy
        )
        draft.takesScaleOfDiscipline = gradingScale == nil
        return draft
    }

    static let schema = Schema.object([
        .init("title", .text(1...300), "What people call it."),
        .init("discipline", .text(1...100), "The discipline whose bank is drawn from."),
        .init("opens_at", .time, "From when attempts may start."),
        .init("closes_at", .time, "Until when attempts may start."),
        .init("duration_seconds", .integer(60...86_400), "The time for an attempt."),
        .init(
            "answer_grace_seconds",
            .integer(0...3_600),
            "For how long after the end answers are taken that were given before it; default 120, and ten minutes "
                + "where sheets are photographed.",
            required: false
        ),
        .init("sections", .array(of: section, count: 1...Blueprint.sectionLimit), "What a ticket is made of."),
        .init("shuffle_questions", .boolean, "Whether each ticket has an order of its own.", required: false),
        .init("shuffle_options", .boolean, "Whether options have an order of their own.", required: false),
        .init(
            "grading_scale",
            .oneOf(["five_point", "pass_fail"]),
            "The scale; default that of the discipline, or five_point where none is set.",
            required: false
        ),
        .init(
            "identification",
            .array(of: .oneOf(IdentificationMethod.allCases.map(\.rawValue)), count: 1...3),
            "The identifications needed before the start, all of them; in short for `identification_policy`.",
            required: false
        ),
        .init(
            "procedure",
            .oneOf(ProcedureKind.allCases.map(\.rawValue)),
            "The kind of procedure; its policy counts where none is given. Default intermediate_attestation.",
            required: false
        ),
        .init(
            "identification_policy",
            PolicyBody.schema,
            "How candidates are identified, whole; it goes before `identification` and `liveness`.",
            required: false
        ),
        .init(
            "liveness",
            .boolean,
            "Whether a biometric identification counts only with a liveness challenge passed; default true. Without it a "
                + "photograph held up to the camera can pass.",
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
    var answerGraceSeconds: Int
    var items: Int
    var secretSha256: String

    init(_ exam: Exam) {
        id = exam.id.lowercased
        title = exam.title
        discipline = exam.discipline
        opensAt = exam.opensAt
        closesAt = exam.closesAt
        durationSeconds = exam.blueprint.durationSeconds
        answerGraceSeconds = exam.graceSeconds ?? Exam.standardGraceSeconds
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
            .init("answer_grace_seconds", .integer(0...3_600), "For how long after the end queued answers are taken."),
            .init("items", .integer(1...Int64(Blueprint.itemLimit)), "How many items a ticket has."),
            .init("secret_sha256", .text(64...64), "The commitment to the secret from which tickets are drawn."),
        ])
    )
}
