import Foundation
import QuestionBank
import QuestionFormats
import Testing

@Suite("D1: Moodle XML")
struct MoodleXMLTests {
    static func quiz(_ body: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n\(body)\n</quiz>"
    }

    static func question(_ type: String, _ body: String, text: String = "<p>Что?</p>") -> String {
        """
        <question type="\(type)"><name><text>Имя</text></name>
        <questiontext format="html"><text><![CDATA[\(text)]]></text></questiontext>
        \(body)</question>
        """
    }

    static let answers =
        "<answer fraction=\"100\"><text>да</text></answer><answer fraction=\"0\"><text>нет</text></answer>"

    @Test(
        "Each type is read",
        arguments: [
            ("multichoice", "<single>true</single>" + answers, QuestionType.singleChoice),
            ("multichoice", "<single>false</single>" + answers, .multipleChoice),
            ("multichoiceset", answers, .multipleChoice),
            (
                "truefalse",
                "<answer fraction=\"0\"><text>true</text></answer><answer fraction=\"100\"><text>false</text></answer>",
                .trueFalse
            ),
            ("shortanswer", "<usecase>1</usecase>" + answers, .shortText),
            ("numerical", "<answer fraction=\"100\"><text>3,14</text><tolerance>0.01</tolerance></answer>", .numeric),
            (
                "matching",
                """
                <subquestion><text>а</text><answer><text>1</text></answer></subquestion>
                <subquestion><text>б</text><answer><text>2</text></answer></subquestion>
                <subquestion><text></text><answer><text>3</text></answer></subquestion>
                """, .matching
            ),
            (
                "ordering",
                "<answer fraction=\"1\"><text>а</text></answer><answer fraction=\"2\"><text>б</text></answer>",
                .ordering
            ),
            ("essay", "<responseformat>editor</responseformat><attachments>0</attachments>", .essay),
            ("essay", "<responseformat>noinline</responseformat><attachments>3</attachments>", .fileUpload),
            ("description", "", .description),
        ]
    )
    func types(_ type: String, _ body: String, _ expected: QuestionType) throws {
        let question = try Reading(Self.quiz(Self.question(type, body))).only()
        #expect(question.type == expected)
        #expect(question.title == "Имя")
        #expect(question.prompt == RichText("<p>Что?</p>", format: .html))
    }

    @Test(
        "Kinds beyond the bank are reported and leave nothing",
        arguments: ["calculated", "calculatedmulti", "ddimageortext", "ddmarker", "randomsamatch", "stack", ""]
    )
    func unsupported(_ type: String) throws {
        let reading = try Reading(
            Self.quiz(Self.question(type, Self.answers) + Self.question("shortanswer", Self.answers))
        )
        #expect(reading.questions.map(\.type) == [.shortText])
        #expect(reading.notRead.map(\.code.rawValue) == ["unsupported_type"])
        #expect(reading.notRead.first?.line == 3)
    }

