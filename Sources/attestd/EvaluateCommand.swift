import Evaluation
import FaceAnalysis
import Foundation
import Glibc

/// `attestd evaluate`: states the error rates of the face comparison on pictures whose truth is known.
enum EvaluateCommand: Command {
    static let name = "evaluate"
    static let summary = "Estimate the error rates of the face comparison on known pictures (ISO/IEC 19795-1)"
    static let operands = ""
    static let options = [
        CommandOption.config,
        CommandOption(name: "images", value: "DIR", summary: "The pictures; without --pairs a folder for each person"),
        CommandOption(name: "pairs", value: "FILE", summary: "LFW's pairs.txt, or CSV: a,b,same"),
        CommandOption(name: "groups", value: "FILE", summary: "CSV person,group or picture,group: rates of each"),
        CommandOption(name: "burst", value: "N", summary: "Also compare bursts of N pictures with portraits"),
        CommandOption(name: "portrait-frames", value: "M", summary: "Pictures fused into a portrait; 1 by default"),
        CommandOption(name: "json", value: "FILE", summary: "Write the report as JSON"),
        CommandOption(name: "html", value: "FILE", summary: "Write the report as a page with the DET curve"),
        CommandOption(name: "workers", value: "N", summary: "Pictures analysed at once; one for each core by default"),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let images = URL(filePath: try arguments.required("images"))
        let workers = try workers(arguments)
        let list = try pairList(arguments, images: images)
        let groups = try arguments["groups"].map { try GroupLabels(csv: Self.text($0)) }
        let burst = try burst(arguments)
        let analyzer = try arguments.composition.faceAnalyzer(
            workers: workers,
            limits: PictureLimits(acceptsPGM: true)
        )
        let bar = ProgressBar(title: "analysing", total: list.pictures.count)
        let clock = ContinuousClock()
        let start = clock.now
        let found = try await PictureTemplates.make(of: list, in: images, analyzer: analyzer) { bar.show($0) }
        bar.finish()
        let report = try Evaluation.report(
            list,
            found,
            modelID: analyzer.modelID,
            modelSha256: Dictionary(uniqueKeysWithValues: analyzer.models.map { ($0.id, $0.sha256) }),
            analysisSeconds: (clock.now - start) / .seconds(1),
            groups: groups,
            burst: burst
        )
        print(report.table)
        if let path = arguments["json"] { try report.json().write(to: URL(filePath: path), options: .atomic) }
        if let path = arguments["html"] { try Data(report.page.utf8).write(to: URL(filePath: path), options: .atomic) }
        return 0
    }

    static func workers(_ arguments: Arguments) throws -> Int {
        try number("workers", in: 1...256, arguments) ?? ProcessInfo.processInfo.activeProcessorCount
    }

    private static func burst(_ arguments: Arguments) throws -> BurstProtocol? {
        guard let burst = try number("burst", in: 2...16, arguments) else {
            guard arguments["portrait-frames"] == nil else { throw UsageError("--portrait-frames goes with --burst") }
            return nil
        }
        return try BurstProtocol(
            portraitFrames: number("portrait-frames", in: 1...16, arguments) ?? 1,
            burst: burst
        )
    }

    private static func number(_ name: String, in range: ClosedRange<Int>, _ arguments: Arguments) throws -> Int? {
        guard let text = arguments[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError("--\(name) takes a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    static func pairList(_ arguments: Arguments, images: URL) throws -> PairList {
        guard let path = arguments["pairs"] else { return try PairList.folders(in: images) }
        return try PairList.file(text(path), source: (path as NSString).lastPathComponent)
    }

    private static func text(_ path: String) throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ConfigurationError("cannot read \(path) as UTF-8 text")
        }
        return text
    }
}

/// Progress on standard error: a bar on a terminal, a line every tenth otherwise.
final class ProgressBar: @unchecked Sendable {
    private let title: String
    private let total: Int
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    private let lock = NSLock()
    private var lastTenth = 0

    init(title: String, total: Int) {
        self.title = title
        self.total = max(1, total)
    }

    func show(_ done: Int) {
        lock.lock()
        defer { lock.unlock() }
        let tenth = done * 10 / total
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let remaining = Int((seconds / Double(max(1, done)) * Double(total - done)).rounded())
        if isTerminal {
            let filled = String(repeating: "█", count: done * 30 / total)
            let bar = filled.padding(toLength: 30, withPad: "░", startingAt: 0)
            write("\r\(title) \(bar) \(done)/\(total), \(remaining) s left ")
        } else if tenth > lastTenth {
            lastTenth = tenth
            write("\(title): \(done) of \(total), \(remaining) s left\n")
        }
    }

    func finish() {
        if isTerminal { write("\n") }
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
