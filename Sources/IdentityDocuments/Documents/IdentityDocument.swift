public import Accounts

/// A document as it lies before the verifier.
public struct IdentityDocument: Hashable, Sendable, Codable {
    /// Which kind of document it is.
    public var kind: DocumentKind
    /// What it is called, for kinds that are not listed.
    public var title: String?
    /// Series and number.
    public var number: DocumentNumber
    /// The state that issued it.
    public var country: CountryCode
    /// Date of issue.
    public var issueDate: CalendarDay?
    /// Last day on which it is valid.
    public var expiryDate: CalendarDay?
    /// The holder's name as it stands in the document, or in its certified translation.
    public var holder: PersonName
    /// The holder's date of birth.
    public var birthDate: CalendarDay?
    /// The languages that it is written in, as ISO 639 codes: `ru`, `kk`.
    public var languages: Set<String>
    /// The certified translation into Russian, where there is one.
    public var translation: CertifiedTranslation?

    /// Makes a document; one that Russian authorities or the institution issue is Russia's and in Russian.
    public init(
        kind: DocumentKind,
        title: String? = nil,
        number: DocumentNumber,
        country: CountryCode? = nil,
        issueDate: CalendarDay? = nil,
        expiryDate: CalendarDay? = nil,
        holder: PersonName,
        birthDate: CalendarDay? = nil,
        languages: Set<String> = [],
        translation: CertifiedTranslation? = nil
    ) {
        self.kind = kind
        self.title = title
        self.number = number
        self.country = kind.isRussian ? .russia : country ?? CountryCode.unspecified
        self.issueDate = issueDate
        self.expiryDate = expiryDate
        self.holder = holder
        self.birthDate = birthDate
        self.languages = kind.isRussian ? languages.union(["ru"]) : languages
        self.translation = translation
    }
}

/// A translation into Russian that somebody entitled to it certified (S1 6.5).
public struct CertifiedTranslation: Hashable, Sendable, Codable {
    /// Who certified it: mostly a notary, by name.
    public var certifiedBy: String
    /// The number in the notary's register.
    public var registerNumber: String
    /// The day on which it was certified.
    public var date: CalendarDay

    /// Makes a translation.
    public init(certifiedBy: String, registerNumber: String, date: CalendarDay) {
        self.certifiedBy = certifiedBy
        self.registerNumber = registerNumber
        self.date = date
    }
}
