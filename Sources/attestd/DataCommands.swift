import API
import Accounts
import Attestation
import Foundation
import Glibc
import SQLiteStorage
import Storage
import TransparencyLog
import Workflows

/// Commands that work on the data beside the daemon; SQLite lets both in.
extension Arguments {
    /// The composition that `--config` describes.
    var composition: Composition {
        get throws {
            let configuration = try Configuration.load(path: self["config"] ?? "Config/attestd.json5")
            return Composition(configuration: configuration, log: ServiceLog(level: configuration.logLevel))
        }
    }
}

/// `attestd contracts import`: fills the contract register.
enum ContractsImportCommand: Command {
    static let name = "contracts import"
    static let summary = "Import the contract register from CSV"
    static let operands = "FILE.csv"
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let path = try arguments.onlyOperand("CSV file")
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError("cannot read \(path)")
        }
        let report: ContractImports.Report
        do {
            report = try await ContractImports(arguments.composition.database()).importCSV(data)
        } catch let refusal as Refusal {
            throw ConfigurationError("\(path): \(refusal.message.en)")
        }
        for problem in report.problems { Program.complain("\(path):\(problem.line): \(problem.reason)") }
        print(
            "contracts: \(report.count(.added)) added, \(report.count(.corrected)) corrected, "
                + "\(report.count(.unchanged)) unchanged, "
                + "\(report.count(.refused)) refused (they have an account under another name), "
                + "\(report.problems.count) lines not read"
        )
        return report.problems.isEmpty && report.refused.isEmpty ? 0 : 1
    }
}

/// `attestd accounts add`: opens an account of staff.
enum AccountsAddCommand: Command {
    static let name = "accounts add"
    private static let staffRoles = Role.allCases.filter(\.isStaff).map(\.rawValue).joined(separator: ", ")

    static let summary = "Open an account of staff; the password is read from standard input"
    static let operands = ""
    static let options = [
        CommandOption.config,
        CommandOption(
            name: "role",
            value: "ROLE,…",
            summary: "One or several of \(staffRoles)"
        ),
        CommandOption(name: "email", value: "ADDRESS", summary: "The login"),
        CommandOption(name: "surname", value: "NAME", summary: "Family name"),
        CommandOption(name: "given-name", value: "NAME", summary: "Given name"),
        CommandOption(name: "patronymic", value: "NAME", summary: "Patronymic, if any"),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let names = try arguments.required("role").split(separator: ",").map(String.init)
        let roles = Set(names.compactMap { Role(rawValue: $0) })
        guard !roles.isEmpty, roles.count == names.count, roles.allSatisfy(\.isStaff) else {
            throw UsageError("--role takes one or several of \(staffRoles)")
        }
        let name = PersonName(
            surname: try arguments.required("surname"),
            givenName: try arguments.required("given-name"),
            patronymic: arguments["patronymic"]
        )
        let email = try arguments.required("email")
        guard let password = readPassword() else { throw UsageError("no password came on standard input") }
        let services = try arguments.composition.services()
        do {
            let account = try await Registration(services)
                .addStaff(email: email, password: password, name: name, roles: roles)
            print("account \(account.id.lowercased) (\(names.joined(separator: ", ")))")
            return 0
        } catch let refusal as Refusal {
            throw ConfigurationError(refusal.message.en)
        }
    }

    /// Reads one line; on a terminal without showing it.
    private static func readPassword() -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() }
        return getpass("Password: ").map { String(cString: $0) }
    }
}

/// `attestd ticket rebuild`: draws a ticket again from the record.
enum TicketRebuildCommand: Command {
    static let name = "ticket rebuild"
    static let summary = "Draw an attempt's ticket again from the record and compare it with the one served"
    static let operands = "ATTEMPT"
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let text = try arguments.onlyOperand("attempt identifier")
        guard let id = UUID(uuidString: text) else { throw UsageError("«\(text)» is no identifier") }
        do {
            let (ticket, isIdentical) = try await ExamAdministration(arguments.composition.services())
                .rebuildTicket(attemptID: id)
            print(String(decoding: ticket.canonicalBytes(), as: UTF8.self))
            if !isIdentical { Program.complain("the ticket differs from the one that was served") }
            return isIdentical ? 0 : 1
        } catch let refusal as Refusal {
            throw ConfigurationError(refusal.message.en)
        }
    }
}

/// `attestd log verify`: recomputes the identification log from its entries.
enum LogVerifyCommand: Command {
    static let name = "log verify"
    static let summary = "Recompute the identification log and its checkpoint from the entries"
    static let operands = ""
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let composition = try arguments.composition
        let database = try composition.existingDatabase()
        let keys = try await composition.logKeyFiles.keys(database)
        let report = try await database.read { try Log.fsck($0, keys: keys) }
        if let problem = report.problem {
            Program.complain("the log was changed: \(problem)")
            return 1
        }
        let secrets = try await database.read { try SecretOpening.verify($0) }
        if let exam = secrets.wrong {
            Program.complain("the opened secret of exam \(exam) is not the one that was committed to")
            return 1
        }
        print("sound: \(report.entries) entries, root \(report.root), checkpoint of \(report.checkpointSize ?? 0)")
        return 0
    }
}
