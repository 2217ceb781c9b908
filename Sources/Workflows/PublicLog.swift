package import Foundation
import Storage
package import TransparencyLog

/// What everybody may have of the log, which is hashes and signatures, and this service as a witness of other logs.
package struct PublicLog: Sendable {
    private let services: Services
    private let witness: Witness?
    private let cosigning: Cosigning?

    /// Creates the workflow.
    ///
    /// - Parameters:
    ///   - witness: what cosigns other institutions' logs, where the service is one.
    ///   - cosigning: the witnesses of this service's own log.
    package init(_ services: Services, witness: Witness?, cosigning: Cosigning?) {
        self.services = services
        self.witness = witness
        self.cosigning = cosigning
    }

    /// The keys that the log has had, and how each followed the one before.
    ///
    /// - Throws: `Refusal` where the log does not lead to the key in use, which `attestd fsck` looks into.
    package func keys(current: NoteVerifier) async throws -> (periods: [LogKeys.Period], rotations: [KeyRotation]) {
        let found = try await services.database.read { stores in
            (try LogKeys(current: current, in: stores)?.periods, try LogKeys.rotations(in: stores))
        }
        guard let periods = found.0 else {
            throw Refusal.notFound(
                "log_keys_broken",
                ru: "Журнал не ведёт к действующему ключу: проверьте его командой attestd fsck.",
                en: "The log does not lead to the key in use: check it with attestd fsck."
            )
        }
        return (periods, found.1)
    }

    /// How it stands with the witnesses of this log, and the newest checkpoint that any of them has cosigned.
    package func witnesses() async throws -> (standings: [WitnessStanding], cosigned: Checkpoint?) {
        let cosigned = try await services.database.read { stores -> Checkpoint? in
            guard let size = try stores.latestCosignedSize(),
                let stored = try stores.storedCheckpoints(from: size, limit: 1).first, stored.size == size
            else { return nil }
            return try Checkpoint(encoded: stored.note).adding(lines: stores.cosignatures(of: size))
        }
        return (try await cosigning?.standings() ?? [], cosigned)
    }

    /// The newest checkpoint, with the cosignatures that it has so far.
    ///
    /// - Throws: `Refusal` before there is one.
    package func checkpoint() async throws -> Checkpoint {
        let newest = try await services.database.read { stores in
            try stores.latestCheckpoint().map { try $0.adding(lines: stores.cosignatures(of: $0.size)) }
        }
        guard let found = newest else {
            throw Refusal.notFound("log_empty", ru: "Журнал пока пуст.", en: "The log is empty yet.")
        }
        return found
    }

    /// The hashes of a tile, as far as the newest checkpoint covers them.
    ///
    /// - Parameter path: what stands behind `/tile/`.
    /// - Throws: `Refusal` where the log has no such tile.
    package func tile(_ path: String) async throws -> (tile: HashTile, bytes: Data) {
        let found: (HashTile, Data)? = try await services.database.read { stores in
            guard let tile = HashTile(path: path), let size = try stores.latestCheckpoint()?.size else { return nil }
            return try tile.bytes(size: size, in: stores).map { (tile, Data($0)) }
        }
        guard let found else {
            throw Refusal.notFound("tile_unknown", ru: "Такой плитки в журнале нет.", en: "The log has no such tile.")
        }
        return found
    }

    /// Answers a log that asks for a cosignature; what is cosigned is remembered durably before.
    ///
    /// - Throws: `Refusal` where the service is no witness.
    package func cosign(_ request: Data) async throws -> Witness.Answer {
        guard let witness else {
            throw Refusal.notFound(
                "no_witness",
                ru: "Эта служба не заверяет чужие журналы.",
                en: "This service is no witness of other logs."
            )
        }
        let seconds = UInt64(max(0, services.now().timeIntervalSince1970))
        return try await services.database.write { stores in
            try witness.answer([UInt8](request), at: seconds, in: stores)
        }
    }
}
