import Foundation
import Glibc

/// The command line: which commands there are, and what their failures look like.
enum Program {
    static let version = "0.1.0"

    static var commands: [any Command.Type] {
        [
            ServeCommand.self, ContractsImportCommand.self, AccountsAddCommand.self, AccountsListCommand.self,
            AccountsResetPasswordCommand.self, TicketRebuildCommand.self, LogVerifyCommand.self, LogKeysCommand.self,
            LogRotateKeyCommand.self, KeysRotateMasterCommand.self, FsckCommand.self,
            VerifyCommand.self, WitnessKeyCommand.self, BackupCommand.self, RestoreCommand.self, ErasuresCommand.self,
            FacesCommand.self,
            DuplicatesCommand.self, EvaluateCommand.self, LivenessEvaluateCommand.self, CalibrateCommand.self,
            QuestionsCheckCommand.self, QuestionsConvertCommand.self, ExtractVerifyCommand.self,
            RetentionPreviewCommand.self, RetentionRunCommand.self,
        ]
    }

    /// Runs a command line and answers the exit status: 0 done, 1 failed, 2 misused.
    static func run(_ words: [String]) async -> Int32 {
        if words.isEmpty || ["help", "--help", "-h"].contains(words[0]) {
            print(overview)
            return words.isEmpty ? 2 : 0
        }
        if ["version", "--version"].contains(words[0]) {
            print("attestd \(version)")
            return 0
        }
        guard let command = commands.first(where: { words.starts(with: $0.words) }) else {
            complain("there is no command «\(words.prefix(2).joined(separator: " "))»; attestd --help lists them")
            return 2
        }
        let rest = Array(words.dropFirst(command.words.count))
        if rest.contains("--help") || rest.contains("-h") {
            print(help(of: command))
            return 0
        }
        do {
            let arguments = try Arguments(
                rest,
                options: command.options.map(\.name),
                flags: command.options.filter(\.value.isEmpty).map(\.name)
            )
            return try await command.run(arguments)
        } catch let error as UsageError {
            complain("\(error.reason) (attestd \(command.name) --help)")
            return 2
        } catch {
            complain("\(error)")
            return 1
        }
    }

    /// Says what is wrong, on one line of standard error.
    static func complain(_ text: String) {
        let line = text.replacingOccurrences(of: "\n", with: " ")
        FileHandle.standardError.write(Data("attestd: \(line)\n".utf8))
    }

    private static var overview: String {
        """
        attestd — identification and attestation of people who are not in the room

        Usage: attestd COMMAND [OPTIONS]

        \(commands.map { "  \($0.name.padding(toLength: 24, withPad: " ", startingAt: 0))\($0.summary)" }
            .joined(separator: "\n"))
          version           Print the version
          help              Print this

        attestd COMMAND --help tells more about one.
        """
    }

    private static func help(of command: any Command.Type) -> String {
        let options = command.options.map {
            "  \("--\($0.name) \($0.value)".padding(toLength: 26, withPad: " ", startingAt: 0))\($0.summary)"
        }
        return """
            \(command.summary)

            Usage: attestd \(command.name)\(command.operands.isEmpty ? "" : " \(command.operands)") [OPTIONS]

            \(options.joined(separator: "\n"))
            """
    }
}

/// One command of the program.
protocol Command: Sendable {
    static var name: String { get }
    static var summary: String { get }
    static var operands: String { get }
    static var options: [CommandOption] { get }
    static func run(_ arguments: Arguments) async throws -> Int32
}

extension Command {
    /// The words that call it.
    static var words: [String] { name.split(separator: " ").map(String.init) }
}

/// An option that takes a value.
struct CommandOption: Sendable {
    var name: String
    var value: String
    var summary: String

    static let config = CommandOption(
        name: "config",
        value: "FILE",
        summary: "The configuration (JSON5); default Config/attestd.json5"
    )
}
