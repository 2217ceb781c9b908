import Foundation

/// `make bench-export`: a million identifications, put into the log by the program's own way, exported to CSV and to a
/// workbook by a process of its own each time; beside it the sqlite3 shell and Python's XlsxWriter with plain rows.
struct ExportBenchmark {
    private static let mostBytes = 150 << 20
    private let root: URL
    private let count: Int

    init(_ words: [String]) throws {
        let usage = BenchmarkError("Usage: Benchmarks export --root DIRECTORY [--count NUMBER]")
        guard words.count == 2 || words.count == 4, words[0] == "--root" else { throw usage }
        root = URL(filePath: words[1])
        guard words.count == 4 else {
            count = 1_000_000
            return
        }
        guard words[2] == "--count", let number = Int(words[3]), number > 0 else { throw usage }
        count = number
    }

    /// What one side tells of one export.
    struct Run: Codable {
        var seconds: Double
        var peakBytes: Int
        var records: Int
        var bytes: Int
        var processorSeconds: Double?
    }

    func run() throws {
        let folder = root.appending(path: ".build/bench-export-\(count)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let filled: Run = try child(own, ["export-fill", folder.path, String(count)])
        print(
            "\(filled.records) records in the log (\(Self.text(Double(filled.bytes) / 1e6)) MB); "
                + (filled.seconds > 0 ? "filled in \(Self.text(filled.seconds)) s" : "filled before")
        )
        let limit: Run = try child(own, ["export-limit", folder.path])
        report("the rows read by SQLite and the boxes opened, nothing written", limit)
        var isWithin = true
        for format in ["csv", "xlsx"] {
            let ours: Run = try child(own, ["export-worker", folder.path, format])
            let output = folder.appending(path: "peer.\(format)")
            defer { try? FileManager.default.removeItem(at: output) }
            let peer: Run = try child(
                root.appending(path: ".build/export-peer/bin/python"),
                [
                    root.appending(path: "Sources/Benchmarks/Peers/export_peer.py").path,
                    folder.appending(path: "attestd.sqlite").path, format, output.path,
                ]
            )
            print("\n\(format)")
            report("attestd", ours)
            report(format == "csv" ? "sqlite3 -csv" : "Python, XlsxWriter constant_memory", peer)
            isWithin = isWithin && ours.peakBytes <= Self.mostBytes && ours.records == count && peer.records == count
        }
        guard isWithin else { throw BenchmarkError("more than 150 MiB, or not all records") }
    }

    private func report(_ name: String, _ run: Run) {
        let rate = Self.text(Double(run.records) / run.seconds)
        let processor = run.processorSeconds.map { ", \(Self.text($0)) s of processor time" } ?? ""
        print(
            "  \(name): \(run.records) records in \(Self.text(run.seconds)) s\(processor), \(rate) a second, "
                + "\(Self.text(Double(run.bytes) / 1e6)) MB, peak \(Self.text(Double(run.peakBytes) / 1_048_576)) MiB"
        )
    }

    private var own: URL { URL(filePath: "/proc/self/exe").resolvingSymlinksInPath() }

    private func child<Answer: Decodable>(_ program: URL, _ words: [String]) throws -> Answer {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = words
        process.standardOutput = output
        try process.run()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError("\(words[0]) failed") }
        return try Measurement.decoder().decode(Answer.self, from: answer)
    }

    private static func text(_ number: Double) -> String { String(format: number < 100 ? "%.1f" : "%.0f", number) }
}
