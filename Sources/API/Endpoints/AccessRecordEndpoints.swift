import Accounts
import Foundation
import HTTPServer
import Identification
import Workflows

/// Who looked at whose biometric data or documents (row F5).
struct AccessRecordEndpoints {
    let journal: AccessJournal

    var all: [Endpoint] { [mine, list, alerts, review, rules, setRules] }

    private static let before = Endpoint.Parameter(
        name: "before_number",
        place: .query,
        schema: .index,
        summary: "Only records before this number: the last of the page before."
    )

    private var mine: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/access-records",
            summary: "Who looked at my pictures, scores and documents, when and why; staff by their roles",
            tag: "access records",
            access: .permission(.ownAccount),
            parameters: [Self.before, .limit],
            answers: [
                .init(
                    .ok,
                    "A page, newest first",
                    .json(.object([.init("accesses", .array(of: ToldView.schema, count: 0...500), "The looks.")]))
                )
            ]
        ) { call in
            let told = try await journal.own(
                call.principal,
                before: call.query("before_number").flatMap { Int64($0) },
                limit: call.limit
            )
            return try .json(.ok, ["accesses": told.map { ToldView($0) }])
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/access-records",
            summary: "Who looked at whose pictures, scores and documents, newest first",
            tag: "access records",
            access: .permission(.readRetention),
            parameters: [
                .init(name: "subject", place: .query, schema: .uuid, summary: "Only looks at this person's data."),
                .init(name: "actor", place: .query, schema: .uuid, summary: "Only this person's looks."),
                .init(name: "from", place: .query, schema: .time, summary: "Not before."),
                .init(name: "until", place: .query, schema: .time, summary: "Before."),
                Self.before, .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("accesses", .array(of: AccessView.schema, count: 0...500), "The looks.")]))
                )
            ]
        ) { call in
            var filter = AccessFilter(limit: call.limit)
            filter.subject = call.query("subject").flatMap { UUID(uuidString: $0) }
            filter.actor = call.query("actor").flatMap { UUID(uuidString: $0) }
            filter.from = call.query("from").flatMap { Timestamp.date($0) }
            filter.until = call.query("until").flatMap { Timestamp.date($0) }
            filter.before = call.query("before_number").flatMap { Int64($0) }
            let accesses = try await journal.accesses(filter)
            let names = try await journal.names(
                of: Set(accesses.flatMap { [$0.access.actor, $0.access.subject].compactMap { $0 } })
            )
            return try .json(.ok, ["accesses": accesses.map { AccessView($0, names) }])
        }
    }

    private var alerts: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/access-alerts",
            summary: "Reading that is out of the ordinary, newest first",
            tag: "access records",
            access: .permission(.readRetention),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("alerts", .array(of: AlertView.schema, count: 0...500), "The alerts.")]))
                )
            ]
        ) { call in
            let alerts = try await journal.alerts(before: call.pageBefore, limit: call.limit)
            let names = try await journal.names(of: Set(alerts.map(\.actor)))
            return try .json(.ok, ["alerts": alerts.map { AlertView($0, names) }])
        }
    }

    private var review: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/access-alerts/{alert_id}/review",
            summary: "Note what came of looking into an alert",
            tag: "access records",
            access: .permission(.manageRetention),
            body: .json(
                .object([
                    .init("finding", .oneOf(AccessAlert.Finding.allCases.map(\.rawValue)), "What came of it.")
                ])
            ),
            answers: [.init(.ok, "The alert", .json(AlertView.schema))],
            problems: [.conflict]
        ) { call in
            struct Body: Decodable {
                var finding: AccessAlert.Finding
            }
            let body = try call.body(as: Body.self)
            let alert = try await journal.review(call.id("alert_id"), body.finding, by: call.principal)
            return try .json(.ok, AlertView(alert, try await journal.names(of: [alert.actor])))
        }
    }

    private var rules: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/access-rules",
            summary: "What counts as reading out of the ordinary",
            tag: "access records",
            access: .permission(.readRetention),
            answers: [.init(.ok, "The rules", .json(RulesView.schema))]
        ) { _ in
            try .json(.ok, RulesView(try await journal.rules()))
        }
    }

    private var setRules: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/access-rules",
            summary: "Say what counts as reading out of the ordinary",
            tag: "access records",
            access: .permission(.manageRetention),
            body: .json(.object(RulesView.settable)),
            answers: [.init(.ok, "The rules", .json(RulesView.schema))]
        ) { call in
            struct Body: Decodable {
                var peopleAnHour: Int
                var opensAtHour: Int
                var closesAtHour: Int
                var asksForPurpose: Bool
                var asksForTask: Bool
            }
            let body = try call.body(as: Body.self)
            let rules = try await journal.setRules(
                AccessRules(
                    number: 0,
                    peopleAnHour: body.peopleAnHour,
                    opensAtHour: body.opensAtHour,
                    closesAtHour: body.closesAtHour,
                    asksForPurpose: body.asksForPurpose,
                    asksForTask: body.asksForTask
                ),
                by: call.principal
            )
            return try .json(.ok, RulesView(rules))
        }
    }
}

extension Endpoint.Parameter {
    /// Why a member of staff looks at personal data.
    static let accessPurpose = Endpoint.Parameter(
        name: "purpose",
        place: .query,
        schema: .oneOf(AccessPurpose.allCases.map(\.rawValue)),
        summary: "Why; it stands in the record of the look. Looks without a purpose are told to compliance staff."
    )
}

