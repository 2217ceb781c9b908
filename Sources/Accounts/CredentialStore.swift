public import Foundation

/// Where everything that lets somebody in is kept, apart from the password: login sessions by their identifiers,
/// one-time codes, second factors, tickets between the two steps of a login, tokens for machines.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol CredentialStore: AnyObject {
    /// An account's login sessions, newest first; also those that have ended and are not yet forgotten.
    func loginSessions(of accountID: UUID) throws -> [LoginSession]
    /// The login session of an identifier.
    func loginSession(id: UUID) throws -> LoginSession?
    /// Ends an account's sessions, one of them perhaps left alone.
    func deleteLoginSessions(of accountID: UUID, except sessionID: UUID?) throws
    /// Gives a session another token; the old one opens nothing from then on.
    func setTokenHash(_ tokenHash: String, ofLoginSession sessionID: UUID) throws

    /// The reset that waits to be redeemed.
    func passwordReset(of accountID: UUID) throws -> PasswordReset?
    /// Stores a reset in place of any older one of the account, or takes it away (`nil`).
    func setPasswordReset(_ reset: PasswordReset?, of accountID: UUID) throws

    /// The account's second factor, confirmed or not.
    func secondFactor(of accountID: UUID) throws -> SecondFactor?
    /// Stores a second factor in place of any older one, or takes it away (`nil`) together with the recovery codes.
    func setSecondFactor(_ factor: SecondFactor?, of accountID: UUID) throws
    /// Replaces the account's recovery codes by their hashes.
    func setRecoveryCodes(_ hashes: [String], of accountID: UUID) throws
    /// How many recovery codes are left.
    func countRecoveryCodes(of accountID: UUID) throws -> Int
    /// Uses a recovery code up; answers whether there was one.
    func useRecoveryCode(_ hash: String, of accountID: UUID) throws -> Bool

    /// The ticket of a token's hash.
    func loginTicket(tokenHash: String) throws -> LoginTicket?
    /// Adds a ticket.
    func insertLoginTicket(_ ticket: LoginTicket) throws
    /// Takes a ticket away; answers whether it was there.
    func deleteLoginTicket(tokenHash: String) throws -> Bool
    /// Takes all tickets of an account away.
    func deleteLoginTickets(of accountID: UUID) throws

    /// The token of an identifier.
    func apiToken(id: UUID) throws -> APIToken?
    /// The token of a hash.
    func apiToken(tokenHash: String) throws -> APIToken?
    /// A page of tokens, newest first.
    func apiTokens(before: UUID?, limit: Int) throws -> [APIToken]
    /// Adds a token.
    func insertAPIToken(_ token: APIToken) throws
    /// Notes that a token was used.
    func touchAPIToken(id: UUID, at: Date) throws
    /// Takes a token away; answers whether it was there.
    func deleteAPIToken(id: UUID) throws -> Bool
    /// Takes all tokens away that an account has issued.
    func deleteAPITokens(issuedBy accountID: UUID) throws

    /// Forgets resets, tickets and tokens whose time is over; answers how many rows went.
    func purgeCredentials(at now: Date) throws -> Int
}
