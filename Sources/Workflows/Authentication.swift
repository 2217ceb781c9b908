import Accounts
import Cryptography
package import Foundation
import Storage

/// Finds who makes a request by the token that comes with it.
package struct Authentication: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Who holds a token; `nil` where nobody does.
    ///
    /// - Throws: `Refusal` where too many wrong tokens for programs come from the same network.
    package func principal(token text: String, from address: String) async throws -> Principal? {
        text.hasPrefix(APITokens.prefix)
            ? try await program(token: text, from: address) : try await person(token: text)
    }

    /// Of some sessions and tokens those that hold no longer: they ended, or their account was disabled or has lost the
    /// right. Being idle does not count: an open stream is use.
    package func ended(among credentials: [UUID]) async throws -> [UUID] {
        let now = services.now()
        return try await services.database.read { stores in
            try credentials.filter { id in
                if let session = try stores.loginSession(id: id) {
                    guard let account = try stores.account(session.accountID) else { return true }
                    return now >= session.expiresAt || account.disabledAt != nil
                }
                guard let token = try stores.apiToken(id: id), let issuer = try stores.account(token.issuerID) else {
                    return true
                }
                return !token.isValid(at: now, issuer: issuer)
            }
        }
    }

    private func person(token text: String) async throws -> Principal? {
        guard let token = try? SessionToken(text: text) else { return nil }
        let now = services.now()
        let tokenHash = token.hashedForStorage.hex
        let found = try await services.database.read { [services] stores -> (Principal, LoginSession)? in
            guard let session = try stores.loginSession(tokenHash: tokenHash),
                let account = try stores.account(session.accountID),
                session.isValid(at: now, roles: account.roles), account.disabledAt == nil
            else { return nil }
            let mustSetUp = try SessionOpening.mustSetUpSecondFactor(account, services.accounts, in: stores)
            let principal = Principal(
                account: account,
                credential: .session(session),
                mustSetUpSecondFactor: mustSetUp
            )
            return (principal, session)
        }
        // Noted to the minute only, or every request would write.
        if let found, now.timeIntervalSince(found.1.lastSeenAt) > 60 {
            try await services.database.write { try $0.touchLoginSession(tokenHash: tokenHash, at: now) }
        }
        return found?.0
    }

    private func program(token text: String, from address: String) async throws -> Principal? {
        let now = services.now()
        if let wait = services.tokenGuesses.wait(address, at: now) { throw Login.tooMany(wait) }
        let found = try await services.database.read { stores -> (Principal, APIToken)? in
            guard let secret = try? SessionToken(text: String(text.dropFirst(APITokens.prefix.count))),
                let token = try stores.apiToken(tokenHash: secret.hashedForStorage.hex),
                let issuer = try stores.account(token.issuerID), token.isValid(at: now, issuer: issuer)
            else { return nil }
            return (Principal(account: issuer, credential: .token(token)), token)
        }
        guard let found else {
            services.tokenGuesses.noteFailure(address, at: now)
            return nil
        }
        if now.timeIntervalSince(found.1.lastUsedAt ?? .distantPast) > 60 {
            let id = found.1.id
            try await services.database.write { try $0.touchAPIToken(id: id, at: now) }
        }
        return found.0
    }
}
