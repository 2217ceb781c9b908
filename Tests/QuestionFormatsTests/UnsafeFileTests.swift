import CZip
import Foundation
import QuestionBank
import QuestionFormats
import Testing

@Suite("D1: unsafe files are refused whole")
struct UnsafeFileTests {
    static let manifest = """
        <manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><resources>
        <resource identifier="i" type="imsqti_item_xmlv2p1" href="i.xml"><file href="i.xml"/></resource></resources></manifest>
        """
    static let item = QTITests.item("", "<p>Текст.</p>")
    static let honest = [RawZip.Entry("imsmanifest.xml", manifest), RawZip.Entry("i.xml", item)]

    static func refusal(_ data: Data) -> FileRefusal? {
        do {
            let reading = try Reading(data)
            Issue.record("It was read: \(reading.questions.count) questions, \(reading.findings)")
            return nil
        } catch let refusal as FileRefusal {
            return refusal
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    @Test("The archive that the others are variants of is read")
    func good() throws {
        #expect(try Reading(RawZip.data(Self.honest)).only().type == .description)
    }

    @Test(
        "Names that leave the folder, stand twice or are none",
        arguments: [
            "../evil.xml", "a/../../evil.xml", "/etc/passwd", "a//b", "..", "C:\\x", "a\\..\\b", "c:x", "a/./b", "",
            "i.xml",
        ]
    )
    func names(_ name: String) {
        #expect(Self.refusal(RawZip.data(Self.honest + [RawZip.Entry(name)]))?.code == .unsafeName)
    }

    @Test(
        "Links, devices, encrypted entries and archives inside",
        arguments: [
            RawZip.Entry("link", "/etc/passwd", mode: 0o120777), RawZip.Entry("pipe", mode: 0o010644),
            RawZip.Entry("device", mode: 0o020644), RawZip.Entry("secret", flags: 0x0801), RawZip.Entry("inner.zip"),
            RawZip.Entry("bomb.GZ"),
        ]
    )
    func kinds(_ entry: RawZip.Entry) {
        #expect(Self.refusal(RawZip.data(Self.honest + [entry]))?.code == .unsafeEntry)
    }

    @Test("A size that is a lie")
    func lies() {
        var entries = Self.honest
        entries[1].claimedSize = 5
        #expect([.damagedArchive, .archiveBomb].contains(Self.refusal(RawZip.data(entries))?.code))
        entries[1].claimedSize = 0xFFFF_FFF0
        #expect([.damagedArchive, .archiveBomb].contains(Self.refusal(RawZip.data(entries))?.code))
    }

    @Test("An entry that unpacks to a thousand times its size")
    func bomb() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "bomb").path
        let zip = try #require(zip_open(path, ZIP_CREATE, nil))
        let zeros = [UInt8](repeating: 0x20, count: 32 << 20)
        try zeros.withUnsafeBytes { bytes in
            let source = try #require(zip_source_buffer(zip, bytes.baseAddress, UInt64(bytes.count), 0))
            #expect(zip_file_add(zip, "imsmanifest.xml", source, 0) >= 0)
            #expect(zip_close(zip) == 0)
        }
        let data = try Data(contentsOf: URL(filePath: path))
        #expect(data.count < 100_000)
        #expect(Self.refusal(data)?.code == .archiveBomb)
    }

    @Test("More entries than any bank has")
    func crowd() {
        let entries = (0..<60_001).map { RawZip.Entry("f\($0)") }
        #expect(Self.refusal(RawZip.data(entries))?.code == .archiveBomb)
    }

    @Test("An archive without manifest, a cut one, and one with no item")
    func empty() {
        #expect(Self.refusal(RawZip.data([RawZip.Entry("i.xml", Self.item)]))?.code == .noManifest)
        #expect(Self.refusal(RawZip.data(Self.honest).dropLast(30))?.code == .damagedArchive)
        let bare = "<manifest><resources/></manifest>"
        #expect(Self.refusal(RawZip.data([RawZip.Entry("imsmanifest.xml", bare)]))?.code == .unknownFormat)
        #expect(Self.refusal(RawZip.data([RawZip.Entry("imsmanifest.xml", "<manifest>")]))?.code == .noManifest)
    }

    @Test("A file that the manifest names outside the package, or that is missing")
    func missing() throws {
        for href in ["../i.xml", "/i.xml", "no.xml", ""] {
            let manifest = Self.manifest.replacing("href=\"i.xml\"", with: "href=\"\(href)\"")
            let reading = try Reading(RawZip.data([RawZip.Entry("imsmanifest.xml", manifest), Self.honest[1]]))
            #expect(reading.questions.isEmpty)
            // Where the name is another one altogether, the item that lies there is one more that was not read.
            let isOtherName = href == "no.xml" || href.isEmpty
            #expect(reading.codes == ["missing_file"] + (isOtherName ? ["not_in_manifest"] : []))
        }
    }

