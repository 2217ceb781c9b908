import Accounts
import Foundation
import Storage
import TransparencyLog

/// Notes in the identification log who was let in by whom: what changes an account's rights or credentials stands
/// beside the identifications that rest on them.
struct AccountJournal {
    let services: Services

    /// What happened to an account.
    enum Action: String {
        case created
        case rolesChanged = "roles_changed"
        case disabled
        case enabled
        case passwordChanged = "password_changed"
        case emailChanged = "email_changed"
        case resetIssued = "password_reset_issued"
        case resetRedeemed = "password_reset_redeemed"
        case secondFactorAdded = "second_factor_added"
        case secondFactorRemoved = "second_factor_removed"
        case recoveryCodeUsed = "recovery_code_used"
        case contractBound = "contract_bound"
        case contractChanged = "contract_changed"
        case tokenIssued = "api_token_issued"
        case tokenRevoked = "api_token_revoked"
    }

    /// Appends an entry.
    ///
    /// - Parameters:
    ///   - accountID: the account that it is about; `nil` for a contract without one.
    ///   - actor: who did it; `nil` for the command line.
    ///   - facts: further facts, nothing personal.
    ///   - personal: what is personal; it is sealed, and kept only where there is an account.
    func note(
        _ action: Action,
        of accountID: UUID?,
        by actor: UUID?,
        at time: Date,
        facts: [String: JSONValue] = [:],
        personal: [String: String] = [:],
        in stores: any Stores
    ) throws {
        var all = facts
        all["action"] = .string(action.rawValue)
        all["by"] = actor.map { .string($0.lowercased) } ?? .string("command_line")
        try LogBook(vault: services.vault).append(
            "account_change",
            recordID: services.makeID(at: time),
            subject: accountID,
            at: time,
            facts: all,
            personal: personal,
            to: stores
        )
    }
}

extension Set<Role> {
    /// The roles as a fact of the log.
    var asFact: JSONValue { .array(map(\.rawValue).sorted().map { .string($0) }) }
}
