package import Foundation

/// A time stamp authority on this machine: openssl's own, over real connections.
package final class TestAuthority: Sendable {
    /// What it does.
    package enum Mode: String, Sendable {
        /// It stamps.
        case honest
        /// It stamps the right digest in answer to another request.
        case otherNonce = "other-nonce"
        /// It answers with an error of HTTP.
        case httpError = "http-error"
        /// It answers with what is no stamp.
        case garbage
    }

    /// Where it is.
    package let url: String
    /// The certificates of the authority above it, of its own, and of one that has nothing to do with it.
    package let root: URL
    package let own: URL
    package let other: URL
    private let folder: URL
    private let process: Process
    private let input: Pipe

    package init(_ mode: Mode = .honest) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "attestd-authority-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        root = folder.appending(path: "root.pem")
        own = folder.appending(path: "authority.pem")
        other = folder.appending(path: "other.pem")
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "time-stamp-authority.py")
        process = Process()
        input = Pipe()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-B", script.path, folder.path, mode.rawValue]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // One line, then the pipe stays silent.
        var text = ""
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
            text += String(decoding: byte, as: UTF8.self)
        }
        url = "http://127.0.0.1:\(text)/"
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
