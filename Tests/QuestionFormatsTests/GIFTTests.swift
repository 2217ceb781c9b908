import Foundation
import QuestionBank
import QuestionFormats
import Testing

@Suite("D1: GIFT")
struct GIFTTests {
    @Test(
        "Each construct of the documentation is the kind it says",
        arguments: [
            ("Кто лежит в могиле Гранта?{~Грант ~Джефферсон =никто}", QuestionType.singleChoice),
            ("Grant is {~buried =entombed ~living} in Grant's tomb.", .singleChoice),
            ("Какие реки в Сибири? {~%50%Обь ~%50%Лена ~%-100%Волга}", .multipleChoice),
            ("The sun rises in the east.{T}", .trueFalse),
            ("Солнце встаёт на западе.{FALSE#Нет, на востоке.#Верно!}", .trueFalse),
            ("Who's buried in Grant's tomb?{=no one =nobody}", .shortText),
            ("2+2 это {=4 =четыре =%50%примерно 4}", .shortText),
            ("When was Grant born?{#1822:5}", .numeric),
            ("Пи? {#3.141..3.142}", .numeric),
            ("When? {#=1822:0 =%50%1822:2#Close ~#No}", .numeric),
            ("Столицы {=Канада -> Оттава =Италия -> Рим = -> Париж}", .matching),
            ("Опишите модель OSI. {}", .essay),
            ("::Т::Просто текст между вопросами.", .description),
        ]
    )
    func kinds(_ gift: String, _ type: QuestionType) throws {
        let question = try Reading(gift).only()
        #expect(question.type == type)
    }

    @Test("Title, format, escapes, feedback and the explanation are taken apart")
    func parts() throws {
        let gift = """
            // [id:q7] [tag:сети] [tag:difficulty=3]
            ::Заголовок\\: раз::[html]<b>Что</b> \\{это\\}\\n\\=\\? {
            =%100%верно \\# один#Да
            ~%-25%неверно \\~#[markdown]*нет*
            ####Пояснение $$\\frac\\{a\\}\\{b\\}$$
            }
            """
        let question = try Reading(gift).only()
        #expect(question.title == "Заголовок: раз")
        #expect(question.prompt == RichText("<b>Что</b> {это}\n=\\?", format: .html))
        #expect(question.explanation == RichText("Пояснение $$\\frac{a}{b}$$", format: .html))
        #expect(question.externalID == "q7")
        #expect(question.tags == ["сети"])
        #expect(question.difficulty == 3)
        guard case .choice(let choice) = question.interaction else { throw Wrong() }
        #expect(choice.options[0].text.text == "верно # один")
        #expect(choice.options[1].fraction == Fraction(percent: -25))
        #expect(choice.options[1].feedback == RichText("*нет*", format: .markdown))
    }

    @Test("A range is its middle with half its width, bounds included")
    func range() throws {
        let question = try Reading("x {#1..5}").only()
        guard case .numeric(let entry) = question.interaction else { throw Wrong() }
        #expect(entry.answers == [.init(value: ExactDecimal(3), tolerance: ExactDecimal(2))])
    }

    @Test("Categories are paths without context, and a doubled slash is one in a name")
    func categories() throws {
        let reading = try Reading("$CATEGORY: $course$/top/Сети/TCP//IP\n\nА{T}\n\n$CATEGORY: Иное\n\nБ{F}")
        #expect(reading.questions.map(\.topic) == [["Сети", "TCP/IP"], ["Иное"]])
    }

    @Test(
        "What cannot be read is reported with its line and code, and nothing else is lost",
        arguments: [
            ("Вопрос {=а ~б", "unbalanced_braces"), ("Вопрос {#сто}", "not_a_number"),
            ("Вопрос {#5..1}", "invalid_range"), ("Вопрос {~а ~б}", "no_right_answer"),
            ("Вопрос {=а}{=б}", "several_answer_sections"), ("{=а ~б}", "empty_prompt"),
            ("В {=а -> =б -> в}", "invalid_pair"), ("В {~%150%а =б}", "invalid_fraction"),
            ("Вопрос \u{1}{T}", "control_character"),
        ]
    )
    func broken(_ gift: String, _ code: String) throws {
        let reading = try Reading("Первый{T}\n\n\n" + gift + "\n\nПоследний{F}")
        #expect(reading.questions.map(\.prompt.text) == ["Первый", "Последний"])
        #expect(reading.notRead.map(\.code.rawValue) == [code])
        #expect(reading.notRead.first?.line == 4)
    }

    @Test(
        "Russian files are read in the encodings they come in, and it is said which",
        arguments: [
            ("utf-8", String.Encoding.utf8), ("windows-1251", .windowsCP1251), ("utf-16le", .utf16LittleEndian),
            ("utf-16be", .utf16BigEndian),
        ]
    )
    func encodings(_ name: String, _ encoding: String.Encoding) throws {
        let text = "::Модель::Сколько уровней в модели OSI?{=семь ~пять ~четыре}"
        let data = try #require(text.data(using: encoding))
        let reading = try Reading(data)
        #expect(reading.summary?.encoding == name)
        #expect(try reading.only().title == "Модель")
        #expect(reading.codes.contains("guessed_encoding") == (name != "utf-8"))
    }

    @Test("A cut UTF-8 file stays UTF-8")
    func cut() throws {
        let whole = Data("::А::Да?{T}\n\n::Б::Сколько уровней в модели?{=семь ~пя".utf8)
        let reading = try Reading(whole.dropLast())
        #expect(reading.summary?.encoding == "utf-8")
        #expect(reading.questions.map(\.title) == ["А"])
        #expect(reading.notRead.count == 1)
    }

    struct Wrong: Error {}
}
