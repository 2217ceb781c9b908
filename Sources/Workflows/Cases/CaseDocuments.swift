import Cases
package import Foundation
import Identification
import Storage

/// Documents that are attached to cases: a diploma, an act, a certificate. Kept sealed under the person's key.
package struct CaseDocuments: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Attaches a PDF or a picture.
    ///
    /// - Throws: `Refusal` where it is neither, or the person has no part in the case.
    package func attach(_ file: Data, to caseID: UUID, principal: Principal) async throws -> CaseDesk.Sheet {
        if !file.starts(with: Data("%PDF-".utf8)) { try await PictureCheck.check(file) }
        let now = services.now()
        let key = try await services.database.write { [vault = services.vault] stores in
            let item = try CaseDesk.visible(caseID, to: principal, in: stores)
            _ = try Refusal.onCaseFault { try item.attaching("", by: Self.author(principal, item), at: now) }
            return try vault.personKey(of: item.opening.subject, in: stores)
        }
        let evidence = try await services.evidence.put(key.sealed(file, purpose: Self.purpose(caseID)))
        return try await services.database.write { [services] stores in
            let item = try CaseDesk.visible(caseID, to: principal, in: stores)
            let next = try Refusal.onCaseFault {
                try item.attaching(evidence.rawValue, by: Self.author(principal, item), at: now)
            }
            try CaseKeeper(services: services).store(next, isNew: false, in: stores)
            return try CaseDesk(services).sheet(next, for: principal, at: now, in: stores)
        }
    }

    /// A document of a case, by the number of its record.
    ///
    /// - Throws: `Refusal`.
    package func document(_ number: Int, of caseID: UUID, principal: Principal) async throws -> Data {
        let now = services.now()
        let (evidence, key) = try await services.database.write { [services, vault = services.vault] stores in
            let item = try CaseDesk.visible(caseID, to: principal, in: stores)
            let record = item.records.first {
                $0.number == number && $0.kind == .document
                    && (CaseDesk.seesAll(item, principal) || $0.author == principal.id)
            }
            guard let evidence = record?.evidence.flatMap({ EvidenceReference(rawValue: $0) }),
                let key = try vault.existingPersonKey(of: item.opening.subject, in: stores)
            else { throw Self.unknown }
            try AccessJournal(services).note(
                BiometricAccess(
                    actor: principal.id,
                    subject: item.opening.subject,
                    what: "case_document",
                    purpose: item.opening.kind.rawValue,
                    at: now,
                    task: caseID
                ),
                in: stores
            )
            return (evidence, key)
        }
        return try key.opened(try await services.evidence.get(evidence), purpose: Self.purpose(caseID))
    }

    private static func author(_ principal: Principal, _ item: Case) -> Case.Author {
        let isSubject = principal.id == item.opening.subject
        return Case.Author(isSubject ? .candidate : item.chair == principal.id ? .chair : .office, principal.id)
    }

    private static func purpose(_ caseID: UUID) -> String { "case document:\(caseID.lowercased)" }

    private static let unknown = Refusal.notFound(
        "document_unknown",
        ru: "Такого документа в деле нет.",
        en: "The case has no such document."
    )
}
