import Attestation
import Cases
import Foundation
import Workflows

/// A case as it is read. Candidates see no accounts of staff.
struct CaseView: Encodable {
    var id: String
    var kind: String
    var kindText: String
    var state: String
    var stateText: String
    var isClosed: Bool
    var candidateId: String
    var attemptId: String?
    var parentId: String?
    var openedAt: Date
    var chair: String?
    var members: [String]?
    var isErased: Bool
    var terms: [Term]
    var nextSteps: [Next]
    var records: [Record]

    struct Term: Encodable {
        var id: String
        var label: String
        var endsAt: Date
        var isOver: Bool
        var isProvisional: Bool
    }

    struct Next: Encodable {
        var step: String
        var label: String
        var path: String
    }

    struct Record: Encodable {
        var number: Int
        var at: Date
        var kind: String
        var step: String?
        var label: String?
        var role: String
        var by: String?
        var state: String
        var term: String?
        var values: [String: CaseValue]
    }

    init(_ sheet: CaseDesk.Sheet, language: LocalizedText.Language) {
        let item = sheet.item
        let definition = item.definition
        func text(_ text: BilingualText) -> String { LocalizedText(text).text(in: language) }
        let labels = Dictionary(definition.steps.flatMap(\.begins).map { ($0.id, text($0.label)) }) { first, _ in first
        }
        id = item.id.lowercased
        kind = definition.kind.rawValue
        kindText = text(definition.label)
        state = item.state
        stateText = text(definition.label(of: item.state))
        isClosed = item.isClosed
        candidateId = item.opening.subject.lowercased
        attemptId = item.opening.attemptID?.lowercased
        parentId = item.opening.parentID?.lowercased
        openedAt = item.opening.at
        isErased = sheet.isErased
        if !sheet.isForCandidate {
            chair = item.chair?.lowercased
            members = item.members.map(\.lowercased)
        }
        terms = item.terms.map {
            Term(
                id: $0.id,
                label: labels[$0.id] ?? $0.id,
                endsAt: $0.endsAt,
                isOver: $0.isOver,
                isProvisional: $0.isProvisional == true
            )
        }
        nextSteps = sheet.next.map {
            Next(
                step: $0.id,
                label: text($0.label),
                path: "/v1/\(definition.path)/\(item.id.lowercased)/\($0.id)"
            )
        }
        let people = Set(
            definition.steps.flatMap(\.fields).compactMap { field -> String? in
                if case .people = field.kind { field.name } else { nil }
            }
        )
        records = item.records.map { record in
            let values = sheet.values[record.number] ?? [:]
            return Record(
                number: record.number,
                at: record.at,
                kind: record.kind.rawValue,
                step: record.step,
                label: record.step.flatMap { definition.step($0) }.map { text($0.label) },
                role: record.actor.rawValue,
                by: sheet.isForCandidate ? nil : record.author?.lowercased,
                state: record.to,
                term: record.term,
                values: sheet.isForCandidate ? values.filter { !people.contains($0.key) } : values
            )
        }
    }

    static let schema = Schema.named(
        "Case",
        .object([
            .init("id", .uuid, "The case."),
            .init("kind", .oneOf(CaseKind.allCases.map(\.rawValue)), "Its kind."),
            .init("kind_text", .text(), "The kind in words."),
            .init("state", .text(1...50), "Where it stands; see the kinds."),
            .init("state_text", .text(), "The state in words."),
            .init("is_closed", .boolean, "Whether nothing can follow."),
            .init("candidate_id", .uuid, "The candidate whom it is about."),
            .init("attempt_id", .uuid, "The attempt that it is about.", required: false),
            .init("parent_id", .uuid, "The case that it follows from.", required: false),
            .init("opened_at", .time, "When it was opened."),
            .init("chair", .uuid, "The chair of its commission; for staff.", required: false),
            .init("members", .array(of: .uuid, count: 0...20), "The other members; for staff.", required: false),
            .init("is_erased", .boolean, "Whether what was personal is destroyed."),
            .init(
                "terms",
                .array(
                    of: .object([
                        .init("id", .text(1...50), "Its name."), .init("label", .text(), "What is to be done."),
                        .init("ends_at", .time, "Its last moment."),
                        .init("is_over", .boolean, "Whether it was noted as over."),
                        .init(
                            "is_provisional",
                            .boolean,
                            "Whether it rests on a year whose days off were not decided: then the Labour Code's count."
                        ),
                    ]),
                    count: 0...20
                ),
                "Terms that run, or are over and were not met."
            ),
            .init(
                "next_steps",
                .array(
                    of: .object([
                        .init("step", .text(1...50), "The step."), .init("label", .text(), "What it is."),
                        .init("path", .text(), "Where it is taken, by POST."),
                    ]),
                    count: 0...20
                ),
                "What whoever asks could do now."
            ),
            .init(
                "records",
                .array(
                    of: .object([
                        .init("number", .integer(1...100_000), "Counts from 1."), .init("at", .time, "When."),
                        .init("kind", .oneOf(["step", "term_over", "document"]), "What it is."),
                        .init("step", .text(1...50), "The step.", required: false),
                        .init("label", .text(), "The step in words.", required: false),
                        .init("role", .oneOf(CaseActor.allCases.map(\.rawValue)), "In which part."),
                        .init("by", .uuid, "By whom; for staff.", required: false),
                        .init("state", .text(1...50), "The state after it."),
                        .init("term", .text(1...50), "The term that is over.", required: false),
                        .init("values", .dictionary(of: .caseValue), "What was filled in."),
                    ]),
                    count: 0...100_000
                ),
                "What was done, in order."
            ),
        ])
    )
}

