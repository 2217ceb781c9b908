import Foundation
import Testing

@testable import OpenIDConnect

/// The provider that `Tests/oidc-provider/run` has started.
struct RealProvider: Sendable {
    let base: String
    let folder: URL
    let redirectURI: String
    let administer: String

    /// Whether the tests run beside it.
    static let isExpected = ProcessInfo.processInfo.environment["OIDC_TEST_BASE"] != nil
    /// `nil` where it is not described whole.
    static let running = RealProvider(ProcessInfo.processInfo.environment)

    private init?(_ environment: [String: String]) {
        guard let base = environment["OIDC_TEST_BASE"], let folder = environment["OIDC_TEST_FOLDER"],
            let redirectURI = environment["OIDC_TEST_REDIRECT_URI"],
            let administer = environment["OIDC_TEST_ADMINISTER"]
        else { return nil }
        self.base = base
        self.folder = URL(filePath: folder)
        self.redirectURI = redirectURI
        self.administer = administer
    }

    var issuer: String { "\(base)/api/oidc" }

    /// Makes the provider sign with a new key, and forget the old one.
    func rotate(to keyID: String, _ algorithm: String) throws {
        _ = try Self.run("/usr/bin/python3", [administer, "rotate", keyID, algorithm])
    }

    /// What a browser does: logs somebody in at the provider and consents.
    ///
    /// - Returns: the address that the provider sends the browser back to.
    func visit(_ url: URL, as person: String, client: String = "attestd") throws -> URLComponents {
        let jar = folder.appending(path: "cookies-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: jar) }
        let common = [
            "--silent", "--show-error", "--noproxy", "*", "--cacert", folder.appending(path: "ca.pem").path,
            "--cookie", jar, "--cookie-jar", jar,
        ]
        func json(_ method: String, _ path: String, _ body: String) throws {
            let options = ["--fail", "--request", method, "--header", "Content-Type: application/json", "--data", body]
            _ = try Self.run("/usr/bin/curl", common + options + [base + path])
        }
        try json("POST", "/api/auth", #"{"username":"\#(person)","password":"\#(person)-password"}"#)
        try json("PUT", "/api/auth/grant/\(client)", #"{"scope":"openid"}"#)
        // What Glewlwyd's own page adds once the person has logged in and consented.
        let continued = url.absoluteString + "&g_continue"
        let target = try Self.run(
            "/usr/bin/curl",
            common + ["--output", "/dev/null", "--write-out", "%{redirect_url}", continued]
        )
        let back = try #require(URLComponents(string: target))
        #expect(target.hasPrefix(redirectURI + "?"), "the provider sends the browser to \(target)")
        return back
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) \(arguments.last ?? "")")
        return text
    }
}
