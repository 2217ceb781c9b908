import Attestation
import Foundation
import QuestionBank
import Testing

@Suite struct AnswerTests {
    static let all: [(Answer, String)] = [
        (.choice(1), #"{"index":1,"type":"choice"}"#),
        (.choices([2, 0]), #"{"indexes":[2,0],"type":"choices"}"#),
        (.truth(false), #"{"type":"truth","value":false}"#),
        (.number("3,14"), #"{"type":"number","value":"3,14"}"#),
        (.text("ё"), #"{"text":"ё","type":"text"}"#),
        (.matches([1, nil]), #"{"indexes":[1,null],"type":"matches"}"#),
        (.order([2, 0, 1]), #"{"indexes":[2,0,1],"type":"order"}"#),
        (
            .gaps([.choice(1), nil, .text("ё")]),
            #"{"answers":[{"index":1,"type":"choice"},null,{"text":"ё","type":"text"}],"type":"gaps"}"#
        ),
        (.essay("а/б"), #"{"text":"а/б","type":"essay"}"#),
        (
            .files([Samples.id(7)]),
            #"{"files":["00000000-0000-4000-8000-000000000007"],"type":"files"}"#
        ),
    ]
    /// The kinds of questions in the order of the answers above.
    static let types: [QuestionType] = [
        .singleChoice, .multipleChoice, .trueFalse, .numeric, .shortText, .matching, .ordering, .cloze, .essay,
        .fileUpload,
    ]

    @Test("Every kind of answer has its JSON and comes back from it", arguments: all)
    func json(_ answer: Answer, _ json: String) throws {
        #expect(String(decoding: try CanonicalJSON.encode(answer), as: UTF8.self) == json)
        #expect(try CanonicalJSON.decode(Answer.self, from: Data(json.utf8)) == answer)
    }

    @Test(
        "What is not an answer is refused",
        arguments: [
            #"{"type":"choice"}"#, #"{"type":"oracle","index":1}"#, #"{"index":1}"#, #"{"type":"choice","index":1.5}"#,
        ]
    )
    func refused(_ json: String) {
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode(Answer.self, from: Data(json.utf8)) }
    }

    @Test("An answer fits the item of its own type and no other")
    func types() {
        #expect(Set(Self.types) == Set(QuestionType.asked))
        let items = Self.types.map { Self.item($0) }
        for (answer, type) in zip(Self.all.map(\.0), Self.types) {
            for item in items {
                // An essay may come with files, where the question asks for them.
                let fits = item.type == type || (type == .fileUpload && item.type == .essay)
                #expect(answer.problems(for: item).map(\.code) == (fits ? [] : [.wrongType]))
            }
        }
    }

    @Test(
        "What does not fit is named",
        arguments: [
            (Answer.choice(3), QuestionType.singleChoice, AnswerProblem.Code.indexOutOfRange),
            (.choice(-1), .singleChoice, .indexOutOfRange),
            (.choice(.max), .singleChoice, .indexOutOfRange),
            (.choices([0, 3]), .multipleChoice, .indexOutOfRange),
            (.choices([1, 1]), .multipleChoice, .indexRepeated),
            (.matches([0, 2]), .matching, .indexOutOfRange),
            (.matches([0]), .matching, .wrongCount),
            (.number("пять"), .numeric, .notANumber),
            (.number("1e999"), .numeric, .notANumber),
            (.number(String(repeating: "1", count: 100_000)), .numeric, .notANumber),
            (.essay(String(repeating: "ы", count: 20_001)), .essay, .tooLong),
            (.text(String(repeating: "ы", count: 1_001)), .shortText, .tooLong),
            (.text("а\0б"), .shortText, .controlCharacter),
            (.number("1", unit: "м\0"), .numeric, .controlCharacter),
            (.order([0, 1]), .ordering, .wrongCount),
            (.order([0, 1, 1]), .ordering, .indexRepeated),
            (.order([0, 1, 3]), .ordering, .indexOutOfRange),
            (.gaps([nil, nil]), .cloze, .wrongCount),
            (.gaps([.choice(2), nil, nil]), .cloze, .indexOutOfRange),
            (.gaps([.text("0"), nil, nil]), .cloze, .wrongType),
            (.gaps([nil, nil, .choice(0)]), .cloze, .wrongType),
            (.gaps([nil, nil, .gaps([])]), .cloze, .wrongType),
            (.gaps([nil, nil, .number("пять")]), .cloze, .notANumber),
            (.files((1...51).map { Samples.id($0) }), .fileUpload, .files),
            (.files([Samples.id(1), Samples.id(1)]), .fileUpload, .files),
        ]
    )
    func problems(_ answer: Answer, _ type: QuestionType, _ code: AnswerProblem.Code) {
        #expect(answer.problems(for: Self.item(type)).map(\.code) == [code])
    }

    @Test("A text of just the limit is kept, and an item that is not on the ticket has no answers")
    func limits() throws {
        #expect(Answer.essay(String(repeating: "ы", count: 20_000)).problems(for: Self.item(.essay)).isEmpty)
        let ticket = try Samples.ticket([try Samples.question("А?{T}")])
        #expect(ticket.problems(with: .truth(true), toItem: 1).isEmpty)
        for number in [0, 2, -1, Int.min, Int.max] {
            #expect(ticket.problems(with: .truth(true), toItem: number).map(\.code) == [.unknownItem])
        }
    }

    static func item(_ type: QuestionType) -> TicketItem {
        let options = [QuestionType.singleChoice, .multipleChoice, .ordering].contains(type) ? [2, 0, 1] : []
        return TicketItem(
            number: 1,
            questionID: Samples.id(1),
            questionVersion: 1,
            type: type,
            points: .one,
            optionOrder: type == .matching ? [1, 0] : options,
            matchOrder: type == .matching ? [1, 0] : [],
            gapOrders: type == .cloze ? [[1, 0], [], []] : []
        )
    }
}
