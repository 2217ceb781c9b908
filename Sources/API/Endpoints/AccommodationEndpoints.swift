import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// What candidates are entitled to at an exam (row D6).
struct AccommodationEndpoints {
    let accommodations: Accommodations

    var all: [Endpoint] { [set, list] }

    private var set: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/exams/{exam_id}/accommodations/{candidate_id}",
            summary: "Set what a candidate is entitled to: extra time, breaks, an assistant",
            tag: "control",
            access: .permission(.controlExams),
            body: .json(AccommodationBody.schema),
            answers: [.init(.ok, "What counts now", .json(AccommodationView.schema))],
            problems: [.conflict]
        ) { call in
            let accommodation = try await accommodations.set(
                call.body(as: AccommodationBody.self).draft,
                examID: call.id("exam_id"),
                candidateID: call.id("candidate_id"),
                principal: call.principal
            )
            return try .json(.ok, AccommodationView(accommodation))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/accommodations",
            summary: "What candidates are entitled to at an exam",
            tag: "control",
            access: .permission(.controlExams),
            answers: [
                .init(
                    .ok,
                    "What counts for each",
                    .json(
                        .object([
                            .init(
                                "accommodations",
                                .array(of: AccommodationView.schema, count: 0...100_000),
                                "By candidate."
                            )
                        ])
                    )
                )
            ]
        ) { call in
            let all = try await accommodations.all(examID: call.id("exam_id"))
            return try .json(.ok, ["accommodations": all.map { AccommodationView($0) }])
        }
    }
}

private struct AccommodationBody: Decodable {
    var extraSeconds: Int
    var breakSeconds: Int
    var assistant: Bool
    var basis: String

    var draft: Accommodations.Draft {
        Accommodations.Draft(
            extraSeconds: extraSeconds,
            breakSeconds: breakSeconds,
            allowsAssistant: assistant,
            basis: basis
        )
    }

    static let schema = Schema.object([
        .init("extra_seconds", .integer(0...86_400), "More working time."),
        .init("break_seconds", .integer(0...86_400), "For how long breaks may stop the clock."),
        .init("assistant", .boolean, "Whether an assistant may be in frame."),
        .init("basis", .text(1...1_000), "What it rests on: a conclusion, an order."),
    ])
}

private struct AccommodationView: Encodable {
    var examId: String
    var candidateId: String
    var extraSeconds: Int
    var breakSeconds: Int
    var assistant: Bool
    var basis: String
    var decidedBy: String
    var at: Date

    init(_ accommodation: Accommodation) {
        examId = accommodation.examID.lowercased
        candidateId = accommodation.candidateID.lowercased
        extraSeconds = accommodation.extraSeconds
        breakSeconds = accommodation.breakSeconds
        assistant = accommodation.allowsAssistant
        basis = accommodation.basis
        decidedBy = accommodation.decidedBy.lowercased
        at = accommodation.at
    }

    static let schema = Schema.named(
        "Accommodation",
        .object([
            .init("exam_id", .uuid, "The exam."),
            .init("candidate_id", .uuid, "The candidate's account."),
            .init("extra_seconds", .integer(0...86_400), "More working time."),
            .init("break_seconds", .integer(0...86_400), "For how long breaks may stop the clock."),
            .init("assistant", .boolean, "Whether an assistant may be in frame."),
            .init("basis", .text(), "What it rests on."),
            .init("decided_by", .uuid, "Who has set it."),
            .init("at", .time, "When."),
        ])
    )
}
