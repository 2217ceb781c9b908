import Attestation
import Foundation
import Testing

@Suite struct GIFTWriterTests {
    @Test("What is written is read again without loss")
    func roundTrip() throws {
        let gift = #"""
            $CATEGORY: $course$/top/Тема: «А»/Б

            // [id:7] [tag:difficulty=2] [tag:credit_unit=3] [tag:points=1.50] [tag:a\]b]
            ::Имя\:::[markdown]Что\n**это** \{\}?{=[html]<b>да</b>#так ~%33.33333%по\~чти ~%0%%50%нет ~[plain]\[x\]####[plain]Всё}

            Двое?{~%50%А#да ~%50%Б ~%-100%В}

            Верно?{TRUE}

            Неверно?{FALSE##да####итог}

            Неверно?{F#нет}

            // [tag:case_sensitive]
            Слово {=Москва#да =%50%моск*} тут.

            Число?{#=1.5:0.01#да =%50%1..3 =%10%* ~#нет}

            $CATEGORY: top

            Пары?{=[html]<i>а</i> -> б\=в =г -> д = -> е}

            Опишите.{####Пояснение}
            """#
        let first = Samples.read(gift)
        #expect(first.problems.isEmpty)
        #expect(first.questions.count == 9)
        let export = GIFTWriter.write(first.questions)
        #expect(export.leftOut.isEmpty)
        let second = Samples.read(export.text)
        #expect(second == first)
    }

    @Test("The sample bank survives writing and reading")
    func sampleBank() throws {
        let bank = try Samples.bank()
        #expect(Samples.read(GIFTWriter.write(bank.questions).text).questions == bank.questions)
    }

    @Test("A short answer with an arrow is named as left out, not written as a pair")
    func arrow() throws {
        var question = try Samples.question("Что?{=да}")
        question.kind = .shortText([TextAnswer(text: "a -> b")], isCaseSensitive: false)
        let export = GIFTWriter.write([question])
        #expect(export.leftOut.map(\.question) == [question])
        #expect(export.text.isEmpty)
    }

    @Test("A question survives storage as JSON, byte for byte")
    func json() throws {
        for question in try Samples.bank().questions {
            let data = try CanonicalJSON.encode(question)
            let again = try CanonicalJSON.decode(Question.self, from: data)
            #expect(again == question)
            #expect(try CanonicalJSON.encode(again) == data)
        }
    }

    @Test("Decimal numbers are stored as strings")
    func decimals() throws {
        let question = try Samples.question("Число?{#0.1:0.05}")
        let json = String(decoding: try CanonicalJSON.encode(question), as: UTF8.self)
        #expect(json.contains(#""tolerance":"0.05""#))
        #expect(json.contains(#""value":"0.1""#))
    }
}

@Suite struct SampleBankTests {
    @Test("The sample bank has 24 closed questions over three topics and no problems")
    func sampleBank() throws {
        let report = try Samples.bank()
        #expect(report.problems == [])
        #expect(report.questions.count == 24)
        #expect(Dictionary(grouping: report.questions, by: \.topic).mapValues(\.count).values.sorted() == [8, 8, 8])
        #expect(QuestionType.allCases.filter { report.count(of: $0) == 0 } == [.essay])
        #expect(report.questions.allSatisfy { $0.difficulty != nil && $0.creditUnit != nil && $0.externalID != nil })
        #expect(Set(report.questions.map(\.title)).count == 24)
    }
}
