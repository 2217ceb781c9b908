public import Foundation

/// A browser in which somebody has logged in with an account (OWASP's "device cookie"): its tries are counted apart
/// from everybody else's, so that strangers who guess cannot keep its owner out.
///
/// It opens nothing and skips nothing: the password is asked for as ever, and its own throttle is as strict as the
/// account's. Only the hash of the cookie's secret is stored.
public struct KnownDevice: Hashable, Sendable {
    /// SHA-256 of the secret, hex.
    public var tokenHash: String
    /// With whose account it is known.
    public var accountID: UUID
    /// The login for which it was last used; when that one is ended from elsewhere, the device is forgotten. `nil`
    /// where a one-time code made it known.
    public var sessionID: UUID?
    /// Until when it is known; each login begins anew.
    public var expiresAt: Date

    /// Creates a value.
    public init(tokenHash: String, accountID: UUID, sessionID: UUID?, expiresAt: Date) {
        self.tokenHash = tokenHash
        self.accountID = accountID
        self.sessionID = sessionID
        self.expiresAt = expiresAt
    }

    /// How long a device is known, in seconds: a year of studies.
    public static let lifetime: TimeInterval = 365 * 86_400
    /// How many devices are known with one account; of more, those go that would be forgotten first.
    public static let mostOfAccount = 10
    /// After so many failures in a row the device is a stranger again: a stolen cookie buys ten guesses, and no more.
    public static let mostFailures = 10
}

/// Where known devices are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite. With an account's
/// login sessions its devices go, see ``CredentialStore/deleteLoginSessions(of:except:)``.
public protocol KnownDeviceStore: AnyObject {
    /// The device of a secret's hash.
    func knownDevice(tokenHash: String) throws -> KnownDevice?
    /// Adds a device; beyond ``KnownDevice/mostOfAccount`` the account's others go that would be forgotten first.
    func insertKnownDevice(_ device: KnownDevice) throws
    /// Forgets a device; forgetting one that is not there is no error.
    func deleteKnownDevice(tokenHash: String) throws
    /// Forgets the device that was last used for a login.
    func deleteKnownDevice(ofLoginSession sessionID: UUID) throws
    /// Forgets all devices of an account.
    func deleteKnownDevices(of accountID: UUID) throws
    /// Forgets the devices whose time is over; answers how many rows went.
    func purgeKnownDevices(at now: Date) throws -> Int
}
