import Accounts
import Attestation
import Foundation
import Grading
import HTTPServer
import Workflows

/// Groups and scales (rows D4, D8).
struct GroupEndpoints {
    let register: GroupRegister

    var all: [Endpoint] { [list, one, importCSV, remove, scale, setScale] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/groups",
            summary: "Academic and study groups in the order of kind and name",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            parameters: [.pageAfter, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("groups", .array(of: GroupView.schema, count: 0...500), "The groups.")]))
                )
            ]
        ) { call in
            let groups = try await register.groups(after: call.pageAfter, limit: call.limit)
            return try .json(.ok, ["groups": groups.map { GroupView($0) }])
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/groups/{group_id}",
            summary: "A group and who is in it",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            answers: [.init(.ok, "The group", .json(GroupEntryView.schema))]
        ) { call in
            let entry = try await register.group(call.id("group_id"))
            return try .json(
                .ok,
                GroupEntryView(group: GroupView(entry.group), members: entry.members.map { .init($0) })
            )
        }
    }

    private var importCSV: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/groups/imports",
            summary: "Fill groups from CSV with the columns group, kind, contract, faculty, record_book",
            tag: "grade sheets",
            access: .permission(.manageGradeSheets),
            body: .raw(["text/csv"], maximumBytes: 4 * 1024 * 1024),
            answers: [.init(.ok, "What was imported and what was not", .json(GroupImportView.schema))],
            problems: [.unprocessableContent]
        ) { call in
            let report = try await register.importCSV(call.request.body)
            return try .json(.ok, GroupImportView(report, language: call.language))
        }
    }

    private var remove: Endpoint {
        Endpoint(
            method: .delete,
            path: "/v1/groups/{group_id}/members/{contract_id}",
            summary: "Take somebody out of a group; grade sheets that exist keep them",
            tag: "grade sheets",
            access: .permission(.manageGradeSheets),
            answers: [.init(.noContent, "They are in it no longer")]
        ) { call in
            try await register.remove(call.id("contract_id"), from: call.id("group_id"))
            return .noContent
        }
    }

    private var scale: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/disciplines/{discipline}/scale",
            summary: "How a discipline is graded",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            answers: [.init(.ok, "The scale", .json(ScaleView.schema))]
        ) { call in
            let discipline = try call.discipline()
            let scale = try await register.scale(of: discipline)
            return try .json(.ok, ScaleView(discipline: discipline, scale))
        }
    }

    private var setScale: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/disciplines/{discipline}/scale",
            summary: "Set how a discipline is graded; exams published before keep their scale",
            tag: "grade sheets",
            access: .permission(.manageExams),
            body: .json(ScaleBody.schema),
            answers: [.init(.ok, "The scale", .json(ScaleView.schema))],
            problems: [.unprocessableContent]
        ) { call in
            let discipline = try call.discipline()
            let body = try call.body(as: ScaleBody.self)
            let scale = try register.makeScale(
                discipline: discipline,
                kind: body.kind,
                scale: body.scale,
                by: call.principal
            )
            try await register.set(scale)
            return try .json(.ok, ScaleView(discipline: discipline, scale))
        }
    }
}

private struct GroupView: Encodable {
    var id: String
    var kind: String
    var name: String
    var faculty: String

    init(_ group: StudentGroup) {
        id = group.id.lowercased
        kind = group.kind.rawValue
        name = group.name
        faculty = group.faculty
    }

    static let schema = Schema.named(
        "Group",
        .object([
            .init("id", .uuid, "The identifier."),
            .init("kind", .oneOf(StudentGroup.Kind.allCases.map(\.rawValue)), "What the group is for."),
            .init("name", .text(), "The name."),
            .init("faculty", .text(), "The faculty; empty where none is known."),
        ])
    )
}

private struct GroupEntryView: Encodable {
    var group: GroupView
    var members: [Member]

    struct Member: Encodable {
        var contractId: String
        var number: String
        var accountId: String?
        var surname: String
        var givenName: String
        var patronymic: String?
        var recordBook: String

        init(_ member: GroupMember) {
            contractId = member.contract.id.lowercased
            number = member.contract.number.value
            accountId = member.contract.accountID?.lowercased
            surname = member.contract.name.surname
            givenName = member.contract.name.givenName
            patronymic = member.contract.name.patronymic
            recordBook = member.recordBook
        }
    }

