import Documents
import Foundation
import Testing

@Suite("D8 Tables for the dean's office")
struct SpreadsheetTests {
    static func table(_ texts: [String]) -> SpreadsheetTable {
        SpreadsheetTable(
            name: "Ведомость 17",
            createdAt: Date(timeIntervalSince1970: 1_772_442_000),
            preamble: [[.text("Дисциплина"), .text("Сети")]],
            titles: ["№", "ФИО"],
            rows: texts.enumerated().map { [.number($0.offset + 1), .text($0.element)] }
        )
    }

    static let formulas = [
        "=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0", "＝1", "=HYPERLINK(\"http://x\")",
    ]

    @Test("CSV: nothing that begins like a formula stays one", arguments: formulas)
    func injection(text: String) throws {
        let csv = String(decoding: Self.table([text]).csv, as: UTF8.self)
        let field = try #require(csv.components(separatedBy: "\r\n").dropFirst().first).dropFirst("1;".count)
        #expect(field.hasPrefix("'") || field.hasPrefix("\"'"), "\(field)")
    }

    @Test("CSV: names stay what they are, quotes and separators are quoted")
    func plain() {
        let csv = Self.table(["Соловьёва Алёна", "O'Connor; \"Mary\"", ""]).csv
        #expect(csv == Data("\u{FEFF}№;ФИО\r\n1;Соловьёва Алёна\r\n2;\"O'Connor; \"\"Mary\"\"\"\r\n3;\r\n".utf8))
    }

    @Test("A workbook keeps texts as texts, and is the same each time")
    func workbook() async throws {
        let file = try await DocumentPress.shared.workbook(Self.table(Self.formulas + ["Журавлёв Пётр"]))
        #expect(try await DocumentPress.shared.workbook(Self.table(Self.formulas + ["Журавлёв Пётр"])) == file)
        #expect(file.starts(with: Data("PK".utf8)))
        let strings = try Self.member("xl/sharedStrings.xml", of: file)
        #expect(strings.contains("Журавлёв Пётр"))
        #expect(strings.contains("=cmd|&apos; /C calc&apos;!A0") || strings.contains("=cmd|' /C calc'!A0"))
        let sheet = try Self.member("xl/worksheets/sheet1.xml", of: file)
        #expect(!sheet.contains("<f>"), "no formula")
        #expect(sheet.contains(#"<c r="A3"><v>1</v></c>"#), "numbers are numbers: \(sheet.prefix(900))")
    }

    private static func member(_ name: String, of file: Data) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID()).xlsx")
        try file.write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        let program = "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))"
        process.arguments = ["-c", program, path.path, name]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: text, as: UTF8.self)
    }
}
