import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// The clock of a running attempt: what the examiner orders, breaks, going on on another device (rows D6, D7, E4).
struct AttemptControlEndpoints {
    let control: AttemptControl
    let runner: AttemptRunner

    var all: [Endpoint] { [order, time, takeBreak, endBreak, takeOver] }

    private var order: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/control",
            summary: "Pause, resume, terminate, update or flag an attempt (1EdTech LTI Assessment Control Service); an "
                + "update after the end reopens it, where that is lawful",
            tag: "control",
            access: .permission(.controlExams),
            parameters: [.idempotencyKey],
            body: .json(OrderBody.schema),
            answers: [
                .init(
                    .ok,
                    "The attempt after it",
                    .json(
                        .object([
                            .init(
                                "status",
                                .oneOf(ControlStatus.allCases.map(\.rawValue)),
                                "The status in LTI's words."
                            ),
                            .init("attempt", AttemptView.schema, "The attempt."),
                        ])
                    )
                )
            ],
            problems: [.conflict]
        ) { call in
            let standing = try await control.carryOut(
                call.body(as: OrderBody.self).order,
                attemptID: call.id("attempt_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.ok, ControlView(standing))
        }
    }

    private var time: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/time",
            summary: "Every second that an attempt was given and every stop of its clock; who and in which words for "
                + "staff only",
            tag: "control",
            access: .permission(.readExams),
            answers: [.init(.ok, "The ledger of time", .json(TimeView.schema))]
        ) { call in
            let principal = try call.principal
            let standing = try await runner.standing(of: call.id("attempt_id"), principal: principal)
            return try .json(.ok, TimeView(standing, isForStaff: standing.attempt.candidateID != principal.id))
        }
    }

    private var takeBreak: Endpoint {
        own("breaks", "Stop the clock for a break that one is entitled to") { call in
            try await control.takeBreak(call.id("attempt_id"), principal: call.principal)
        }
    }

    private var endBreak: Endpoint {
        own("breaks/ending", "Let the clock run again after a break") { call in
            try await control.endBreak(call.id("attempt_id"), principal: call.principal)
        }
    }

    private var takeOver: Endpoint {
        own("take-over", "Go on on this device; the one before is closed") { call in
            try await control.takeOver(call.id("attempt_id"), principal: call.principal)
        }
    }

    private func own(
        _ what: String,
        _ summary: String,
        _ act: @escaping @Sendable (Call) async throws -> AttemptRunner.Standing
    ) -> Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/\(what)",
            summary: summary,
            tag: "attempts",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The attempt after it", .json(AttemptView.schema))],
            problems: [.conflict]
        ) { call in
            try .json(.ok, AttemptView(try await act(call)))
        }
    }
}

/// The status of an attempt in the words of the LTI Assessment Control Service.
private enum ControlStatus: String, CaseIterable {
    case none, running, paused, terminated, complete

    init(_ state: AttemptState) {
        switch state {
        case .created, .readyToStart, .expired, .declined: self = .none
        case .started, .readyToSubmit: self = .running
        case .paused: self = .paused
        case .rejected, .error: self = .terminated
        case .timedOut, .submitted, .secondReviewRequired, .verified: self = .complete
        }
    }
}

private struct ControlView: Encodable {
    var status: String
    var attempt: AttemptView

    init(_ standing: AttemptRunner.Standing) {
        status = ControlStatus(standing.attempt.state).rawValue
        attempt = AttemptView(standing)
    }
}

private struct OrderBody: Decodable {
    var action: AttemptAction
    var reason: AttemptReason?
    var comment: String?
    var extraSeconds: Int?
    var severity: Double?

    var order: AttemptControl.Order {
        AttemptControl.Order(
            action: action,
            reason: reason,
            comment: comment,
            extraSeconds: extraSeconds,
            severity: severity.map { min(max($0, 0), 1) }
        )
    }

