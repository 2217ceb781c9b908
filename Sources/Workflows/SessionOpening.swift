import Accounts
import Cryptography
import Foundation
import Storage

/// Makes login sessions, and gives them new tokens when what they may do changes.
struct SessionOpening {
    let services: Services

    /// Opens a session with a token that nobody has seen; the session that the same browser had before ends.
    func open(
        _ account: Account,
        from device: ClientDevice,
        replacing earlier: String?,
        at now: Date,
        in stores: any Stores
    ) throws -> Login.Success {
        if let earlier, let token = try? SessionToken(text: earlier) {
            try stores.deleteLoginSession(tokenHash: token.hashedForStorage.hex)
        }
        let token = SessionToken.random(from: SystemRandomSource())
        let session = LoginSession(
            id: services.makeID(at: now),
            tokenHash: token.hashedForStorage.hex,
            accountID: account.id,
            createdAt: now,
            lastSeenAt: now,
            expiresAt: now.addingTimeInterval(LoginSession.limits(of: account.roles).total),
            address: device.address,
            userAgent: device.userAgent
        )
        try stores.insertLoginSession(session)
        return try success(account, session, token, in: stores)
    }

    /// Gives a session another token (ASVS 5 7.2.4); who copied the old one is out.
    func rotate(_ session: LoginSession, of account: Account, in stores: any Stores) throws -> Login.Success {
        let token = SessionToken.random(from: SystemRandomSource())
        var rotated = session
        rotated.tokenHash = token.hashedForStorage.hex
        try stores.setTokenHash(rotated.tokenHash, ofLoginSession: session.id)
        return try success(account, rotated, token, in: stores)
    }

    /// Whether an account must set a second factor up before it can do anything else.
    static func mustSetUpSecondFactor(
        _ account: Account,
        _ settings: AccountSettings,
        in stores: any Stores
    ) throws -> Bool {
        guard settings.staffSecondFactor == .required, account.roles.areStaff else { return false }
        return try stores.secondFactor(of: account.id)?.confirmedAt == nil
    }

    private func success(
        _ account: Account,
        _ session: LoginSession,
        _ token: SessionToken,
        in stores: any Stores
    ) throws -> Login.Success {
        let principal = Principal(
            account: account,
            credential: .session(session),
            mustSetUpSecondFactor: try Self.mustSetUpSecondFactor(account, services.accounts, in: stores)
        )
        return Login.Success(principal: principal, session: session, token: token)
    }
}
