import Attestation
import Cryptography
import Foundation
import Workflows

/// An exam as everybody sees it.
struct ExamView: Encodable {
    var id: String
    var title: String
    var discipline: String
    var opensAt: Date
    var closesAt: Date
    var durationSeconds: Int
    var answerGraceSeconds: Int
    var items: Int
    var secretSha256: String
    var planSha256: String?
    var groups: [Group]?
    var calculator: String?
    var aids: [String]?
    var warnings: [PlanFindingView]?

    struct Group: Encodable {
        var name: String
        var groupId: String?
        var set: Int
    }

    init(_ exam: Exam, warnings: [BlueprintFinding] = [], language: LocalizedText.Language = .ru) {
        id = exam.id.lowercased
        title = exam.title
        discipline = exam.discipline
        opensAt = exam.opensAt
        closesAt = exam.closesAt
        durationSeconds = exam.blueprint.durationSeconds
        answerGraceSeconds = exam.graceSeconds ?? Exam.standardGraceSeconds
        items = exam.blueprint.itemCount
        secretSha256 = exam.secretCommitment.hex
        planSha256 = exam.planDigest?.hex
        groups = exam.groups?.map { Group(name: $0.name, groupId: $0.registeredID?.lowercased, set: $0.set) }
        calculator = exam.blueprint.aids?.calculator.rawValue
        aids = exam.blueprint.aids?.allowed
        self.warnings = warnings.isEmpty ? nil : warnings.map { PlanFindingView($0, language: language) }
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
            .init("secret_sha256", .text(64...64), "The commitment to the secret from which tickets are dealt."),
            .init("plan_sha256", .text(64...64), "The commitment to the plan of its tickets.", required: false),
            .init(
                "groups",
                .array(
                    of: .object([
                        .init("name", .text(), "What the group is called."),
                        .init("group_id", .uuid, "The group of the register.", required: false),
                        .init("set", .integer(1...1_000), "The set of tickets that it gets."),
                    ]),
                    count: 0...1_000
                ),
                "The groups that sit it.",
                required: false
            ),
            .init(
                "calculator",
                .oneOf(Blueprint.Aids.Calculator.allCases.map(\.rawValue)),
                "Which calculator candidates may use.",
                required: false
            ),
            .init("aids", .array(of: .text(), count: 0...50), "What else candidates may use.", required: false),
            .init(
                "warnings",
                .array(of: PlanFindingView.schema, count: 0...1_000),
                "What to know about its tickets; only when it is published.",
                required: false
            ),
        ])
    )
}

/// What a check of an exam found.
struct PlanFindingView: Encodable {
    var severity: String
    var code: String
    var sections: [Int]
    var available: Int?
    var needed: Int?
    var detail: String

    init(_ finding: BlueprintFinding, language: LocalizedText.Language) {
        severity = finding.severity.rawValue
        code = finding.code.rawValue
        sections = finding.sections
        available = finding.available
        needed = finding.needed
        detail = LocalizedText(finding.message).text(in: language)
    }

    static let schema = Schema.named(
        "BlueprintFinding",
        .object([
            .init("severity", .oneOf(["error", "warning"]), "Whether tickets cannot be dealt, or one should know."),
            .init("code", .text(), "What was found, for programs."),
            .init("sections", .array(of: .integer(1...1_000), count: 0...1_000), "The sections, from 1."),
            .init("available", .integer(0...10_000_000), "How many questions there are.", required: false),
            .init("needed", .integer(0...10_000_000), "How many are needed.", required: false),
            .init("detail", .text(), "What was found, for people."),
        ])
    )

    static let checkSchema = Schema.object([
        .init("can_be_published", .boolean, "Whether nothing stands in the way."),
        .init("findings", .array(of: schema, count: 0...1_000), "What was found."),
    ])
}

/// What came of a check.
struct ExamCheckView: Encodable {
    var canBePublished: Bool
    var findings: [PlanFindingView]
}
