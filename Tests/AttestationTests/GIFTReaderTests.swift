import Attestation
import Foundation
import Testing

@Suite struct GIFTReaderTests {
    @Test("One right option makes a single choice; feedback and weights stay with their options")
    func singleChoice() throws {
        let question = try Samples.question(
            "::Хеш::Какая длина?{ ~128 #мало ~%50%224 бит # почти =256 бит#Верно! ####Смотрите ГОСТ.}"
        )
        guard case .singleChoice(let options) = question.kind else { throw WrongKind(question) }
        #expect(question.title == "Хеш")
        #expect(question.prompt == FormattedText("Какая длина?", format: .moodle))
        #expect(options.map(\.text.text) == ["128", "224 бит", "256 бит"])
        #expect(options.map(\.weight) == [.zero, Weight(percent: 50), .full])
        #expect(options.map { $0.feedback?.text } == ["мало", "почти", "Верно!"])
        #expect(question.generalFeedback?.text == "Смотрите ГОСТ.")
    }

    @Test("Weights without a right option make a multiple choice")
    func multipleChoice() throws {
        let question = try Samples.question("Кто?{~%-50%Никто ~%50%Аня ~%50%Боря ~Вера}")
        guard case .multipleChoice(let options) = question.kind else { throw WrongKind(question) }
        #expect(options.map(\.weight.units) == [-5_000_000, 5_000_000, 5_000_000, 0])
        #expect(question.title == "Кто?")
    }

    @Test(
        "True and false in all their spellings",
        arguments: [("T", true), ("TRUE", true), ("F", false), ("FALSE", false), (" true ", true)]
    )
    func trueFalse(_ word: String, _ isTrue: Bool) throws {
        let question = try Samples.question("Солнце встаёт на востоке.{\(word)#нет#да}")
        guard case .trueFalse(let key) = question.kind else { throw WrongKind(question) }
        #expect(key.isTrue == isTrue)
        #expect(key.wrongFeedback?.text == "нет")
        #expect(key.rightFeedback?.text == "да")
    }

    @Test("Short answers have weights and feedback and ignore case")
    func shortText() throws {
        let question = try Samples.question("Столица?{=Москва#да =%75%Масква =%0%*#нет}")
        guard case .shortText(let answers, let isCaseSensitive) = question.kind else { throw WrongKind(question) }
        #expect(answers.map(\.text) == ["Москва", "Масква", "*"])
        #expect(answers.map(\.weight.description) == ["100", "75", "0"])
        #expect(!isCaseSensitive)
    }

    @Test(
        "Numbers with tolerance, ranges and any number",
        arguments: [
            ("#3:2", NumericAnswer.Target.value(3, tolerance: 2)),
            ("#1..5", .range(minimum: 1, maximum: 5)),
            ("#-1.5..2", .range(minimum: Decimal(string: "-1.5")!, maximum: 2)),
            ("# 3,14 : 0,01 ", .value(Decimal(string: "3.14")!, tolerance: Decimal(string: "0.01")!)),
            ("#1822", .value(1822, tolerance: 0)),
            ("#=*", .any),
            ("#6.02e23", .value(Decimal(string: "6.02e23")!, tolerance: 0)),
            ("#3\\:2", .value(3, tolerance: 2)),
        ]
    )
    func numeric(_ section: String, _ target: NumericAnswer.Target) throws {
        let question = try Samples.question("Сколько?{\(section)}")
        guard case .numeric(let answers, _) = question.kind else { throw WrongKind(question) }
        #expect(answers == [NumericAnswer(target: target)])
    }

    @Test("Several numbers with weights, and feedback for all others")
    func numericWithWeights() throws {
        let question = try Samples.question("Год?{#\n=1822:0 #да\n=%50%1822:2 #почти\n~#нет\n}")
        guard case .numeric(let answers, let wrong) = question.kind else { throw WrongKind(question) }
        #expect(answers.map(\.weight) == [.full, Weight(percent: 50)])
        #expect(answers.map { $0.feedback?.text } == ["да", "почти"])
        #expect(wrong?.text == "нет")
    }

    @Test("Pairs, and right-hand sides without a partner")
    func matching() throws {
        let question = try Samples.question("Пары. {\n=кот -> мяу\n= пёс->гав\n= -> му\n}")
        guard case .matching(let pairs, let distractors) = question.kind else { throw WrongKind(question) }
        #expect(pairs.map(\.prompt.text) == ["кот", "пёс"])
        #expect(pairs.map(\.match) == ["мяу", "гав"])
        #expect(distractors == ["му"])
    }

    @Test("An arrow inside feedback does not make pairs")
    func arrowInFeedback() throws {
        let question = try Samples.question("Что?{=да#a -> b}")
        #expect(question.kind.type == .shortText)
    }

    @Test("Empty braces are an essay", arguments: ["{}", "{ \n }", "{####Подсказка}"])
    func essay(_ braces: String) throws {
        let question = try Samples.question("Опишите порядок.\(braces)")
        #expect(question.kind == .essay)
        #expect(question.prompt.text == "Опишите порядок.")
    }

