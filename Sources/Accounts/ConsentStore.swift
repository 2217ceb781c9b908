public import Foundation

/// Where consent texts and the statements about them are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol ConsentStore: AnyObject {
    /// The newest text of each kind that has one.
    func currentConsentTexts() throws -> [ConsentText]
    /// One version of a text.
    func consentText(_ kind: ConsentKind, version: Int) throws -> ConsentText?
    /// The highest version that asked for consents to be renewed; 0 where none did.
    func consentRenewal(_ kind: ConsentKind) throws -> Int
    /// Adds a version; a version is written once.
    func insertConsentText(_ text: ConsentText) throws
    /// Adds a statement.
    func insertConsent(_ statement: ConsentStatement) throws
    /// All statements of a person, oldest first.
    func consents(of accountID: UUID) throws -> [ConsentStatement]
    /// The newest statement of a person about one kind.
    func latestConsent(of accountID: UUID, _ kind: ConsentKind) throws -> ConsentStatement?
}

extension ConsentStore {
    /// The consent that holds: given, not taken back since, and to a text that still counts.
    public func consent(of accountID: UUID, _ kind: ConsentKind) throws -> ConsentStatement? {
        guard let latest = try latestConsent(of: accountID, kind), latest.decision == .given,
            latest.textVersion >= (try consentRenewal(kind))
        else { return nil }
        return latest
    }

    /// Whether a person consents.
    public func hasConsent(of accountID: UUID, _ kind: ConsentKind) throws -> Bool {
        try consent(of: accountID, kind) != nil
    }

    /// Whether a person consents to having their data passed to a partner organisation (S1 6.7, row C8).
    public func hasPartnerConsent(of accountID: UUID, to organisation: String) throws -> Bool {
        let named = try consent(of: accountID, .partnerTransfer)?.partners ?? []
        return named.map(OrganisationName.folded).contains(OrganisationName.folded(organisation))
    }
}
