import Foundation
import TestSupport
import Testing

@Suite("Command line")
struct CommandTests {
    @Test("--help lists the commands", arguments: ["--help", "help", "-h"])
    func help(_ word: String) async throws {
        let end = try await Program([word]).end()
        #expect(end.status == 0)
        #expect(end.standardError.isEmpty)
        for command in [
            "serve", "contracts import", "accounts add", "accounts list", "accounts reset-password", "ticket rebuild",
            "log verify", "version",
        ] {
            #expect(end.standardOutput.contains(command))
        }
    }

    @Test("Every command explains itself", arguments: ["serve", "contracts import", "accounts add", "log verify"])
    func helpOfCommand(_ command: String) async throws {
        let end = try await Program(command.split(separator: " ").map(String.init) + ["--help"]).end()
        #expect(end.status == 0)
        #expect(end.standardOutput.contains("Usage: attestd \(command)"))
        #expect(end.standardOutput.contains("--config FILE"))
    }

    static let misuse: [(words: [String], word: String)] = [
        (["fly"], "fly"), (["contracts"], "contracts"), (["contracts", "export"], "contracts export"),
        (["serve", "--colour", "red"], "--colour"), (["serve", "--port"], "--port"),
        (["serve", "--port", "99999"], "--port"), (["serve", "--port", "1", "--port", "2"], "--port"),
        (["contracts", "import"], "CSV"), (["accounts", "add", "--role", "candidate"], "--role"),
        (["accounts", "add", "--role", "examiner", "--surname", "И"], "--"), (["ticket", "rebuild", "x"], "x"),
    ]

    @Test("A command line that is not understood ends with 2 and one line", arguments: misuse)
    func refusesMisuse(words: [String], word: String) async throws {
        let folder = try DataFolder()
        let needsConfiguration = words.count > 1 && !words.contains("--colour") && words != ["contracts", "export"]
        let end = needsConfiguration ? try await folder.command(words) : try await Program(words).end()
        #expect(end.status == 2)
        #expect(end.complaints.count == 1)
        #expect(end.standardError.hasPrefix("attestd: "))
        #expect(end.standardError.contains(word))
        #expect(end.standardOutput.isEmpty)
    }

    @Test("Without a word the program lists its commands and ends with 2")
    func nothing() async throws {
        let end = try await Program([]).end()
        #expect(end.status == 2)
        #expect(end.standardOutput.contains("Usage: attestd COMMAND"))
    }

    static let broken: [(text: String, word: String)] = [
        ("{ listen: { port: \"eighty\" } }", "listen.port"), ("{ listen: { prot: 80 } }", "prot"),
        ("{ data_directroy: \"x\" }", "irectroy"), ("{ listen: { threads: 0 } }", "threads"),
        ("{ log_level: \"loud\" }", "log_level"), ("{ faces: { workers: -1 } }", "workers"),
        ("{ listen: ", "attestd.json5"), ("", "attestd.json5"), ("[]", "attestd.json5"),
        ("{ listen: { port: 70000 } }", "port"), ("{ accounts: { staff_second_factor: \"never\" } }", "staff"),
        ("{ accounts: { service_name: \"\" } }", "service_name"), ("{ accounts: { colour: 1 } }", "colour"),
        ("{ time_zone: \"Moscow\" }", "time_zone"),
    ]

    @Test("A broken configuration ends with one line that names the place", arguments: broken)
    func brokenConfiguration(text: String, word: String) async throws {
        let folder = try DataFolder()
        try Data(text.utf8).write(to: folder.configuration)
        let end = try await folder.command(["serve"])
        #expect(end.status == 1)
        #expect(end.complaints.count == 1, "\(end.standardError)")
        #expect(end.standardError.hasPrefix("attestd: "))
        #expect(end.standardError.contains(word), "\(end.standardError)")
        #expect(!FileManager.default.fileExists(atPath: folder.data.path))
    }

    @Test("A configuration that is not there is named")
    func missingConfiguration() async throws {
        let end = try await Program(["serve", "--config", "/nowhere/attestd.json5"]).end()
        #expect(end.status == 1)
        #expect(end.complaints == ["attestd: cannot read the configuration /nowhere/attestd.json5"])
    }

    @Test("Missing models are named in one line, with what to do")
    func missingModels() async throws {
        let folder = try DataFolder(settings: ["models_directory": "/nowhere/Models"])
        let end = try await folder.command(["serve", "--port", "0"])
        #expect(end.status == 1)
        #expect(end.complaints.count == 1, "\(end.standardError)")
        #expect(end.standardError.contains("/nowhere/Models"))
        #expect(!end.standardError.contains("listening"))
    }

