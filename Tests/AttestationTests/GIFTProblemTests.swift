import Attestation
import Foundation
import Testing

@Suite struct GIFTProblemTests {
    @Test(
        "What cannot be read is reported with its line, and what follows is read",
        arguments: [
            ("Просто текст.", "description"),
            ("Что?{=да", "unbalanced_braces"),
            ("Что? =да}", "unbalanced_braces"),
            ("Что?}=да{", "unbalanced_braces"),
            ("Что?{=\\frac{1}{2}}", "unbalanced_braces"),
            ("Раз {=а} и два {=б}", "several_answer_sections"),
            ("{=да}", "empty_prompt"),
            ("::Имя::{=да}", "empty_prompt"),
            ("Что?{~да}", "too_few_answers"),
            ("Что?{~да ~нет}", "no_right_answer"),
            ("Что?{~%-50%да ~нет}", "no_right_answer"),
            ("Что?{=%0%да}", "no_right_answer"),
            ("Что?{=}", "too_few_answers"),
            ("Сколько?{#}", "too_few_answers"),
            ("Сколько?{#пять}", "not_a_number"),
            ("Сколько?{#12abc}", "not_a_number"),
            ("Сколько?{#1e999}", "not_a_number"),
            ("Сколько?{#5..1}", "invalid_range"),
            ("Сколько?{#5:-1}", "invalid_range"),
            ("Пары?{=а -> б =в}", "invalid_pair"),
            ("Пары?{=а -> б =в -> }", "invalid_pair"),
            ("Пары?{=а -> б}", "too_few_answers"),
            ("Что?{~%150%да ~нет}", "invalid_weight"),
            ("Что\u{0}?{=да}", "control_character"),
        ]
    )
    func notRead(_ item: String, _ code: String) throws {
        let report = Samples.read("// начало\n\n\(item)\n\n::Второй::А?{T}\n")
        let problem = try #require(report.problems.first { $0.severity == .notRead })
        #expect(problem.code.rawValue == code)
        #expect(problem.line == 3)
        #expect(!problem.message.ru.isEmpty && !problem.message.en.isEmpty)
        #expect(report.notReadCount == 1)
        #expect(report.questions.map(\.title) == ["Второй"])
    }

    @Test(
        "What is read differently than written is a warning",
        arguments: [
            ("::Без конца Что?{=да}", "unclosed_title", QuestionType.shortText),
            ("Что?{да}", "missing_equals_sign", .shortText),
            ("Что?{~%abc%да =нет}", "unreadable_weight", .singleChoice),
            ("Что?{~ ~да =нет}", "empty_option", .singleChoice),
            ("Что?{~%30%да ~%30%нет ~}", "empty_option", .multipleChoice),
            ("Что?{~%30%да ~%30%нет ~ни то}", "weights_do_not_add_up", .multipleChoice),
            ("Что?{=%50%да}", "no_full_answer", .shortText),
            ("Что?{лишнее ~да =нет}", "ignored_part", .singleChoice),
            ("// [tag:difficulty=9]\nЧто?{=да}", "invalid_tag", .shortText),
        ]
    )
    func warnings(_ item: String, _ code: String, _ type: QuestionType) throws {
        let report = Samples.read(item)
        #expect(report.problems.contains { $0.code.rawValue == code && $0.severity == .warning })
        #expect(report.notReadCount == 0)
        #expect(report.questions.map(\.kind.type) == [type])
    }

    @Test("A blank line inside a question breaks it, and both parts are reported")
    func blankLine() {
        let report = Samples.read("::Т::Что?{\n=да\n\n~нет\n}\n\nА{T}")
        #expect(report.problems.map(\.line) == [1, 4])
        #expect(report.problems.map(\.code) == [.unbalancedBraces, .unbalancedBraces])
        #expect(report.problems[0].title == "Т")
        #expect(report.questions.count == 1)
    }

    @Test(
        "An empty text, comments and categories alone are no items",
        arguments: ["", "\n\n", "// а\n\n//б", "$CATEGORY: а", "\u{FEFF}"]
    )
    func nothing(_ text: String) {
        #expect(Samples.read(text) == ImportReport())
    }

    @Test("Bytes in another encoding are one problem with the first such line")
    func otherEncoding() {
        let report = GIFTReader.read(Data("А{T}\n\n".utf8) + Data([0xC4, 0xE0, 0x7B, 0x54, 0x7D]), discipline: "ИБ")
        #expect(report.problems.map(\.code) == [.notUTF8])
        #expect(report.problems.map(\.line) == [3])
        #expect(report.questions.isEmpty)
    }

    @Test("Problems beyond the limit are counted")
    func manyProblems() {
        let report = Samples.read(String(repeating: "а\n\n", count: ImportReport.problemLimit + 5))
        #expect(report.problems.count == ImportReport.problemLimit)
        #expect(report.unlistedProblemCount == 5)
        #expect(report.notReadCount == ImportReport.problemLimit + 5)
    }

    @Test("Too many answers and too much text are refused, not swallowed")
    func tooLarge() {
        let answers = Samples.read("Что?{" + String(repeating: "~а", count: 100_000) + "=б}\n\nА{T}")
        #expect(answers.problems.map(\.code) == [.tooLarge])
        let text = Samples.read(String(repeating: "a", count: 3 << 20) + "{T}\n\nА{T}")
        #expect(text.problems.map(\.code) == [.tooLarge])
        #expect(text.questions.count == 1)
    }

    @Test("Random mutilations of a good text never crash and account for every item")
    func mutilations() throws {
        let good = Array(
            "::Имя::Что \\{?\\} [html]<b>{\n~%50%да #так ~нет =1..2:3 -> б #### всё\n}\n\n$CATEGORY: т\n\n// [id:1]\nА{#1:2}\n"
                .unicodeScalars
        )
        let marks = Array("{}~=#:%\\\n[]/->$\u{FEFF}\rё0".unicodeScalars)
        var random = SplitMix(state: 1)
        for _ in 0..<2_000 {
            var text = good
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: text[place] = marks.randomElement(using: &random)!
                case 1: text.insert(marks.randomElement(using: &random)!, at: place)
                default: text.remove(at: place)
                }
            }
            let report = Samples.read(String(String.UnicodeScalarView(text)))
            #expect(report.questions.count + report.notReadCount >= 1)
            #expect(report.problems.allSatisfy { $0.line >= 1 })
        }
    }

    @Test("Five megabytes are read in time that grows with the size only")
    func largeFile() {
        let item =
            "::Вопрос::Какое свойство информации нарушено, если изменена сумма? {\n\t=целостность#верно\n\t~доступность\n}\n\n"
        let small = String(repeating: item, count: 3_000)
        let large = String(repeating: item, count: 30_000)
        let clock = ContinuousClock()
        let smallTime = clock.measure { #expect(Samples.read(small).questions.count == 3_000) }
        let largeTime = clock.measure { #expect(Samples.read(large).questions.count == 30_000) }
        #expect(large.utf8.count > 5_000_000)
        // Ten times the size; a quadratic reader would take a hundred times as long.
        #expect(largeTime < smallTime * 40)
        print("GIFT: \(large.utf8.count) bytes in \(largeTime)")
    }
}
