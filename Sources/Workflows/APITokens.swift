package import Accounts
import Cryptography
package import Foundation
import Storage
import TransparencyLog

/// Tokens for other programs, such as a learning management system.
package struct APITokens: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What tokens begin with, so that scanners find one that leaked.
    package static let prefix = "attestd_"

    /// The rights that a token can have.
    package static let grantable = Permission.allCases.filter { !$0.needsSession }

    /// A page of tokens that hold, newest first.
    package func tokens(before: UUID?, limit: Int) async throws -> [APIToken] {
        try await services.database.read { try $0.apiTokens(before: before, limit: limit) }
    }

    /// Issues a token; its text is shown once and never stored.
    ///
    /// - Throws: `Refusal`.
    package func issue(
        name: String,
        scopes: Set<Permission>,
        expiresAt: Date,
        by principal: Principal
    ) async throws -> (token: APIToken, text: String) {
        let now = services.now()
        guard now < expiresAt, expiresAt <= now.addingTimeInterval(APIToken.longestLifetime) else {
            throw Refusal(
                .unprocessable,
                "expiry_out_of_range",
                ru: "Ключ может действовать не дольше года от этого момента.",
                en: "A token may hold for a year from now at most."
            )
        }
        guard !scopes.isEmpty, scopes.allSatisfy({ Self.grantable.contains($0) && principal.may($0) }) else {
            throw Refusal(
                .unprocessable,
                "scope_not_yours",
                ru: "Ключу можно дать только те права, которые есть у вас и не требуют входа человека.",
                en: "A token can have only rights that you have and that need no person to be logged in."
            )
        }
        let secret = SessionToken.random(from: SystemRandomSource())
        let token = APIToken(
            id: services.makeID(at: now),
            tokenHash: secret.hashedForStorage.hex,
            issuerID: principal.id,
            name: name,
            scopes: scopes,
            createdAt: now,
            expiresAt: expiresAt
        )
        try await services.database.write { [services] stores in
            try stores.insertAPIToken(token)
            try AccountJournal(services: services).note(
                .tokenIssued,
                of: principal.id,
                by: principal.id,
                at: now,
                facts: [
                    "token": .string(token.id.lowercased),
                    "scopes": .array(scopes.map(\.rawValue).sorted().map { .string($0) }),
                ],
                in: stores
            )
        }
        return (token, Self.prefix + secret.text)
    }

    /// Ends a token, whoever issued it.
    ///
    /// - Throws: `Refusal` where there is none such.
    package func revoke(_ id: UUID, by principal: Principal) async throws {
        let now = services.now()
        try await services.database.write { [services] stores in
            guard let token = try stores.apiToken(id: id), try stores.deleteAPIToken(id: id) else {
                throw Refusal.notFound("token_unknown", ru: "Такого ключа доступа нет.", en: "There is no such token.")
            }
            try AccountJournal(services: services).note(
                .tokenRevoked,
                of: token.issuerID,
                by: principal.id,
                at: now,
                facts: ["token": .string(id.lowercased)],
                in: stores
            )
        }
    }
}
