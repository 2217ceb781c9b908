import Attestation
import Foundation
import QuestionBank
import Testing

@Suite("Limits of open questions: words and kinds of files")
struct ResponseLimitTests {
    static let texts: [(text: String, words: Int)] = [
        ("", 0), ("  \n ", 0), ("слово", 1), ("кое-какие угрозы", 2), ("д’Артаньян и 3 мушкетёра", 4),
        ("два,слова", 2), ("а\u{301}либи", 1), ("— ! —", 0), ("x = 2", 2),
    ]

    @Test("Words are runs of letters and digits", arguments: texts)
    func words(text: String, words: Int) {
        #expect(OpenResponse.wordCount(of: text) == words)
    }

    static let files: [(bytes: [UInt8], types: [String], isAccepted: Bool)] = [
        ([0xFF, 0xD8, 0xFF, 0xE0], [], true), ([0xFF, 0xD8, 0xFF, 0xE0], ["image"], true),
        ([0xFF, 0xD8, 0xFF, 0xE0], [".JPG"], true), ([0xFF, 0xD8, 0xFF, 0xE0], ["image/png", ".pdf"], false),
        (Array("%PDF-1.4".utf8), ["document"], true), (Array("%PDF-1.4".utf8), ["image"], false),
        ([0x50, 0x4B, 3, 4], [".docx"], true), ([0x50, 0x4B, 3, 4], ["application/pdf"], false),
        (Array("print(1)".utf8), [".py"], true), (Array("print(1)".utf8), [".pdf", "image"], false),
        (Array("print(1)".utf8), ["document"], true), (Array("MZ".utf8), ["*"], true),
    ]

    @Test("Whether a file is accepted is told by its bytes", arguments: files)
    func kinds(bytes: [UInt8], types: [String], isAccepted: Bool) {
        #expect(ContentKind(Data(bytes)).isAccepted(by: types) == isAccepted)
    }

    @Test("Too much is refused, too little is said")
    func limits() {
        let wanted = OpenResponse(
            text: OpenResponse.TextPart(minimumWords: 2, maximumWords: 3),
            files: OpenResponse.FilePart(maximum: 1, required: 1)
        )
        #expect(wanted.excess(of: .essay("раз два три")).isEmpty)
        #expect(wanted.excess(of: .essay("раз два три четыре")).map(\.code) == [.tooManyWords])
        #expect(wanted.excess(of: .files([UUID(), UUID()], text: nil)).map(\.code) == [.files])
        #expect(wanted.shortfalls(of: .essay("раз")).map(\.code) == [.tooFewWords, .filesMissing])
        #expect(wanted.shortfalls(of: .files([UUID()], text: "раз два")).isEmpty)
        let free = OpenResponse(text: OpenResponse.TextPart(isRequired: false))
        #expect(free.shortfalls(of: .essay("")).isEmpty)
    }
}