    @Test("Braces in mid-text leave a gap, at the end they do not")
    func missingWord() throws {
        #expect(try Samples.question("Грант {~жив =погребён} здесь.").prompt.text == "Грант _____ здесь.")
        #expect(try Samples.question("Дважды два {=четыре =4}.").prompt.text == "Дважды два _____.")
        #expect(try Samples.question("Дважды два? {=четыре}  \n").prompt.text == "Дважды два?")
    }

    @Test("Escaped characters lose their meaning")
    func escapes() throws {
        let question = try Samples.question(
            ##"::A\:\:B::Что \{не\} знак\n\#1?{ ~ \~ # \~ знак ~ \= = \\ # \\n и \(x\) не знаки}"##
        )
        guard case .singleChoice(let options) = question.kind else { throw WrongKind(question) }
        #expect(question.title == "A::B")
        #expect(question.prompt.text == "Что {не} знак\n#1?")
        #expect(options.map(\.text.text) == ["~", "=", #"\"#])
        #expect(options.map { $0.feedback?.text } == ["~ знак", nil, #"\n и \(x\) не знаки"#])
    }

    @Test("A format holds for the whole question unless a part names its own")
    func formats() throws {
        let question = try Samples.question(
            "[html]<b>Что?</b>{=<i>да</i>#[markdown]*так* =[неформат] нет ####[plain]всё}"
        )
        guard case .shortText(let answers, _) = question.kind else { throw WrongKind(question) }
        #expect(question.prompt == FormattedText("<b>Что?</b>", format: .html))
        #expect(answers[0].feedback == FormattedText("*так*", format: .markdown))
        #expect(answers[1].text == "[неформат] нет")
        #expect(question.generalFeedback == FormattedText("всё", format: .plain))
    }

    @Test("Categories give the topic without Moodle's context and root")
    func categories() {
        let report = Samples.read(
            "$CATEGORY: $course$/top/Тема 1/Часть А\n\nА{T}\n\n$CATEGORY: Тема 2\nБ{T}\n\n\n$CATEGORY: top\n\nВ{F}"
        )
        #expect(report.questions.map(\.topic) == ["Тема 1/Часть А", "Тема 2", ""])
        #expect(report.questions.map(\.prompt.text) == ["А", "Б", "В"])
        #expect(report.problems.isEmpty)
    }

    @Test("A category ends the item before it even without a blank line")
    func categoryWithoutBlankLine() {
        let report = Samples.read("$CATEGORY: А\nПервый{T}\n$CATEGORY: Б\nВторой{F}\n$CATEGORY: В")
        #expect(report.questions.map(\.topic) == ["А", "Б"])
        #expect(report.questions.map(\.prompt.text) == ["Первый", "Второй"])
        #expect(report.problems.isEmpty)
    }

    @Test("A byte-order mark and any line ends are accepted", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) {
        let lines = [
            "\u{FEFF}// Банк", "::Первый::Да?{T}", "  ", "// Второй", "::Второй::Два и два? {", "\t=4", "}", "",
        ]
        let report = Samples.read(lines.joined(separator: end))
        #expect(report.questions.map(\.title) == ["Первый", "Второй"])
        #expect(report.problems.isEmpty)
    }

    @Test("Comments inside a question are dropped, two slashes inside a line are not")
    func comments() throws {
        let question = try Samples.question("Адрес\n  // не видно {\nhttp\\://a//b {=да}")
        #expect(question.prompt.text == "Адрес\nhttp://a//b")
    }

    @Test("Identifier, tags and our properties are taken from comments")
    func tags() throws {
        let gift = "// прочее [id:q\\]7] [tag:difficulty=3] [tag:сети] [tag:credit_unit=2] [tag:points=2.50]\nЧто?{=да}"
        let question = try Samples.question(gift)
        #expect(question.externalID == "q]7")
        #expect(question.difficulty == 3)
        #expect(question.creditUnit == 2)
        #expect(question.points == Points(hundredths: 250))
        #expect(question.tags == ["сети"])
    }

    @Test("The same title twice is two questions")
    func duplicates() {
        let report = Samples.read("::Т::А{T}\n\n::Т::А{T}")
        #expect(report.questions.count == 2)
        #expect(Set(report.questions.map(\.id)).count == 2)
    }

    @Test("Counts by type add up to the questions")
    func counts() {
        let report = Samples.read(
            "А{T}\n\nБ{=1}\n\nВ{#1}\n\nГ{}\n\nД{F}\n\nЕ{=а->б =в->г}\n\nЖ{=а ~б}\n\nЗ{~%100%а ~б}"
        )
        #expect(report.count(of: .trueFalse) == 2)
        #expect(QuestionType.allCases.allSatisfy { report.count(of: $0) >= 1 })
        #expect(report.countsByType.values.reduce(0, +) == report.questions.count)
    }

    struct WrongKind: Error {
        let question: Question
        init(_ question: Question) { self.question = question }
    }
}
