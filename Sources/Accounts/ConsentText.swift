public import Cryptography
public import Foundation

/// What somebody consents to; each is asked for by itself (152-ФЗ art. 9 part 1: a consent stands apart from
/// everything else that is signed).
public enum ConsentKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The processing of personal data (152-ФЗ art. 9).
    case personalData = "personal_data"
    /// The processing of biometric personal data: portrait, frames, templates (152-ФЗ art. 11).
    case biometric
    /// The transfer of personal data to a partner organisation that identifies on the institution's behalf (S1 6.7).
    case partnerTransfer = "partner_transfer"
    /// E-learning and distance technology; whoever is of age, and a minor's parent, may refuse it (S4 4.5, 4.6).
    case distanceTechnology = "distance_technology"
}

/// One version of a text that people consent to. It is never edited, only superseded by the next version.
public struct ConsentText: Hashable, Sendable {
    /// What the consent is about.
    public var kind: ConsentKind
    /// The version, from 1.
    public var version: Int
    /// The Russian text.
    public var russian: String
    /// The English text.
    public var english: String
    /// Whether consents to earlier versions count no more: the purposes or the data have changed.
    public var requiresRenewal: Bool
    /// When it was published.
    public var publishedAt: Date
    /// Who published it; `nil` for a template that came with the program and that the institution replaces.
    public var publishedBy: UUID?

    /// Creates a value.
    public init(
        kind: ConsentKind,
        version: Int,
        russian: String,
        english: String,
        requiresRenewal: Bool = false,
        publishedAt: Date,
        publishedBy: UUID?
    ) {
        self.kind = kind
        self.version = version
        self.russian = russian
        self.english = english
        self.requiresRenewal = requiresRenewal
        self.publishedAt = publishedAt
        self.publishedBy = publishedBy
    }

    /// SHA-256 of the Russian text in UTF-8.
    public var russianDigest: SHA256Digest { .hash(utf8: russian) }
    /// SHA-256 of the English text in UTF-8.
    public var englishDigest: SHA256Digest { .hash(utf8: english) }

    /// Whether the text is the program's own template.
    public var isTemplate: Bool { publishedBy == nil }

    /// Whether a digest is one of this version's: then its text is what the person was shown.
    public func hasDigest(_ hex: String) -> Bool { hex == russianDigest.hex || hex == englishDigest.hex }
}
