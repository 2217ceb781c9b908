/// What is written down of a document.
public enum DocumentField: String, Hashable, Sendable, Codable, CaseIterable {
    /// What it is called, for kinds that are not listed.
    case title
    /// Series.
    case series
    /// Number.
    case number
    /// Issuing state.
    case country
    /// Date of issue.
    case issueDate = "issue_date"
    /// Last day on which it is valid.
    case expiryDate = "expiry_date"
    /// The holder's date of birth.
    case birthDate = "birth_date"
    /// The holder's name.
    case holder
    /// The languages that it is written in.
    case languages
    /// The certified translation.
    case translation
    /// The machine-readable zone.
    case zone
}

/// Whether a field is to be filled in.
public enum FieldDemand: String, Hashable, Sendable, Codable {
    /// Without it nothing is decided.
    case required
    /// Such documents mostly have it; if this one has not, a person says so by leaving it empty.
    case expected
    /// If it is there.
    case optional
    /// Such documents do not have it.
    case absent
}

extension DocumentKind {
    /// Whether a field is to be filled in for documents of this kind.
    public func demand(for field: DocumentField) -> FieldDemand {
        switch field {
        case .title: self == .other ? .required : .absent
        case .number, .country, .holder: .required
        case .series: seriesDemand
        case .languages, .translation: isRussian ? .absent : (field == .languages ? .required : .optional)
        // Whether it is valid on the day hangs on the holder's age at the time of issue.
        case .issueDate: self == .russianPassport ? .required : .optional
        case .birthDate: self == .russianPassport ? .required : .optional
        case .expiryDate: expiryDemand
        case .zone: zoneDemand
        }
    }

    private var seriesDemand: FieldDemand {
        switch self {
        case .russianPassport, .russianTravelPassport, .militaryID: .required
        case .foreignIdentityCard: .absent
        default: .optional
        }
    }

    private var expiryDemand: FieldDemand {
        switch self {
        case .russianPassport: .absent
        case .russianTravelPassport, .temporaryIdentityCard, .foreignPassport, .statelessIdentityCard,
            .temporaryResidencePermit, .refugeeApplication, .temporaryAsylum:
            .required
        // Without a term for citizens of other states since November 2019; three years for highly qualified ones.
        case .residencePermit, .refugeeCertificate, .foreignIdentityCard, .studentCard: .expected
        case .gradebook, .militaryID, .other: .optional
        }
    }

    private var zoneDemand: FieldDemand {
        switch self {
        case .russianTravelPassport, .foreignPassport: .expected
        // Passports issued before July 2011 have none.
        case .russianPassport, .foreignIdentityCard, .residencePermit, .refugeeCertificate, .other: .optional
        default: .absent
        }
    }
}
