import Documents
import Foundation
import TestSupport
import Testing

@Suite("F2 Long registers, written as they come")
struct StreamTests {
    private static let folder = FileManager.default.temporaryDirectory

    static let cells: [(SpreadsheetTable.Cell, String)] = [
        (.empty, ""), (.number(-5), "-5"), (.decimal(0.25), "0.25"), (.text("просто"), "просто"),
        (.text("a,b"), "\"a,b\""), (.text("a;b"), "\"a;b\""), (.text("он сказал \"да\""), "\"он сказал \"\"да\"\"\""),
        (.text("=1+1"), "'=1+1"), (.text("+7 900"), "'+7 900"), (.text("-2"), "'-2"), (.text("@SUM(A1)"), "'@SUM(A1)"),
        (.text("\tx"), "\"'\tx\""), (.text("\rx"), "\"'\rx\""), (.text("  =1"), "'  =1"), (.text("＝1"), "'＝1"),
        (.text("две\nстроки"), "\"две\nстроки\""), (.text("a-b"), "a-b"),
    ]

    @Test("F2: CSV quotes as RFC 4180 says, and no text becomes a formula", arguments: cells.indices)
    func fields(_ index: Int) {
        let (cell, expected) = Self.cells[index]
        let line = CSVForm.standard.line([cell, .number(1)])
        #expect(String(decoding: line, as: UTF8.self) == "\(expected),1\r\n")
        let semicolons = CSVForm.semicolons.line([cell, .number(1)])
        #expect(String(decoding: semicolons, as: UTF8.self) == "\(expected);1\r\n")
    }

    @Test("F2: the byte order mark is there where it is wanted, and nowhere else")
    func mark() {
        #expect(CSVForm.standard.beginning == Data([0xEF, 0xBB, 0xBF]))
        #expect(CSVForm(separator: ",", hasByteOrderMark: false).beginning.isEmpty)
    }

    @Test("F2: a workbook that is written row by row is read by others, texts stay texts")
    func workbook() throws {
        let staging = Self.folder.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: staging) }
        let file = staging.appending(path: "a.xlsx")
        let stream = try WorkbookStream(
            file: file,
            waitingIn: staging,
            name: "Журнал",
            createdAt: Date(timeIntervalSince1970: 1_772_442_000),
            columns: [("№", 8), ("Имя", 30)]
        )
        for number in 1...3_000 { try stream.add([.number(number), .text("=Соловьёва & \(number)")]) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: staging.path).isEmpty, "rows wait without a name")
        try stream.finish()
        let sheet = try Self.unzip("xl/worksheets/sheet1.xml", of: file)
        #expect(sheet.components(separatedBy: "<row ").count - 1 == 3_001)
        #expect(sheet.contains("=Соловьёва &amp; 3000") && !sheet.contains("<f>"))
        #expect(try Self.unzip("xl/workbook.xml", of: file).contains("name=\"Журнал\""))
    }

    @Test("F2: an abandoned workbook leaves nothing behind")
    func abandoned() throws {
        let staging = Self.folder.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: staging) }
        do {
            let stream = try WorkbookStream(
                file: staging.appending(path: "a.xlsx"),
                waitingIn: staging,
                name: "a",
                createdAt: Date(),
                columns: [("a", 8)]
            )
            try stream.add([.number(1)])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: staging.path).isEmpty)
    }

    private static func heading() -> PrintedRegister.Heading {
        PrintedRegister.Heading(
            title: "Журнал идентификации личности",
            above: ["Университет"],
            below: ["за март"],
            footer: "корень 0123456789abcdef",
            page: "стр.",
            createdAt: Date(timeIntervalSince1970: 1_772_442_000),
            columns: [
                .init("№", weight: 1, alignment: .center), .init("Обучающийся", weight: 5), .init("Способ", weight: 2),
            ]
        )
    }

    private static func register(_ count: Int) throws -> (file: Data, pages: Int) {
        var file = Data()
        let register = try PrintedRegister(heading()) { file += $0 }
        for start in stride(from: 1, through: count, by: 50) {
            try register.add(
                (start..<min(start + 50, count + 1)).map { [String($0), "Соловьёва \($0)", "визуальная"] }
            )
        }
        try register.finish(["Всего записей: \(count). Страниц: {pages}."])
        return (file, register.pages)
    }

    @Test("F2: a printed register has every row once, its head, number and root on every page", arguments: [0, 1, 400])
    func print(_ count: Int) throws {
        let (file, pages) = try Self.register(count)
        let text = try PDFText.read(file)
        let sheets = text.split(separator: "\u{0C}").map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        #expect(sheets.count == pages)
        for (number, sheet) in sheets.enumerated() {
            #expect(sheet.contains("стр. \(number + 1)") && sheet.contains("корень 0123456789abcdef"))
            #expect(number == pages - 1 || sheet.contains("Обучающийся"))
        }
        let rows = text.matches(of: /Соловьёва ([0-9]+)/).compactMap { Int($0.output.1) }
        #expect(rows == Array(1..<count + 1))
        #expect(text.contains("Всего записей: \(count). Страниц: \(pages)."))
        #expect(text.contains("Университет") && text.contains("за март"))
        #expect(try Self.register(count).file == file, "the same rows give the same bytes")
    }

    @Test("F2: what the taker of the bytes throws ends the register")
    func fullDisk() throws {
        struct Full: Error {}
        #expect(throws: Full.self) {
            let register = try PrintedRegister(Self.heading()) { _ in throw Full() }
            try register.add([["1", "a", "b"]])
            try register.finish([])
        }
    }

    private static func unzip(_ name: String, of file: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            "-c", "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))",
            file.path, name,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
