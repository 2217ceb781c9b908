import Evaluation
import FaceAnalysis
import Foundation
import Liveness

/// `attestd liveness evaluate`: presents people and attacks, drawn from pictures, to the checks of liveness.
enum LivenessEvaluateCommand: Command {
    static let name = "liveness evaluate"
    static let summary = "Estimate the error rates of the liveness checks on drawn attacks (ISO/IEC 30107-3)"
    static let operands = ""
    static let options = [
        CommandOption.config,
        CommandOption(name: "images", value: "DIR", summary: "Frontal pictures: a folder for each person, or flat"),
        CommandOption(name: "subjects", value: "N", summary: "How many persons are presented; 100 by default"),
        CommandOption(name: "skip", value: "N", summary: "Leave out as many first: those that limits were set on"),
        CommandOption(name: "seed", value: "S", summary: "The same seed draws the same presentations; 1 by default"),
        CommandOption(name: "species", value: "NAME", summary: "Only this one; all by default"),
        CommandOption(name: "json", value: "FILE", summary: "Write the report as JSON"),
        CommandOption(name: "markdown", value: "FILE", summary: "Write the table as Markdown"),
        CommandOption(name: "keep", value: "DIR", summary: "Keep the frames of the first two persons, to look at"),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let images = URL(filePath: try arguments.required("images"))
        let most = try number(arguments, "subjects", default: 100, in: 2...100_000)
        let seed = UInt64(try number(arguments, "seed", default: 1, in: 0...Int.max))
        let species = try species(arguments)
        let analyzer = try arguments.composition.faceAnalyzer(
            workers: ProcessInfo.processInfo.activeProcessorCount,
            limits: PictureLimits(acceptsPGM: true)
        )
        let choosing = ProgressBar(title: "choosing", total: most)
        let people = try await PresentationSubjects.draw(
            from: images,
            most: most,
            skipping: try number(arguments, "skip", default: 0, in: 0...100_000),
            seed: seed,
            analyzer: analyzer
        ) { choosing.show($0) }
        choosing.finish()

        let bar = ProgressBar(title: "presenting", total: people.subjects.count * species.count)
        let evaluation = PresentationEvaluation(
            analyzer: analyzer,
            assessor: LivenessAssessor(comparator: analyzer.comparator),
            seed: seed
        )
        let report = try await evaluation.run(
            people,
            species: species,
            keep: arguments["keep"].map { URL(filePath: $0) }
        ) { bar.show($0) }
        bar.finish()
        print(report.table)
        if let path = arguments["json"] { try report.json().write(to: URL(filePath: path), options: .atomic) }
        if let path = arguments["markdown"] {
            try Data("\(report.markdown)\n".utf8).write(to: URL(filePath: path), options: .atomic)
        }
        return 0
    }

    private static func number(
        _ arguments: Arguments,
        _ name: String,
        default normal: Int,
        in range: ClosedRange<Int>
    ) throws -> Int {
        guard let text = arguments[name] else { return normal }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError("--\(name) takes a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func species(_ arguments: Arguments) throws -> [PresentationSpecies] {
        guard let name = arguments["species"] else { return PresentationSpecies.allCases }
        guard let species = PresentationSpecies(rawValue: name) else {
            let names = PresentationSpecies.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("--species takes one of \(names)")
        }
        return [species]
    }
}
