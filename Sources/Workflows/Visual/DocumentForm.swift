import Accounts
import Foundation
package import IdentityDocuments

/// An identity document as it was typed in, with its machine-readable zone (row C3). Kept sealed.
package struct DocumentForm: Hashable, Sendable, Codable {
    /// The fields.
    package var document: IdentityDocument
    /// The machine-readable zone as typed or read; `nil` where there is none.
    package var zone: String?

    /// Creates a form.
    package init(document: IdentityDocument, zone: String? = nil) {
        self.document = document
        self.zone = zone
    }

    /// What software finds about it on a day, errors first (S1 6.5, 6.10).
    ///
    /// - Parameter name: the account's name.
    func findings(of name: PersonName, on day: CalendarDay) -> [DocumentFinding] {
        let rules = DocumentRules(day: day)
        let reading = zone.map { MRZReading(typed: $0, on: day) }
        let all =
            rules.findings(document) + rules.findings(of: document, holderIs: name)
            + rules.findings(reading, of: document, account: name)
        return all.filter { $0.severity == .error } + all.filter { $0.severity == .warning }
    }

    /// Whether a certified translation is among what the verifier must have seen.
    var needsTranslation: Bool { document.translation != nil }
}
