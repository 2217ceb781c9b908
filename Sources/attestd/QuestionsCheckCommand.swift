import Foundation
import QuestionFormats

/// `attestd questions check`: reads files of questions without storing anything, and says what was not read and why.
enum QuestionsCheckCommand: Command {
    static let name = "questions check"
    static let summary = "Read question files of any format without storing them; print what was not read and why"
    static let operands = "FILE…"
    static let options: [CommandOption] = []

    /// Prints one JSON document; 0 where all was read whole, 1 where something was not, 2 where a file was refused.
    static func run(_ arguments: Arguments) async throws -> Int32 {
        guard !arguments.operands.isEmpty else { throw UsageError("name at least one file") }
        var reports: [CheckReport] = []
        for path in arguments.operands {
            let progress = QuestionProgress(file: path)
            let report = try CheckReport.make(of: URL(filePath: path), named: path) { progress.show($0) }
            progress.finish()
            if let refusal = report.refusal { Program.complain("\(path): \(refusal.reason.en)") }
            reports.append(report)
        }
        print(try Output(reports).json())
        if reports.contains(where: { $0.refusal != nil }) { return 2 }
        return reports.allSatisfy(\.isWhole) ? 0 : 1
    }

    /// The whole output.
    private struct Output: Encodable {
        var files: [CheckReport]
        var itemsRead: Int
        var itemsNotRead: Int

        enum CodingKeys: String, CodingKey {
            case files
            case itemsRead = "items_read"
            case itemsNotRead = "items_not_read"
        }

        init(_ reports: [CheckReport]) {
            files = reports
            itemsRead = reports.reduce(0) { $0 + $1.readCount }
            itemsNotRead = reports.reduce(0) { $0 + $1.notReadCount }
        }

        func json() throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// How far a big file is, on standard error.
final class QuestionProgress {
    private static let step = 10_000
    private let file: String
    private var isShown = false

    init(file: String) {
        self.file = file
    }

    /// Says the number of items whenever another ten thousand were read.
    func show(_ count: Int) {
        guard count > 0, count.isMultiple(of: Self.step) else { return }
        isShown = true
        FileHandle.standardError.write(Data("\r\(file): \(count) items".utf8))
    }

    func finish() {
        if isShown { FileHandle.standardError.write(Data("\n".utf8)) }
    }
}