    @Test("An address that is taken is named in one line")
    func addressTaken() async throws {
        try await Daemon.run(in: DataFolder()) { daemon in
            let other = try DataFolder()
            let end = try await other.command(["serve", "--port", "\(daemon.port)"])
            #expect(end.status == 1)
            #expect(end.complaints.count == 1, "\(end.standardError)")
            #expect(try await daemon.client.get("/healthz").status == 200)
        }
    }

    @Test("A1: contracts are imported, and what cannot be read is told with its line")
    func contracts() async throws {
        let folder = try DataFolder()
        let csv =
            "номер;фамилия;имя;отчество\n1/26;Иванова;Анна;\n;Петров;Пётр;\n2/26;;Глеб;\n3/26;Синицын;Глеб;Юрьевич\n"
        let file = try folder.write(csv, to: "contracts.csv")
        let first = try await folder.command(["contracts", "import", file])
        #expect(first.status == 1)
        #expect(first.standardOutput.hasPrefix("contracts: 2 added, 0 corrected, 0 unchanged"))
        #expect(first.complaints.count == 2)
        for line in [3, 4] { #expect(first.standardError.contains("\(file):\(line): "), "\(first.standardError)") }
        let again = try await folder.command(["contracts", "import", file])
        #expect(again.standardOutput.hasPrefix("contracts: 0 added, 0 corrected, 2 unchanged"))
        let missing = try await folder.command(["contracts", "import", "/nowhere.csv"])
        #expect(missing.status == 1)
        #expect(missing.complaints.count == 1)
    }

    @Test("A2: staff added on the command line logs in, and a weak password or a taken address is refused")
    func accounts() async throws {
        let folder = try DataFolder()
        try await Institution.addExaminer(in: folder)
        let words = ["accounts", "add", "--role", "reviewer", "--surname", "Орлов", "--given-name", "Олег"]
        let taken = try await folder.command(words + ["--email", Institution.examiner], input: "another pass phrase\n")
        #expect(taken.status == 1)
        #expect(taken.complaints.count == 1)
        let weak = try await folder.command(words + ["--email", "orlov@example.org"], input: "12345678\n")
        #expect(weak.status == 1)
        let silent = try await folder.command(words + ["--email", "orlov@example.org"])
        #expect(silent.status == 2)
        try await Daemon.run(in: folder) { daemon in
            let staff = try await daemon.logIn(Institution.examiner, Institution.password)
            #expect(try await staff.get("/v1/me").json["roles"] == ["examiner"])
            let form: JSON = ["email": "orlov@example.org", "password": "12345678"]
            #expect(try await daemon.client.post("/v1/login", form).status == 401)
        }
    }

    @Test("A2, A8: the command line lists accounts, and lets somebody in again who has lost password and app")
    func resetPassword() async throws {
        let folder = try DataFolder()
        try await Institution.addExaminer(in: folder)
        let listed = try await folder.command(["accounts", "list", "--role", "examiner"])
        #expect(listed.status == 0)
        #expect(listed.standardOutput.contains("\tactive\texaminer\t\(Institution.examiner)\tИванова Анна"))
        #expect(try await folder.command(["accounts", "list", "--role", "candidate"]).standardOutput.isEmpty)
        #expect(try await folder.command(["accounts", "list", "--role", "god"]).status == 2)
        let unknown = try await folder.command(["accounts", "reset-password", "nobody@example.org"])
        #expect(unknown.status == 1 && unknown.complaints.count == 1)
        try await Daemon.run(in: folder) { daemon in
            let before = try await daemon.logIn(Institution.examiner, Institution.password)
            let words = ["accounts", "reset-password", Institution.examiner, "--second-factor"]
            let issued = try await folder.command(words)
            #expect(issued.status == 0, "\(issued.standardError)")
            let code = String(issued.standardOutput.prefix { $0 != "\n" })
            let form: JSON = [
                "email": .string(Institution.examiner), "code": .string(code), "new_password": "три слова сразу",
            ]
            #expect(try await daemon.client.post("/v1/password-resets", form).status == 204)
            #expect(try await before.get("/v1/me").status == 401)
            let after = try await daemon.logIn(Institution.examiner, "три слова сразу")
            #expect(try await after.get("/v1/me").status == 200)
        }
    }
}
