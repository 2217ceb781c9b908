import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// Sample tasks and adaptive practice tests (row D10).
struct PracticeEndpoints {
    let desk: PracticeDesk

    var all: [Endpoint] { [samples, start, one, answer] }

    private var samples: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/disciplines/{discipline}/sample-tasks",
            summary: "Sample tasks of a discipline; no exam has them",
            tag: "practice",
            access: .permission(.readExams),
            parameters: [.limit],
            answers: [
                .init(
                    .ok,
                    "The tasks",
                    .json(.object([.init("tasks", .array(of: ItemSchema.item, count: 0...500), "The tasks.")]))
                )
            ]
        ) { call in
            let discipline = try call.discipline()
            return try .json(.ok, ["tasks": try await desk.sampleTasks(of: discipline, limit: call.limit)])
        }
    }

    private var start: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/disciplines/{discipline}/practice-tests",
            summary: "Begin an adaptive practice test",
            tag: "practice",
            access: .permission(.sitExams),
            answers: [.init(.created, "The test with its first question", .json(PracticeView.schema))]
        ) { call in
            let discipline = try call.discipline()
            return try .json(.created, PracticeView(await desk.start(discipline, principal: call.principal)))
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/practice-tests/{practice_id}",
            summary: "A practice test as it stands",
            tag: "practice",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The test", .json(PracticeView.schema))]
        ) { call in
            let id = try call.id("practice_id")
            return try .json(.ok, PracticeView(await desk.standing(of: id, principal: call.principal)))
        }
    }

    private var answer: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/practice-tests/{practice_id}/answers/{number}",
            summary: "Answer the question; the next one fits the ability shown so far",
            tag: "practice",
            access: .permission(.sitExams),
            body: .json(ItemSchema.answer, maximumBytes: 256 * 1024),
            answers: [.init(.ok, "The test with its next question", .json(PracticeView.schema))],
            problems: [.conflict]
        ) { call in
            guard let number = Int(call.request.parameters["number"] ?? "") else {
                throw Refusal(.notFound, "item_unknown", ru: "Такого вопроса нет.", en: "No such item.")
            }
            let standing = try await desk.answer(
                call.body(as: Attestation.Answer.self),
                number: number,
                id: call.id("practice_id"),
                principal: call.principal
            )
            return try .json(.ok, PracticeView(standing))
        }
    }
}

/// A practice test as its candidate sees it.
private struct PracticeView: Encodable {
    var id: String
    var discipline: String
    var answered: Int
    var atMost: Int
    var isFinished: Bool
    var level: Int
    var ability: Double
    var standardError: Double
    var question: TicketItemView?
    var last: Last?

    struct Last: Encodable {
        var number: Int
        var percent: Int
        var explanation: ShownText?
    }

    init(_ standing: PracticeDesk.Standing) {
        let session = standing.session
        id = session.id.lowercased
        discipline = session.discipline
        answered = session.steps.count { $0.earned != nil }
        atMost = PracticeSession.longest
        isFinished = session.isFinished
        let estimate = session.estimate
        level = estimate.level
        ability = estimate.ability
        standardError = estimate.standardError
        question = standing.current
        last = standing.last.map { Last(number: $0.number, percent: $0.percent, explanation: $0.explanation) }
    }

    static let schema = Schema.named(
        "PracticeTest",
        .object([
            .init("id", .uuid, "The test's identifier."),
            .init("discipline", .text(), "The discipline."),
            .init("answered", .integer(0...100), "How many questions were answered."),
            .init("at_most", .integer(1...100), "How many there are at the most."),
            .init("is_finished", .boolean, "Whether it is over."),
            .init("level", .integer(1...5), "The difficulty that is answered as often right as wrong."),
            .init("ability", .number, "The same as θ of Rasch's model, from about −4 to 4."),
            .init("standard_error", .number, "How sure that is; the test ends at 0.45."),
            .init("question", ItemSchema.item, "The question that waits.", required: false),
            .init(
                "last",
                .object([
                    .init("number", .integer(1...1_000), "The question's number."),
                    .init("percent", .integer(0...100), "What the answer earned."),
                    .init("explanation", ItemSchema.shown, "What is said about the question.", required: false),
                ]),
                "What came of the last answer.",
                required: false
            ),
        ])
    )
}