    static let laughs = """
        <!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
        <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>
        """

    @Test(
        "Document types: entity bombs, external entities and parameter entities",
        arguments: [
            laughs, "<!DOCTYPE quiz SYSTEM \"http://127.0.0.1:9/x.dtd\">", "<!DOCTYPE quiz>",
            "<!DOCTYPE quiz [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE quiz [<!ENTITY % p SYSTEM \"file:///etc/passwd\">%p;]>",
            "<!DOCTYPE quiz [<!ATTLIST quiz a CDATA \"&x;\">]>",
        ]
    )
    func documentTypes(_ type: String) throws {
        for (root, rest) in [("quiz", ""), ("assessmentItem", " identifier=\"i\"")] {
            let xml = "<?xml version=\"1.0\"?>\n\(type)\n<\(root)\(rest)><a>&e;&x;</a></\(root)>"
            let refusal = Self.refusal(Data(xml.utf8))
            #expect(refusal?.code == .documentType)
            #expect(refusal?.line == 2)
        }
        let packed = RawZip.data([Self.honest[0], RawZip.Entry("i.xml", "\(type)<assessmentItem/>")])
        #expect(Self.refusal(packed)?.code == .documentType)
    }

    @Test("An entity that nobody declared breaks the item and brings nothing in")
    func undeclared() throws {
        let xml = MoodleXMLTests.quiz("<question type=\"essay\"><name><text>&passwd;</text></name></question>")
        let reading = try Reading(xml)
        #expect(reading.questions.isEmpty)
        #expect(reading.codes == ["not_well_formed"])
    }

    @Test("XIncludes are elements without a meaning")
    func includes() throws {
        let include =
            "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>"
        let reading = try Reading(QTITests.item("", "<p>Текст \(include).</p>"))
        #expect(reading.questions.first?.prompt.text.contains("root:") == false)
    }

    @Test("Elements within elements within elements end nothing but the item")
    func depth() throws {
        let deep = String(repeating: "<b>", count: 100_000) + String(repeating: "</b>", count: 100_000)
        let reading = try Reading(
            MoodleXMLTests.quiz(
                "<question type=\"essay\">\(deep)</question>" + MoodleXMLTests.question("essay", "")
            )
        )
        #expect(reading.questions.count == 1)
        #expect(reading.codes == ["too_large"])
    }

    @Test("Great files in a question are read; an attribute without end and a question without end are not")
    func sizes() throws {
        let picture = String(repeating: "AAAA", count: 4 << 20)
        let file = "<file name=\"a.png\" path=\"/\" encoding=\"base64\">\(picture)</file>"
        let text = "<questiontext><text>x</text>\(file)</questiontext>"
        let great = "<question type=\"essay\"><name><text>n</text></name>\(text)</question>"
        let reading = try Reading(MoodleXMLTests.quiz(great + MoodleXMLTests.question("essay", "")))
        #expect(reading.questions.map { $0.prompt.files.first?.data.count } == [12 << 20, nil])
        let long = "<question type=\"\(String(repeating: "a", count: 11 << 20))\"></question>"
        #expect(try Reading(MoodleXMLTests.quiz(long)).codes == ["not_well_formed"])
        let endless =
            "<question type=\"essay\"><name><text>n</text></name>"
            + String(repeating: "<a>\(String(repeating: "b", count: 1 << 20))</a>", count: 65) + "</question>"
        let rest = try Reading(MoodleXMLTests.quiz(endless + MoodleXMLTests.question("essay", "")))
        #expect(rest.questions.count == 1)
        #expect(rest.notRead.map(\.code.rawValue) == ["too_large"])
        #expect(rest.notRead.first?.title == "n")
    }

    @Test(
        "Files of other kinds are none of the formats",
        arguments: [
            Data(), Data("просто текст без вопросов\nи ещё строка".utf8), Data([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1]),
            Data("<html><body>x</body></html>".utf8), Data("<?xml version=\"1.0\"?><questestinterop/>".utf8),
            Data("   \n\n".utf8), Data("%PDF-1.7\n%\u{e2}\u{e3}".utf8), Data("PK".utf8), Data("<?xml".utf8),
        ]
    )
    func others(_ data: Data) {
        #expect([.unknownFormat, .unknownEncoding].contains(Self.refusal(data)?.code))
    }

    @Test("Folders and missing files are unreadable")
    func unreadable() throws {
        for path in ["/", "/nowhere/at all", "/dev/null"] {
            #expect(throws: FileRefusal.self) { try QuestionFileReader().read(file: URL(filePath: path)) { _ in } }
        }
    }
}
