import Foundation

/// Pictures of documents whose zones are known, drawn by `Peers/draw_documents.py`.
struct DocumentPictures {
    /// A picture.
    struct Picture: Decodable {
        /// Its name in the folder.
        var file: String
        /// What is hard about it.
        var condition: String
        /// Whether such pictures, though not these, were looked at while the reader was made.
        var known: Bool
        /// The zone.
        var lines: [String]
    }

    let folder: URL
    let pictures: [Picture]

    /// Draws so many pictures of each condition, or of those that are named.
    ///
    /// - Throws: `BenchmarkError` where that did not work.
    init(root: URL, count: Int, conditions: [String]) throws {
        let peers = root.appending(path: "Sources/Benchmarks/Peers")
        let work = root.appending(path: ".build/bench")
        folder = work.appending(path: "documents")
        try Self.call("/bin/bash", [peers.appending(path: "prepare_documents").path, work.path])
        AccuracyBenchmark.say("drawing \(count) pictures of each kind")
        try? FileManager.default.removeItem(at: folder)
        try Self.call(
            work.appending(path: "documents-environment/bin/python").path,
            ["-B", peers.appending(path: "draw_documents.py").path, "--count", "\(count)", "--into", folder.path]
                + conditions.flatMap { ["--condition", $0] }
        )
        let truth = try Data(contentsOf: folder.appending(path: "truth.json"))
        pictures = try JSONDecoder().decode([Picture].self, from: truth)
    }

    private static func call(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError("\(arguments.first ?? program) failed") }
    }
}
