package import Foundation
import Storage
package import TransparencyLog

/// What everybody may have of the log, which is hashes and signatures, and this service as a witness of other logs.
package struct PublicLog: Sendable {
    private let services: Services
    private let witness: Witness?

    /// Creates the workflow.
    ///
    /// - Parameter witness: what cosigns other institutions' logs, where the service is one.
    package init(_ services: Services, witness: Witness?) {
        self.services = services
        self.witness = witness
    }

    /// The newest checkpoint.
    ///
    /// - Throws: `Refusal` before there is one.
    package func checkpoint() async throws -> Checkpoint {
        guard let found = try await services.database.read({ try $0.latestCheckpoint() }) else {
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
