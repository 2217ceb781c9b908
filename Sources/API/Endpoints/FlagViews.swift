import Attestation
import Foundation
import Proctoring
import Workflows

/// A rule as staff see it.
struct FlagRuleView: Encodable {
    var id: String
    var label: String
    var severity: String
    var reason: String
    var events: [String]
    var atLeast: Int
    var withinSeconds: Int
    var precededBy: [String]
    var precedingSeconds: Int
    var facts: [Fact]

    struct Fact: Encodable {
        var name: String
        var values: [String]
    }

    init(_ rule: FlagRule, language: LocalizedText.Language) {
        id = rule.id
        label = LocalizedText(rule.label).text(in: language)
        severity = rule.severity.rawValue
        reason = rule.reason.rawValue
        events = rule.events.map(\.rawValue).sorted()
        atLeast = rule.atLeast
        withinSeconds = rule.withinSeconds
        precededBy = rule.precededBy.map(\.rawValue).sorted()
        precedingSeconds = rule.precedingSeconds
        facts = rule.facts.map { Fact(name: $0.key, values: $0.value.sorted()) }.sorted { $0.name < $1.name }
    }

    static let schema = Schema.named(
        "FlagRule",
        .object([
            .init("id", .text(1...100), "Its name."),
            .init("label", .text(1...300), "What people read."),
            .init("severity", .oneOf(EventSeverity.allCases.map(\.rawValue)), "How grave what it finds is."),
            .init("reason", .oneOf(AttemptReason.allCases.map(\.rawValue)), "Why, for programs."),
            .init("events", .array(of: .text(1...100), count: 1...500), "The types of events that it counts."),
            .init("at_least", .integer(1...100), "How many of them make a flag."),
            .init("within_seconds", .integer(0...86_400), "Within how long."),
            .init("preceded_by", .array(of: .text(1...100), count: 0...500), "What must have come before each."),
            .init("preceding_seconds", .integer(0...86_400), "How long before at most."),
            .init(
                "facts",
                .array(
                    of: .object([
                        .init("name", .text(1...100), "A fact of the events."),
                        .init("values", .array(of: .text(0...100), count: 1...100), "What it must be, one of these."),
                    ]),
                    count: 0...100
                ),
                "Which facts an event must have to count."
            ),
        ])
    )
}

/// A flag as staff see it.
struct FlagView: Encodable {
    var id: String
    var attemptId: String
    var examId: String
    var rule: String
    var label: String
    var severity: String
    var incidentSeverity: Double
    var reason: String
    var state: String
    var needsSecond: Bool
    var events: [Int64]
    var firstAt: Date
    var lastAt: Date
    var decisions: [Decision]

    struct Decision: Encodable {
        var action: String
        var decidedBy: String
        var at: Date
        var comment: String?
    }

    init(_ shown: FlagReview.Shown, _ label: (String) -> String) {
        let flag = shown.flag
        id = flag.id.lowercased
        attemptId = flag.attemptID.lowercased
        examId = flag.examID.lowercased
        rule = flag.rule
        self.label = label(flag.rule)
        severity = flag.severity.rawValue
        incidentSeverity = flag.severity.incidentSeverity
        reason = flag.reason.rawValue
        state = flag.state.rawValue
        needsSecond = flag.needsSecond
        events = flag.events
        firstAt = flag.firstAt
        lastAt = flag.lastAt
        decisions = zip(flag.decisions, shown.comments).map { decision, comment in
            Decision(
                action: decision.action.rawValue,
                decidedBy: decision.by.lowercased,
                at: decision.at,
                comment: comment
            )
        }
    }

    static let schema = Schema.named(
        "Flag",
        .object([
            .init("id", .uuid, "The flag."),
            .init("attempt_id", .uuid, "The attempt."),
            .init("exam_id", .uuid, "The exam."),
            .init("rule", .text(1...100), "The rule that raised it, or `examiner`."),
            .init("label", .text(1...300), "What people read."),
            .init("severity", .oneOf(EventSeverity.allCases.map(\.rawValue)), "How grave."),
            .init("incident_severity", .number, "The same from 0 to 1."),
            .init("reason", .oneOf(AttemptReason.allCases.map(\.rawValue)), "Why, for programs."),
            .init("state", .oneOf(Flag.State.allCases.map(\.rawValue)), "Where it stands."),
            .init("needs_second", .boolean, "Whether two people must confirm it."),
            .init("events", .array(of: .index, count: 1...1_000), "The indices of the events that it is made of."),
            .init("first_at", .time, "When the first of them was."),
            .init("last_at", .time, "When the last of them was."),
            .init(
                "decisions",
                .array(
                    of: .object([
                        .init("action", .oneOf(FlagDecision.Action.allCases.map(\.rawValue)), "What was decided."),
                        .init("decided_by", .uuid, "Who decided."),
                        .init("at", .time, "When."),
                        .init("comment", .text(0...2_000), "Why, in words.", required: false),
                    ]),
                    count: 0...100
                ),
                "What people decided, in order."
            ),
        ])
    )
}

/// The flags of an attempt and what they come to.
struct AttemptFlagsView: Encodable {
    var flags: [FlagView]
    var credibility: Score

    struct Score: Encodable {
        var value: Int
        var parts: [Part]
    }

    struct Part: Encodable {
        var flagId: String
        var rule: String
        var label: String
        var severity: String
        var state: String
        var points: Int
    }

    init(_ flags: [FlagReview.Shown], _ score: CredibilityScore, _ label: (String) -> String) {
        self.flags = flags.map { FlagView($0, label) }
        credibility = Score(
            value: score.value,
            parts: score.parts.map {
                Part(
                    flagId: $0.flagID.lowercased,
                    rule: $0.rule,
                    label: label($0.rule),
                    severity: $0.severity.rawValue,
                    state: $0.state.rawValue,
                    points: $0.points
                )
            }
        )
    }

    static let schema = Schema.object([
        .init("flags", .array(of: FlagView.schema, count: 0...100_000), "In the order in which they were raised."),
        .init(
            "credibility",
            .object([
                .init("value", .integer(0...100), "100 less what the flags take off. It decides nothing."),
                .init(
                    "parts",
                    .array(
                        of: .object([
                            .init("flag_id", .uuid, "The flag."),
                            .init("rule", .text(1...100), "Its rule."),
                            .init("label", .text(1...300), "What people read."),
                            .init("severity", .oneOf(EventSeverity.allCases.map(\.rawValue)), "How grave."),
                            .init("state", .oneOf(Flag.State.allCases.map(\.rawValue)), "Where it stands."),
                            .init("points", .integer(0...100), "What it takes off; nothing once dismissed."),
                        ]),
                        count: 0...100_000
                    ),
                    "What it is made of, the most first."
                ),
            ]),
            "The credibility score."
        ),
    ])
}
