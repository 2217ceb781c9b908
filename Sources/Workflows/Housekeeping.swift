import Accounts
import Attestation
import Foundation
import Identification
import Storage
package import TransparencyLog

/// What the service does by itself while it runs: checkpoints, the end of attempts' time, self-tests.
package struct Housekeeping: Sendable {
    private let services: Services
    private let signer: NoteSigner

    /// Creates the housekeeping with the key that signs checkpoints.
    package init(_ services: Services, signer: NoteSigner) {
        self.services = services
        self.signer = signer
    }

    /// Signs a checkpoint where the log has grown since the last one (C2SP tlog-checkpoint).
    ///
    /// - Returns: the checkpoint's size, or `nil` where there was nothing new.
    @discardableResult
    package func publishCheckpoint() async throws -> UInt64? {
        let isDue = try await services.database.read { stores in
            try stores.logSize() != stores.latestCheckpoint()?.size ?? 0
        }
        guard isDue else { return nil }
        return try await services.database.write { [signer] stores in
            try Log.publishCheckpoint(signer: signer, in: stores).size
        }
    }

    /// Forgets what serves nobody any more: ended login sessions, forgiven throttles, idempotency keys of yesterday.
    package func purge() async throws {
        let now = services.now()
        _ = try await services.database.write { stores in
            // Frames that were submitted once are refused for as long as a recording of them may turn up.
            try stores.purgeSessionsAndThrottles(at: now) + stores.purgeCredentials(at: now)
                + stores.purgeKnownDevices(at: now) + stores.purgePhoneLinks(at: now)
                + stores.purgePendingProviderLogins(before: now - PendingProviderLogin.lifetime)
                + stores.purgeIdempotentResults(before: now - 86_400)
                + stores.purgeChallenges(before: now - 400 * 86_400)
        }
    }

    /// Seals texts about people that an older version of the program left readable; at the start, before anybody asks.
    package func sealOldTexts() async throws {
        try await OldTexts(services: services).sealAll()
    }

    /// Asks candidates who are to be identified now, and notes who did not answer in time.
    package func turnDemands() async throws {
        let now = services.now()
        let due = try await services.database.read { try $0.dueDemands(at: now, limit: 100) }
        for demand in due {
            try await services.database.write { [services] stores in
                try DemandKeeper(services: services).turn(demand.id, at: now, in: stores)
            }
        }
    }

    /// Notes the terms of cases that are over, and reminds those who were to act.
    package func turnCases() async throws {
        try await CaseDesk(services).turnTerms()
    }

    /// Reminds examiners of attempts that were interrupted on an earlier day and about which nobody has decided.
    package func remindOfInterruptions() async throws {
        try await Interruptions(services).remind()
    }

    /// Looks whether answers that were to be sent by now were sent.
    package func turnSendings() async throws {
        try await ExamForms(services).turnSendings()
    }

    /// Records the logins that a throttle turned away a minute ago and earlier, or all where the service stops.
    package func recordThrottledTries(all: Bool = false) async throws {
        let now = services.now()
        let batches = services.throttledTries.take(at: now, all: all)
        try await LoginRecords(services: services).store(batches, at: now)
    }

    /// Brings attempts to where time alone has brought them: breaks and time that are over, answers that are handed in.
    ///
    /// - Throws: the first error, after all that can be settled is: one damaged attempt must not keep the others open.
    package func settleAttempts() async throws {
        let now = services.now()
        let due = try await services.database.read { try $0.turningAttempts(at: now, limit: 100) }
        var first: (any Error)?
        for id in due {
            do {
                try await AttemptRunner(services).settle(id)
            } catch {
                first = first ?? error
            }
        }
        if let first { throw first }
    }
}
