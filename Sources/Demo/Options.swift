import Foundation

/// What the command line asks for.
struct Options: Sendable {
    /// The daemon's program.
    var attestd: URL
    /// The project's folder, with `Models`, `SampleImages` and `Config` in it.
    var root: URL
    /// Where the HTML report goes.
    var report: URL
    /// Whether the temporary data folder stays.
    var keepsData = false

    static let help = """
        Plays one proctored exam against a daemon of its own and checks every outcome.

        Usage: Demo [OPTIONS]

          --attestd PROGRAM   The daemon's program; default ROOT/.build/release/attestd
          --root FOLDER       The project's folder; default the current one
          --report FILE       The HTML report; default ROOT/.build/demo/report.html
          --keep              Keep the temporary data folder (database, keys, sealed pictures, log)
          --help              Print this

        Exit status: 0 all outcomes were right, 1 some were not, 2 misused, 130 stopped.
        """

    /// Reads the words of a command line; `nil` when they ask for help.
    ///
    /// - Throws: `OptionsError`.
    init?(_ words: [String]) throws {
        var values: [String: String] = [:]
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--help", "-h": return nil
            case "--keep": keepsData = true
            case "--attestd", "--root", "--report":
                guard let value = rest.popFirst(), !value.isEmpty else { throw OptionsError("\(word) needs a value") }
                values[word] = value
            default: throw OptionsError("there is no option \(word) (Demo --help lists them)")
            }
        }
        root = URL(filePath: values["--root"] ?? ".").standardizedFileURL
        attestd = values["--attestd"].map { URL(filePath: $0) } ?? root.appending(path: ".build/release/attestd")
        report = values["--report"].map { URL(filePath: $0) } ?? root.appending(path: ".build/demo/report.html")
        attestd = attestd.standardizedFileURL
        report = report.standardizedFileURL
        guard FileManager.default.isExecutableFile(atPath: attestd.path) else {
            throw OptionsError("there is no program \(attestd.path): build it first (make demo does)")
        }
        guard FileManager.default.fileExists(atPath: photographs.appending(path: "obama.jpg").path) else {
            throw OptionsError("there are no photographs in \(photographs.path): fetch them first (make setup)")
        }
    }

    var models: URL { root.appending(path: "Models") }
    var photographs: URL { root.appending(path: "SampleImages/photographs") }
    var questionBank: URL { root.appending(path: "Config/samples/question-bank.gift") }
}

/// The command line was not understood, or something it names is not there.
struct OptionsError: Error, CustomStringConvertible {
    var description: String

    init(_ reason: String) {
        description = reason
    }
}
