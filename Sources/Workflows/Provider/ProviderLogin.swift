import Accounts
package import Cryptography
import Foundation
import OpenIDConnect
import Storage

/// Login of internal users by the institution's provider (row A5): begun here, continued there, ended here.
package struct ProviderLogin: Sendable {
    let services: Services
    let provider: InstitutionProvider?
    let report: Report

    /// Takes what administrators should know of: what happened, and a reason that holds nothing personal or secret.
    package typealias Report = @Sendable (_ message: String, _ reason: String) -> Void

    /// Creates the workflow; without a provider everything is refused.
    package init(_ services: Services, _ provider: InstitutionProvider?, report: @escaping Report) {
        self.services = services
        self.provider = provider
        self.report = report
    }

    /// What begins a login.
    package struct Start: Sendable {
        /// Where the browser goes.
        package var url: String
        /// What ties the login to this browser; it goes into a cookie.
        package var browserToken: String
    }

    /// How a login ended well, and where on this site the person goes.
    package enum Outcome: Sendable {
        /// The person is in.
        case opened(Login.Success, path: String)
        /// The account's second factor is asked for; the ticket allows nothing else.
        case secondFactorNeeded(ticket: SessionToken, path: String)
    }

    /// What is kept of a login while it waits.
    struct Content: Codable {
        var login: PendingLogin
        /// The session that the browser had, by its token's hash: browsers don't send its cookie along when they come
        /// back from another site.
        var replacedSession: String?
        /// The account that its holder wants to link.
        var linkedAccount: UUID?
    }

    /// What the log-in page calls the provider.
    ///
    /// - Throws: `Refusal` where there is none.
    package func name() throws -> LocalizedText { try configured().name }

    /// Begins a login.
    ///
    /// - Parameters:
    ///   - path: where on this site the person goes afterwards.
    ///   - earlier: the token of a session that the same browser has; it ends with the new login.
    /// - Throws: `Refusal`.
    package func begin(
        returnTo path: String?,
        from device: ClientDevice,
        replacing earlier: String?
    ) async throws -> Start {
        let token = earlier.flatMap { try? SessionToken(text: $0) }
        return try await begin(returnTo: path, from: device, token?.hashedForStorage.hex, linking: nil)
    }

    /// Begins the login that links the principal's account to who they are to the provider. The password is asked for
    /// again: a session left open must not be enough to get a second way in.
    ///
    /// - Throws: `Refusal`.
    package func beginLinking(
        password: String,
        returnTo path: String?,
        principal: Principal,
        from device: ClientDevice
    ) async throws -> Start {
        _ = try configured()
        let session = try principal.session
        try await Reauthentication(services: services)
            .check(password, of: principal.account, from: device.address, at: services.now())
        return try await begin(returnTo: path, from: device, session.tokenHash, linking: principal.id)
    }

    private func begin(
        returnTo path: String?,
        from device: ClientDevice,
        _ replacedSession: String?,
        linking accountID: UUID?
    ) async throws -> Start {
        let provider = try configured()
        let target = try path.map { text in
            guard let target = ReturnTarget(text) else { throw Refusal.returnPathInvalid }
            return target
        }
        let now = services.now()
        let network = NetworkKey.of(device.address)
        // Looked at first: what is refused anyway must not ask the provider.
        try await services.database.read { try Self.checkRoom(for: network, at: now, in: $0) }
        if let wait = try await services.database.read({ try Self.gate(device).wait(at: now, in: $0) }) {
            throw try await LoginRecords(services: services).turnAway(nil, wait, from: device, at: now)
        }
        let start = try await asking { try await provider.party.begin(returnTo: target) }
        let content = Content(login: start.pending, replacedSession: replacedSession, linkedAccount: accountID)
        let stateHash = start.pending.stateHash.hex
        let pending = PendingProviderLogin(
            stateHash: stateHash,
            network: network,
            sealedContent: services.vault.seal(try JSONEncoder().encode(content), purpose: Self.purpose(stateHash)),
            createdAt: now
        )
        try await services.database.write { stores in
            try Self.checkRoom(for: network, at: now, in: stores)
            try stores.insertPendingProviderLogin(pending)
        }
        return Start(url: start.url.absoluteString, browserToken: start.browserToken)
    }

    private static func checkRoom(for network: String, at now: Date, in stores: any Stores) throws {
        let since = now.addingTimeInterval(-PendingProviderLogin.lifetime)
        guard
            try stores.countPendingProviderLogins(of: network, since: since) < PendingProviderLogin.mostOfNetwork,
            try stores.countPendingProviderLogins(of: nil, since: since) < PendingProviderLogin.most
        else { throw Refusal.tooManyPendingLogins }
    }

    /// - Throws: `Refusal` where there is no provider.
    func configured() throws -> InstitutionProvider {
        guard let provider else { throw Refusal.noProvider }
        return provider
    }

    /// Runs a conversation with the provider; why it failed is for administrators only.
    func asking<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as OpenIDConnectError {
            report("login provider failed", "\(error)")
            throw Refusal.providerUnavailable
        }
    }

    /// Slows down answers that no provider gave; the staff of a house may share an address.
    static func gate(_ device: ClientDevice) -> ThrottleGate {
        ThrottleGate("provider-login:\(NetworkKey.of(device.address))", .address, from: device.address)
    }

    /// Sealed for one state only: no row's content can be put under another's.
    static func purpose(_ stateHash: String) -> MasterKeyUse { MasterKeyUse(.providerLogins, stateHash) }
}
