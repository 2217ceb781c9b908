import Foundation
import QuestionBank
import QuestionFormats
import Testing

@Suite("D1: QTI 2.1, 2.2 and 3.0")
struct QTITests {
    static let template = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"

    static func item(
        _ declarations: String,
        _ body: String,
        processing: String = "<responseProcessing template=\"\(template)match_correct\"/>",
        namespace: String = "http://www.imsglobal.org/xsd/imsqti_v2p1"
    ) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <assessmentItem xmlns="\(namespace)" identifier="i1" title="Задание" adaptive="false" timeDependent="false">
        \(declarations)
        <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
        <itemBody>\(body)</itemBody>
        \(processing)
        </assessmentItem>
        """
    }

    static func declaration(
        _ cardinality: String,
        _ type: String,
        _ correct: [String],
        mapping: String = "",
        name: String = "RESPONSE"
    ) -> String {
        let values = correct.map { "<value>\($0)</value>" }.joined()
        return """
            <responseDeclaration identifier="\(name)" cardinality="\(cardinality)" baseType="\(type)">
            <correctResponse>\(values)</correctResponse>\(mapping)</responseDeclaration>
            """
    }

    static let choices =
        "<simpleChoice identifier=\"A\">раз</simpleChoice><simpleChoice identifier=\"B\">два</simpleChoice>"

    static let kinds: [(String, String, QuestionType)] = [
        (
            declaration("single", "identifier", ["A"]),
            "<choiceInteraction responseIdentifier=\"RESPONSE\" maxChoices=\"1\"><prompt>Что?</prompt>\(choices)</choiceInteraction>",
            .singleChoice
        ),
        (
            declaration("multiple", "identifier", ["A", "B"]),
            "<p>Что?</p><choiceInteraction responseIdentifier=\"RESPONSE\" maxChoices=\"0\">\(choices)</choiceInteraction>",
            .multipleChoice
        ),
        (
            declaration("single", "identifier", ["false"]),
            """
            <p>Да?</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">
            <simpleChoice identifier="true">True</simpleChoice><simpleChoice identifier="false">False</simpleChoice>
            </choiceInteraction>
            """, .trueFalse
        ),
        (
            declaration("ordered", "identifier", ["B", "A"]),
            "<orderInteraction responseIdentifier=\"RESPONSE\"><prompt>Порядок?</prompt>\(choices)</orderInteraction>",
            .ordering
        ),
        (
            declaration("multiple", "directedPair", ["S1 T2", "S2 T1"]),
            """
            <matchInteraction responseIdentifier="RESPONSE" maxAssociations="2"><prompt>Пары?</prompt><simpleMatchSet>
            <simpleAssociableChoice identifier="S1" matchMax="1">а</simpleAssociableChoice>
            <simpleAssociableChoice identifier="S2" matchMax="1">б</simpleAssociableChoice></simpleMatchSet><simpleMatchSet>
            <simpleAssociableChoice identifier="T1" matchMax="1">1</simpleAssociableChoice>
            <simpleAssociableChoice identifier="T2" matchMax="1">2</simpleAssociableChoice></simpleMatchSet></matchInteraction>
            """, .matching
        ),
        (
            declaration("multiple", "directedPair", ["W G1", "V G2"]),
            """
            <gapMatchInteraction responseIdentifier="RESPONSE"><gapText identifier="W" matchMax="1">зима</gapText>
            <gapText identifier="V" matchMax="1">весна</gapText><blockquote><p>Была <gap identifier="G1"/>, стала
            <gap identifier="G2"/>.</p></blockquote></gapMatchInteraction>
            """, .cloze
        ),
        (
            declaration("single", "identifier", ["A"]),
            """
            <p>Столица — <inlineChoiceInteraction responseIdentifier="RESPONSE"><inlineChoice identifier="A">Москва</inlineChoice>
            <inlineChoice identifier="B">Рим</inlineChoice></inlineChoiceInteraction>.</p>
            """, .cloze
        ),
        (
            declaration("single", "string", ["да"]),
            "<p>Слово?</p><p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>", .shortText
        ),
        (
            declaration("single", "string", ["да"]),
            "<p>Это <textEntryInteraction responseIdentifier=\"RESPONSE\"/> слово.</p>", .cloze
        ),
        (
            declaration("single", "float", ["3.5"]),
            "<p>Число?</p><div><textEntryInteraction responseIdentifier=\"RESPONSE\"/></div>", .numeric
        ),
        (
            "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"string\"/>",
            "<extendedTextInteraction responseIdentifier=\"RESPONSE\"><prompt>Эссе?</prompt></extendedTextInteraction>",
            .essay
        ),
        (
            "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"file\"/>",
            "<uploadInteraction responseIdentifier=\"RESPONSE\"><prompt>Файл?</prompt></uploadInteraction>", .fileUpload
        ),
        (
            declaration("multiple", "identifier", ["A"]),
            """
            <hottextInteraction responseIdentifier="RESPONSE" maxChoices="0"><p>Найдите <hottext identifier="A">ошипку</hottext> и
            <hottext identifier="B">слово</hottext></p></hottextInteraction>
            """, .multipleChoice
        ),
        ("", "<p>Просто текст.</p>", .description),
    ]

    @Test("Each interaction is read in every version", arguments: kinds.indices, ["v21", "v22", "v30"])
    func interactions(_ index: Int, _ version: String) throws {
        let (declarations, body, type) = Self.kinds[index]
        let xml: String
        switch version {
        case "v30": xml = try Self.modern(Self.item(declarations, body))
        case "v22": xml = Self.item(declarations, body, namespace: "http://www.imsglobal.org/xsd/imsqti_v2p2")
        default: xml = Self.item(declarations, body)
        }
        let reading = try Reading(xml)
        #expect(reading.summary?.format == ["v21": .qti21, "v22": .qti22, "v30": .qti30][version])
        let question = try reading.only()
        #expect(question.type == type)
        #expect(question.title == "Задание")
        #expect(!question.prompt.text.contains("nteraction"))
    }

    /// The same item with the names of 3.0.
    static func modern(_ xml: String) throws -> String {
        var result = xml.replacing(
            "http://www.imsglobal.org/xsd/imsqti_v2p1",
            with: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
        )
        let names = [
            "assessmentItem", "responseDeclaration", "correctResponse", "value", "outcomeDeclaration", "itemBody",
            "prompt",
            "responseProcessing", "choiceInteraction", "simpleChoice", "orderInteraction", "matchInteraction",
            "simpleMatchSet",
            "simpleAssociableChoice", "gapMatchInteraction", "gapText", "gap", "inlineChoiceInteraction",
            "inlineChoice",
            "textEntryInteraction", "extendedTextInteraction", "uploadInteraction", "hottextInteraction", "hottext",
        ]
        func kebab(_ name: String) -> String {
            name.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
        }
        for name in names {
            for end in [" ", ">", "/"] {
                result = result.replacing("<\(name)\(end)", with: "<qti-\(kebab(name))\(end)")
            }
            result = result.replacing("</\(name)>", with: "</qti-\(kebab(name))>")
        }
        for name in ["responseIdentifier", "maxChoices", "baseType", "timeDependent", "maxAssociations", "matchMax"] {
            result = result.replacing(" \(name)=", with: " \(kebab(name))=")
        }
        return result
    }

    @Test(
        "Interactions beyond the bank are reported",
        arguments: [
            "associateInteraction", "hotspotInteraction", "graphicOrderInteraction", "selectPointInteraction",
            "sliderInteraction", "drawingInteraction", "mediaInteraction", "customInteraction",
            "portableCustomInteraction", "positionObjectInteraction", "endAttemptInteraction",
        ]
    )
    func unsupported(_ name: String) throws {
        let body = "<p>Что?</p>\n<\(name) responseIdentifier=\"RESPONSE\"/>"
        let reading = try Reading(Self.item(Self.declaration("single", "identifier", ["A"]), body))
        #expect(reading.questions.isEmpty)
        #expect(reading.codes == ["unsupported_type"])
        #expect(reading.findings.first?.line == 7)
    }

    @Test("A mapping gives points and fractions")
    func mapping() throws {
        let mapping = """
            <mapping defaultValue="0" upperBound="4"><mapEntry mapKey="A" mappedValue="4"/><mapEntry mapKey="B" mappedValue="-1"/></mapping>
            """
        let processing = "<responseProcessing template=\"\(Self.template)map_response\"/>"
        let (_, body, _) = Self.kinds[1]
        let xml = Self.item(
            Self.declaration("multiple", "identifier", ["A"], mapping: mapping),
            body,
            processing: processing
        )
        let question = try Reading(xml).only()
        guard case .choice(let choice) = question.interaction else { return #expect(Bool(false)) }
        #expect(question.points == ExactDecimal(4))
        #expect(choice.options.map(\.fraction) == [.full, Fraction(percent: -25)])
    }

    @Test(
        "Processing that is written out is understood like its template",
        arguments: [
            ("<match><variable identifier=\"RESPONSE\"/><correct identifier=\"RESPONSE\"/></match>", "0", "float"),
            (
                "<equal toleranceMode=\"absolute\" tolerance=\"0.5 0.5\"><variable identifier=\"RESPONSE\"/><correct identifier=\"RESPONSE\"/></equal>",
                "0.5", "float"
            ),
            (
                "<equal toleranceMode=\"relative\" tolerance=\"10 10\"><variable identifier=\"RESPONSE\"/><baseValue baseType=\"float\">50</baseValue></equal>",
                "5", "float"
            ),
            (
                "<and><gte><variable identifier=\"RESPONSE\"/><baseValue baseType=\"float\">49</baseValue></gte><lte><variable identifier=\"RESPONSE\"/><baseValue baseType=\"float\">51</baseValue></lte></and>",
                "1", "float"
            ),
            (
                "<and><not><isNull><variable identifier=\"RESPONSE\"/></isNull></not><match><variable identifier=\"RESPONSE\"/><correct identifier=\"RESPONSE\"/></match></and>",
                "0", "float"
            ),
        ]
    )
    func writtenOut(_ test: String, _ tolerance: String, _ type: String) throws {
        let processing = """
            <responseProcessing><responseCondition><responseIf>\(test)
            <setOutcomeValue identifier="SCORE"><baseValue baseType="float">2</baseValue></setOutcomeValue></responseIf>
            <responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseElse>
            </responseCondition></responseProcessing>
            """
        let body = "<p>Число?</p><p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>"
        let question = try Reading(
            Self.item(Self.declaration("single", type, ["50"]), body, processing: processing)
        ).only()
        guard case .numeric(let entry) = question.interaction else { return #expect(Bool(false)) }
        #expect(entry.answers == [.init(value: ExactDecimal(50), tolerance: try #require(ExactDecimal(tolerance)))])
        #expect(question.points == ExactDecimal(2))
    }

    @Test("Processing beyond keys is named, and the key is kept")
    func unknownProcessing() throws {
        let processing = """
            <responseProcessing><setOutcomeValue identifier="SCORE"><customOperator class="x"/></setOutcomeValue></responseProcessing>
            """
        let (declarations, body, _) = Self.kinds[0]
        let reading = try Reading(Self.item(declarations, body, processing: processing))
        #expect(reading.questions.count == 1)
        #expect(reading.codes == ["simplified_scoring"])
        #expect(reading.findings.first?.reason.en.contains("customOperator") == true)
    }

    @Test(
        "Broken items are reported",
        arguments: [
            (declaration("single", "identifier", ["Z"]), kinds[0].1, "unknown_option"),
            ("", kinds[0].1, "missing_element"),
            (declaration("single", "identifier", []), kinds[0].1, "no_right_answer"),
            (declaration("multiple", "directedPair", ["S1 T2"]), kinds[4].1, "unsupported_type"),
            (declaration("multiple", "directedPair", ["S1"]), kinds[4].1, "invalid_pair"),
            (declaration("single", "float", ["abc"]), kinds[9].1, "not_a_number"),
        ]
    )
    func broken(_ declarations: String, _ body: String, _ code: String) throws {
        let reading = try Reading(Self.item(declarations, body))
        #expect(reading.questions.isEmpty)
        #expect(reading.codes == [code])
    }

    @Test("MathML stays in the text")
    func formulas() throws {
        let math = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>x</mi><mo>=</mo><mn>1</mn></math>"
        let question = try Reading(Self.item("", "<p>Решите \(math)</p>")).only()
        #expect(question.prompt.text == "<p>Решите \(math)</p>")
    }
}
