import Accounts
public import Foundation
import Identification
import Storage
import TransparencyLog

/// An erasure as the log has it: enough to carry it out again in a copy that does not know of it.
public struct Tombstone: Codable, Hashable, Sendable {
    /// The entry's index in the log.
    public var index: UInt64
    /// When the erasure was completed, as the entry says it.
    public var at: String
    /// The account whose data were destroyed.
    public var subject: UUID
    /// The erasure's identifier.
    public var record: UUID
    /// What was destroyed: `biometric` or `person`.
    public var what: String
    /// For a person: the ground, as the entry says it.
    public var ground: String?
}

extension SQLiteDatabase {
    /// All erasures that the log has, oldest first, and how many entries it has.
    ///
    /// - Throws: `SQLiteError`.
    public func tombstones() async throws -> (logSize: UInt64, tombstones: [Tombstone]) {
        try await read { stores in
            (try stores.logSize(), try stores.logEntries(ofKind: "erasure").compactMap(Tombstone.init))
        }
    }

    /// Ends all logins and destroys again the biometrics that were destroyed after the backup: keys and rows first, so that
    /// nothing opens. Files follow as with any erasure.
    ///
    /// - Throws: `SQLiteError`.
    public func replay(_ tombstones: [Tombstone], at time: Date) async throws {
        try await write { stores in
            for tombstone in tombstones where try stores.account(tombstone.subject) != nil {
                guard tombstone.what == "biometric" else { continue }
                var pending = try stores.pendingErasure(of: tombstone.subject)?.id
                if try pending == nil && stores.erasure(tombstone.record) == nil {
                    pending = tombstone.record
                    try stores.insertErasure(
                        ErasureRequest(
                            id: tombstone.record,
                            accountID: tombstone.subject,
                            reason: "erased_before_restore",
                            requestedBy: tombstone.subject,
                            requestedAt: time
                        )
                    )
                }
                if let pending { _ = try stores.destroyBiometrics(for: pending, at: time) }
            }
        }
        try await change { connection in
            for table in ["login_sessions", "known_devices"] { try connection.run("DELETE FROM \(table)") }
        }
    }
}

extension Tombstone {
    fileprivate init?(_ entry: LogEntry) {
        guard entry.kind == "erasure", let record = try? SealedRecord(body: entry.body),
            let subject = record.subject.flatMap({ UUID(uuidString: $0) }),
            case .string(let id)? = record.facts["record"], let id = UUID(uuidString: id),
            case .string(let what)? = record.facts["what"]
        else { return nil }
        var ground: String?
        if case .string(let text)? = record.facts["ground"] { ground = text }
        self.init(
            index: entry.index,
            at: LogTimestamp.text(record.timestamp),
            subject: subject,
            record: id,
            what: what,
            ground: ground
        )
    }
}
