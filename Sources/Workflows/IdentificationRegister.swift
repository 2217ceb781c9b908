package import Accounts
package import Cryptography
package import Foundation
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

    /// A record with what is personal of its circumstances.
    package struct Line: Sendable {
        package var record: IdentificationRecord
        /// `nil` where there is nothing, or the person's key is destroyed.
        package var personal: PersonalCircumstances?
        /// Who was to be identified, and the verifier.
        package var subjectName: PersonName?
        package var operatorName: PersonName?
        /// The record's place in the log.
        package var logIndex: UInt64?
    }

    /// A page of identification records, newest first; numbers of documents are masked. Whose scores it shows is recorded
    /// (row F5).
    package func records(
        _ filter: IdentificationFilter,
        purpose: AccessPurpose?,
        principal: Principal
    ) async throws -> [Line] {
        let now = services.now()
        return try await services.database.write { [services, vault = services.vault] stores in
            var names = NameBook()
            let records = try stores.identifications(filter)
            try AccessJournal(services).noteScores(records, by: principal, purpose, at: now, in: stores)
            return try records.map { record in
                var line = try Self.line(record, vault, &names, in: stores)
                line.personal?.documentNumber = nil
                line.personal?.comment = nil
                return line
            }
        }
    }

    /// One record with everything; looking at a document's number is recorded, and asks for a purpose: without one the
    /// number stays masked (row F5).
    ///
    /// - Throws: `Refusal` where there is none.
    package func record(_ id: UUID, purpose: AccessPurpose?, principal: Principal) async throws -> Line {
        let now = services.now()
        return try await services.database.write { [services, vault = services.vault] stores in
            guard let record = try stores.identification(id) else {
                throw Refusal.notFound(
                    "identification_unknown",
                    ru: "Такой записи нет.",
                    en: "There is no such record."
                )
            }
            var names = NameBook()
            var line = try Self.line(record, vault, &names, in: stores)
            try AccessJournal(services).noteScores([record], by: principal, purpose, at: now, in: stores)
            if let subject = record.subject, line.personal?.documentNumber != nil {
                if let purpose {
                    try AccessJournal(services).note(
                        BiometricAccess(
                            actor: principal.id,
                            subject: subject,
                            what: "document_number",
                            purpose: purpose.rawValue,
                            at: now,
                            task: record.attemptID
                        ),
                        in: stores
                    )
                } else {
                    line.personal?.documentNumber = nil
                }
            }
            return line
        }
    }

    /// A record with all that is shown beside it.
    static func line(
        _ record: IdentificationRecord,
        _ vault: Vault,
        _ names: inout NameBook,
        in stores: any Stores
    ) throws -> Line {
        Line(
            record: record,
            personal: try LogBook(vault: vault).personalCircumstances(of: record, in: stores),
            subjectName: try names.name(of: record.subject, in: stores),
            operatorName: try names.name(of: record.circumstances.operatorID, in: stores),
            logIndex: try stores.logPlaces(of: record.id).first
        )
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
