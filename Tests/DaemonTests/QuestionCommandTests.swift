import Foundation
import TestSupport
import Testing

@Suite("D1: attestd questions")
struct QuestionCommandTests {
    private static let whole = "::Модель::Сколько уровней в модели OSI?{=семь ~пять}\n"
    private static let half = whole + "\n::Сломан::Вопрос {=а ~б\n"

    /// Runs a command on files with some texts.
    private func run(_ words: [String], _ texts: [String]) async throws -> Program.End {
        var paths: [String] = []
        for (index, text) in texts.enumerated() {
            let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(index)")
            try Data(text.utf8).write(to: file)
            paths.append(file.path)
        }
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        return try await Program(words + paths).end()
    }

    @Test(
        "The status says whether all was read, and the report says what was not",
        arguments: [
            ([whole], Int32(0), 1, 0), ([whole, half], 1, 2, 1), ([half, "{"], 1, 1, 2), (["просто"], 2, 0, 0),
        ]
    )
    func check(_ texts: [String], _ status: Int32, _ read: Int, _ notRead: Int) async throws {
        let end = try await run(["questions", "check"], texts)
        #expect(end.status == status)
        let report = try JSON(Data(end.standardOutput.utf8))
        #expect(report["items_read"].int == read)
        #expect(report["items_not_read"].int == notRead)
    }

    @Test("What is not there is refused, and no file is misuse")
    func misuse() async throws {
        let missing = try await Program(["questions", "check", "/nowhere.gift"]).end()
        #expect(missing.status == 2)
        #expect(missing.standardError.contains("/nowhere.gift"))
        #expect(try await Program(["questions", "check"]).end().status == 2)
        #expect(try await Program(["questions", "convert", "x", "--to", "word", "--output", "y"]).end().status == 2)
    }

    @Test("A converted file is read again")
    func convert() async throws {
        let output = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: output) }
        let words = ["questions", "convert", "--to", "moodle_xml", "--output", output.path]
        #expect(try await run(words, [Self.whole]).status == 0)
        let end = try await Program(["questions", "check", output.path]).end()
        #expect(end.status == 0)
        #expect(end.standardOutput.contains("\"moodle_xml\""))
    }
}
