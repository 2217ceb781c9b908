/// A field of a machine-readable zone: what it is, where it stands, and what may stand in it.
struct MRZField: Hashable, Sendable {
    /// What the field is.
    let name: MRZFieldName
    /// The line, from 0.
    let line: Int
    /// The columns, from 1, as Doc 9303 counts them.
    let columns: ClosedRange<Int>
    /// What may stand in it.
    let content: Content

    enum Content: Hashable, Sendable {
        /// Letters and fillers.
        case letters
        /// Digits alone.
        case digits
        /// Digits, or fillers for what is not known.
        case digitsOrFillers
        /// Letters, digits and fillers.
        case any
        /// The codes of the Russian passport's letters, and fillers.
        case russianCodes
        /// F, M, or `<` where it is not specified (X is printed only in the visual zone, but is met in both).
        case sex
        /// Fillers alone.
        case fillers

        func admits(_ character: Character) -> Bool {
            let isLetter = ("A"..."Z").contains(character)
            let isDigit = ("0"..."9").contains(character)
            return switch self {
            case .letters: isLetter || character == "<"
            case .digits: isDigit
            case .digitsOrFillers: isDigit || character == "<"
            case .any: isLetter || isDigit || character == "<"
            case .russianCodes: character == "<" || RussianPassportCode.letter(for: character) != nil
            case .sex: "FMX<".contains(character)
            case .fillers: character == "<"
            }
        }
    }
}

/// The fields of machine-readable zones, as faults name them.
public enum MRZFieldName: String, Hashable, Sendable, Codable, CaseIterable {
    /// Kind of document: `P<`, `I<`, `V<`, `PN`.
    case documentCode = "document_code"
    /// Issuing state or organisation.
    case issuer
    /// Primary and secondary identifier.
    case names
    /// The document's number; in the Russian passport three digits of the series and the number.
    case documentNumber = "document_number"
    /// What is left of a number longer than nine characters.
    case documentNumberRest = "document_number_rest"
    /// Check digit of the number.
    case documentNumberCheck = "document_number_check"
    /// The holder's nationality.
    case nationality
    /// Date of birth, YYMMDD.
    case birthDate = "birth_date"
    /// Its check digit.
    case birthDateCheck = "birth_date_check"
    /// Sex.
    case sex
    /// Date of expiry, YYMMDD.
    case expiryDate = "expiry_date"
    /// Its check digit.
    case expiryDateCheck = "expiry_date_check"
    /// For the issuing state to use.
    case optionalData = "optional_data"
    /// The second field for the issuing state to use, of TD1.
    case secondOptionalData = "second_optional_data"
    /// Check digit of the optional data.
    case optionalDataCheck = "optional_data_check"
    /// The series' last digit, in the Russian passport.
    case seriesLastDigit = "series_last_digit"
    /// Date of issue, YYMMDD, in the Russian passport.
    case issueDate = "issue_date"
    /// Code of the office that issued it, in the Russian passport.
    case divisionCode = "division_code"
    /// A place that is always a filler.
    case filler
    /// Check digit over several fields.
    case compositeCheck = "composite_check"

    /// What people call it, in Russian in the genitive as faults use it.
    var text: BilingualText {
        switch self {
        case .documentCode: BilingualText(ru: "вида документа", en: "kind of document")
        case .issuer: BilingualText(ru: "кода государства", en: "issuing state")
        case .names: BilingualText(ru: "имени", en: "names")
        case .documentNumber, .documentNumberRest, .documentNumberCheck:
            BilingualText(ru: "номера документа", en: "document number")
        case .nationality: BilingualText(ru: "гражданства", en: "nationality")
        case .birthDate, .birthDateCheck: BilingualText(ru: "даты рождения", en: "date of birth")
        case .sex: BilingualText(ru: "пола", en: "sex")
        case .expiryDate, .expiryDateCheck: BilingualText(ru: "срока действия", en: "date of expiry")
        case .optionalData, .secondOptionalData, .optionalDataCheck:
            BilingualText(ru: "дополнительных данных", en: "optional data")
        case .seriesLastDigit: BilingualText(ru: "последней цифры серии", en: "last digit of the series")
        case .issueDate: BilingualText(ru: "даты выдачи", en: "date of issue")
        case .divisionCode: BilingualText(ru: "кода подразделения", en: "code of the issuing office")
        case .filler: BilingualText(ru: "заполнителя", en: "filler")
        case .compositeCheck: BilingualText(ru: "всей строки", en: "whole zone")
        }
    }
}