/// A kind of case.
struct CaseKindView: Encodable {
    var kind: String
    var label: String
    var path: String
    var states: [State]
    var steps: [Step]

    struct State: Encodable {
        var id: String
        var label: String
        var isFinal: Bool
    }

    struct Step: Encodable {
        var id: String
        var label: String
        var role: String
        var from: [String]
        var fields: [Field]
        var terms: [Term]
    }

    struct Field: Encodable {
        var name: String
        var label: String
        var kind: String
        var isRequired: Bool
        var choices: [State]?
        /// What a row holds; a column holds no rows.
        var columns: [Field]?

        init(_ field: CaseField, _ text: (BilingualText) -> String) {
            name = field.name
            label = text(field.label)
            isRequired = field.isRequired
            kind = field.kind.name
            if case .choice(let all) = field.kind {
                choices = all.map { State(id: $0.id, label: text($0.label), isFinal: false) }
            }
            if case .rows(let fields, _) = field.kind { columns = fields.map { Field($0, text) } }
        }
    }

    struct Term: Encodable {
        var id: String
        var label: String
        var days: Int
        var unit: String
        var role: String
    }

    init(_ definition: CaseDefinition, language: LocalizedText.Language) {
        func text(_ text: BilingualText) -> String { LocalizedText(text).text(in: language) }
        kind = definition.kind.rawValue
        label = text(definition.label)
        path = "/v1/\(definition.path)"
        states = definition.states.map {
            State(id: $0.id, label: text($0.label), isFinal: definition.isFinal($0.id))
        }
        steps = definition.steps.map { step in
            Step(
                id: step.id,
                label: text(step.label),
                role: step.actor.rawValue,
                from: step.from.sorted(),
                fields: step.fields.map { Field($0, text) },
                terms: step.begins.map {
                    Term(
                        id: $0.id,
                        label: text($0.label),
                        days: $0.days,
                        unit: $0.unit.rawValue,
                        role: $0.actor.rawValue
                    )
                }
            )
        }
    }

    private static let state = Schema.object([
        .init("id", .text(1...50), "Its name."), .init("label", .text(), "In words."),
        .init("is_final", .boolean, "Whether nothing follows."),
    ])

    private static let field: [Schema.Property] = [
        .init("name", .text(1...50), "The member of the body."),
        .init("label", .text(), "In words."),
        .init("kind", .oneOf(CaseField.Kind.names), "What goes into it."),
        .init("is_required", .boolean, "Whether the step needs it."),
        .init("choices", .array(of: state, count: 1...50), "What there is to choose from.", required: false),
    ]

    static let schema = Schema.named(
        "CaseKind",
        .object([
            .init("kind", .oneOf(CaseKind.allCases.map(\.rawValue)), "The kind."),
            .init("label", .text(), "In words."),
            .init("path", .text(), "Where such cases are opened."),
            .init("states", .array(of: state, count: 1...50), "Where a case may stand."),
            .init(
                "steps",
                .array(
                    of: .object([
                        .init("id", .text(1...50), "Its name."), .init("label", .text(), "In words."),
                        .init("role", .oneOf(CaseActor.allCases.map(\.rawValue)), "Who takes it."),
                        .init(
                            "from",
                            .array(of: .text(1...50), count: 0...20),
                            "From which states; none opens a case."
                        ),
                        .init(
                            "fields",
                            .array(
                                of: .object(
                                    field + [
                                        .init(
                                            "columns",
                                            .array(of: .object(field), count: 1...50),
                                            "What each row holds, where the field takes rows.",
                                            required: false
                                        )
                                    ]
                                ),
                                count: 0...50
                            ),
                            "What is filled in."
                        ),
                        .init(
                            "terms",
                            .array(
                                of: .object([
                                    .init("id", .text(1...50), "Its name."),
                                    .init("label", .text(), "What is to be done."),
                                    .init("days", .integer(1...1_000), "How many days."),
                                    .init("unit", .oneOf(DayUnit.allCases.map(\.rawValue)), "Which days count."),
                                    .init("role", .oneOf(CaseActor.allCases.map(\.rawValue)), "Who is to act."),
                                ]),
                                count: 0...20
                            ),
                            "The terms that begin."
                        ),
                    ]),
                    count: 1...50
                ),
                "The steps."
            ),
        ])
    )
}

/// A grade that takes the place of what was graded.
struct GradeChangeView: Encodable {
    var ground: String
    var caseId: String?
    var before: String?
    var after: String
    var afterText: String
    var at: Date

    init(_ change: GradeChange) {
        ground = change.ground.rawValue
        caseId = change.caseID?.lowercased
        before = change.before?.rawValue
        after = change.after.rawValue
        afterText = change.after.label
        at = change.at
    }

    static let schema = Schema.named(
        "GradeChange",
        .object([
            .init("ground", .oneOf(GradeChange.Ground.allCases.map(\.rawValue)), "What it rests on."),
            .init("case_id", .uuid, "The case that it was decided in.", required: false),
            .init("before", .oneOf(Grade.allCases.map(\.rawValue)), "The grade before.", required: false),
            .init("after", .oneOf(Grade.allCases.map(\.rawValue)), "The grade now."),
            .init("after_text", .text(), "The grade now, in Russian."),
            .init("at", .time, "When."),
        ])
    )
}

extension CaseField.Kind {
    /// What goes into the field, as forms know it.
    fileprivate var name: String {
        switch self {
        case .text: "text"
        case .choice: "choice"
        case .flag: "flag"
        case .number: "number"
        case .day: "day"
        case .time: "time"
        case .people: "people"
        case .exam: "exam"
        case .rows: "rows"
        }
    }

    fileprivate static let names = ["text", "choice", "flag", "number", "day", "time", "people", "exam", "rows"]
}
