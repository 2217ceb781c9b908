import Archives
import Foundation
import QuestionBank
import QuestionFormats
import Testing

@Suite("D1: every item of a file is counted, read or not read with line and reason")
struct CountingTests {
    static let foreign: [(bytes: [UInt8], name: String)] = [
        (Array("[{\"question\": \"{x}\", \"answers\": [1]}]".utf8), "JSON"),
        (Array("{\n  \"questions\": [{\"text\": \"Что?\"}]\n}\n".utf8), "JSON"),
        (Array("\u{FEFF}  [1, 2, {\"a\": \"{}\"}]".utf8), "JSON"), (Array("{\"cut\": [\"{a}\"".utf8), "JSON"),
        (Array("%PDF-1.7\n{a}".utf8), "PDF"), (Array("{\\rtf1 вопрос {=a}}".utf8), "RTF"),
        ([0x89, 0x50, 0x4E, 0x47, 0x7B, 0x7D], "PNG"), (Array("<!DOCTYPE html><p>Что? {T}</p>".utf8), "HTML"),
        (Array("<html><body>Что? {T}</body></html>".utf8), "HTML"), (Array("---\na: {b: c}\n".utf8), "YAML"),
        ([0x1F, 0x8B, 0x08, 0x7B, 0x7D], "gzip"), ([0xD0, 0xCF, 0x11, 0xE0, 0x7B, 0x7D], "DOC"),
    ]

    @Test("What is no file of questions is said to be none, whatever braces are in it", arguments: foreign)
    func refused(bytes: [UInt8], name: String) throws {
        let refusal = #expect(throws: FileRefusal.self) { try Reading(Data(bytes)) }
        #expect(refusal?.code == .unknownFormat)
        #expect(refusal?.reason.ru.contains(name) == true && refusal?.reason.en.contains(name) == true)
    }

    @Test(
        "A question may begin with a bracket or with markup",
        arguments: ["[html]<b>Верно?</b> {T}", "[1] Верно? {T}", "<p>Верно?</p> {T}", "[x] {=а ~б}"]
    )
    func bracketed(text: String) throws {
        _ = try Reading(text).only()
    }

    /// A document of truth questions; the one with this number is broken.
    private static func quiz(_ count: Int, broken: Int?, end: String = "\n</quiz>") -> String {
        let items = (1...count).map { number in
            let text = number == broken ? "Верно & нет?" : "Верно?"
            return """
                <question type="truefalse"><name><text>В\(number)</text></name><questiontext><text>\(text)</text>
                </questiontext><answer fraction="100"><text>true</text></answer></question>
                """
        }
        return "<?xml version=\"1.0\"?>\n<quiz>\n<!-- <question type=\"essay\"> -->\n"
            + "<question type=\"category\"><category><text>Тема</text></category></question>\n"
            + items.joined(separator: "\n") + end
    }

    @Test("Questions behind the place where Moodle XML breaks are counted with their lines", arguments: [1, 2, 5])
    func broken(number: Int) throws {
        let reading = try Reading(Self.quiz(5, broken: number))
        #expect(reading.questions.count == number - 1)
        #expect(reading.notRead.count == 5 - number + 1, "\(reading.findings)")
        #expect(reading.codes.allSatisfy { $0 == "not_well_formed" })
        #expect(reading.notRead.map(\.line) == (number...5).map { 5 + 2 * ($0 - 1) })
    }

    @Test("Where only the end of the document is missing, no question is called unread")
    func endMissing() throws {
        let reading = try Reading(Self.quiz(3, broken: nil, end: ""))
        #expect(reading.questions.count == 3 && reading.notRead.isEmpty)
        #expect(reading.findings.map(\.severity) == [.partlyRead])
    }

    @Test("A cut in the middle leaves nothing uncounted", arguments: Array(stride(from: 150, to: 900, by: 37)))
    func cut(length: Int) throws {
        let text = Self.quiz(5, broken: nil)
        let whole = text.utf8.count
        let piece = String(decoding: text.utf8.prefix(min(length, whole - 12)), as: UTF8.self)
        let begun = piece.components(separatedBy: "<question type=\"truefalse\">").count - 1
        let reading = try Reading(piece)
        #expect(reading.questions.count + reading.notRead.count == begun, "\(reading.findings)")
    }

    // MARK: - QTI

    static let unsupported = [
        "associateInteraction", "sliderInteraction", "hotspotInteraction", "selectPointInteraction",
        "graphicOrderInteraction", "graphicAssociateInteraction", "graphicGapMatchInteraction",
        "positionObjectInteraction", "drawingInteraction", "mediaInteraction", "customInteraction",
        "endAttemptInteraction", "portableCustomInteraction",
    ]

