import Foundation
import QuestionBank
import QuestionFormats
import Testing

@Suite("D1: Aiken")
struct AikenTests {
    @Test(
        "Points and brackets, small letters, Cyrillic letters and several lines are read",
        arguments: [
            "What is it?\nA. one\nB. two\nANSWER: B\n",
            "Что это?\nа) раз\nб) два\nв) три\n\nЧто?\nA) раз\nB) два\nANSWER: b",
            "Что это?\nА. раз\nВ. два\nОТВЕТ: В\n", "What\nis it?\nA. one\nmore\nB. two\n\nANSWER: B",
            "А.С. Пушкин родился?\nA)раз\nB)два\nANSWER: B",
        ]
    )
    func forms(_ text: String) throws {
        let reading = try Reading(text)
        #expect(reading.summary?.format == .aiken)
        let question = try #require(reading.questions.last)
        guard case .choice(let choice) = question.interaction else { return #expect(Bool(false)) }
        #expect(choice.options.map(\.fraction) == [.zero, .full])
    }

    @Test(
        "Each error is reported with its line",
        arguments: [
            ("Q\nA. a\nB. b\nANSWER: C", "unknown_option", 9), ("Q\nA. a\nANSWER: A", "too_few_answers", 6),
            ("Q\nA. a\nB. b\n", "no_answer_line", 6), ("ANSWER: A", "stray_line", 6),
            ("Q\nA. a\nB. b\nA. c\nANSWER: A", "stray_line", 9), ("A. a\nB. b\nANSWER: A", "empty_prompt", 6),
            ("Q\nA. \nB. b\nANSWER: A", "empty_option", 6), ("Q\nA. a\nB. b\nANSWER: AB", "unknown_option", 9),
        ]
    )
    func errors(_ text: String, _ code: String, _ line: Int) throws {
        let good = "Да?\nA. да\nB. нет\nANSWER: A\n"
        let reading = try Reading(good + "\n" + text + "\n\n" + good)
        #expect(reading.questions.count == 2)
        #expect(reading.notRead.map(\.code.rawValue) == [code])
        #expect(reading.notRead.first?.line == line)
    }

    @Test(
        "Old Russian encodings are told from each other",
        arguments: [
            ("windows-1251", "0eru6/zq7iDz8O7i7eXpIOIg7O7k5evoPwpBLiDx5ez8CkIuIO//8vwKQU5TV0VSOiBBCg=="),
            ("koi8-r", "88vPzNjLzyDV0s/XzsXKINcgzc/ExczJPwpBLiDTxc3YCkIuINDR1NgKQU5TV0VSOiBBCg=="),
            ("ibm866", "kaquq+yqriDj4K6iraWpIKIgrK6kpauoPwpBLiDhpazsCkIuIK/v4uwKQU5TV0VSOiBBCg=="),
        ]
    )
    func encodings(_ name: String, _ base64: String) throws {
        let reading = try Reading(try #require(Data(base64Encoded: base64)))
        #expect(reading.summary?.encoding == name)
        #expect(reading.questions.map(\.title) == ["Сколько уровней в модели?"])
        #expect(reading.codes == ["guessed_encoding"])
    }
}
