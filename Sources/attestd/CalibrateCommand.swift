import Cryptography
import Evaluation
import FaceAnalysis
import Foundation

/// `attestd models calibrate`: measures the thresholds of the models in use and how a distance becomes a probability.
enum CalibrateCommand: Command {
    static let name = "models calibrate"
    static let summary = "Measure thresholds and calibration on known pictures, and write them into the manifest"
    static let operands = "[MORE_DIRS…]"
    static let options = [
        CommandOption.config,
        CommandOption(name: "images", value: "DIR", summary: "The pictures; without --pairs a folder for each person"),
        CommandOption(name: "pairs", value: "FILE", summary: "LFW's pairs.txt, or CSV: a,b,same; for one DIR only"),
        CommandOption(name: "match-fmr", value: "RATE", summary: "False match rate of a match; 1e-3 by default"),
        CommandOption(
            name: "non-match-fmr",
            value: "RATE",
            summary: "False match rate of a non-match; 1e-2 by default"
        ),
        CommandOption(name: "workers", value: "N", summary: "Pictures analysed at once; one for each core by default"),
        CommandOption(name: "write", value: "", summary: "Change the manifest; else only show what would change"),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let folders = ([try arguments.required("images")] + arguments.operands).map { URL(filePath: $0) }
        guard arguments["pairs"] == nil || folders.count == 1 else { throw UsageError("--pairs goes with one DIR") }
        let study = try CalibrationStudy(
            matchRate: rate("match-fmr", arguments) ?? 1e-3,
            nonMatchRate: rate("non-match-fmr", arguments) ?? 1e-2
        )
        let configuration = try arguments.composition.configuration
        let models = configuration.path(configuration.modelsDirectory)
        let analyzer = try FaceAnalyzer.toBeCalibrated(
            models: models,
            workers: EvaluateCommand.workers(arguments),
            digest: { SHA256Digest.hash($0).bytes }
        )
        var sets: [CalibrationStudy.DataSet] = []
        for folder in folders {
            let list = try EvaluateCommand.pairList(arguments, images: folder)
            let bar = ProgressBar(title: "analysing \(folder.lastPathComponent)", total: list.pictures.count)
            let found = try await PictureTemplates.make(of: list, in: folder, analyzer: analyzer) { bar.show($0) }
            bar.finish()
            sets.append(.init(name: folder.lastPathComponent, list: list, found: found))
        }
        let result = try study.result(sets, modelID: analyzer.modelID, models: analyzer.models)
        print(result.summary)
        try update(models.appending(path: "manifest.json"), by: result, isWritten: arguments["write"] != nil)
        return 0
    }

    private static func update(_ file: URL, by result: CalibrationResult, isWritten: Bool) throws {
        let old = try String(contentsOf: file, encoding: .utf8)
        let new = try result.updating(manifest: old)
        guard new != old else {
            print("\n\(file.path) says all this already")
            return
        }
        if isWritten {
            try Data(new.utf8).write(to: file, options: .atomic)
            print("\nwritten to \(file.path)")
        } else {
            print("\nWhat --write would change in \(file.path):\n\(difference(old, new))")
        }
    }

    /// The lines between what is equal at both ends.
    private static func difference(_ old: String, _ new: String) -> String {
        var (before, after) = (old.split(separator: "\n")[...], new.split(separator: "\n")[...])
        while let line = before.first, line == after.first {
            before.removeFirst()
            after.removeFirst()
        }
        while let line = before.last, line == after.last {
            before.removeLast()
            after.removeLast()
        }
        return (before.map { "- \($0)" } + after.map { "+ \($0)" }).joined(separator: "\n")
    }

    private static func rate(_ name: String, _ arguments: Arguments) throws -> Double? {
        guard let text = arguments[name] else { return nil }
        guard let rate = Double(text), rate > 0, rate < 1 else {
            throw UsageError("--\(name) takes a rate between 0 and 1, such as 1e-3")
        }
        return rate
    }
}
