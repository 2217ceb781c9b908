/// Something that was found about a document: a value for people and for the record, never an exception.
public struct DocumentFinding: Hashable, Sendable, Codable {
    /// What was found.
    public var code: Code
    /// Whether it stands in the way of a decision.
    public var severity: Severity
    /// The field that it is about, where it is about one.
    public var field: DocumentField?
    /// What was found and what to do.
    public var text: BilingualText

    /// How much a finding weighs.
    public enum Severity: String, Hashable, Sendable, Codable {
        /// The document does not identify anybody as it is.
        case error
        /// A person looks at it and decides.
        case warning
    }

    /// Kinds of findings, as stable words.
    public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        /// A field that is required is empty.
        case fieldMissing = "field_missing"
        /// A field that such documents mostly have is empty.
        case fieldExpected = "field_expected"
        /// Documents of this kind are not accepted for this procedure.
        case kindNotAccepted = "kind_not_accepted"
        /// Whether this document proves identity a person judges.
        case kindToBeJudged = "kind_to_be_judged"
        /// The issuing state is the make-believe one of specimens.
        case specimen
        /// The state and the kind do not fit.
        case countryUnfit = "country_unfit"
        /// Series or number have not the form of this kind.
        case numberForm = "number_form"
        /// Series or number are possible, but unusual.
        case numberUnusual = "number_unusual"
        /// Its last day of validity is over.
        case expired
        /// It was issued after the day on which it is shown.
        case notYetIssued = "not_yet_issued"
        /// Dates contradict one another.
        case datesContradict = "dates_contradict"
        /// A Russian passport that was to be exchanged at 20 or 45.
        case exchangeOverdue = "exchange_overdue"
        /// A Russian passport that is to be exchanged, and valid until then.
        case exchangeDue = "exchange_due"
        /// It is in a foreign language only, and there is no certified translation.
        case translationMissing = "translation_missing"
        /// The translation's particulars are incomplete or contradict the document.
        case translationUnfit = "translation_unfit"
        /// The machine-readable zone has a fault.
        case zoneFault = "zone_fault"
        /// The zone was put right where character recognition misread it.
        case zoneRepaired = "zone_repaired"
        /// The zone says something else than the field.
        case zoneContradicts = "zone_contradicts"
        /// The zone bears another name than the account.
        case nameDiffers = "name_differs"
        /// The zone's name may be the account's; a person looks.
        case nameNear = "name_near"
    }

    init(_ code: Code, _ severity: Severity, _ field: DocumentField? = nil, ru: String, en: String) {
        self.code = code
        self.severity = severity
        self.field = field
        text = BilingualText(ru: ru, en: en)
    }
}

extension [DocumentFinding] {
    /// Whether nothing stands in the way of a decision.
    public var admitDecision: Bool { !contains { $0.severity == .error } }
}
