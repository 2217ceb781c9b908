import Foundation

/// FAISS in a process of its own, which answers one search at a time.
final class GalleryBenchmarkPeer {
    /// What the peer says of itself.
    struct Introduction: Decodable {
        var version: String
        var options: String
        var rows: Int
    }

    /// One search, with the time that it took inside FAISS.
    struct Answer: Decodable {
        var milliseconds: Double
        var rows: [[Int]]
        var products: [[Double]]
    }

    let introduction: Introduction
    private let process = Process()
    private let questions = Pipe()
    private let answers: FileHandle
    private var unread = Data()

    init(python: String, script: String, rows: URL, probes: URL, dimension: Int) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = [
            "-B", script, "--rows", rows.path, "--probes", probes.path, "--dimension", String(dimension),
        ]
        process.standardInput = questions
        process.standardOutput = output
        answers = output.fileHandleForReading
        try process.run()
        introduction = try JSONDecoder().decode(Introduction.self, from: Self.line(from: answers, keeping: &unread))
    }

    /// Searches for probes that follow each other.
    func search(threads: Int, first: Int, count: Int, limit: Int) throws -> Answer {
        try questions.fileHandleForWriting.write(contentsOf: Data("\(threads) \(first) \(count) \(limit)\n".utf8))
        return try JSONDecoder().decode(Answer.self, from: Self.line(from: answers, keeping: &unread))
    }

    /// Ends the process.
    func end() throws {
        try questions.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private static func line(from handle: FileHandle, keeping unread: inout Data) throws -> Data {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = unread[..<end]
                unread = Data(unread[unread.index(after: end)...])
                return Data(line)
            }
            let more = handle.availableData
            guard !more.isEmpty else { throw BenchmarkError("FAISS has ended") }
            unread.append(more)
        }
    }
}
