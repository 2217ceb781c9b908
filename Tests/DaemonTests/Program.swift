import Foundation
import TestSupport

/// One run of the built program.
final class Program: Sendable {
    /// How a run ended.
    struct End: Sendable {
        var status: Int32
        /// Whether a signal ended it.
        var isSignalled: Bool
        var standardOutput: String
        var standardError: String

        /// The lines that the program complained with.
        var complaints: [Substring] { standardError.split(separator: "\n") }
    }

    private let process: UncheckedProcess
    private let lines: AsyncStream<JSON>
    private let ended: Task<End, Never>

    /// Foundation's class is not marked, though only thread-safe parts of it are used here.
    private struct UncheckedProcess: @unchecked Sendable {
        let value = Process()
    }

    /// The program lies beside the tests, where it was built with them.
    static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "attestd")

    init(_ words: [String], input: String = "", environment: [String: String] = [:]) throws {
        let process = UncheckedProcess()
        let (lines, continuation) = AsyncStream.makeStream(of: JSON.self)
        let (exits, exitContinuation) = AsyncStream.makeStream(of: Void.self)
        let pipes = (input: Pipe(), output: Pipe(), error: Pipe())
        process.value.executableURL = Self.executable
        process.value.arguments = words
        process.value.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.value.standardInput = pipes.input
        process.value.standardOutput = pipes.output
        process.value.standardError = pipes.error
        process.value.terminationHandler = { _ in exitContinuation.finish() }
        try process.value.run()
        try pipes.input.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try pipes.input.fileHandleForWriting.close()
        let output = Self.read(pipes.output) { _ in }
        let error = Self.read(pipes.error) { line in
            if let json = try? JSON(Data(line.utf8)) { continuation.yield(json) }
        }
        ended = Task {
            let texts = (await output.value, await error.value)
            continuation.finish()
            for await _ in exits {}
            return End(
                status: process.value.terminationStatus,
                isSignalled: process.value.terminationReason == .uncaughtSignal,
                standardOutput: texts.0,
                standardError: texts.1
            )
        }
        self.process = process
        self.lines = lines
    }

    var identifier: Int32 { process.value.processIdentifier }

    func send(_ signal: Int32) {
        if process.value.isRunning { kill(identifier, signal) }
    }

    func end() async -> End { await ended.value }

    /// The next line of the log that a test waits for; `nil` where the program ended without it.
    func line(where isWanted: (JSON) -> Bool) async -> JSON? {
        for await line in lines where isWanted(line) { return line }
        return nil
    }

    /// Reads a pipe to its end on a thread of its own.
    private static func read(_ pipe: Pipe, line: @escaping @Sendable (String) -> Void) -> Task<String, Never> {
        let descriptor = pipe.fileHandleForReading
        return Task {
            let text = try? await onThread {
                var all = Data()
                var rest = Data()
                while true {
                    let bytes = descriptor.availableData
                    guard !bytes.isEmpty else { break }
                    all += bytes
                    rest += bytes
                    while let end = rest.firstIndex(of: 0x0A) {
                        line(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
                        rest = Data(rest[(end + 1)...])
                    }
                }
                return String(decoding: all, as: UTF8.self)
            }
            return text ?? ""
        }
    }
}
