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
        hasProviderFactor: Bool = false,
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
            userAgent: device.userAgent,
            hasProviderFactor: hasProviderFactor
        )
        try stores.insertLoginSession(session)
        return try success(account, session, token, in: stores)
    }

    /// Opens a session for a browser in which somebody has logged in by password, and makes it known where it keeps
    /// cookies.
    func open(
        _ account: Account,
        from device: ClientDevice,
        by browser: LoginBrowser,
        at now: Date,
        in stores: any Stores
    ) throws -> Login.Success {
        var success = try open(account, from: device, replacing: browser.session, at: now, in: stores)
        if browser.keepsCookies {
            success.device = try KnownDevices.remember(
                account.id,
                replacing: browser.device,
                session: success.session.id,
                at: now,
                in: stores
            )
        }
        return success
    }

    /// Gives a session another token (ASVS 5 7.2.4); who copied the old one is out.
    func rotate(_ session: LoginSession, of account: Account, in stores: any Stores) throws -> Login.Success {
        let token = SessionToken.random(from: SystemRandomSource())
        var rotated = session
        rotated.tokenHash = token.hashedForStorage.hex
        try stores.setTokenHash(rotated.tokenHash, ofLoginSession: session.id)
        return try success(account, rotated, token, in: stores)
    }

    /// Whether somebody must set a second factor up before they can do anything else: not where the provider asked for
    /// one at this login.
    static func mustSetUpSecondFactor(
        _ account: Account,
        _ session: LoginSession,
        _ settings: AccountSettings,
        in stores: any Stores
    ) throws -> Bool {
        guard settings.staffSecondFactor == .required, account.roles.areStaff, !session.hasProviderFactor else {
            return false
        }
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
            mustSetUpSecondFactor: try Self.mustSetUpSecondFactor(account, session, services.accounts, in: stores)
        )
        return Login.Success(principal: principal, session: session, token: token)
    }
}
