package import Foundation

/// A receiver of webhooks on this machine, over real connections.
package final class WebhookReceiver: Sendable {
    /// The port.
    package let port: Int
    /// The certificate to trust, where it speaks TLS.
    package let certificate: URL?
    private let folder: URL
    private let process: Process
    private let input: Pipe

    package struct Request: Decodable {
        package let path: String
        package let headers: [String: String]
        package let body: String
    }

    /// - Parameter tls: whether it has a certificate, made for `localhost`.
    package init(tls: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "attestd-receiver-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var arguments = [
            "-B", URL(filePath: #filePath).deletingLastPathComponent().appending(path: "webhook-receiver.py").path,
            folder.path,
        ]
        if tls {
            let (key, certificate) = (folder.appending(path: "key.pem"), folder.appending(path: "cert.pem"))
            let openssl = Process()
            openssl.executableURL = URL(filePath: "/usr/bin/openssl")
            openssl.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key.path, "-out",
                certificate.path,
            ]
            openssl.standardError = FileHandle.nullDevice
            try openssl.run()
            openssl.waitUntilExit()
            arguments += [certificate.path, key.path]
            self.certificate = certificate
        } else {
            certificate = nil
        }
        process = Process()
        input = Pipe()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // One line, then the pipe stays silent.
        var text = ""
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
            text += String(decoding: byte, as: UTF8.self)
        }
        port = Int(text) ?? 0
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// What has come in, oldest first.
    package func requests() throws -> [Request] {
        let log = folder.appending(path: "requests.jsonl")
        guard let text = try? String(contentsOf: log, encoding: .utf8) else { return [] }
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Request.self, from: Data($0.utf8)) }
    }
}
