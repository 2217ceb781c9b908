import Attestation
import Foundation
import QuestionBank
import Testing

@Suite struct TicketItemViewTests {
    @Test("What a candidate gets has no trace of what is right")
    func noTrace() throws {
        let report = try Samples.read(
            """
            ::СЕКРЕТ-имя::Выбор?{=вариант1#СЕКРЕТ ~%25%вариант2#СЕКРЕТ ~вариант3 ####СЕКРЕТ}

            ::СЕКРЕТ-имя::Несколько?{~%50%вариант1#СЕКРЕТ ~%50%вариант2 ~%-99%вариант3}

            Верно?{TRUE#СЕКРЕТ#СЕКРЕТ}

            Число?{#31337:0.5#СЕКРЕТ =%50%31337..31399 ~#СЕКРЕТ}

            Слово?{=СЕКРЕТ =%50%СЕКРЕТ*}

            Пары?{=л1 -> п1 =л2 -> п2 =л3 -> п3 = -> п4}

            Опишите.{####СЕКРЕТ}
            """
        )
        #expect(report.questions.count == 7)
        let ticket = try Samples.ticket(report.questions, shuffled: true)
        let keys: Set = [
            "number", "type", "prompt", "format", "text", "points", "options", "pair_prompts", "pair_choices",
            "numbering",
            "response", "editor", "text_required", "lines", "takes_files", "required_files", "file_types",
        ]
        for item in ticket.items {
            let question = try #require(report.questions.first { $0.id == item.questionID })
            let data = try CanonicalJSON.encode(try TicketItemView(item: item, question: question))
            let json = String(decoding: data, as: UTF8.self)
            for trace in [
                "СЕКРЕТ", "31337", "fraction", "feedback", "is_true", "answers", "\"key\"", "99",
                item.questionID.uuidString,
            ] {
                #expect(!json.contains(trace), "\(trace) in \(json)")
            }
            #expect(Self.keys(try JSONSerialization.jsonObject(with: data)).isSubset(of: keys))
        }
    }

    @Test("Options and right-hand sides stand in the ticket's order")
    func order() throws {
        let choice = try Samples.question("Выбор?{=а ~б ~в}")
        let matching = try Samples.question("Пары?{=л1 -> п1 =л2 -> п2 =л3 -> п1 = -> п3}")
        let first = TicketItem(
            number: 1,
            questionID: choice.id,
            questionVersion: 1,
            type: .singleChoice,
            points: .one,
            optionOrder: [2, 0, 1]
        )
        let second = TicketItem(
            number: 2,
            questionID: matching.id,
            questionVersion: 1,
            type: .matching,
            points: .one,
            optionOrder: [1, 2, 0],
            matchOrder: [2, 0, 1]
        )
        #expect(try TicketItemView(item: first, question: choice).options.map(\.text) == ["в", "а", "б"])
        let view = try TicketItemView(item: second, question: matching)
        #expect(view.pairPrompts.map(\.text) == ["л2", "л3", "л1"])
        #expect(view.pairChoices.map(\.text) == ["п3", "п1", "п2"])
    }

    @Test("Another question or version than the ticket's is refused")
    func mismatch() throws {
        var question = try Samples.question("Выбор?{=а ~б}")
        let item = try Samples.ticket([question]).items[0]
        question.version = 2
        #expect(throws: TicketError(.questionMismatch, "")) { try TicketItemView(item: item, question: question) }
    }

    private static func keys(_ json: Any) -> Set<String> {
        if let object = json as? [String: Any] { return object.values.reduce(Set(object.keys)) { $0.union(keys($1)) } }
        if let array = json as? [Any] { return array.reduce([]) { $0.union(keys($1)) } }
        return []
    }
}
