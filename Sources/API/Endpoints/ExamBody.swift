import Attestation
import Foundation
import Identification
import QuestionBank
import Workflows

/// What an examiner sends to publish an exam.
struct ExamBody: Decodable {
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
    var groups: [Group]?
    var mayShare: Bool?
    var mayRepeat: Bool?
    var freshDays: Int?
    var variety: Int?
    var calculator: Blueprint.Aids.Calculator?
    var aids: [String]?

    /// Lists of groups are long.
    static let maximumBytes = 1024 * 1024

    struct Section: Decodable {
        var count: Int?
        var topic: String?
        var types: [QuestionType]?
        var difficulty: Int?
        var creditUnit: Int?
        var pool: String?
        var fixed: [UUID]?
        var pointsEach: Points?

        var section: BlueprintSection {
            if let fixed {
                var section = BlueprintSection(fixed: fixed, pointsEach: pointsEach)
                if let count { section.count = count }
                return section
            }
            return BlueprintSection(
                topic: topic,
                types: types,
                difficulty: difficulty,
                creditUnit: creditUnit,
                pool: pool,
                count: count ?? 1,
                pointsEach: pointsEach
            )
        }
    }

    struct Group: Decodable {
        var name: String?
        var groupId: UUID?
        var set: Int?
        var members: [UUID]?
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
                sections: sections.map(\.section),
                shuffleQuestions: shuffleQuestions ?? true,
                shuffleOptions: shuffleOptions ?? true,
                durationSeconds: durationSeconds,
                gradingScale: gradingScale == "pass_fail" ? .passFail : .fivePoint,
                aids: calculator == nil && aids == nil
                    ? nil : Blueprint.Aids(calculator: calculator ?? .none, allowed: aids ?? [])
            ),
            graceSeconds: answerGraceSeconds,
            procedure: procedure ?? .intermediateAttestation,
            policy: policy,
            groups: (groups ?? []).enumerated().map { index, group in
                ExamAdministration.GroupDraft(
                    name: group.name,
                    registeredID: group.groupId,
                    members: group.members,
                    set: group.set ?? index + 1
                )
            },
            separation: TicketPlanning.Separation(
                freshDays: freshDays ?? 365,
                // Where groups are named they are to be kept apart, or the examiner says otherwise.
                mayRepeat: mayRepeat ?? (groups ?? []).isEmpty,
                mayShare: mayShare ?? false,
                variety: variety
            )
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
            "groups",
            .array(of: group, count: 0...1_000),
            "The groups that sit it; none where whoever is admitted does. Groups with different sets of tickets never get "
                + "the same question.",
            required: false
        ),
        .init(
            "may_share",
            .boolean,
            "Whether groups may have questions in common where the bank does not suffice; default false.",
            required: false
        ),
        .init(
            "may_repeat",
            .boolean,
            "Whether questions that exams of the discipline have shown, or will show, may come again where the others do "
                + "not suffice; default true without groups, false with them.",
            required: false
        ),
        .init(
            "fresh_days",
            .integer(0...3_650),
            "For how many days back a question that was shown counts as shown; default 365, 0 for not at all.",
            required: false
        ),
        .init(
            "variety",
            .integer(1...1_000),
            "The most questions for each place on the ticket that a set takes; without it the whole bank is shared out.",
            required: false
        ),
        .init(
            "calculator",
            .oneOf(Blueprint.Aids.Calculator.allCases.map(\.rawValue)),
            "Which calculator candidates may use.",
            required: false
        ),
        .init("aids", .array(of: .text(1...300), count: 0...50), "What else candidates may use.", required: false),
        .init(
            "liveness",
            .boolean,
            "Whether a biometric identification counts only with a liveness challenge passed; default true. Without it a "
                + "photograph held up to the camera can pass.",
            required: false
        ),
    ])

    private static let section = Schema.object([
        .init(
            "count",
            .integer(1...Int64(Blueprint.itemLimit)),
            "How many items; default 1, or the number of fixed questions.",
            required: false
        ),
        .init("topic", .text(1...300), "Only this topic and those below it.", required: false),
        .init(
            "types",
            .array(of: .oneOf(QuestionType.asked.map(\.rawValue)), count: 1...QuestionType.asked.count),
            "Only these types.",
            required: false
        ),
        .init("difficulty", .integer(1...5), "Only this difficulty.", required: false),
        .init("credit_unit", .integer(1...1_000), "Only this credit unit.", required: false),
        .init("pool", .text(1...300), "Only the named pool: questions with the tag `pool=…`.", required: false),
        .init(
            "fixed",
            .array(of: .uuid, count: 1...Blueprint.itemLimit),
            "Just these questions, on every ticket; filters are not looked at then.",
            required: false
        ),
        .init(
            "points_each",
            .string(.init(length: 1...10, pattern: #"^[0-9]{1,4}(\.[0-9]{1,2})?$"#, example: "1.50")),
            "What each is worth; without it what the question says.",
            required: false
        ),
    ])

    private static let group = Schema.object([
        .init("group_id", .uuid, "A group of the register; whoever joins it later sits the exam too.", required: false),
        .init(
            "name",
            .text(1...100),
            "A group of the register by its name, or what the people of `members` are called.",
            required: false
        ),
        .init(
            "set",
            .integer(1...1_000),
            "The set of tickets; groups with the same number get the same set. Default: a set for each group.",
            required: false
        ),
        .init(
            "members",
            .array(of: .uuid, count: 0...1_000),
            "The accounts of candidates who are no group of the register.",
            required: false
        ),
    ])
}
