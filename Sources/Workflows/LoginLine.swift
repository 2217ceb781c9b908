import Accounts
import Cryptography
import Foundation
import Storage

/// A try at logging in on its way through the throttle: known devices pass by themselves, all others take turns.
struct LoginLine: Sendable {
    let turns: LoginTurns
    let putOff: PutOffLogins
    let gate: ThrottleGate
    /// Where the try comes from, as turns are counted.
    let site: String

    init(_ services: Services, _ gate: ThrottleGate, from address: String) {
        turns = services.loginTurns
        putOff = services.putOffLogins
        self.gate = gate
        site = NetworkKey.site(of: address)
    }

    /// How long to wait, if at all.
    ///
    /// - Parameter closed: how long the throttle lets nobody through.
    func wait(_ closed: ThrottleGate.Wait?, at now: Date) -> ThrottleGate.Wait? {
        // A blocked network has no turn, and a known device needs none.
        guard !gate.isOfKnownDevice, closed?.isOfNetwork != true else { return closed }
        let opening = closed.map { now.addingTimeInterval($0.seconds) }
        return turns.wait(gate.key, for: site, opening: opening, at: now)
            .map { ThrottleGate.Wait(seconds: $0, key: gate.key, isOfNetwork: false) }
    }

    /// Who asks for the computation.
    ///
    /// - Parameter failures: how many have come from the network.
    func claim(after failures: Int, at now: Date) -> PasswordClaim {
        guard !gate.isOfKnownDevice else { return .trusted(by: gate.key) }
        return .stranger(failures: failures, isBack: putOff.isBack(gate.key, from: site, at: now))
    }

    /// Notes that the try was told to come again, because too many wait.
    func noteBusy(at now: Date) {
        if !gate.isOfKnownDevice { putOff.note(gate.key, from: site, at: now) }
    }

    /// Counts the try, or answers how long to wait.
    func enter(at now: Date, in stores: any Stores) throws -> ThrottleGate.Wait? {
        // Somebody else may have had the turn since it was looked at.
        if let wait = try gate.enter(at: now, in: stores) { return self.wait(wait, at: now) ?? wait }
        if !gate.isOfKnownDevice {
            turns.noteTry(gate.key, from: site)
            putOff.forget(gate.key, from: site)
        }
        return nil
    }

    /// Forgives what stands against this way in: a device's own failures, or all strangers'.
    func succeed(in stores: any Stores) throws {
        try gate.succeed(in: stores)
        if !gate.isOfKnownDevice { turns.forget(gate.key) }
    }

    /// Takes the try back: nothing was found out by it.
    func takeBack(in stores: any Stores) throws {
        try gate.takeBack(in: stores)
        if !gate.isOfKnownDevice { turns.takeBack(gate.key, from: site) }
    }
}
