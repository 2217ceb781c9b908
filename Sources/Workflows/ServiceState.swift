import Accounts
package import Foundation
import Proctoring
import Storage
package import TransparencyLog

/// What those who look after the service should know of it: its keys, its last backup, its rules.
package struct ServiceState: Sendable {
    private let services: Services
    private let logVerifier: NoteVerifier
    private let lastBackup: @Sendable () -> Backup?
    private let startedAt: Date

    /// A backup that was made.
    package struct Backup: Hashable, Sendable {
        /// When.
        package var madeAt: Date
        /// How many entries the log had.
        package var logSize: UInt64
        /// How many evidence files are in it.
        package var evidence: Int

        /// Creates a value.
        package init(madeAt: Date, logSize: UInt64, evidence: Int) {
            self.madeAt = madeAt
            self.logSize = logSize
            self.evidence = evidence
        }
    }

    /// How the service stands.
    package struct Report: Sendable {
        /// Since when it runs.
        package var startedAt: Date
        /// The log's public key, as verifiers write it.
        package var logKey: String
        /// Since when the log has this key; `nil` for its first one.
        package var logKeySince: Date?
        /// How many keys the log had before.
        package var earlierLogKeys: Int
        /// How many entries the newest checkpoint covers.
        package var logSize: UInt64
        /// The last backup; `nil` where none is known.
        package var lastBackup: Backup?
        /// How many rules raise flags.
        package var flagRules: Int
        /// Whether they are the institution's own.
        package var hasOwnFlagRules: Bool
        /// Whether staff must have a second factor.
        package var demandsSecondFactor: Bool
    }

    /// Creates the workflow; the service counts as started now.
    ///
    /// - Parameter lastBackup: what is known of the last backup; asked anew each time.
    package init(
        _ services: Services,
        logVerifier: NoteVerifier,
        lastBackup: @escaping @Sendable () -> Backup?
    ) {
        self.services = services
        self.logVerifier = logVerifier
        self.lastBackup = lastBackup
        startedAt = services.now()
    }

    /// How the service stands now.
    package func report() async throws -> Report {
        let (rotations, size) = try await services.database.read { stores in
            (try stores.logEntries(ofKind: KeyRotation.kind), try stores.latestCheckpoint()?.size ?? 0)
        }
        return Report(
            startedAt: startedAt,
            logKey: logVerifier.text,
            logKeySince: rotations.last?.timestamp,
            earlierLogKeys: rotations.count,
            logSize: size,
            lastBackup: lastBackup(),
            flagRules: services.flagRules.all.count,
            hasOwnFlagRules: services.flagRules != .standard,
            demandsSecondFactor: services.accounts.staffSecondFactor == .required
        )
    }
}
