import Accounts
import Cryptography
import Foundation
import Storage

/// What a browser brings along when somebody logs in with it.
package struct LoginBrowser: Sendable {
    /// The token of a session that it still has; it ends with the new login.
    package var session: String?
    /// The secret by which the account may know it as a device.
    package var device: String?
    /// Whether it keeps cookies, so that it can be known the next time; programs that ask for a token do not.
    package var keepsCookies: Bool

    /// Creates a value.
    package init(session: String? = nil, device: String? = nil, keepsCookies: Bool = false) {
        (self.session, self.device, self.keepsCookies) = (session, device, keepsCookies)
    }
}

/// Tells the browsers apart in which an account's owner has logged in before.
enum KnownDevices {
    /// The device that a browser is to the account; `nil` where it is none.
    ///
    /// It is looked for whether or not there is such an account: the time tells nothing.
    static func find(
        _ secret: String?,
        of account: Account?,
        at now: Date,
        in stores: any Stores
    ) throws -> KnownDevice? {
        guard let secret, let token = try? SessionToken(text: secret),
            let device = try stores.knownDevice(tokenHash: token.hashedForStorage.hex),
            device.accountID == account?.id, now < device.expiresAt
        else { return nil }
        return device
    }

    /// Makes the browser known by a new secret, after the password and whatever else is asked for were right. The secret
    /// that it had knows nothing any more, nor does a copy of it.
    static func remember(
        _ accountID: UUID,
        replacing secret: String?,
        session: UUID?,
        at now: Date,
        in stores: any Stores
    ) throws -> SessionToken {
        if let secret, let token = try? SessionToken(text: secret) {
            try stores.deleteKnownDevice(tokenHash: token.hashedForStorage.hex)
        }
        let token = SessionToken.random(from: SystemRandomSource())
        try stores.insertKnownDevice(
            KnownDevice(
                tokenHash: token.hashedForStorage.hex,
                accountID: accountID,
                sessionID: session,
                expiresAt: now.addingTimeInterval(KnownDevice.lifetime)
            )
        )
        return token
    }
}
