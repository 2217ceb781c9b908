import Foundation
import Retention
import Workflows

/// `attestd retention preview`: says what would be destroyed now.
enum RetentionPreviewCommand: Command {
    static let name = "retention preview"
    static let summary = "Say what has been kept long enough, and what is held and why; destroys nothing"
    static let operands = "[KIND…]"
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let kinds = arguments.operands.compactMap { DataKind(rawValue: $0) }
        guard kinds.count == arguments.operands.count else {
            throw UsageError("the kinds are \(DataKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let runs = RetentionRuns(try arguments.composition.services())
        let preview = try await runs.preview(Set(kinds), by: nil)
        try await runs.work()
        let run = try await runs.run(preview.id)
        for line in run.lines where line.due + line.held > 0 {
            let holds = line.holds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            print(
                "\(line.kind.rawValue): \(line.due) due, of \(line.people) people"
                    + (line.held > 0 ? "; \(line.held) held (\(holds))" : "")
            )
        }
        print("preview \(run.id.lowercased): \(run.due) to destroy, sha256 \(run.digest)")
        return 0
    }
}

/// `attestd retention run`: destroys what a preview named.
enum RetentionRunCommand: Command {
    static let name = "retention run"
    static let summary = "Destroy exactly what a preview named; refused where it no longer holds"
    static let operands = ""
    static let options = [
        CommandOption.config,
        CommandOption(name: "preview", value: "ID", summary: "The preview that was looked at"),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let text = try arguments.required("preview")
        guard let id = UUID(uuidString: text) else { throw UsageError("«\(text)» is no identifier") }
        let runs = RetentionRuns(try arguments.composition.services())
        do {
            _ = try await runs.approve(id, order: nil, commission: [], by: nil)
        } catch let refusal as Refusal {
            throw ConfigurationError(refusal.message.en)
        }
        try await runs.work()
        let run = try await runs.run(id)
        for line in run.lines where line.destroyed + line.kept > 0 {
            print(
                "\(line.kind.rawValue): \(line.destroyed) destroyed, \(line.files) files, \(line.kept) held meanwhile"
            )
        }
        guard run.state == .completed else {
            Program.complain("the rows are destroyed; the daemon clears the rest as soon as nobody reads them")
            return 1
        }
        print("done: entry \(run.logIndex ?? 0) of the log")
        return 0
    }
}
