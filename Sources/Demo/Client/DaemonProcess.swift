import Foundation

/// The daemon that the demonstration starts for itself: a temporary data folder, a free port, its own log.
final class DaemonProcess: Sendable {
    let program: URL
    /// The temporary folder with configuration, data and log; only this user can read it.
    let folder: URL
    let configuration: URL
    let log: URL
    private let process = Process()
    private let ended = Signal()

    /// Makes the folder and writes the configuration.
    ///
    /// - Throws: `CocoaError` where the folder or a file cannot be made.
    init(_ options: Options) throws {
        program = options.attestd
        folder = FileManager.default.temporaryDirectory.appending(path: "attestd-demo-\(UUID().uuidString.prefix(8))")
        configuration = folder.appending(path: "attestd.json5")
        log = folder.appending(path: "attestd.log")
        let onlyOwner: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false, attributes: onlyOwner)
        // JSON is JSON5; Config/attestd.json5 says what each setting means.
        let settings: JSON = [
            "listen": ["address": "127.0.0.1", "port": 0],
            "data_directory": .string(folder.appending(path: "data").path),
            "models_directory": .string(options.models.path),
            "self_test_directory": .string(options.photographs.path),
            "log_origin": "demo.attestd.example/identifications",
        ]
        try settings.data.write(to: configuration)
        try Data().write(to: log)
    }

    /// Starts the daemon and waits until it listens.
    ///
    /// - Returns: where it listens.
    /// - Throws: `WrongOutcome` where it ends instead, or does not listen in time.
    func start() async throws -> URL {
        process.executableURL = program
        process.arguments = ["serve", "--config", configuration.path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        process.terminationHandler = { [ended] _ in ended.raise() }
        try process.run()
        var port: String?
        try await Wait.until("the daemon listens") {
            port = boundPort()
            guard port != nil || !ended.isRaised else {
                throw WrongOutcome("the daemon ended at its start: \(lastLogLine())")
            }
            return port != nil
        }
        guard let port, let url = URL(string: "http://127.0.0.1:\(port)") else {
            throw WrongOutcome("the daemon named no port")
        }
        return url
    }

    /// Asks the daemon to stop and waits for its end; after 20 seconds it is ended by force.
    ///
    /// - Returns: the exit status, `nil` where it had to be ended by force or was never started.
    func stop() async -> Int32? {
        guard process.processIdentifier > 0 else { return nil }
        let identifier = process.processIdentifier
        if !ended.isRaised { kill(identifier, SIGTERM) }
        let force = DispatchWorkItem { kill(identifier, SIGKILL) }
        DispatchQueue(label: "demo.force").asyncAfter(deadline: .now() + 20, execute: force)
        await ended.wait()
        force.cancel()
        return process.terminationReason == .exit ? process.terminationStatus : nil
    }

    /// Ends the daemon at once, where there is no time for more.
    func endByForce() {
        if process.processIdentifier > 0, !ended.isRaised { kill(process.processIdentifier, SIGKILL) }
    }

    /// Runs one of the program's commands on the same data.
    func command(_ words: [String], input: String? = nil) async throws -> ProgramRun {
        try await ProgramRun.of(program, words + ["--config", configuration.path], input: input)
    }

    private func boundPort() -> String? {
        logLines().map { JSON(data: Data($0.utf8)) }.first { $0["message"].text == "listening" }?["port"].text
    }

    private func lastLogLine() -> String { logLines().last.map(String.init) ?? "its log is empty" }

    private func logLines() -> [Substring] {
        // Only whole lines: the last one may be half written.
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }
}
