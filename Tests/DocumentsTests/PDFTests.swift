import Documents
import Foundation
import TestSupport
import Testing

@Suite("D8 Printed documents")
struct PDFTests {
    static let names = [
        "Соловьёва Алёна Игоревна", "Журавлёв Пётр Петрович", "Әхмәтҗанов Илнур Фәрит улы", "Ҕаһыллыытап Уйбаан",
        "Синицын-Воробьёв Глеб Константинович-Владиславович", "O'Connor Mary",
    ]

    static func sheet(rows: Int) -> PrintedDocument {
        PrintedDocument(
            title: "Экзаменационная ведомость № 17",
            createdAt: Date(timeIntervalSince1970: 1_772_442_000),
            footer: "Ведомость закрыта 02.03.2026 в 18:05.",
            blocks: [
                .text("АНО ВО «Открытый институт»", size: 12, alignment: .center),
                .text("ЭКЗАМЕНАЦИОННАЯ ВЕДОМОСТЬ № 17", size: 14, isBold: true, alignment: .center),
                .fields([
                    [.init("Факультет", "информационных технологий"), .init("Группа", "ИБ-21")],
                    [.init("Дисциплина", "Основы информационной безопасности")],
                ]),
                .space(8),
                .table(
                    PrintedDocument.Table(
                        columns: [
                            .init("№", weight: 1, alignment: .center), .init("Фамилия, имя, отчество", weight: 8),
                            .init("№ зачётной книжки", weight: 3, alignment: .center),
                            .init("Оценка", weight: 4, alignment: .center), .init("Подпись", weight: 3),
                        ],
                        rows: (0..<rows).map {
                            [String($0 + 1), names[$0 % names.count], "21-\(1000 + $0)", "отлично", ""]
                        }
                    )
                ),
                .space(8),
                .signatures([.init(office: "Экзаменатор", name: "Служебный С. С."), .init(office: "Декан", name: "")]),
            ]
        )
    }

    @Test("the same document gives the same bytes, another time gives others")
    func deterministic() async throws {
        let first = try await DocumentPress.shared.pdf(Self.sheet(rows: 12))
        let second = try await DocumentPress.shared.pdf(Self.sheet(rows: 12))
        #expect(first == second)
        #expect(first.starts(with: Data("%PDF-1.5".utf8)))
        var later = Self.sheet(rows: 12)
        later.createdAt += 60
        #expect(try await DocumentPress.shared.pdf(later) != first)
    }

    @Test("every name and number can be read from the file, in the order of the page")
    func text() async throws {
        let text = try await PDFText.read(DocumentPress.shared.pdf(Self.sheet(rows: 12)))
        var place = text.startIndex
        for expected in ["ЭКЗАМЕНАЦИОННАЯ ВЕДОМОСТЬ № 17", "ИБ-21", "Соловьёва Алёна Игоревна", "Экзаменатор"] {
            let found = try #require(text.range(of: expected, range: place..<text.endIndex), "\(expected) in \(text)")
            place = found.upperBound
        }
        for expected in Self.names.filter({ !$0.contains("Синицын") }) + ["21-1000", "21-1011"] {
            #expect(text.contains(expected), "\(expected)")
        }
        #expect(text.contains("стр. 1 из 1"))
    }

    @Test("long tables are broken into pages: each has the head, no row is lost or repeated", arguments: [1, 60, 400])
    func pages(rows: Int) async throws {
        let text = try await PDFText.read(DocumentPress.shared.pdf(Self.sheet(rows: rows)))
        let pages = text.split(separator: "\u{0C}").map(String.init)
        #expect(pages.count == [1: 1, 60: 3, 400: 14][rows] ?? 0, "\(pages.count)")
        for row in 0..<rows {
            #expect(text.components(separatedBy: "21-\(1000 + row)").count == 2, "row \(row)")
        }
        for (index, page) in pages.enumerated() {
            #expect(page.contains("стр. \(index + 1) из \(pages.count)"))
            if page.contains("21-1") { #expect(page.contains("Фамилия, имя, отчество"), "page \(index + 1)") }
        }
        #expect(pages.last?.contains("Декан") == true)
    }

    @Test("what stands in a cell cannot break the page: controls, markup, orders to turn the text round")
    func hostile() async throws {
        var document = Self.sheet(rows: 1)
        let cells = ["Ы\u{0}\u{7}\nЯ", "\u{202E}abc", "<b>&amp;</b>", "%s%n"]
        document.blocks = [.table(.init(columns: (0..<4).map { _ in .init("x", weight: 1) }, rows: [cells]))]
        let text = try await PDFText.read(DocumentPress.shared.pdf(document))
        for expected in ["Ы", "Я", "abc", "<b>&amp;</b>", "%s%n"] { #expect(text.contains(expected), "\(text)") }
    }

    @Test("text that fits on no page ends with an ellipsis on it, and the next row stands below")
    func longCell() async throws {
        var document = Self.sheet(rows: 1)
        let rows = [["1", String(repeating: "Щука ", count: 3_000)], ["2", "Конец"]]
        document.blocks = [
            .table(.init(columns: [.init("№", weight: 1), .init("Текст", weight: 1)], rows: rows))
        ]
        let text = try await PDFText.read(DocumentPress.shared.pdf(document))
        let pages = text.split(separator: "\u{0C}")
        #expect(pages.count == 1)
        let lines = pages.first?.split(separator: "\n").map(String.init) ?? []
        #expect((10...60).contains(lines.filter { $0.contains("Щука") }.count), "the cell ends on its page")
        #expect(lines.contains { $0.hasPrefix("2") && $0.contains("Конец") })
    }
}
