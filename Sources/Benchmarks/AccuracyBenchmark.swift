import Evaluation
import FaceAnalysis
import Foundation

/// Error rates beside dlib's own pipeline: the same pictures, the same pairs, every operating point.
struct AccuracyBenchmark {
    let root: URL
    let sets: [PictureSet]
    private let isSmokeRun: Bool

    /// Pictures whose truth is known.
    struct PictureSet {
        var name: String
        var folder: URL
        var list: PairList
    }

    /// Reads `--root DIR [--images DIR…] [--pairs FILE]`.
    ///
    /// - Throws: `BenchmarkError` where that is not what stands there, `EvaluationError` where there are no pairs.
    init(_ words: [String]) throws {
        var values: [String: [String]] = [:]
        var option = ""
        for word in words {
            if word.hasPrefix("--") {
                option = word
                values[option] = values[option] ?? []
            } else {
                values[option, default: []].append(word)
            }
        }
        guard Set(values.keys).isSubset(of: ["--root", "--images", "--pairs"]), values["--root"]?.count == 1,
            let path = values["--root"]?.first
        else {
            throw BenchmarkError("accuracy --root DIRECTORY [--images DIRECTORY…] [--pairs FILE]")
        }
        root = URL(filePath: path)
        let folders = (values["--images"] ?? []).map { URL(filePath: $0) }
        let pairs = values["--pairs"] ?? []
        guard pairs.isEmpty || (pairs.count == 1 && folders.count == 1) else {
            throw BenchmarkError("--pairs takes one file and goes with one folder of pictures")
        }
        isSmokeRun = folders.isEmpty
        if folders.isEmpty {
            Self.say(Self.advice)
            sets = [try Self.sample(root)]
        } else {
            sets = try folders.map { folder in
                let list =
                    if let file = pairs.first {
                        try PairList.file(String(contentsOfFile: file, encoding: .utf8), source: file)
                    } else {
                        try PairList.folders(in: folder)
                    }
                return PictureSet(name: folder.lastPathComponent, folder: folder, list: list)
            }
        }
    }

    private static let advice = """
        Give folders of pictures, each with a folder for each person:
            make bench-accuracy IMAGES="DIR DIR"
        The four sample photographs follow only as a smoke run: they show that both sides work, and no error rate.

        """

    private static func sample(_ root: URL) throws -> PictureSet {
        let text = """
            a,b,same
            obama.jpg,obama2.jpg,1
            obama2.jpg,obama3.jpg,1
            obama.jpg,obama3.jpg,1
            obama.jpg,biden.jpg,0
            obama2.jpg,biden.jpg,0
            obama3.jpg,biden.jpg,0
            """
        return PictureSet(
            name: "sample photographs",
            folder: root.appending(path: "SampleImages/photographs"),
            list: try PairList.file(text, source: "six pairs of the sample photographs")
        )
    }

    /// Not by print, whose buffer would put it behind the progress, which goes to standard error.
    static func say(_ text: String) { FileHandle.standardOutput.write(Data("\(text)\n".utf8)) }

    func run() async throws {
        let work = root.appending(path: ".build/bench/accuracy")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        let peer = try AccuracyPeer(root: root)
        let analyzer = try FaceAnalyzer.toBeCalibrated(
            models: root.appending(path: "Models"),
            workers: ProcessInfo.processInfo.activeProcessorCount,
            digest: AccuracyPeer.digest
        )
        var results: [AccuracyComparison] = []
        for set in sets {
            let progress = ProgressLines("attestd, \(set.name)", total: set.list.pictures.count)
            let ours = try await PictureTemplates.make(of: set.list, in: set.folder, analyzer: analyzer) {
                progress.show($0)
            }
            let files = set.list.pictures.map { set.folder.appending(path: $0).path }
            let theirs = try peer.descriptors(of: files, digests: ours.pictureDigests, name: set.name)
            let result = try AccuracyComparison(name: set.name, list: set.list, ours: ours, theirs: theirs)
            Self.say("\n\(result.table)\n")
            results.append(result)
        }
        let encoder = Measurement.encoder()
        let name = isSmokeRun ? "smoke" : "accuracy"
        let (json, page) = (work.appending(path: "\(name).json"), work.appending(path: "\(name).html"))
        try encoder.encode(results).write(to: json, options: .atomic)
        try Data(AccuracyPage.html(results).utf8).write(to: page, options: .atomic)
        Self.say("All figures: \(json.path)\nDET curves: \(page.path)")
    }
}

/// Progress on standard error, a line every tenth.
final class ProgressLines: @unchecked Sendable {
    private let title: String
    private let total: Int
    private let start = ContinuousClock.now
    private let lock = NSLock()
    private var lastTenth = 0

    init(_ title: String, total: Int) {
        self.title = title
        self.total = max(1, total)
    }

    func show(_ done: Int) {
        lock.lock()
        defer { lock.unlock() }
        let tenth = done * 10 / total
        guard tenth > lastTenth else { return }
        lastTenth = tenth
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let remaining = Int((seconds / Double(max(1, done)) * Double(total - done)).rounded())
        FileHandle.standardError.write(Data("\(title): \(done) of \(total), \(remaining) s left\n".utf8))
    }
}
