import Foundation

/// The daemon with its default configuration on a fresh database on disk, and the people of the benchmark.
final class LoginFloodService {
    static let password = "three words here"
    static let examinees = 4
    /// People who log in while the flood is on.
    static let newcomers = 4
    /// Registered accounts that are attacked besides.
    static let victims = 120

    /// Somebody who sits the exam.
    struct Examinee {
        var token: String
        var attempt: String
    }

    let port: UInt16
    private(set) var sitting: [Examinee] = []
    private let daemon: Process
    private let folder: URL
    private let program: URL

    /// Starts the daemon that lies beside this program.
    init(root: URL) throws {
        program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "attestd")
        folder = root.appending(path: ".build/bench/logins-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let settings = [
            "data_directory": folder.appending(path: "data").path,
            "models_directory": root.appending(path: "Models").path,
            "self_test_directory": root.appending(path: "SampleImages/photographs").path,
        ]
        try JSONEncoder().encode(settings).write(to: folder.appending(path: "attestd.json5"))
        let log = folder.appending(path: "attestd.log")
        try Data().write(to: log)
        daemon = Process()
        daemon.executableURL = program
        daemon.arguments = ["serve", "--config", folder.appending(path: "attestd.json5").path, "--port", "0"]
        daemon.standardError = try FileHandle(forWritingTo: log)
        try daemon.run()
        port = try Self.port(in: log, daemon)
    }

    /// Ends the daemon and removes its data.
    func end() {
        daemon.terminate()
        daemon.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    static func email(newcomer number: Int) -> String { "newcomer\(number)@example.org" }
    static func email(victim number: Int) -> String { "victim\(number)@example.org" }

    /// Registers everybody, and lets the examinees start.
    func prepare() throws {
        try command(
            ["accounts", "add", "--role", "examiner", "--email", "examiner@example.org", "--surname", "Иванова"]
                + ["--given-name", "Анна"],
            input: "\(Self.password)\n"
        )
        let examinees = (0..<Self.examinees).map { "examinee\($0)@example.org" }
        let emails =
            examinees + (0..<Self.newcomers).map(Self.email(newcomer:)) + (0..<Self.victims).map(Self.email(victim:))
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
        let exam = try publishExam(connection)
        for email in examinees {
            let token = try logIn(email, connection)
            try consent(token, connection)
            let attempt = try call("POST", "/v1/exams/\(exam)/attempts", token: token, on: connection).text("id")
            _ = try call("POST", "/v1/attempts/\(attempt)/start", token: token, on: connection)
            sitting.append(Examinee(token: token, attempt: attempt))
        }
    }

    private func publishExam(_ connection: LoopbackConnection) throws -> String {
        let examiner = try logIn("examiner@example.org", connection)
        let bank = "::Соль::Соль пароля хранят в тайне. {FALSE}\n"
        _ = try call(
            "POST",
            "/v1/question-banks/IB/imports",
            token: examiner,
            type: "text/plain",
            bank,
            on: connection
        )
        let (opens, closes) = (Date().addingTimeInterval(-60), Date().addingTimeInterval(86_400))
        let form =
            #"{"title":"Экзамен","discipline":"IB","duration_seconds":86400,"sections":[{"count":1}],"#
            + #""opens_at":"\#(opens.formatted(.iso8601))","closes_at":"\#(closes.formatted(.iso8601))","#
            + #""identification":["electronic"]}"#
        return try call("POST", "/v1/exams", token: examiner, form, on: connection).text("id")
    }

    private func consent(_ token: String, _ connection: LoopbackConnection) throws {
        let answer = try call("GET", "/v1/consent-texts", on: connection)
        let object = try JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
        for text in object?["texts"] as? [[String: Any]] ?? [] {
            guard text["kind"] as? String == "personal_data", let version = text["version"],
                let digest = (text["ru"] as? [String: Any])?["sha256"]
            else { continue }
            let form: [String: Any] = ["kind": "personal_data", "version": version, "sha256": digest]
            let body = String(decoding: try JSONSerialization.data(withJSONObject: form), as: UTF8.self)
            _ = try call("POST", "/v1/me/consents", token: token, body, on: connection)
        }
    }

    private func logIn(_ email: String, _ connection: LoopbackConnection) throws -> String {
        let form = #"{"email":"\#(email)","password":"\#(Self.password)","deliver":"token"}"#
        return try call("POST", "/v1/login", form, on: connection).text("token")
    }

    private func call(
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

    private func command(_ words: [String], input: String = "") throws {
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
