import Accounts
import DocumentReading
import Foundation
import IdentityDocuments

/// Machine-readable zones read from drawn pictures, beside plain tesseract on the same pictures (row C4).
struct DocumentBenchmark {
    private let root: URL
    private let count: Int
    private let conditions: [String]
    /// The day that zones are read on, so that a later run means the same centuries.
    private static let day = CalendarDay("2026-11-21")

    /// Reads `--root DIR [--count N] [--condition NAME]…`.
    ///
    /// - Throws: `BenchmarkError` where that is not what stands there.
    init(_ words: [String]) throws {
        var (root, count, conditions): (URL?, Int, [String]) = (nil, 14, [])
        var rest = words[...]
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else { throw Self.usage }
            switch option {
            case "--root": root = URL(filePath: value)
            case "--count":
                guard let number = Int(value), (1...1_000).contains(number) else { throw Self.usage }
                count = number
            case "--condition": conditions.append(value)
            default: throw Self.usage
            }
        }
        guard let root else { throw Self.usage }
        (self.root, self.count, self.conditions) = (root, count, conditions)
    }

    private static let usage = BenchmarkError("documents --root DIRECTORY [--count N] [--condition NAME]…")

    /// One way to read a picture: its zone as lines where all check digits agree.
    typealias Reader = (URL) async throws -> [String]?

    func run() async throws {
        guard let day = Self.day else { throw BenchmarkError("there is no such day") }
        let drawn = try DocumentPictures(root: root, count: count, conditions: conditions)
        let models = root.appending(path: "Models")
        let reader = try DocumentReader(models: models)
        let tesseract = TesseractPeer(models: models, day: day)
        let systems: [(name: String, read: Reader)] = [
            ("attestd", { try await reader.read(Data(contentsOf: $0), on: day)?.zone?.lines }),
            ("tesseract, eng", { try tesseract.read($0, with: .english) }),
            ("tesseract, OCR-B", { try tesseract.read($0, with: .opticalB) }),
        ]
        var results = DocumentResults(systems: systems.map(\.name))
        let progress = ProgressLines("reading", total: drawn.pictures.count)
        // Taken in turn, so that whatever else the machine does is everybody's.
        for (number, picture) in drawn.pictures.enumerated() {
            for (name, read) in systems {
                let start = ContinuousClock.now
                let lines = try await read(drawn.folder.appending(path: picture.file))
                let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
                results.add(lines, of: picture, by: name, milliseconds: milliseconds)
            }
            progress.show(number + 1)
        }
        AccuracyBenchmark.say("\n\(results.markdown)")
        let file = root.appending(path: ".build/bench/documents.json")
        try Measurement.encoder().encode(results.outcomes).write(to: file, options: .atomic)
        AccuracyBenchmark.say("\nWhat came of each picture: \(file.path)\nThe pictures: \(drawn.folder.path)")
    }
}
