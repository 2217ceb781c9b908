import Accounts
import Attestation
import Foundation
import Identification
import Proctoring
import Storage

/// Keeps which device has a running attempt: one at a time. Another takes over once the candidate was identified again,
/// and the first is closed.
struct DeviceKeeper {
    let services: Services

    /// Makes sure that the principal's device has the attempt, or lets it take over where that may be.
    ///
    /// - Parameter isExplicit: whether the candidate says that they go on here; a device that was closed does not take
    ///   over just because its page goes on saving.
    /// - Returns: why the device may not write; `nil` where it may.
    func claim(
        _ attempt: Attempt,
        by principal: Principal,
        isExplicit: Bool = false,
        at now: Date,
        in stores: any Stores
    ) throws -> Refusal? {
        let device = principal.credentialID.lowercased
        let leases = try stores.deviceLeases(attemptID: attempt.id)
        let standing = DeviceStanding(of: device, among: leases)
        if standing == .holds { return nil }
        if standing == .vacant {
            try take(attempt, device, at: now, in: stores)
            return nil
        }
        if case .closed = standing, !isExplicit, leases.contains(where: { $0.until == nil }) {
            return Refusal(AnswerRefusal.deviceClosed)
        }
        let policy = try AttemptReadiness.policy(of: attempt, in: stores)
        if policy.repetition.onResume {
            try demandFace(of: attempt, policy, at: now, in: stores)
            return Refusal.identificationDemanded(.onResume)
        }
        guard standing.mayTake(byLoginAt: principal.loginAt) else { return Refusal.loginAgain }
        try take(attempt, device, at: now, in: stores)
        return nil
    }

    /// Gives the attempt to a device and closes the one that had it.
    func take(_ attempt: Attempt, _ device: String, at now: Date, in stores: any Stores) throws {
        let leases = try stores.deviceLeases(attemptID: attempt.id)
        guard DeviceStanding(of: device, among: leases) != .holds else { return }
        for var lease in leases where lease.until == nil {
            lease.until = now
            try stores.saveDeviceLease(lease)
        }
        try stores.saveDeviceLease(DeviceLease(attemptID: attempt.id, device: device, since: now))
        if leases.contains(where: { $0.device != device }) {
            try EventRecorder(services: services, stores: stores).record(.deviceTakenOver, attempt: attempt, at: now)
        }
    }

    private func demandFace(
        of attempt: Attempt,
        _ policy: IdentificationPolicy,
        at now: Date,
        in stores: any Stores
    ) throws {
        let demands = try stores.demands(attemptID: attempt.id)
        if demands.contains(where: { $0.moment == .onResume && ($0.state == .open || $0.state == .missed) }) { return }
        let grace = policy.repetition.graceSeconds
        _ = try DemandKeeper(services: services)
            .open(.face, .onResume, of: attempt, seconds: grace, at: now, in: stores)
    }
}

extension Principal {
    /// When the person proved who they are; a token proves nothing about a person.
    fileprivate var loginAt: Date { (try? session.createdAt) ?? .distantPast }
}

extension Refusal {
    /// Why an answer is not taken, for people.
    init(_ refusal: AnswerRefusal) {
        self.init(.conflict, refusal.rawValue, ru: refusal.label.ru, en: refusal.label.en)
    }

    static let loginAgain = Refusal(
        .conflict,
        "device_closed",
        ru: "Работа продолжается на другом устройстве. Чтобы вернуться сюда, войдите здесь заново.",
        en: "The work goes on on another device. Log in here again to come back."
    )
}
