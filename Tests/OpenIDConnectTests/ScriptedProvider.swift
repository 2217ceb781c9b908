import Foundation

@testable import OpenIDConnect

/// A provider on this machine that answers what a test tells it to, over a real connection.
final class ScriptedProvider: Sendable {
    let folder: URL
    let base: String
    private let process: Process
    private let input: Pipe

    struct Request: Decodable {
        let method: String
        let path: String
        let body: String
        let headers: [String: String]
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "attestd-provider-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "oidc-provider/scripted.py")
        process = Process()
        input = Pipe()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-B", script.path, folder.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // One line, then the pipe stays silent.
        var port = ""
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
            port += String(decoding: byte, as: UTF8.self)
        }
        base = "http://127.0.0.1:\(port)"
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Sets an endpoint's answer.
    func answer(_ path: String, _ script: [String: Any]) throws {
        let name = path.replacing("/", with: "_") + ".json"
        try JSONSerialization.data(withJSONObject: script).write(to: folder.appending(path: name), options: .atomic)
    }

    /// Sets an endpoint's answer to a JSON document.
    func answer(_ path: String, status: Int = 200, json: [String: Any]) throws {
        let body = try JSONSerialization.data(withJSONObject: json)
        try answer(path, ["status": status, "body": String(decoding: body, as: UTF8.self)])
    }

    func requests(_ path: String) throws -> [Request] {
        let log = folder.appending(path: "requests.jsonl")
        guard let text = try? String(contentsOf: log, encoding: .utf8) else { return [] }
        return try text.split(separator: "\n")
            .map { try JSONDecoder().decode(Request.self, from: Data($0.utf8)) }
            .filter { $0.path == "/" + path }
    }
}
