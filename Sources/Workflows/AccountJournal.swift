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
        case providerLinked = "provider_linked"
        case providerUnlinked = "provider_unlinked"
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

    /// Who did it.
    enum Actor {
        /// Somebody who was logged in.
        case account(UUID)
        /// The institution's provider, by the rules for its claims.
        case provider
        /// Whoever runs the program.
        case commandLine

        var fact: String {
            switch self {
            case .account(let id): id.lowercased
            case .provider: "provider"
            case .commandLine: "command_line"
            }
        }
    }

    /// Appends an entry, by an account or by the command line (`nil`).
    func note(
        _ action: Action,
        of accountID: UUID?,
        by actor: UUID?,
        at time: Date,
        facts: [String: JSONValue] = [:],
        personal: [String: String] = [:],
        in stores: any Stores
    ) throws {
        let actor = actor.map { Actor.account($0) } ?? .commandLine
        try note(action, of: accountID, by: actor, at: time, facts: facts, personal: personal, in: stores)
    }

    /// Appends an entry.
    ///
    /// - Parameters:
    ///   - accountID: the account that it is about; `nil` for a contract without one.
    ///   - actor: who did it.
    ///   - facts: further facts, nothing personal.
    ///   - personal: what is personal; it is sealed, and kept only where there is an account.
    func note(
        _ action: Action,
        of accountID: UUID?,
        by actor: Actor,
        at time: Date,
        facts: [String: JSONValue] = [:],
        personal: [String: String] = [:],
        in stores: any Stores
    ) throws {
        var all = facts
        all["action"] = .string(action.rawValue)
        all["by"] = .string(actor.fact)
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
