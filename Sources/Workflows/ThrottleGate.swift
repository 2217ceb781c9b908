import Accounts
import Foundation
import Storage

/// The throttles of one try. It counts as a failure when it comes, so that many tries at the same time are no more
/// than as many one after the other; a try that turns out well is taken back.
struct ThrottleGate: Sendable {
    /// What is guessed at: `login:<hash>`, `second-factor:<account>`, …
    var key: String
    var rule: Throttle.Rule
    /// From which network.
    var networkKey: String

    init(_ key: String, _ rule: Throttle.Rule = .account, from address: String) {
        self.key = key
        self.rule = rule
        networkKey = "address:\(NetworkKey.of(address))"
    }

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
        let network = try stores.throttle(networkKey)?.remainingWait(at: now)
        guard let longest = [own, network].compactMap(\.self).max() else { return nil }
        return Wait(seconds: longest, key: network == nil ? key : networkKey, isOfNetwork: network != nil)
    }

    /// Counts the try, or answers how long to wait.
    func enter(at now: Date, in stores: any Stores) throws -> Wait? {
        if let wait = try wait(at: now, in: stores) { return wait }
        let states = (try stores.throttle(key), try stores.throttle(networkKey))
        try stores.setThrottle(Throttle.afterFailure(states.0, at: now, rule: rule), for: key)
        try stores.setThrottle(Throttle.afterFailure(states.1, at: now, rule: .address), for: networkKey)
        return nil
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

    private func takeBack(_ key: String, _ rule: Throttle.Rule, in stores: any Stores) throws {
        try stores.setThrottle(Throttle.takingBack(try stores.throttle(key), rule: rule), for: key)
    }
}
