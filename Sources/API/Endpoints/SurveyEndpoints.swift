import Accounts
import Foundation
import HTTPServer
import Surveys
import Workflows

/// The yearly survey of the services' quality (row F6; S3 20).
struct SurveyEndpoints {
    let desk: SurveyDesk

    var all: [Endpoint] { [list, open, token, replacement, answer, results, file] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/surveys",
            summary: "Surveys with their questions, newest first",
            tag: "surveys",
            access: .anyone,
            answers: [
                .init(
                    .ok,
                    "The surveys",
                    .json(.object([.init("surveys", .array(of: SurveyView.schema, count: 0...500), "The surveys.")]))
                )
            ]
        ) { _ in
            try .json(.ok, ["surveys": try await desk.surveys().map { SurveyView($0) }])
        }
    }

    private var open: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/surveys",
            summary: "Open a survey for a period; without questions of one's own the standard ones are asked",
            tag: "surveys",
            access: .permission(.manageRetention),
            body: .json(SurveyBody.schema),
            answers: [.init(.created, "The survey", .json(SurveyView.schema))]
        ) { call in
            let body = try call.body(as: SurveyBody.self)
            let draft = Survey(
                id: UUID(),
                year: body.year,
                russianTitle: body.title.ru,
                englishTitle: body.title.en,
                opensAt: body.opensAt,
                closesAt: body.closesAt,
                smallestGroup: body.smallestGroup ?? Survey.leastGroup,
                questions: body.questions?.map(\.question) ?? Survey.standardQuestions
            )
            return try .json(.created, SurveyView(try await desk.open(draft, by: call.principal)))
        }
    }

    private var token: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/surveys/{survey_id}/token",
            summary: "Get the one token by which answers are handed in; nobody knows afterwards whose it was",
            tag: "surveys",
            access: .permission(.ownAccount),
            answers: [
                .init(.created, "The token", .json(.object([.init("token", .text(), "To hand in with the answers.")])))
            ],
            problems: [.conflict]
        ) { call in
            try .json(.created, ["token": try await desk.token(for: call.id("survey_id"), principal: call.principal)])
        }
    }

    private var replacement: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/surveys/{survey_id}/token/replacement",
            summary: "Get another token in place of a lost one, by which nobody has answered; the lost one is void",
            tag: "surveys",
            access: .permission(.ownAccount),
            answers: [
                .init(.created, "The token", .json(.object([.init("token", .text(), "To hand in with the answers.")])))
            ],
            problems: [.conflict]
        ) { call in
            let token = try await desk.replacement(for: call.id("survey_id"), principal: call.principal)
            return try .json(.created, ["token": token])
        }
    }

    private var answer: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/surveys/{survey_id}/answers",
            summary: "Hand answers in by a token, without being logged in",
            tag: "surveys",
            access: .anyone,
            body: .json(AnswersBody.schema),
            answers: [.init(.noContent, "Taken")],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: AnswersBody.self)
            var answers: [String: Survey.Answer] = [:]
            for given in body.answers {
                if let number = given.number { answers[given.question] = .number(number) }
                if let text = given.text { answers[given.question] = .text(text) }
            }
            try await desk.answer(call.id("survey_id"), token: body.token, answers: answers)
            return .noContent
        }
    }

    private var results: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/surveys/{survey_id}/results",
            summary: "What a closed survey came to, for each group that is large enough",
            tag: "surveys",
            access: .permission(.readRetention),
            answers: [.init(.ok, "The results", .json(ResultsView.schema))],
            problems: [.conflict]
        ) { call in
            let (survey, results) = try await desk.results(call.id("survey_id"))
            return try .json(.ok, ResultsView(survey, results))
        }
    }

    private var file: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/surveys/{survey_id}/results/file",
            summary: "The results of a closed survey as CSV or PDF",
            tag: "surveys",
            access: .permission(.readRetention),
            parameters: [
                .init(
                    name: "format",
                    place: .query,
                    schema: .oneOf(["csv", "pdf"]),
                    summary: "The format; pdf by default."
                )
            ],
            answers: [.init(.ok, "The file", .raw(["application/pdf", "text/csv; charset=utf-8"]))],
            problems: [.conflict, .serviceUnavailable]
        ) { call in
            let id = try call.id("survey_id")
            guard call.query("format") == "csv" else {
                return Answer(status: .ok, body: .raw(try await desk.pdf(id), type: "application/pdf"))
            }
            return Answer(status: .ok, body: .raw(try await desk.csv(id), type: "text/csv; charset=utf-8"))
        }
    }
}

private struct Bilingual: Codable {
    var ru: String
    var en: String

    static let schema = Schema.object([
        .init("ru", .line(1...500), "In Russian."),
        .init("en", .line(1...500), "In English."),
    ])
}

private struct QuestionBody: Codable {
    var id: String
    var kind: Survey.Question.Kind
    var text: Bilingual
    var choices: [Bilingual]

    init(_ question: Survey.Question) {
        id = question.id
        kind = question.kind
        text = Bilingual(ru: question.russian, en: question.english)
        choices = zip(question.russianChoices, question.englishChoices).map { Bilingual(ru: $0, en: $1) }
    }