    @Test(
        "Every name of a cloze gap is the gap it says",
        arguments: [
            "MULTICHOICE", "MC", "MCV", "MULTICHOICE_H", "MCH", "MCS", "MULTICHOICE_VS", "MR", "MRH", "MRHS", "MRV",
            "SHORTANSWER", "SA", "MW", "SAC", "MWC", "SHORTANSWER_C", "NM", "NUMERICAL",
        ]
    )
    func clozeKinds(_ name: String) throws {
        let body = name.hasPrefix("N") ? "=5:0.5#да~%50%7" : "=да#так~%50%почти~нет"
        let text = "<p>Ответ {2:\(name):\(body)} и {:SA:=x}.</p>"
        let question = try Reading(Self.quiz(Self.question("cloze", "", text: text))).only()
        guard case .cloze(let cloze) = question.interaction else { return #expect(Bool(false)) }
        #expect(cloze.gaps.count == 2)
        #expect(cloze.gaps[0].weight == ExactDecimal(2))
        #expect(question.prompt.text == "<p>Ответ {#1} и {#2}.</p>")
        switch cloze.gaps[0].entry {
        case .numeric(let entry):
            #expect(name.hasPrefix("N"))
            #expect(entry.answers[0].tolerance == ExactDecimal("0.5"))
        case .text(let entry): #expect(entry.isCaseSensitive == (name.hasSuffix("C") && name != "MC"))
        case .choice(let choice):
            #expect(choice.isShuffled == name.hasSuffix("S"))
            #expect(choice.isSingle == !name.hasPrefix("MR"))
            #expect(choice.options[0].feedback?.text == "так")
        }
    }

    @Test("Escapes and entities in gaps are characters, and braces of formulas are no gaps")
    func clozeEscapes() throws {
        let text = "\\( \\frac{a}{b} \\) {1:SA:=a\\}b\\~c &lt; d&#39;#\\#1} {a:b}"
        let question = try Reading(Self.quiz(Self.question("cloze", "", text: text))).only()
        guard case .cloze(let cloze) = question.interaction, case .text(let entry) = cloze.gaps[0].entry else {
            return #expect(Bool(false))
        }
        #expect(entry.answers[0].text == "a}b~c < d'")
        #expect(entry.answers[0].feedback?.text == "#1")
        #expect(question.prompt.text == "\\( \\frac{a}{b} \\) {#1} {a:b}")
    }

    @Test(
        "Broken gaps are reported",
        arguments: [
            ("нет пропусков", "invalid_gap"), ("{1:SA:=x", "unbalanced_braces"), ("{1:FOO:=x}", "invalid_gap"),
            ("{1:NM:=abc}", "not_a_number"), ("{1:MC:=x}", "too_few_answers"), ("{1:MC:x~%50%y}", "no_full_answer"),
            ("{1:MULTICHOICE}", "invalid_gap"), ("{1:MC:нет~тоже}", "no_right_answer"),
            ("{1:MC:%200%x}", "invalid_fraction"),
        ]
    )
    func brokenCloze(_ text: String, _ code: String) throws {
        let reading = try Reading(Self.quiz(Self.question("cloze", "", text: text)))
        #expect(reading.questions.isEmpty)
        #expect(reading.codes == [code])
    }

    @Test("Categories with their description, files, tags, hints, penalty and units are kept")
    func everything() throws {
        let body = """
            <generalfeedback format="plain_text"><text>Потому</text></generalfeedback>
            <defaultgrade>2.5</defaultgrade><penalty>0.3333333</penalty><hidden>1</hidden><idnumber>А-1</idnumber>
            <answer fraction="100"><text>*</text><feedback format="html"><text>ок</text></feedback></answer>
            <units><unit><multiplier>1</multiplier><unit_name>м</unit_name></unit></units>
            <unitgradingtype>1</unitgradingtype><unitpenalty>0.1</unitpenalty><showunits>3</showunits><unitsleft>1</unitsleft>
            <hint format="html"><text>Подумайте</text><clearwrong/></hint>
            <tags><tag><text>сети</text></tag><tag><text>difficulty=4</text></tag></tags>
            """
        let category = """
            <question type="category"><category><text>$course$/top/Сети/TCP//IP</text></category>
            <info format="html"><text>О чём</text></info><idnumber>К1</idnumber></question>
            """
        let reading = try Reading(Self.quiz(category + Self.question("numerical", body)))
        let question = try reading.only()
        #expect(
            reading.topics == [
                Topic(path: ["Сети", "TCP/IP"], info: RichText("О чём", format: .html), externalID: "К1")
            ]
        )
        #expect(question.topic == ["Сети", "TCP/IP"])
        #expect(question.points == ExactDecimal("2.5"))
        #expect(question.penalty == Fraction(units: 3_333_333))
        #expect(question.isHidden)
        #expect(question.externalID == "А-1")
        #expect(question.tags == ["сети"])
        #expect(question.difficulty == 4)
        #expect(question.hints == [Hint(text: RichText("Подумайте", format: .html), clearsWrong: true)])
        guard case .numeric(let entry) = question.interaction else { return #expect(Bool(false)) }
        #expect(entry.answers[0].value == nil)
        #expect(entry.units?.units.first?.name == "м")
        #expect(entry.units?.isOnLeft == true)
    }

    @Test("Pictures come out of base64 with their folder; broken ones and bad names are reported")
    func files() throws {
        let text = """
            <text>x</text><file name="a b.png" path="/рис/" encoding="base64">iVBORw0K\nGgo=</file>
            <file name="../../etc/passwd" path="/" encoding="base64">AAAA</file>
            <file name="c.png" path="/../" encoding="base64">AAAA</file><file name="d" path="/" encoding="base64">*</file>
            """
        let xml = "<question type=\"essay\"><name><text>n</text></name><questiontext>\(text)</questiontext></question>"
        let reading = try Reading(Self.quiz(xml))
        let file = try #require(reading.questions.first?.prompt.files.first)
        #expect(reading.questions.first?.prompt.files.count == 1)
        #expect(file.folder == "/рис/" && file.name == "a b.png")
        #expect(Array(file.data) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(reading.codes == ["invalid_file", "invalid_file", "invalid_file"])
    }

    @Test("An element without a place is named, and the question is kept")
    func unknownElements() throws {
        let reading = try Reading(Self.quiz(Self.question("shortanswer", Self.answers + "<plugin_x>5</plugin_x>")))
        #expect(reading.questions.count == 1)
        #expect(reading.findings.map(\.severity) == [.partlyRead])
        #expect(reading.findings.first?.reason.ru.contains("plugin_x") == true)
    }

    @Test("What stands before a break is read, and the break is reported with its line")
    func truncated() throws {
        let whole = Self.quiz(Self.question("shortanswer", Self.answers) + "\n" + Self.question("essay", ""))
        let cut = whole.prefix(whole.count - 40)
        let reading = try Reading(String(cut))
        #expect(reading.questions.map(\.type) == [.shortText])
        #expect(reading.codes == ["not_well_formed"])
        #expect((reading.findings.first?.line ?? 0) >= 6)
    }

    @Test("Other encodings are read as they are declared")
    func encodings() throws {
        let xml = Self.quiz(Self.question("essay", ""))
        let declared = xml.replacing("UTF-8", with: "windows-1251")
        let reading = try Reading(try #require(declared.data(using: .windowsCP1251)))
        #expect(try reading.only().title == "Имя")
        #expect(reading.summary?.encoding == "windows-1251")
        let wide = xml.replacing("UTF-8", with: "UTF-16")
        #expect(
            try Reading(Data([0xFF, 0xFE]) + (try #require(wide.data(using: .utf16LittleEndian)))).only().title == "Имя"
        )
        let wrong = try Reading(try #require(xml.data(using: .windowsCP1251)))
        #expect(wrong.questions.isEmpty)
        #expect(wrong.codes == ["not_well_formed"])
    }
}