    static let schema = Schema.object([
        .init("group", GroupView.schema, "The group."),
        .init(
            "members",
            .array(
                of: .object([
                    .init("contract_id", .uuid, "The contract."),
                    .init("number", .text(), "The contract's number."),
                    .init("account_id", .uuid, "The account, once registered.", required: false),
                    .init("surname", .text(), "Family name."),
                    .init("given_name", .text(), "Given name."),
                    .init("patronymic", .text(), "Patronymic, if any.", required: false),
                    .init("record_book", .text(), "The record book's number; empty where none is known."),
                ]),
                count: 0...100_000
            ),
            "Who is in it, in the order of names."
        ),
    ])
}

private struct GroupImportView: Encodable {
    var added: Int
    var corrected: Int
    var unchanged: Int
    var notRead: [Line]
    var notReadCount: Int

    struct Line: Encodable {
        var line: Int
        var reason: String
    }

    static let mostTold = 1_000

    init(_ report: GroupRegister.Report, language: LocalizedText.Language) {
        added = report.count(.added)
        corrected = report.count(.corrected)
        unchanged = report.count(.unchanged)
        notRead = report.problems.prefix(Self.mostTold).map {
            Line(line: $0.line, reason: LocalizedText(ru: $0.russianReason, en: $0.reason).text(in: language))
        }
        notReadCount = report.problems.count
    }

    static let schema = Schema.object([
        .init("added", .index, "People who are new in their group."),
        .init("corrected", .index, "Record books that were replaced."),
        .init("unchanged", .index, "People who were there just so."),
        .init(
            "not_read",
            .array(
                of: .object([
                    .init("line", .index, "The line in the file, from 1."),
                    .init("reason", .text(), "What is wrong."),
                ]),
                count: 0...mostTold
            ),
            "Lines that came to nothing."
        ),
        .init("not_read_count", .index, "How many there are."),
    ])
}

private struct ScaleBody: Decodable {
    var kind: DisciplineScale.Kind
    var thresholds: [Threshold]
    var lowest: Grade

    struct Threshold: Decodable {
        var percent: Int
        var grade: Grade
    }

    var scale: GradingScale? {
        GradingScale(thresholds: thresholds.map { .init(percent: $0.percent, grade: $0.grade) }, lowest: lowest)
    }

    static let schema = Schema.object([
        .init("kind", .oneOf(DisciplineScale.Kind.allCases.map(\.rawValue)), "What the grade sheet shows."),
        .init("thresholds", ScaleView.thresholds, "From how many percent which grade is given, highest first."),
        .init("lowest", .oneOf(Grade.allCases.map(\.rawValue)), "The grade below all thresholds."),
    ])
}

private struct ScaleView: Encodable {
    var discipline: String
    var isSet: Bool
    var kind: String
    var thresholds: [Threshold]
    var lowest: String
    var at: Date?

    struct Threshold: Encodable {
        var percent: Int
        var grade: String
    }

    init(discipline: String, _ scale: DisciplineScale?) {
        let grading = scale?.scale ?? .fivePoint
        self.discipline = discipline
        isSet = scale != nil
        kind = scale?.kind.rawValue ?? DisciplineScale.Kind.fivePoint.rawValue
        thresholds = grading.thresholds.map { Threshold(percent: $0.percent, grade: $0.grade.rawValue) }
        lowest = grading.lowest.rawValue
        at = scale?.at
    }

    static let thresholds = Schema.array(
        of: .object([
            .init("percent", .integer(1...100), "The least percent, or points of the rating."),
            .init("grade", .oneOf(Grade.allCases.map(\.rawValue)), "The grade."),
        ]),
        count: 1...Grade.allCases.count
    )

    static let schema = Schema.object([
        .init("discipline", .text(), "The discipline."),
        .init("is_set", .boolean, "Whether it was set; otherwise these are the usual five grades."),
        .init("kind", .oneOf(DisciplineScale.Kind.allCases.map(\.rawValue)), "What the grade sheet shows."),
        .init("thresholds", thresholds, "From how many percent which grade is given, highest first."),
        .init("lowest", .oneOf(Grade.allCases.map(\.rawValue)), "The grade below all thresholds."),
        .init("at", .time, "When it was set.", required: false),
    ])
}
