import Cryptography
import Foundation

/// dlib's side of the accuracy benchmark: its descriptors, made by Python and kept between runs.
struct AccuracyPeer {
    /// What dlib makes of one picture.
    struct Descriptor: Sendable {
        /// The descriptor as people use it, compared by Euclidean distance.
        var plain: [Float]
        /// Sum of the chip's and of its mirror image's, scaled to unit length.
        var mirror: [Float]
    }

    private struct Entry: Decodable {
        var sha256: String
        var recipe: String
        var plain: [Float]?
        var mirror: [Float]?
    }

    static let digest: @Sendable (Data) -> [UInt8] = { SHA256Digest.hash($0).bytes }

    private let python: URL
    private let script: URL
    private let work: URL

    /// Prepares Python's environment with dlib from PyPI and its models.
    init(root: URL) throws {
        let peers = root.appending(path: "Sources/Benchmarks/Peers")
        work = root.appending(path: ".build/bench")
        script = peers.appending(path: "dlib_accuracy.py")
        AccuracyBenchmark.say("preparing the peer (dlib from PyPI, in a throw-away environment)")
        let prepare = Process()
        prepare.executableURL = URL(filePath: "/bin/bash")
        prepare.arguments = [peers.appending(path: "prepare").path, work.path]
        try prepare.run()
        prepare.waitUntilExit()
        guard prepare.terminationStatus == 0 else { throw BenchmarkError("the peer could not be prepared") }
        python = work.appending(path: "environment/bin/python")
    }

    /// The descriptors of picture files; `nil` where dlib finds no face.
    ///
    /// - Parameter digests: SHA-256 of the files, in their order.
    func descriptors(of files: [String], digests: [String], name: String) throws -> [Descriptor?] {
        let cache = work.appending(path: "accuracy/dlib.jsonl")
        try make(files, cache: cache, name: name)
        var found: [String: Entry] = [:]
        for line in try String(contentsOf: cache, encoding: .utf8).split(separator: "\n") {
            // A line that an interruption cut short was made again by a later run.
            guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)) else { continue }
            found[entry.sha256] = entry
        }
        return try digests.map { digest in
            guard let entry = found[digest] else { throw BenchmarkError("the peer left out a picture") }
            guard let plain = entry.plain, let mirror = entry.mirror else { return nil }
            return Descriptor(plain: plain, mirror: mirror)
        }
    }

    private func make(_ files: [String], cache: URL, name: String) throws {
        let process = Process()
        process.executableURL = python
        process.arguments = [
            "-B", script.path, "--landmarks", work.appending(path: "shape_predictor_5_face_landmarks.dat").path,
            "--descriptor", work.appending(path: "dlib_face_recognition_resnet_model_v1.dat").path,
            "--cache", cache.path,
        ]
        // The paths go through a file: a pipe would have to be written and read at once.
        let list = work.appending(path: "accuracy/pictures.txt")
        try Data(files.map { "\($0)\n" }.joined().utf8).write(to: list)
        process.standardInput = try FileHandle(forReadingFrom: list)
        let output = Pipe()
        process.standardError = output
        try process.run()
        var progress: ProgressLines?
        var rest: [UInt8] = []
        while true {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            rest += data
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest.removeSubrange(...end)
                let numbers = line.split(separator: " ").compactMap { Int($0) }
                if numbers.count == 2 {
                    progress = progress ?? ProgressLines("dlib, \(name)", total: numbers[1])
                    if numbers[1] > 0 { progress?.show(numbers[0]) }
                } else {
                    FileHandle.standardError.write(Data("\(line)\n".utf8))
                }
            }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError("the peer failed") }
    }
}
