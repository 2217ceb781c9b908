package import Accounts
package import Foundation

/// Who makes a request: an account, and what shows it.
package struct Principal: Sendable {
    /// What was shown.
    package enum Credential: Sendable {
        /// A person logged in.
        case session(LoginSession)
        /// A program acts in its issuer's name.
        case token(APIToken)
    }

    package var account: Account
    package var credential: Credential
    /// Whether a second factor has to be set up before anything else can be done.
    package var mustSetUpSecondFactor: Bool

    package init(account: Account, credential: Credential, mustSetUpSecondFactor: Bool = false) {
        self.account = account
        self.credential = credential
        self.mustSetUpSecondFactor = mustSetUpSecondFactor
    }

    /// The account's identifier.
    package var id: UUID { account.id }

    /// The identifier of the session or the token.
    package var credentialID: UUID {
        switch credential {
        case .session(let session): session.id
        case .token(let token): token.id
        }
    }

    /// When the session or the token ends at the latest.
    package var expiresAt: Date {
        switch credential {
        case .session(let session): session.expiresAt
        case .token(let token): token.expiresAt
        }
    }

    /// The session of a person who is logged in.
    ///
    /// - Throws: `Refusal` where a program acts with a token.
    package var session: LoginSession {
        get throws {
            guard case .session(let session) = credential else { throw Refusal.sessionNeeded }
            return session
        }
    }

    /// Whether this request may use a right: the account has it, and a token was issued for it too.
    package func may(_ permission: Permission) -> Bool {
        guard account.may(permission) else { return false }
        return switch credential {
        case .session: true
        case .token(let token): token.scopes.contains(permission) && !permission.needsSession
        }
    }
}

/// Where a request comes from, as its sender's session shows it.
package struct ClientDevice: Sendable {
    /// The network address.
    package var address: String
    /// What the browser or program calls itself.
    package var userAgent: String?

    /// Creates a value.
    package init(address: String, userAgent: String? = nil) {
        self.address = address
        self.userAgent = userAgent
    }
}

extension Refusal {
    static let sessionNeeded = Refusal(
        .forbidden,
        "session_needed",
        ru: "Это может сделать только вошедший человек, не программа с ключом доступа.",
        en: "Only a person who is logged in can do this, not a program with a token."
    )
}