    static let schema = Schema.object([
        .init("action", .oneOf(["pause", "resume", "terminate", "update", "flag"]), "What to do."),
        .init(
            "reason",
            .oneOf(AttemptReason.allCases.map(\.rawValue)),
            "Why; each action has its reasons. What a termination leads to follows from it: dishonesty and other_person "
                + "fail the attempt, candidate_request hands it in, anything else means that it has not taken place.",
            required: false
        ),
        .init("comment", .text(1...1_000), "Why, in words; needed where the reason is `other`.", required: false),
        .init("extra_seconds", .integer(1...86_400), "The time that an update gives.", required: false),
        .init("severity", .number, "How grave what is flagged is, from 0 to 1.", required: false),
    ])
}

/// The ledger of an attempt's time.
private struct TimeView: Encodable {
    var clock: String
    var serverNow: Date
    var remainingSeconds: Int
    var deadline: Date?
    var entries: [Entry]
    var stop: Stop?

    struct Entry: Encodable {
        var kind: String
        var kindText: String
        var seconds: Double
        var since: Date?
        var role: String
        var author: String?
        var reason: String?
        var reasonText: String?
        var comment: String?
        var at: Date
    }

    struct Stop: Encodable {
        var kind: String
        var kindText: String
        var since: Date
        var role: String
        var reason: String?
    }

    init(_ standing: AttemptRunner.Standing, isForStaff: Bool) {
        clock = standing.clock.motion.rawValue
        serverNow = standing.at
        remainingSeconds = standing.clock.remainingSeconds
        deadline = standing.clock.deadline
        entries = standing.attempt.ledger.entries.map { entry in
            Entry(
                kind: entry.kind.rawValue,
                kindText: entry.kind.label.ru,
                seconds: Double(entry.milliseconds) / 1_000,
                since: entry.since,
                role: entry.cause.actor.rawValue,
                author: isForStaff ? entry.cause.author?.lowercased : nil,
                reason: entry.cause.reason?.rawValue,
                reasonText: entry.cause.reason?.label.ru,
                comment: isForStaff ? entry.cause.comment : nil,
                at: entry.at
            )
        }
        stop = standing.clock.stop.map {
            Stop(
                kind: $0.kind.rawValue,
                kindText: $0.kind.label.ru,
                since: $0.since,
                role: $0.cause.actor.rawValue,
                reason: $0.cause.reason?.rawValue
            )
        }
    }

    private static let kind = Schema.oneOf(TimeLedger.Kind.allCases.map(\.rawValue))
    private static let role = Schema.oneOf(AttemptActor.allCases.map(\.rawValue))
    private static let reason = Schema.oneOf(AttemptReason.allCases.map(\.rawValue))

    static let schema = Schema.named(
        "TimeLedger",
        .object([
            .init("clock", .oneOf(AttemptClock.Motion.allCases.map(\.rawValue)), "How the clock stands."),
            .init("server_now", .time, "The moment for which all of this holds."),
            .init("remaining_seconds", .integer(0...604_800), "The working time left, rounded down."),
            .init("deadline", .time, "When the time is over.", required: false),
            .init(
                "entries",
                .array(
                    of: .object([
                        .init("kind", kind, "What it is: an amount of time, or a stop of the clock that is over."),
                        .init("kind_text", .text(), "The kind in Russian."),
                        .init("seconds", .number, "How long."),
                        .init(
                            "since",
                            .time,
                            "From when the clock stood still; absent for an amount.",
                            required: false
                        ),
                        .init("role", role, "In which role somebody is answerable."),
                        .init("author", .uuid, "The account, for staff.", required: false),
                        .init("reason", reason, "Why.", required: false),
                        .init("reason_text", .text(), "The reason in Russian.", required: false),
                        .init("comment", .text(), "Why, in words, for staff.", required: false),
                        .init("at", .time, "When it was entered."),
                    ]),
                    count: 0...10_000
                ),
                "The entries, oldest first."
            ),
            .init(
                "stop",
                .object([
                    .init("kind", kind, "Why the clock stands still."),
                    .init("kind_text", .text(), "The kind in Russian."),
                    .init("since", .time, "From when."),
                    .init("role", role, "In which role somebody is answerable."),
                    .init("reason", reason, "Why.", required: false),
                ]),
                "The stop that lasts.",
                required: false
            ),
        ])
    )
}
