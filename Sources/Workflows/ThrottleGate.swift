import Accounts
import Foundation
import Storage

/// The throttles of one try. It counts as a failure when it comes, so that many tries at the same time are no more
/// than as many one after the other; a try that turns out well is taken back.
struct ThrottleGate: Sendable {
    /// What is guessed at: `login:<hash>`, `second-factor:<account>`, …
    var key: String
    var rule: Throttle.Rule
    /// From which network; `nil` where it makes no difference.
    var networkKey: String?
    /// The device that is forgotten where it fails too often in a row.
    private var device: KnownDevice?

    init(_ key: String, _ rule: Throttle.Rule = .account, from address: String) {
        self.key = key
        self.rule = rule
        networkKey = "address:\(NetworkKey.of(address))"
    }

    /// The gate of a known device alone, which nobody else can block: neither who guesses at the account nor who shares
    /// the network. The rule is the one that holds for strangers.
    init(_ key: String, _ rule: Throttle.Rule = .account, of device: KnownDevice) {
        self.key = "\(key)#\(device.tokenHash)"
        self.rule = rule
        self.device = device
    }

    /// Whether it is the gate of a known device.
    var isOfKnownDevice: Bool { device != nil }

    /// How long to wait, and for which throttle.
    struct Wait: Sendable {
        var seconds: TimeInterval
        /// The throttle under which the try is counted: the network's where that one blocks, because behind it one may
        /// try as many logins as one likes.
        var key: String
        /// Whether it is the network that is blocked, whatever is tried from it.
        var isOfNetwork: Bool
    }

    /// How long to wait, if at all; reads only, so that a flood of tries that are blocked anyway writes nothing.
    func wait(at now: Date, in stores: any Stores) throws -> Wait? {
        let own = try stores.throttle(key)?.remainingWait(at: now)
        let network = try networkKey.flatMap { try stores.throttle($0) }?.remainingWait(at: now)
        guard let longest = [own, network].compactMap(\.self).max() else { return nil }
        return Wait(
            seconds: longest,
            key: network == nil ? key : networkKey ?? key,
            isOfNetwork: network != nil
        )
    }

    /// How many failures have come from the network: who comes from where nobody failed goes first, however many guesses
    /// wait.
    func networkFailures(at now: Date, in stores: any Stores) throws -> Int {
        guard let throttle = try networkKey.flatMap({ try stores.throttle($0) }),
            now.timeIntervalSince(throttle.lastFailureAt) < Throttle.Rule.address.forgivenAfter
        else { return 0 }
        return throttle.failures
    }

    /// Counts the try, or answers how long to wait.
    func enter(at now: Date, in stores: any Stores) throws -> Wait? {
        if let wait = try wait(at: now, in: stores) { return wait }
        try stores.setThrottle(Throttle.afterFailure(try stores.throttle(key), at: now, rule: rule), for: key)
        if let networkKey {
            let state = try stores.throttle(networkKey)
            try stores.setThrottle(Throttle.afterFailure(state, at: now, rule: .address), for: networkKey)
        }
        return nil
    }

    /// Leaves it at the failure as which the try was counted. A device that has failed too often is a stranger from now
    /// on.
    func fail(in stores: any Stores) throws {
        guard let device, let failures = try stores.throttle(key)?.failures, failures >= KnownDevice.mostFailures
        else { return }
        try stores.deleteKnownDevice(tokenHash: device.tokenHash)
    }

    /// Forgives the key, and takes this try back from the network, which others may share.
    func succeed(in stores: any Stores) throws {
        try stores.setThrottle(nil, for: key)
        try takeBack(networkKey, .address, in: stores)
    }

    /// Takes the try back: nothing was found out by it.
    func takeBack(in stores: any Stores) throws {
        try takeBack(key, rule, in: stores)
        try takeBack(networkKey, .address, in: stores)
    }

    private func takeBack(_ key: String?, _ rule: Throttle.Rule, in stores: any Stores) throws {
        guard let key else { return }
        try stores.setThrottle(Throttle.takingBack(try stores.throttle(key), rule: rule), for: key)
    }
}
