import Foundation
import QuestionBank
import QuestionFormats
import Testing

@Suite("D1: what is written is read again")
struct RoundTripTests {
    /// Which types a format has.
    static let types: [QuestionFormat: [QuestionType]] = [
        .aiken: [.singleChoice],
        .gift: [
            .singleChoice, .multipleChoice, .trueFalse, .numeric, .shortText, .matching, .essay, .description,
        ],
        .moodleXML: QuestionType.allCases,
        .qti21: QuestionType.allCases, .qti22: QuestionType.allCases, .qti30: QuestionType.allCases,
    ]

    @Test("Questions come back equal unless a loss was named", arguments: QuestionFormat.allCases)
    func lossless(_ format: QuestionFormat) throws {
        var draw = RandomQuestions(seed: 20_261_121)
        var compared = 0
        for type in QuestionType.allCases {
            for _ in 0..<12 {
                let question = draw.question(type)
                let (data, losses) = try written([question], format)
                if losses.contains(where: \.isLeftOut) {
                    #expect(
                        !losses.contains { $0.code == "unsupported_type" }
                            || Self.types[format]?.contains(type) == false
                    )
                    continue
                }
                let reading = try Reading(data)
                #expect(reading.notRead.isEmpty, "\(reading.findings) \(question)")
                if losses.isEmpty {
                    compared += 1
                    let isEqual = reading.questions == [question]
                    #expect(isEqual, "\(type) \(difference(reading.questions, [question]))")
                    #expect(reading.findings.allSatisfy { $0.severity == .note }, "\(reading.findings)")
                }
                // What was lost once is lost for good: the second time nothing changes.
                let again = try Reading(written(reading.questions, format).data)
                let isSame = again.questions == reading.questions
                #expect(isSame, "\(type) again \(difference(again.questions, reading.questions))")
            }
        }
        #expect(compared > (format == .gift || format == .aiken ? -1 : 60), "\(compared)")
    }

    @Test("What a format can carry comes back without any loss", arguments: QuestionFormat.allCases)
    func plain(_ format: QuestionFormat) throws {
        let questions = Self.plain.filter { Self.types[format]?.contains($0.type) == true }
        let (data, losses) = try written(questions, format)
        #expect(losses.isEmpty, "\(losses)")
        let reading = try Reading(data)
        #expect(reading.questions == questions, "\(difference(reading.questions, questions))")
        #expect(reading.findings.isEmpty, "\(reading.findings)")
        #expect(reading.summary?.format == format)
    }

    /// One of each type, with nothing that only some formats have.
    static let plain: [BankQuestion] = {
        func question(_ text: String, _ interaction: Interaction) -> BankQuestion {
            BankQuestion(
                title: text,
                prompt: RichText(text),
                points: interaction == .description ? .zero : .one,
                interaction: interaction
            )
        }
        func options(_ weights: [Fraction]) -> [Choice.Option] {
            weights.enumerated().map { Choice.Option(text: RichText("вариант \($0.offset)"), fraction: $0.element) }
        }
        let half = Fraction(percent: 50)
        return [
            question("Один?", .choice(Choice(isSingle: true, options: options([.zero, .full, .zero])))),
            question(
                "Много?",
                .choice(Choice(isSingle: false, options: options([half, half, Fraction(percent: -100)])))
            ),
            question("Верно?", .trueFalse(TrueFalse(isTrue: false))),
            question("Число?", .numeric(NumericEntry(answers: [.init(value: ExactDecimal("3.14"), tolerance: .one)]))),
            question(
                "Слово?",
                .shortText(TextEntry(answers: [.init(text: "да"), .init(text: "ага", fraction: half)]))
            ),
            question(
                "Пары?",
                .matching(
                    Matching(
                        pairs: [
                            .init(prompt: RichText("а"), match: RichText("1")),
                            .init(prompt: RichText("б"), match: RichText("2")),
                            .init(prompt: RichText("в"), match: RichText("1")),
                        ],
                        distractors: [RichText("3")]
                    )
                )
            ),
            question("Порядок?", .ordering(Ordering(items: ["а", "б", "в"].map { RichText($0) }))),
            question("Эссе?", .open(OpenResponse(text: .init()))),
            question("Фото?", .open(OpenResponse(text: nil, files: .init(maximum: 1, types: ["image/jpeg"])))),
            question("Пояснение.", .description),
        ]
    }()

    @Test("Topics with their description come back in Moodle XML, and are named as lost elsewhere")
    func topics() throws {
        let folder = try TemporaryFolder()
        let topic = Topic(path: ["А", "Б/В"], info: RichText("О чём", format: .html), externalID: "т1")
        for format in QuestionFormat.allCases {
            let file = folder.url.appending(path: format.rawValue)
            let writer = try QuestionFileWriter(file: file, format: format)
            let losses = try writer.add(topic)
            _ = try writer.add(Self.plain[0])
            try writer.finish()
            let reading = try Reading(Data(contentsOf: file))
            #expect(losses.isEmpty == (format == .moodleXML))
            #expect(reading.topics == (format == .moodleXML ? [topic] : []))
        }
    }

    @Test("The same questions make the same bytes", arguments: QuestionFormat.allCases)
    func deterministic(_ format: QuestionFormat) throws {
        #expect(try written(Self.plain, format).data == written(Self.plain, format).data)
    }

    @Test("Gaps that Moodle does not take are left out and named, and QTI keeps them")
    func gaps() throws {
        let half = Fraction(percent: 50)
        let entries: [Cloze.Entry] = [
            .choice(Cloze.GapChoice(options: [.init(text: RichText("один"), fraction: .full)])),
            .text(TextEntry(answers: [.init(text: "x", fraction: half)])),
            .numeric(NumericEntry(answers: [.init(value: .one, fraction: half)])),
        ]
        for entry in entries {
            var question = Self.plain[7]
            question.prompt = RichText("Это \(Cloze.marker(1)).")
            question.interaction = .cloze(Cloze(gaps: [Cloze.Gap(entry: entry)]))
            #expect(try written([question], .moodleXML).losses.map(\.code) == ["gap_answers"])
            #expect(try Reading(written([question], .qti30).data).questions == [question])
        }
    }

    @Test("Control characters and tag soup are named and lose nothing else")
    func soup() throws {
        var question = Self.plain[7]
        question.prompt = RichText("<p>Раз<br>два&nbsp;<b>три<p>x\u{1}", format: .html)
        let (data, losses) = try written([question], .qti21)
        #expect(Set(losses.map(\.code)) == ["control_characters", "markup_rewritten"])
        let read = try Reading(data).only()
        #expect(read.prompt.text.contains("Раз<br/>два\u{A0}<b>три"))
    }
}
