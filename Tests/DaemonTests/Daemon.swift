import Foundation
import Glibc
import TestSupport
import Testing

/// The built program as a process of its own, with a data folder that may outlive it.
final class Daemon: Sendable {
    let folder: DataFolder
    let port: UInt16
    private let process: Program

    private init(_ folder: DataFolder, _ process: Program, port: UInt16) {
        self.folder = folder
        self.process = process
        self.port = port
    }

    /// Starts `attestd serve` and waits until it listens; with `ready` also until the models passed their self-test.
    static func start(in folder: DataFolder, ready: Bool = false) async throws -> Daemon {
        let process = try Program(["serve", "--config", folder.configuration.path, "--port", "0"])
        guard let line = await process.line(where: { $0["message"] == "listening" }),
            let port = line["port"].string.flatMap({ UInt16($0) })
        else {
            throw TestFailure("the daemon does not listen: \(await process.end().standardError)")
        }
        if ready, await process.line(where: { $0["message"] == "ready" }) == nil {
            throw TestFailure("the daemon is not ready: \(await process.end().standardError)")
        }
        return Daemon(folder, process, port: port)
    }

    /// Runs a test around a daemon, which is killed at the end if the test has not stopped it.
    static func run(
        in folder: DataFolder,
        ready: Bool = false,
        test: (Daemon) async throws -> Void
    ) async throws {
        let daemon = try await start(in: folder, ready: ready)
        do {
            try await test(daemon)
        } catch {
            await daemon.kill()
            throw error
        }
        await daemon.kill()
    }

    var client: Client { Client(port: port) }

    func send(_ signal: Int32) { process.send(signal) }

    var identifier: Int32 { process.identifier }

    /// Whether all of its threads are traced by another process.
    var isTraced: Bool {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(identifier)/task")) ?? []
        return !tasks.isEmpty
            && tasks.allSatisfy { task in
                let status = try? String(contentsOfFile: "/proc/\(identifier)/task/\(task)/status", encoding: .utf8)
                return status?.contains("TracerPid:\t0\n") == false
            }
    }

    /// The next line of its log that a test waits for.
    func line(where isWanted: (JSON) -> Bool) async -> JSON? { await process.line(where: isWanted) }

    /// How the process ended, once it has.
    func end() async -> Program.End { await process.end() }

    /// Ends the process at once, as a power cut would.
    func kill() async {
        process.send(SIGKILL)
        _ = await process.end()
    }

    /// Resident memory in bytes, as the kernel tells it.
    var residentBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/\(process.identifier)/statm", encoding: .utf8)) ?? ""
        return (Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0) * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Open descriptors.
    var descriptorCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.identifier)/fd").count) ?? 0
    }

    /// Logs in with a bearer token.
    func logIn(_ email: String, _ password: String) async throws -> Client {
        let form: JSON = ["email": .string(email), "password": .string(password), "deliver": "token"]
        let reply = try await client.post("/v1/login", form)
        guard let token = reply.json["token"].string else { throw TestFailure("login: \(reply.text)") }
        var other = client
        other.token = token
        return other
    }
}

/// A data folder with its configuration.
final class DataFolder: Sendable {
    let temporary: TemporaryFolder
    let data: URL

    init(data: URL? = nil, settings: [String: JSON] = [:]) throws {
        temporary = try TemporaryFolder()
        self.data = data ?? temporary.url.appending(path: "data")
        let defaults: JSON = [
            "data_directory": .string(self.data.path),
            "models_directory": .string(ProjectFiles.models.path),
            "self_test_directory": .string(ProjectFiles.photographs.path),
            "log_level": "info", "faces": ["workers": 1],
        ]
        try defaults.with(settings).data.write(to: configuration)
    }

    var configuration: URL { temporary.url.appending(path: "attestd.json5") }

    /// Runs another command of the program on the same data.
    func command(_ words: [String], input: String = "") async throws -> Program.End {
        try await Program(words + ["--config", configuration.path], input: input).end()
    }

    func write(_ text: String, to name: String) throws -> String {
        let file = temporary.url.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
