import Foundation

/// One run of the program's command line, as an administrator would make it.
struct ProgramRun: Sendable {
    var status: Int32
    var output: String
    var complaints: String

    /// The first line printed, for a transcript.
    var firstLine: String { String(output.split(separator: "\n").first ?? "") }

    /// Runs the program and waits for its end. A cancelled task ends the program.
    ///
    /// - Parameter input: goes to standard input, with a line break behind it.
    /// - Throws: where the program cannot be started.
    static func of(_ program: URL, _ arguments: [String], input: String? = nil) async throws -> ProgramRun {
        try Task.checkCancellation()
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let (output, complaints, standardInput) = (Pipe(), Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = complaints
        process.standardInput = standardInput
        let ended = Signal()
        process.terminationHandler = { _ in ended.raise() }
        try process.run()
        let identifier = process.processIdentifier
        return try await withTaskCancellationHandler {
            // Both pipes are emptied at the same time: a full one would stop the program.
            async let text = drained(output.fileHandleForReading, "demo.output")
            async let errors = drained(complaints.fileHandleForReading, "demo.complaints")
            // A program that reads nothing may have closed its end already.
            try? standardInput.fileHandleForWriting.write(contentsOf: Data(input.map { $0 + "\n" }?.utf8 ?? "".utf8))
            try? standardInput.fileHandleForWriting.close()
            let run = await ProgramRun(status: 0, output: text, complaints: errors)
            await ended.wait()
            try Task.checkCancellation()
            return ProgramRun(status: process.terminationStatus, output: run.output, complaints: run.complaints)
        } onCancel: {
            kill(identifier, SIGTERM)
        }
    }

    private static func drained(_ handle: FileHandle, _ label: String) async -> String {
        await withCheckedContinuation { continuation in
            // A thread of its own: reading blocks, and the tasks' threads are few.
            DispatchQueue(label: label).async {
                let data = (try? handle.readToEnd()) ?? nil
                continuation.resume(returning: String(decoding: data ?? Data(), as: UTF8.self))
            }
        }
    }
}
