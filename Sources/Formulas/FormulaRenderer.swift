import Foundation

/// TeX formulas as MathML, by Debian's blahtexml in processes of its own: what people import is parsed outside of the
/// service, with little time and memory, and a formula that breaks its parser is only not typeset.
public actor FormulaRenderer {
    /// The most bytes of a formula in UTF-8.
    public static let lengthLimit = 1_000
    /// The most formulas that are remembered.
    static let cacheLimit = 5_000
    /// The most formulas that wait; of more, some stay as they were written.
    static let waitingLimit = 500

    private let program: String
    private let queue = DispatchQueue(label: "attestd.formulas")
    private var known: [String: String?] = [:]
    private var waiting = 0

    /// Makes a renderer; where the program is not installed no formula is typeset.
    public init(program: String = "/usr/bin/blahtexml") {
        self.program = program
    }

    /// The content of a `math` element for a formula; `nil` where it is no TeX that blahtexml knows, is too long, or too
    /// many wait.
    public func mathML(of tex: String) async -> String? {
        guard !tex.isEmpty, tex.utf8.count <= Self.lengthLimit, !tex.utf8.contains(0) else { return nil }
        if let answer = known[tex] { return answer }
        guard waiting < Self.waitingLimit else { return nil }
        waiting += 1
        defer { waiting -= 1 }
        // Blocking work keeps away from the tasks' threads.
        let answer = await withCheckedContinuation { continuation in
            queue.async { [program] in continuation.resume(returning: Self.run(program, tex)) }
        }
        if known.count >= Self.cacheLimit { known.removeAll() }
        known[tex] = .some(answer)
        return answer
    }

    /// Runs the program on one formula: a second of processor time, five in all, 256 MiB, no files of its own.
    private static func run(_ program: String, _ tex: String) -> String? {
        guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
        let process = Process()
        let input = Pipe()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = [
            "--kill-after=1", "5", "/usr/bin/prlimit", "--cpu=1", "--as=268435456", "--fsize=0", "--core=0", "--",
            program, "--mathml", "--mathml-encoding", "raw",
            "--other-encoding", "raw",
        ]
        process.environment = [:]
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        // A formula is shorter than what a pipe holds, so writing does not wait.
        try? input.fileHandleForWriting.write(contentsOf: Data(tex.utf8))
        try? input.fileHandleForWriting.close()
        // The limits end a program that runs on, and with it the reading.
        let answer = try? output.fileHandleForReading.read(upToCount: 256 * 1024)
        try? output.fileHandleForReading.close()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0, let answer else { return nil }
        return content(of: String(decoding: answer, as: UTF8.self))
    }

    /// What stands between the tags of the answer's markup.
    static func content(of answer: String) -> String? {
        guard let start = answer.range(of: "<markup>"),
            let end = answer.range(of: "</markup>", range: start.upperBound..<answer.endIndex)
        else { return nil }
        let content = answer[start.upperBound..<end.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines)
        return content.isEmpty ? nil : content
    }
}
