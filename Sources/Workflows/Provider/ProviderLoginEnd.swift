import Accounts
import Cryptography
import Foundation
import Identification
import OpenIDConnect
import Storage

extension ProviderLogin {
    /// Ends a login that the browser brings back from the provider. The login is used up whatever comes of it.
    ///
    /// What was not begun here leaves no trace: anybody can make such requests up. Everything else is an identification
    /// record.
    /// - Parameters:
    ///   - query: the callback's query as it came, without `?`.
    ///   - browserToken: the cookie's value.
    /// - Throws: `Refusal`.
    package func finish(query: String, browserToken: String?, from device: ClientDevice) async throws -> Outcome {
        let provider = try configured()
        guard let response = AuthorizationResponse(query: query) else { throw Refusal.providerAnswerMalformed }
        let now = services.now()
        let content = try await take(response.stateHash.hex, from: device, at: now)
        let outcome: LoginOutcome
        do {
            outcome = try await asking {
                try await provider.party.finish(response, pending: content.login, browserToken: browserToken)
            }
        } catch {
            // No verdict was reached, so nobody has guessed wrong.
            try await services.database.write { try Self.gate(device).takeBack(in: $0) }
            throw error
        }
        switch outcome {
        case .refused(let reason):
            throw try await refuse(reason, issuer: provider.party.issuer, from: device, at: now)
        case .identified(let identity):
            return try await admit(identity, content, from: device, at: now)
        }
    }

    /// Takes the login out and counts the try.
    private func take(_ stateHash: String, from device: ClientDevice, at now: Date) async throws -> Content {
        let gate = Self.gate(device)
        let (wait, isThere) = try await services.database.read { stores in
            (try gate.wait(at: now, in: stores), try stores.pendingProviderLogin(stateHash: stateHash) != nil)
        }
        if let wait { throw try await LoginRecords(services: services).turnAway(nil, wait, from: device, at: now) }
        guard isThere else { throw Refusal.providerLoginUnknown }
        let taken = try await services.database.write { stores -> PendingProviderLogin? in
            guard let pending = try stores.takePendingProviderLogin(stateHash: stateHash) else { return nil }
            // Where others have used the last free try meanwhile, this one still goes on, and counts.
            _ = try gate.enter(at: now, in: stores)
            return pending
        }
        // What another master key has sealed is as unknown as what was never stored.
        guard let taken,
            let plain = try? services.vault.open(taken.sealedContent, purpose: Self.purpose(stateHash)),
            let content = try? JSONDecoder().decode(Content.self, from: plain)
        else { throw Refusal.providerLoginUnknown }
        return content
    }

    /// Records a refusal of the provider's, or of its answer, and says what to tell.
    private func refuse(
        _ reason: LoginRefusal,
        issuer: String,
        from device: ClientDevice,
        at now: Date
    ) async throws -> Refusal {
        report("login by the provider refused", reason.description)
        let records = LoginRecords(services: services)
        switch reason {
        case .unknownLogin:
            return .providerLoginUnknown
        case .anotherBrowser:
            try await records.store(nil, .nonMatch, "provider_other_browser", from: device, at: now)
            return .providerOtherBrowser
        case .provider("temporarily_unavailable"), .provider("server_error"):
            return .providerUnavailable
        case .provider:
            try await records.store(nil, .inconclusive, "provider_refused", from: device, at: now)
            return .providerRefused
        case .anotherIssuer, .code, .idToken, .anotherSubject:
            try await records.store(nil, .nonMatch, "provider_answer_invalid", from: device, at: now)
            return .providerAnswerInvalid
        case .noRole(let subject):
            try await services.database.write { [services] stores in
                let identity = try stores.providerIdentity(issuer: issuer, subject: subject)
                let account = try identity.flatMap { try stores.account($0.accountID) }
                if let account { try ProviderAccounts(services: services).withdraw(account, at: now, in: stores) }
                try records.store(account, .inconclusive, "provider_role_missing", from: device, at: now, in: stores)
            }
            return .providerRoleMissing
        }
    }

    /// Finds or makes the account of somebody whom the provider has identified, and lets them in.
    private func admit(
        _ identity: ExternalIdentity,
        _ content: Content,
        from device: ClientDevice,
        at now: Date
    ) async throws -> Outcome {
        let isKnown = try await services.database.read {
            try $0.providerIdentity(issuer: identity.issuer, subject: identity.subject) != nil
        }
        // Made before the transaction, which must not wait for Argon2.
        let password = isKnown ? nil : try await NewPassword(services: services).unusable()
        let path = content.login.returnTarget?.path ?? "/"
        // A refusal is a value inside, so that its record becomes durable.
        let step = try await services.database.write { [services] stores -> Result<Outcome, Refusal> in
            let records = LoginRecords(services: services)
            let accounts = ProviderAccounts(services: services)
            let account: Account
            switch try accounts.account(
                of: identity,
                linking: content.linkedAccount,
                unusablePassword: password,
                at: now,
                in: stores
            ) {
            case .found(let found):
                account = found
            case .refused(let refusal, let subject):
                try records.store(subject, .inconclusive, refusal.code, from: device, at: now, in: stores)
                return .failure(refusal)
            }
            try Self.gate(device).takeBack(in: stores)
            if let replaced = content.replacedSession { try stores.deleteLoginSession(tokenHash: replaced) }
            if !identity.hasSecondFactor, try stores.secondFactor(of: account.id)?.confirmedAt != nil {
                try records.store(account, .inconclusive, "second_factor_needed", from: device, at: now, in: stores)
                let ticket = try Login.makeTicket(of: account, at: now, in: stores)
                return .success(.secondFactorNeeded(ticket: ticket.token, path: path))
            }
            try records.store(account, .match, "provider_valid", from: device, at: now, in: stores)
            let success = try SessionOpening(services: services).open(
                account,
                from: device,
                replacing: nil,
                hasProviderFactor: identity.hasSecondFactor,
                at: now,
                in: stores
            )
            return .success(.opened(success, path: path))
        }
        if case .failure(let refusal) = step { report("login by the provider refused", refusal.code) }
        return try step.get()
    }
}