    var question: Survey.Question {
        Survey.Question(
            id: id,
            kind: kind,
            russian: text.ru,
            english: text.en,
            russianChoices: choices.map(\.ru),
            englishChoices: choices.map(\.en)
        )
    }

    static let name = Schema.string(.init(length: 1...40, pattern: "^[a-z0-9_]+$"))

    static let schema = Schema.object([
        .init("id", name, "The question's name within the survey."),
        .init("kind", .oneOf(Survey.Question.Kind.allCases.map(\.rawValue)), "How it is answered."),
        .init("text", Bilingual.schema, "The question."),
        .init("choices", .array(of: Bilingual.schema, count: 0...20), "What there is to choose from."),
    ])
}

private struct SurveyBody: Decodable {
    var year: Int
    var title: Bilingual
    var opensAt: Date
    var closesAt: Date
    var smallestGroup: Int?
    var questions: [QuestionBody]?

    static let schema = Schema.object([
        .init("year", .integer(2_020...2_200), "The year that it is about."),
        .init("title", Bilingual.schema, "What it is called."),
        .init("opens_at", .time, "From when it takes answers."),
        .init("closes_at", .time, "Until when."),
        .init(
            "smallest_group",
            .integer(5...1_000),
            "The smallest group that is shown; 5 by default.",
            required: false
        ),
        .init(
            "questions",
            .array(of: QuestionBody.schema, count: 1...50),
            "The questions; the standard ones by default.",
            required: false
        ),
    ])
}

private struct AnswersBody: Decodable {
    struct Given: Decodable {
        var question: String
        var number: Int?
        var text: String?
    }

    var token: String
    var answers: [Given]

    static let schema = Schema.object([
        .init("token", .string(.init(length: 1...100, isWriteOnly: true)), "The token that was given out once."),
        .init(
            "answers",
            .array(
                of: .object([
                    .init("question", QuestionBody.name, "Which question."),
                    .init("number", .integer(0...100), "A point of the scale or a choice.", required: false),
                    .init("text", .text(1...2_000), "Words.", required: false),
                ]),
                count: 1...50
            ),
            "The answers; questions may be left out."
        ),
    ])
}

private struct SurveyView: Encodable {
    var id: String
    var year: Int
    var title: Bilingual
    var opensAt: Date
    var closesAt: Date
    var smallestGroup: Int
    var questions: [QuestionBody]

    init(_ survey: Survey) {
        id = survey.id.lowercased
        year = survey.year
        title = Bilingual(ru: survey.russianTitle, en: survey.englishTitle)
        opensAt = survey.opensAt
        closesAt = survey.closesAt
        smallestGroup = survey.smallestGroup
        questions = survey.questions.map { QuestionBody($0) }
    }

    static let schema = Schema.named(
        "Survey",
        .object([
            .init("id", .uuid, "The survey."),
            .init("year", .index, "The year that it is about."),
            .init("title", Bilingual.schema, "What it is called."),
            .init("opens_at", .time, "From when it takes answers."),
            .init("closes_at", .time, "Until when."),
            .init("smallest_group", .index, "The smallest group that is shown."),
            .init("questions", .array(of: QuestionBody.schema, count: 1...50), "The questions."),
        ])
    )
}

private struct ResultsView: Encodable {
    struct Group: Encodable {
        var audience: String
        var answered: Int?
        var questions: [Line]
    }

    struct Line: Encodable {
        var question: String
        var answered: Int?
        var mean: Double?
        var counts: [Int]
        var texts: [String]
    }

    var survey: SurveyView
    var groups: [Group]

    init(_ survey: Survey, _ results: SurveyResults) {
        self.survey = SurveyView(survey)
        groups = results.groups.map { group in
            Group(
                audience: group.audience.rawValue,
                answered: group.answered,
                questions: group.questions.map { line in
                    Line(
                        question: line.question.id,
                        answered: line.count,
                        mean: line.meanHundredths.map { Double($0) / 100 },
                        counts: line.counts,
                        texts: line.texts
                    )
                }
            )
        }
    }

    static let schema = Schema.object([
        .init("survey", SurveyView.schema, "The survey."),
        .init(
            "groups",
            .array(
                of: .object([
                    .init("audience", .oneOf(Survey.Audience.allCases.map(\.rawValue)), "Who answered."),
                    .init("answered", .index, "How many; absent where too few did.", required: false),
                    .init("questions", .array(of: line, count: 0...50), "What came of each question."),
                ]),
                count: 0...10
            ),
            "The groups."
        ),
    ])

    private static let line = Schema.object([
        .init("question", .text(), "The question's name."),
        .init("answered", .index, "How many answered it; absent where too few did.", required: false),
        .init("mean", .number, "The mean of a scale.", required: false),
        .init("counts", .array(of: .index, count: 0...20), "How many chose each point or choice."),
        .init("texts", .array(of: .text(), count: 0...100_000), "The words, in alphabetical order."),
    ])
}
