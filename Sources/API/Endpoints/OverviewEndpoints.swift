import Accounts
import Attestation
import Foundation
import HTTPServer
import Identification
import Proctoring
import Workflows

/// What pages show of attempts beside the attempts themselves: the own ones, the exam day's wall, scores and frames of
/// a timeline (rows E3, E4, D11).
struct OverviewEndpoints {
    let overview: ExamOverview
    let recognition: FaceRecognition

    var all: [Endpoint] { [own, wall, load, records, picture] }

    private var own: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/attempts",
            summary: "The own attempts with their exams, newest first",
            tag: "attempts",
            access: .permission(.sitExams),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("attempts", .array(of: OwnAttemptView.schema, count: 0...500), "Attempts.")]))
                )
            ]
        ) { call in
            let all = try await overview.ownAttempts(of: call.principal, before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["attempts": all.map { OwnAttemptView($0) }])
        }
    }

    private var wall: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/wall",
            summary: "The attempts at an exam side by side: who, where they stand, the newest frame, what to look at",
            tag: "control",
            access: .permission(.readAttempts),
            parameters: [.pageAfter, .limit],
            answers: [
                .init(
                    .ok,
                    "A page in the order in which the attempts were made",
                    .json(.object([.init("tiles", .array(of: TileView.schema, count: 0...500), "The tiles.")]))
                )
            ]
        ) { call in
            let tiles = try await overview.wall(examID: call.id("exam_id"), after: call.pageAfter, limit: call.limit)
            return try .json(.ok, ["tiles": tiles.map { TileView($0) }])
        }
    }

    private var load: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/comparison-load",
            summary: "Whether the service keeps up with the frames that come, or refuses some of them",
            tag: "control",
            access: .permission(.readAttempts),
            answers: [.init(.ok, "The load", .json(ComparisonLoadView.schema))]
        ) { _ in
            try .json(.ok, ComparisonLoadView(recognition.load))
        }
    }

    private var records: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/identifications",
            summary: "The identifications of an attempt with their scores, oldest first",
            tag: "control",
            access: .permission(.readAttempts),
            answers: [
                .init(
                    .ok,
                    "The records",
                    .json(
                        .object([
                            .init("identifications", .array(of: RecordView.schema, count: 0...10_000), "The records.")
                        ])
                    )
                )
            ]
        ) { call in
            let lines = try await overview.records(of: call.id("attempt_id"), for: call.principal)
            return try .json(.ok, ["identifications": lines.map { RecordView($0) }])
        }
    }

    private var picture: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/identifications/{identification_id}/pictures/{number}",
            summary: "A frame that an identification was made by, from 1; looking is recorded",
            tag: "control",
            access: .permission(.readAttempts),
            answers: [.init(.ok, "The picture", .picture)]
        ) { call in
            .picture(
                try await overview.picture(
                    Int(call.request.parameters["number"] ?? "") ?? 0,
                    of: call.id("identification_id"),
                    attemptID: call.id("attempt_id"),
                    principal: call.principal
                )
            )
        }
    }
}

private struct OwnAttemptView: Encodable {
    var attempt: AttemptView
    var examTitle: String
    var discipline: String
    var opensAt: Date
    var closesAt: Date

    init(_ own: ExamOverview.OwnAttempt) {
        attempt = AttemptView(own.standing)
        examTitle = own.exam.title
        discipline = own.exam.discipline
        opensAt = own.exam.opensAt
        closesAt = own.exam.closesAt
    }

    static let schema = Schema.object([
        .init("attempt", AttemptView.schema, "The attempt."),
        .init("exam_title", .text(), "What the exam is called."),
        .init("discipline", .text(), "Its discipline."),
        .init("opens_at", .time, "When the exam opens."),
        .init("closes_at", .time, "When it closes."),
    ])
}

/// How much there is to compare.
private struct ComparisonLoadView: Encodable {
    var state: String
    var workers: Int
    var waiting: Int
    var mostWaiting: Int
    var refusedLastMinute: Int

    init(_ load: ComparisonLoad) {
        state = load.state.rawValue
        workers = load.workers
        waiting = load.waiting
        mostWaiting = load.mostWaiting
        refusedLastMinute = load.refusedLastMinute
    }

    static let schema = Schema.object([
        .init(
            "state",
            .oneOf(ComparisonLoad.State.allCases.map(\.rawValue)),
            "Whether all is compared at once, has to wait, or frames of the last minute were refused with `comparison_busy`."
        ),
        .init("workers", .index, "How many pictures are analysed at once."),
        .init("waiting", .index, "How many wait now."),
        .init("most_waiting", .index, "How many may wait; one more is refused."),
        .init("refused_last_minute", .index, "How many were refused within the last minute."),
    ])
}

private struct TileView: Encodable {
    var attempt: AttemptView
    var candidateName: String
    var newest: Newest?
    var noticed: [Noticed]
    var credibility: Int
    var waitingFlags: Int
    var gravestFlag: String?

    struct Newest: Encodable {
        var identificationId: String
        var at: Date
        var outcome: String
        var reason: String
        var hasPicture: Bool
    }

    struct Noticed: Encodable {
        var index: Int64
        var type: String
        var at: Date
        var count: Int
    }

    init(_ tile: ExamOverview.Tile) {
        attempt = AttemptView(tile.standing)
        candidateName = tile.candidateName
        newest = tile.newest.map {
            Newest(
                identificationId: $0.id.lowercased,
                at: $0.at,
                outcome: $0.outcome.rawValue,
                reason: $0.reason,
                hasPicture: $0.evidence != nil && $0.erasedAt == nil
            )
        }
        noticed = tile.noticed.map {
            Noticed(index: $0.newestIndex, type: $0.type.rawValue, at: $0.newestAt, count: $0.count)
        }
        credibility = tile.credibility
        waitingFlags = tile.waitingFlags
        gravestFlag = tile.gravest?.rawValue
    }

    static let schema = Schema.object([
        .init("attempt", AttemptView.schema, "The attempt."),
        .init("candidate_name", .text(), "The candidate's name on one line."),
        .init(
            "newest",
            .object([
                .init("identification_id", .uuid, "The record."),
                .init("at", .time, "When."),
                .init("outcome", .oneOf(IdentificationOutcome.allCases.map(\.rawValue)), "What it came to."),
                .init("reason", .text(), "Why."),
                .init("has_picture", .boolean, "Whether its frame can be looked at."),
            ]),
            "The newest biometric identification.",
            required: false
        ),
        .init(
            "noticed",
            .array(
                of: .object([
                    .init("index", .index, "The newest such event."),
                    .init("type", .text(), "What happened."),
                    .init("at", .time, "When it happened last."),
                    .init("count", .index, "How often."),
                ]),
                count: 0...100
            ),
            "Events that a person should look at, each kind once."
        ),
        .init("credibility", .integer(0...100), "What the attempt's flags come to; it sorts, and decides nothing."),
        .init("waiting_flags", .index, "How many flags nobody has decided about."),
        .init(
            "gravest_flag",
            .oneOf(EventSeverity.allCases.map(\.rawValue)),
            "The gravest of the flags that were not dismissed.",
            required: false
        ),
    ])
}
