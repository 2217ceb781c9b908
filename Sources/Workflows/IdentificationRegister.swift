package import Cryptography
package import Identification
import Storage
package import TransparencyLog

/// The identification log as compliance staff read it (row F1).
package struct IdentificationRegister: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A page of identification records, newest first.
    package func records(_ filter: IdentificationFilter) async throws -> [IdentificationRecord] {
        try await services.database.read { try $0.identifications(filter) }
    }

    /// Entries of the log with their indices.
    package func entries(from index: UInt64, limit: Int) async throws -> [LogEntry] {
        try await services.database.read { try $0.logEntries(from: index, limit: limit) }
    }

    /// The newest checkpoint; `nil` before the first entry.
    package func checkpoint() async throws -> Checkpoint? {
        try await services.database.read { try $0.latestCheckpoint() }
    }

    /// The proof that an entry stands in the tree of a size (RFC 9162 §2.1.3).
    ///
    /// - Throws: `Refusal` where the entry is not in a tree of that size.
    package func inclusionProof(index: UInt64, size: UInt64) async throws -> [SHA256Digest] {
        try await services.database.read { stores in
            do {
                return try Log.inclusionProof(index: index, size: size, in: stores)
            } catch let error as TransparencyLogError where error.code == .outOfRange {
                throw Refusal(
                    .notFound,
                    "entry_unknown",
                    ru: "В журнале такого размера этой записи нет.",
                    en: "A log of this size has no such entry."
                )
            }
        }
    }
}
