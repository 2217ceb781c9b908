import Foundation
import Glibc

/// The daemon that lies beside this program, with its default configuration on a fresh database on disk.
final class BenchmarkDaemon {
    static let password = "three words here"

    private(set) var port: UInt16 = 0
    /// Where its data, its settings and its log are.
    let folder: URL
    private let program: URL
    private var process = Process()

    /// - Parameter root: the project's folder.
    init(root: URL, name: String) throws {
        program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "attestd")
        folder = root.appending(path: ".build/bench/\(name)-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let settings = [
            "data_directory": folder.appending(path: "data").path,
            "models_directory": root.appending(path: "Models").path,
            "self_test_directory": root.appending(path: "SampleImages/photographs").path,
        ]
        try JSONEncoder().encode(settings).write(to: folder.appending(path: "attestd.json5"))
        try start()
    }

    /// Starts it, or starts it again where it was killed.
    func start() throws {
        let log = folder.appending(path: "attestd.log")
        try Data().write(to: log)
        process = Process()
        process.executableURL = program
        process.arguments = ["serve", "--config", folder.appending(path: "attestd.json5").path, "--port", "0"]
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        port = try Self.port(in: log, process)
    }

    /// Ends it as a failure of power does to a program: at once, with nothing written any more.
    func killAtOnce() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Its resident memory in bytes.
    var residentBytes: Int { ProcessTree.residentBytes(of: process.processIdentifier) }

    /// Ends the daemon and removes its data.
    func end() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs a command of the program on the same data.
    func command(_ words: [String], input: String = "") throws {
        let process = Process()
        process.executableURL = program
        process.arguments = words + ["--config", folder.appending(path: "attestd.json5").path]
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError("attestd \(words[0]) failed") }
    }

    /// Waits for the line of the log that names the port.
    private static func port(in log: URL, _ daemon: Process) throws -> UInt16 {
        for _ in 0..<600 {
            for line in try String(contentsOf: log, encoding: .utf8).split(separator: "\n") {
                let object = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
                if object?["message"] as? String == "listening", let port = object?["port"] as? String {
                    return UInt16(port) ?? 0
                }
            }
            guard daemon.isRunning else { break }
            Thread.sleep(forTimeInterval: 0.05)
        }
        daemon.terminate()
        throw BenchmarkError("attestd does not listen: \(try String(contentsOf: log, encoding: .utf8).suffix(500))")
    }
}

/// The steps that bring people into an exam.
extension BenchmarkDaemon {
    /// Calls the API, and takes nothing but success.
    func call(
        _ method: String,
        _ target: String,
        token: String? = nil,
        type: String = "application/json",
        _ body: String = "",
        on connection: LoopbackConnection
    ) throws -> LoopbackConnection.Answer {
        let answer = try connection.exchange(
            LoopbackConnection.request(method, target, token: token, type: type, body)
        )
        guard (200...201).contains(answer.status) else {
            throw BenchmarkError(
                "\(method) \(target): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))"
            )
        }
        return answer
    }

    /// Registers candidates under contracts of their own; all have one name and one password.
    func register(_ emails: [String]) throws {
        let register = folder.appending(path: "contracts.csv")
        let rows = emails.indices.map { "Д-\($0);Соловьёва;Алёна;Игоревна\n" }.joined()
        try Data("номер;фамилия;имя;отчество\n\(rows)".utf8).write(to: register)
        try command(["contracts", "import", register.path])
        let connection = try LoopbackConnection(port: port)
        for (number, email) in emails.enumerated() {
            let form =
                #"{"email":"\#(email)","password":"\#(Self.password)","surname":"Соловьёва","#
                + #""given_name":"Алёна","patronymic":"Игоревна","contract_number":"Д-\#(number)"}"#
            _ = try call("POST", "/v1/accounts", form, on: connection)
        }
    }

    /// Publishes an exam for a day, of so many questions out of a bank in GIFT; answers its identifier.
    func publishExam(
        bank: String,
        questions: Int,
        identification: [String] = ["electronic"],
        on connection: LoopbackConnection
    ) throws -> String {
        try command(
            ["accounts", "add", "--role", "examiner", "--email", "examiner@example.org", "--surname", "Иванова"]
                + ["--given-name", "Анна"],
            input: "\(Self.password)\n"
        )
        let examiner = try logIn("examiner@example.org", on: connection)
        let importing = "/v1/question-banks/IB/imports"
        _ = try call("POST", importing, token: examiner, type: "text/plain", bank, on: connection)
        let (opens, closes) = (Date().addingTimeInterval(-60), Date().addingTimeInterval(86_400))
        let methods = identification.map { #""\#($0)""# }.joined(separator: ",")
        let form =
            #"{"title":"Экзамен","discipline":"IB","duration_seconds":86400,"sections":[{"count":\#(questions)}],"#
            + #""opens_at":"\#(opens.formatted(.iso8601))","closes_at":"\#(closes.formatted(.iso8601))","#
            + #""identification":[\#(methods)],"liveness":false}"#
        return try call("POST", "/v1/exams", token: examiner, form, on: connection).text("id")
    }

    /// The form that gives a consent.
    func consentForm(_ kind: String = "personal_data", on connection: LoopbackConnection) throws -> String {
        let answer = try call("GET", "/v1/consent-texts", on: connection)
        let object = try JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
        for text in object?["texts"] as? [[String: Any]] ?? [] {
            guard text["kind"] as? String == kind, let version = text["version"],
                let digest = (text["ru"] as? [String: Any])?["sha256"]
            else { continue }
            let form: [String: Any] = ["kind": kind, "version": version, "sha256": digest]
            return String(decoding: try JSONSerialization.data(withJSONObject: form), as: UTF8.self)
        }
        throw BenchmarkError("there is no text of the consent")
    }

    /// Logs a candidate in, consents and makes the attempt, which is then ready to be started.
    func admit(
        _ email: String,
        to exam: String,
        consent: String,
        on connection: LoopbackConnection
    ) throws -> (token: String, attempt: String) {
        let token = try logIn(email, on: connection)
        _ = try call("POST", "/v1/me/consents", token: token, consent, on: connection)
        let attempt = try call("POST", "/v1/exams/\(exam)/attempts", token: token, on: connection).text("id")
        return (token, attempt)
    }

    func logIn(_ email: String, on connection: LoopbackConnection) throws -> String {
        let form = #"{"email":"\#(email)","password":"\#(Self.password)","deliver":"token"}"#
        return try call("POST", "/v1/login", form, on: connection).text("token")
    }
}
