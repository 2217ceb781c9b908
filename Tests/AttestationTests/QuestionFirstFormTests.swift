import Attestation
import Foundation
import QuestionBank
import Testing

@Suite("Questions of older databases are read whole")
struct QuestionFirstFormTests {
    private static let before =
        #""creditunit":0,"discipline":"ИБ","id":"00000000-0000-4000-8000-000000000001","points":"1.50","#
        + #""prompt":{"format":"moodle","text":"Вопрос?"},"tags":["т"],"title":"Имя","topic":"Сети/OSI","version":3,"#
        + #""credit_unit":2,"difficulty":4,"external_id":"q-1","#
        + #""general_feedback":{"format":"html","text":"<b>Почему</b>"},"#

    static func question(_ kind: String) throws -> Question {
        try CanonicalJSON.decode(Question.self, from: Data("{\(before)\"kind\":\(kind)}".utf8))
    }

    private static let comment = #""feedback":{"format":"plain","text":"Так"}"#
    private static let text = RichText("Так")

    static let kinds: [(String, Interaction)] = [
        (
            #"{"type":"single_choice","options":[{"text":{"format":"plain","text":"а"},"weight":"33.33333",\#(comment)}]}"#,
            .choice(
                Choice(
                    isSingle: true,
                    options: [.init(text: RichText("а"), fraction: Fraction(units: 3_333_333), feedback: text)]
                )
            )
        ),
        (
            #"{"type":"multiple_choice","options":[{"text":{"format":"markdown","text":"а"},"weight":"-50"}]}"#,
            .choice(
                Choice(
                    isSingle: false,
                    options: [.init(text: RichText("а", format: .markdown), fraction: Fraction(percent: -50))]
                )
            )
        ),
        (
            #"{"type":"true_false","key":{"is_true":true,"wrong_feedback":{"format":"plain","text":"Так"}}}"#,
            .trueFalse(TrueFalse(isTrue: true, wrongFeedback: text))
        ),
        (
            #"{"type":"numeric","answers":[{"minimum":"1","maximum":"4","weight":"50"},"#
                + #"{"value":"3.14","tolerance":"0.01","weight":"100",\#(comment)},{"weight":"20"}],"#
                + #""wrong_feedback":{"format":"plain","text":"Так"}}"#,
            .numeric(
                NumericEntry(answers: [
                    .init(value: ExactDecimal("3.14"), tolerance: ExactDecimal("0.01")!, feedback: text),
                    .init(value: ExactDecimal("2.5"), tolerance: ExactDecimal("1.5")!, fraction: Fraction(percent: 50)),
                    .init(value: nil, fraction: Fraction(percent: 20)),
                    .init(value: nil, fraction: .zero, feedback: text),
                ])
            )
        ),
        (
            #"{"type":"short_text","case_sensitive":true,"answers":[{"text":"б*","weight":"80"},"#
                + #"{"text":"а","weight":"100",\#(comment)}]}"#,
            .shortText(
                TextEntry(
                    answers: [
                        .init(text: "а", feedback: text), .init(text: "б*", fraction: Fraction(percent: 80)),
                    ],
                    isCaseSensitive: true
                )
            )
        ),
        (
            #"{"type":"matching","pairs":[{"prompt":{"format":"plain","text":"л"},"match":"п"}],"distractors":["х"]}"#,
            .matching(
                Matching(pairs: [.init(prompt: RichText("л"), match: RichText("п"))], distractors: [RichText("х")])
            )
        ),
        (#"{"type":"essay"}"#, .open(OpenResponse(text: .init()))),
    ]

    @Test("Each kind of then is the kind of now, and the question is written in the form of now", arguments: kinds)
    func kind(_ json: String, _ interaction: Interaction) throws {
        let question = try Self.question(json)
        #expect(question.content.interaction == interaction)
        #expect(question.id == Samples.id(1) && question.version == 3 && question.discipline == "ИБ")
        let content = question.content
        #expect(content.topic == ["Сети", "OSI"] && content.creditUnit == 2 && content.difficulty == 4)
        #expect(content.title == "Имя" && content.prompt == RichText("Вопрос?", format: .moodle))
        #expect(content.points == ExactDecimal("1.5") && content.tags == ["т"] && content.externalID == "q-1")
        #expect(content.explanation == RichText("<b>Почему</b>", format: .html))
        let rewritten = try CanonicalJSON.encode(question)
        #expect(try CanonicalJSON.decode(Question.self, from: rewritten) == question)
        #expect(String(decoding: rewritten, as: UTF8.self).contains("\"content\""))
    }
}
