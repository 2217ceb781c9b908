import Foundation
import Grading
import TransparencyLog
import Workflows

/// `attestd extract verify`: checks a person's extract of grades without the service: the file and the log's public key
/// are all it looks at.
enum ExtractVerifyCommand: Command {
    static let name = "extract verify"
    static let summary = "Check an extract of grades against the log's public key, without the service"
    static let operands = "FILE"
    static let options = [
        CommandOption(name: "key", value: "KEY", summary: "The log's public key, name+id+base64, as it is published")
    ]

    /// 0 where every grade stands so in the signed log, 1 where one does not.
    static func run(_ arguments: Arguments) async throws -> Int32 {
        let path = try arguments.onlyOperand("file")
        let verifier: NoteVerifier
        do {
            verifier = try NoteVerifier(text: arguments.required("key"))
        } catch is TransparencyLogError {
            throw UsageError("--key is no public key of a log")
        }
        guard let extract = try? GradeExtract(file: Data(contentsOf: URL(filePath: path))) else {
            Program.complain("the file is no extract of grades")
            return 1
        }
        guard let verdicts = extract.verdicts(with: verifier) else {
            Program.complain("the extract is not signed by \(verifier.name)")
            return 1
        }
        var isSound = true
        for (number, verdict) in verdicts.enumerated() {
            switch verdict {
            case .verified(let grade):
                print(
                    "verified: \(grade.name), \(grade.discipline), \(grade.mark?.label ?? "-"), "
                        + "\(grade.examDay), sheet \(grade.sheetNumber)"
                )
            case .broken(let reason):
                isSound = false
                Program.complain("grade \(number + 1): \(reason)")
            }
        }
        return isSound ? 0 : 1
    }
}