extension Call {
    /// Why the caller looks, if that was said.
    var accessPurpose: AccessPurpose? { query("purpose").flatMap { AccessPurpose(rawValue: $0) } }
}

private struct AccessView: Encodable {
    var number: Int64
    var actor: String?
    var actorName: String?
    var subject: String
    var subjectName: String?
    var what: String
    var purpose: String
    var task: String?
    var items: Int
    var at: Date

    init(_ numbered: NumberedAccess, _ names: [UUID: String]) {
        number = numbered.number
        actor = numbered.access.actor?.lowercased
        actorName = numbered.access.actor.flatMap { names[$0] }
        subject = numbered.access.subject.lowercased
        subjectName = names[numbered.access.subject]
        what = numbered.access.what
        purpose = numbered.access.purpose
        task = numbered.access.task?.lowercased
        items = numbered.access.items
        at = numbered.access.at
    }

    static let schema = Schema.named(
        "AccessRecord",
        .object([
            .init("number", .index, "The record."),
            .init("actor", .uuid, "Who looked; absent for the service itself.", required: false),
            .init("actor_name", .text(), "Their name; absent once it is erased.", required: false),
            .init("subject", .uuid, "Whose data."),
            .init("subject_name", .text(), "Their name; absent once it is erased.", required: false),
            .init("what", .text(), "What was looked at."),
            .init("purpose", .text(), "Why."),
            .init("task", .uuid, "The attempt or case that it was for.", required: false),
            .init("items", .index, "How many were shown at once."),
            .init("at", .time, "When."),
        ])
    )
}

private struct ToldView: Encodable {
    var number: Int64
    var by: String
    var roles: [String]
    var what: String
    var purpose: String
    var items: Int
    var at: Date

    init(_ told: AccessJournal.Told) {
        number = told.access.number
        by = told.isOwn ? "yourself" : told.access.access.actor == nil ? "service" : "staff"
        roles = told.isOwn ? [] : told.roles
        what = Self.plain[told.access.access.what] ?? told.access.access.what
        purpose = told.access.access.purpose
        items = told.access.access.items
        at = told.access.access.at
    }

    /// What people call it; how faces are measured is told to staff only.
    private static let plain = ["scores": "comparison_results", "template": "portrait"]

    static let schema = Schema.named(
        "OwnAccessRecord",
        .object([
            .init("number", .index, "The record, by which one can ask for more."),
            .init("by", .oneOf(["yourself", "service", "staff"]), "Who looked."),
            .init("roles", .array(of: .text(), count: 0...20), "In which part a member of staff looked."),
            .init("what", .text(), "What was looked at."),
            .init("purpose", .text(), "Why."),
            .init("items", .index, "How many were shown at once."),
            .init("at", .time, "When."),
        ])
    )
}

private struct AlertView: Encodable {
    var id: String
    var kind: String
    var actor: String
    var actorName: String?
    var at: Date
    var people: Int
    var rules: Int
    var finding: String?
    var reviewedBy: String?
    var reviewedAt: Date?

    init(_ alert: AccessAlert, _ names: [UUID: String]) {
        id = alert.id.lowercased
        kind = alert.kind.rawValue
        actor = alert.actor.lowercased
        actorName = names[alert.actor]
        at = alert.at
        people = alert.people
        rules = alert.rules
        finding = alert.finding?.rawValue
        reviewedBy = alert.reviewedBy?.lowercased
        reviewedAt = alert.reviewedAt
    }

    static let schema = Schema.named(
        "AccessAlert",
        .object([
            .init("id", .uuid, "The alert."),
            .init("kind", .oneOf(AccessAlert.Kind.allCases.map(\.rawValue)), "What is out of the ordinary."),
            .init("actor", .uuid, "Who looked."),
            .init("actor_name", .text(), "Their name; absent once it is erased.", required: false),
            .init("at", .time, "When it was noticed."),
            .init("people", .index, "How many people's data within the hour before."),
            .init("rules", .index, "By which version of the rules."),
            .init("finding", .oneOf(AccessAlert.Finding.allCases.map(\.rawValue)), "What came of it.", required: false),
            .init("reviewed_by", .uuid, "Who looked into it.", required: false),
            .init("reviewed_at", .time, "When.", required: false),
        ])
    )
}

private struct RulesView: Encodable {
    var number: Int
    var peopleAnHour: Int
    var opensAtHour: Int
    var closesAtHour: Int
    var asksForPurpose: Bool
    var asksForTask: Bool

    init(_ rules: AccessRules) {
        number = rules.number
        peopleAnHour = rules.peopleAnHour
        opensAtHour = rules.opensAtHour
        closesAtHour = rules.closesAtHour
        asksForPurpose = rules.asksForPurpose
        asksForTask = rules.asksForTask
    }

    static let settable: [Schema.Property] = [
        .init("people_an_hour", .integer(1...100_000), "How many people's data one may look at within an hour."),
        .init("opens_at_hour", .integer(0...23), "From which hour of the day at the institution."),
        .init("closes_at_hour", .integer(1...24), "Until which hour."),
        .init("asks_for_purpose", .boolean, "Whether looks without a purpose are told."),
        .init("asks_for_task", .boolean, "Whether looks for a review or an appeal that is not open are told."),
    ]

    static let schema = Schema.named(
        "AccessRules",
        .object([.init("number", .index, "Counts the versions; 0 is the standard one.")] + settable)
    )
}
