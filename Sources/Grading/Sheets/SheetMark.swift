public import Attestation

/// What stands in a row of a grade sheet.
public enum SheetMark: String, Hashable, Sendable, Codable, CaseIterable {
    /// «отлично».
    case excellent
    /// «хорошо».
    case good
    /// «удовлетворительно».
    case satisfactory
    /// «неудовлетворительно».
    case unsatisfactory
    /// «зачтено».
    case passed
    /// «не зачтено».
    case failed
    /// «не явился» without a reason.
    case notAppeared = "not_appeared"
    /// «не явился», having said before the start that they cannot take part (S2 4.5).
    case notAppearedExcused = "not_appeared_excused"
    /// The attestation has not taken place: the connection or the service failed (S2 4.7).
    case notTakenPlace = "not_taken_place"
    /// Not admitted: current control is not positive over all credit units (S1 5.25).
    case notAdmitted = "not_admitted"

    /// The mark for a grade.
    public init(_ grade: Grade) {
        switch grade {
        case .excellent: self = .excellent
        case .good: self = .good
        case .satisfactory: self = .satisfactory
        case .unsatisfactory: self = .unsatisfactory
        case .passed: self = .passed
        case .failed: self = .failed
        }
    }

    /// The grade, where the mark is one.
    public var grade: Grade? {
        switch self {
        case .excellent: .excellent
        case .good: .good
        case .satisfactory: .satisfactory
        case .unsatisfactory: .unsatisfactory
        case .passed: .passed
        case .failed: .failed
        case .notAppeared, .notAppearedExcused, .notTakenPlace, .notAdmitted: nil
        }
    }

    /// What the sheet says; of an excused absence no more than S2 4.5 puts into it.
    public var label: String {
        switch self {
        case .notAppeared, .notAppearedExcused: "не явился"
        case .notTakenPlace: "не состоялась"
        case .notAdmitted: "не допущен"
        default: grade?.label ?? ""
        }
    }

    /// Whether the discipline is passed with it.
    public var isPositive: Bool { grade?.isPositive == true }

    /// What the candidate owes after it.
    public var debt: AcademicDebt {
        switch self {
        case _ where isPositive: .none
        case .notAppearedExcused, .notTakenPlace: .excused
        default: .owed
        }
    }
}

/// Whether an attestation is still owed (академическая задолженность).
public enum AcademicDebt: String, Hashable, Sendable, Codable, CaseIterable {
    /// Nothing is owed.
    case none
    /// The attestation is owed.
    case owed
    /// It is owed, and for a good reason has not been taken.
    case excused

    /// What people read.
    public var label: BilingualText {
        switch self {
        case .none: BilingualText(ru: "задолженности нет", en: "nothing is owed")
        case .owed: BilingualText(ru: "академическая задолженность", en: "academic debt")
        case .excused:
            BilingualText(ru: "академическая задолженность по уважительной причине", en: "academic debt, excused")
        }
    }
}