    @Test("Each kind of interaction that the bank does not have is named with its line", arguments: unsupported)
    func interactions(name: String) throws {
        let declaration = QTITests.declaration("single", "identifier", ["A"])
        let body = "\n<p>Где?</p>\n<\(name) responseIdentifier=\"RESPONSE\"/>"
        for text in [QTITests.item(declaration, body), Self.third(QTITests.item(declaration, body))] {
            let reading = try Reading(text)
            #expect(reading.questions.isEmpty)
            let finding = try #require(reading.notRead.first)
            #expect(reading.notRead.count == 1 && finding.code == .unsupportedType)
            #expect(finding.reason.en.contains(name) && finding.reason.ru.contains(name), "\(finding)")
            let line = 1 + text[..<(try #require(text.range(of: "RESPONSE\"/>")).lowerBound)].count { $0.isNewline }
            #expect(finding.line == line && finding.title == "Задание")
        }
    }

    @Test("Adaptive items and items with templates are named")
    func adaptive() throws {
        let declaration = QTITests.declaration("single", "identifier", ["A"])
        let body = "<choiceInteraction responseIdentifier=\"RESPONSE\">\(QTITests.choices)</choiceInteraction>"
        let item = QTITests.item(declaration, body)
        let template = "<templateDeclaration identifier=\"X\" cardinality=\"single\" baseType=\"integer\"/>"
        for text in [
            item.replacing("adaptive=\"false\"", with: "adaptive=\"true\""),
            QTITests.item(template + declaration, body),
        ] {
            #expect(try Reading(text).notRead.map(\.code) == [.unsupportedType])
        }
    }

    /// An item of version 2 in the spelling of version 3.
    private static func third(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            result += rest[..<open]
            var tag = String(rest[open...close])
            if !tag.hasPrefix("<?"), !tag.hasPrefix("<p"), !tag.hasPrefix("</p") {
                let isEnd = tag.hasPrefix("</")
                let kebab = tag.dropFirst(isEnd ? 2 : 1).reduce(into: "") { text, character in
                    text +=
                        character.isUppercase && character.isASCII && !text.contains("\"")
                        ? "-" + character.lowercased() : String(character)
                }
                tag = (isEnd ? "</qti-" : "<qti-") + kebab
            }
            result += tag
            rest = rest[rest.index(after: close)...]
        }
        return (result + rest).replacing("responseIdentifier", with: "response-identifier")
            .replacing("imsqti_v2p1\"", with: "imsqtiasi_v3p0\"")
    }

    private static func package(_ files: [(name: String, text: String)]) throws -> Reading {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "package.zip")
        let writer = try ZipWriter(file: file)
        for (name, text) in files { try writer.add(name, Data(text.utf8)) }
        try writer.finish()
        return try Reading(Data(contentsOf: file))
    }

    private static func manifest(_ items: [String]) -> String {
        let resources = items.map { "<resource identifier=\"\($0)\" type=\"imsqti_item_xmlv2p1\" href=\"\($0)\"/>" }
        return
            "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\"><resources>\(resources.joined())</resources>"
            + "</manifest>"
    }

    private static let good = QTITests.item(
        QTITests.declaration("single", "identifier", ["A"]),
        "<choiceInteraction responseIdentifier=\"RESPONSE\" maxChoices=\"1\"><prompt>Что?</prompt>"
            + "\(QTITests.choices)</choiceInteraction>"
    )

    @Test("All manifests of an archive are read, each item once, and items that none names are reported")
    func manifests() throws {
        let reading = try Self.package([
            ("a/imsmanifest.xml", Self.manifest(["x.xml", "x.xml"])), ("a/x.xml", Self.good),
            ("b/imsmanifest.xml", Self.manifest(["y.xml", "gone.xml"])), ("b/y.xml", Self.good),
            ("b/forgotten.xml", Self.good), ("b/notes.xml", "<notes/>"),
        ])
        #expect(reading.questions.count == 2)
        #expect(reading.notRead.map(\.code) == [.missingFile, .notInManifest])
        #expect(reading.notRead.last?.file == "b/forgotten.xml")
    }

    @Test("A text that items share stands in front of each question, with its files; a missing one is named")
    func stimulus() throws {
        let item = Self.good.replacing(
            "<itemBody>",
            with: "<assessmentStimulusRef identifier=\"S\" href=\"../s/s.xml\"/><itemBody>"
        )
        let stimulus = """
            <assessmentStimulus identifier="S" title="Текст"><stimulusBody><p>Общий <img src="a.png" alt=""/></p>
            </stimulusBody></assessmentStimulus>
            """
        let files = [("imsmanifest.xml", Self.manifest(["i/x.xml"])), ("i/x.xml", item)]
        let whole = try Self.package(files + [("s/s.xml", stimulus), ("s/a.png", "PNG")])
        let question = try whole.only()
        #expect(question.prompt.text.hasPrefix("<p>Общий <img") && question.prompt.text.contains("Что?"))
        #expect(question.prompt.files.map(\.name) == ["a.png"])
        let without = try Self.package(files)
        #expect(without.questions.count == 1 && without.codes == ["missing_file"])
        #expect(try Reading(item).codes == ["missing_file"], "a single item has no package")
    }

    @Test("Parts of an item that the bank has no place for are named, styles only for a person to look at")
    func ignored() throws {
        let parts = "<stylesheet href=\"a.css\" type=\"text/css\"/><itemBody>"
        let styled = try Reading(Self.good.replacing("<itemBody>", with: parts))
        #expect(styled.findings.map(\.severity) == [.note] && styled.questions.count == 1)
        let aided = Self.good.replacing(
            "</itemBody>",
            with: "</itemBody><catalogInfo><catalog id=\"c\"/></catalogInfo>"
        )
        let reading = try Reading(aided)
        #expect(reading.questions.count == 1)
        #expect(reading.findings.map(\.severity) == [.partlyRead] && reading.codes == ["ignored_part"])
        #expect(reading.findings[0].reason.ru.contains("catalogInfo"))
    }
}
