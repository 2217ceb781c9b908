import Foundation
import QuestionFormats

/// `attestd questions convert`: rewrites a file of questions in another format, and says what was lost on the way.
enum QuestionsConvertCommand: Command {
    static let name = "questions convert"
    static let summary = "Rewrite a question file in another format; print what was lost"
    static let operands = "FILE"
    static let options = [
        CommandOption(
            name: "to",
            value: "FORMAT",
            summary: QuestionFormat.allCases.map(\.rawValue).joined(separator: ", ")
        ),
        CommandOption(name: "output", value: "FILE", summary: "What to write; a file there is replaced"),
    ]

    /// Prints one JSON document; 0 where nothing was lost, 1 where something was, 2 where the file was refused.
    static func run(_ arguments: Arguments) async throws -> Int32 {
        let path = try arguments.onlyOperand("file")
        guard let format = QuestionFormat(rawValue: try arguments.required("to")) else {
            throw UsageError("--to takes \(QuestionFormat.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        let file = URL(filePath: try arguments.required("output"))
        let writer = try QuestionFileWriter(file: file, format: format)
        let progress = QuestionProgress(file: path)
        var report = CheckReport(file: path)
        var losses: [WriteLoss] = []
        do {
            let summary = try QuestionFileReader().read(file: URL(filePath: path)) { event in
                report.add(event)
                progress.show(report.readCount)
                switch event {
                case .question(let question, _): losses += try writer.add(question)
                case .topic(let topic, _): losses += try writer.add(topic)
                case .finding: break
                }
            }
            report.format = summary.format
        } catch let refusal as FileRefusal {
            progress.finish()
            Program.complain("\(path): \(refusal.reason.en)")
            return 2
        }
        progress.finish()
        try writer.finish()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let isLossless = report.isWhole && losses.isEmpty
        let output = Output(read: report, written: format, losses: losses)
        print(String(decoding: try encoder.encode(output), as: UTF8.self))
        return isLossless ? 0 : 1
    }

    private struct Output: Encodable {
        var read: CheckReport
        var written: QuestionFormat
        var losses: [WriteLoss]
    }
}
