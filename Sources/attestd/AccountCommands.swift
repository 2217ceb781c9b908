import Accounts
import Foundation
import Storage
import Workflows

/// `attestd accounts list`: who can log in.
enum AccountsListCommand: Command {
    static let name = "accounts list"
    static let summary = "List accounts: identifier, state, roles, login, name"
    static let operands = ""
    static let options = [
        CommandOption.config,
        CommandOption(
            name: "role",
            value: "ROLE",
            summary: "Only accounts with this role: \(Role.allCases.map(\.rawValue).joined(separator: ", "))"
        ),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        var filter = AccountFilter(limit: 500)
        if let name = arguments["role"] {
            guard let role = Role(rawValue: name) else { throw UsageError("there is no role «\(name)»") }
            filter.role = role
        }
        let database = try arguments.composition.database()
        while true {
            let page = try await database.read { [filter] in try $0.accounts(filter) }
            for account in page {
                let roles = account.roles.map(\.rawValue).sorted().joined(separator: ",")
                let state = account.disabledAt == nil ? "active" : "disabled"
                print("\(account.id.lowercased)\t\(state)\t\(roles)\t\(account.email)\t\(account.name.displayed)")
            }
            guard page.count == filter.limit, let last = page.last else { return 0 }
            filter.after = last.id
        }
    }
}

/// `attestd accounts reset-password`: lets somebody in again, also the last administrator.
enum AccountsResetPasswordCommand: Command {
    static let name = "accounts reset-password"
    static let summary = "Print a one-time code by which somebody sets a new password"
    static let operands = "EMAIL"
    static let options = [
        CommandOption.config,
        CommandOption(name: "second-factor", value: "", summary: "Take the second factor away too"),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let email = try arguments.onlyOperand("e-mail address")
        let resets = PasswordResets(try arguments.composition.services())
        do {
            let issue = try await resets.issue(
                email: email,
                removingSecondFactor: arguments["second-factor"] != nil
            )
            print("\(issue.code)\nworks once, until \(issue.expiresAt.formatted(.iso8601))")
            return 0
        } catch let refusal as Refusal {
            throw ConfigurationError(refusal.message.en)
        }
    }
}
