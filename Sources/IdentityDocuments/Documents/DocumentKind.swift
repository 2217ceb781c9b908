/// Kinds of documents that a person shows (S1 6.5, 6.10; S2 3.7).
///
/// The kinds of identity documents are those of the Federal Tax Service's list of codes (order of 13.10.2006
/// No SAE-3-04/706@, annex) that bear a photograph.
public enum DocumentKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Passport of a citizen of Russia, the main identity document within the country.
    case russianPassport = "russian_passport"
    /// Passport of a citizen of Russia for travel, diplomatic and service passports too.
    case russianTravelPassport = "russian_travel_passport"
    /// Temporary identity card of a citizen of Russia, while the passport is being made.
    case temporaryIdentityCard = "temporary_identity_card"
    /// Military ID or identity card of a serviceman, in place of the passport while serving.
    case militaryID = "military_id"
    /// Passport of another state.
    case foreignPassport = "foreign_passport"
    /// Identity card of another state.
    case foreignIdentityCard = "foreign_identity_card"
    /// Russian residence permit; for stateless persons an identity document.
    case residencePermit = "residence_permit"
    /// Russian temporary residence permit as a document of its own, which stateless persons get.
    case temporaryResidencePermit = "temporary_residence_permit"
    /// Temporary identity card of a stateless person in Russia.
    case statelessIdentityCard = "stateless_identity_card"
    /// Refugee's certificate.
    case refugeeCertificate = "refugee_certificate"
    /// Certificate that an application for refugee status is being considered.
    case refugeeApplication = "refugee_application"
    /// Certificate of temporary asylum.
    case temporaryAsylum = "temporary_asylum"
    /// The institution's record book of grades.
    case gradebook
    /// The institution's student card.
    case studentCard = "student_card"
    /// Another document; its title says which.
    case other

    /// Whether a kind of document proves who somebody is.
    public enum Standing: String, Hashable, Sendable, Codable {
        /// By law, to anybody.
        case law
        /// Within the institution that issued it (S2 3.7).
        case institution
        /// A person judges.
        case judged
    }

    /// What it proves.
    public var standing: Standing {
        switch self {
        case .gradebook, .studentCard: .institution
        case .other: .judged
        default: .law
        }
    }

    /// Whether Russian authorities or the institution issue it: its state is Russia then, and it is written in Russian.
    public var isRussian: Bool {
        switch self {
        case .foreignPassport, .foreignIdentityCard, .other: false
        default: true
        }
    }

    /// What it is called.
    public var label: BilingualText {
        switch self {
        case .russianPassport:
            BilingualText(ru: "Паспорт гражданина РФ", en: "Passport of a citizen of Russia (internal)")
        case .russianTravelPassport: BilingualText(ru: "Заграничный паспорт РФ", en: "Russian passport for travel")
        case .temporaryIdentityCard:
            BilingualText(ru: "Временное удостоверение личности гражданина РФ", en: "Russian temporary identity card")
        case .militaryID:
            BilingualText(
                ru: "Военный билет или удостоверение личности военнослужащего",
                en: "Russian military ID"
            )
        case .foreignPassport: BilingualText(ru: "Паспорт иностранного гражданина", en: "Passport of another state")
        case .foreignIdentityCard:
            BilingualText(ru: "Удостоверение личности иностранного гражданина", en: "Identity card of another state")
        case .residencePermit: BilingualText(ru: "Вид на жительство в РФ", en: "Russian residence permit")
        case .temporaryResidencePermit:
            BilingualText(ru: "Разрешение на временное проживание в РФ", en: "Russian temporary residence permit")
        case .statelessIdentityCard:
            BilingualText(
                ru: "Временное удостоверение личности лица без гражданства в РФ",
                en: "Russian temporary identity card of a stateless person"
            )
        case .refugeeCertificate: BilingualText(ru: "Удостоверение беженца", en: "Russian refugee certificate")
        case .refugeeApplication:
            BilingualText(
                ru: "Свидетельство о рассмотрении ходатайства о признании беженцем",
                en: "Russian certificate of an application for refugee status"
            )
        case .temporaryAsylum:
            BilingualText(
                ru: "Свидетельство о предоставлении временного убежища",
                en: "Russian certificate of temporary asylum"
            )
        case .gradebook: BilingualText(ru: "Зачётная книжка", en: "Gradebook")
        case .studentCard: BilingualText(ru: "Студенческий билет", en: "Student card")
        case .other: BilingualText(ru: "Иной документ", en: "Another document")
        }
    }
}
