import Foundation

/// A process with so many workers on certain cores, which measures a slice of work whenever it is told to: so that
/// settings can be measured in turn every second, none of them with the start of a process in it.
final class VerificationLoadProcess {
    /// What a slice measures.
    enum Slice: String {
        /// One verification after the other.
        case alone
        /// As many at once as keep every worker busy.
        case together
    }

    private let process = Process()
    private let orders = Pipe()
    private let answers = Pipe()
    private var read = Data()

    /// Starts it; it is ready when its first answer comes.
    init(models: URL, images: [String], workers: Int, cores: [Int]) throws {
        process.executableURL = URL(filePath: "/usr/bin/taskset")
        process.arguments =
            [
                "--cpu-list", cores.map(String.init).joined(separator: ","), CommandLine.arguments[0],
                "verification-load", models.path, String(workers),
            ] + images
        process.standardInput = orders
        process.standardOutput = answers
        try process.run()
    }

    /// Gives the order; the answer is fetched with ``answer()``.
    func order(_ slice: Slice, verifications: Int) throws {
        try orders.fileHandleForWriting.write(contentsOf: Data("\(slice.rawValue) \(verifications)\n".utf8))
    }

    /// Waits for what came of the last order.
    func answer() throws -> VerificationLoad {
        while true {
            if let end = read.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(read[..<end])
                read.removeSubrange(...end)
                return try Measurement.decoder().decode(VerificationLoad.self, from: line)
            }
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else { throw BenchmarkError("a measuring process ended early") }
            read.append(more)
        }
    }

    /// Both in one.
    func measure(_ slice: Slice, verifications: Int) throws -> VerificationLoad {
        try order(slice, verifications: verifications)
        return try answer()
    }

    /// Lets it end.
    func end() throws {
        try orders.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
