public import Foundation

/// What an exam asks for before its start beside the identification and its window.
public struct AdmissionRules: Hashable, Sendable, Codable {
    /// Whether an access key must be entered (row A7).
    public var needsAccessKey: Bool
    /// Whether the device must have passed a system check (row D15).
    public var needsSystemCheck: Bool
    /// Whether only those sit it to whom a retake was granted at it.
    public var isRetake: Bool
    /// The credit unit whose current control the exam is (S1 5.12–5.14), counted from 1; nil for other exams.
    public var creditUnit: Int?

    enum CodingKeys: String, CodingKey {
        case needsAccessKey = "needs_access_key"
        case needsSystemCheck = "needs_system_check"
        case isRetake = "is_retake"
        case creditUnit = "credit_unit"
    }

    /// Makes rules; without anything nothing is asked for.
    public init(
        needsAccessKey: Bool = false,
        needsSystemCheck: Bool = false,
        isRetake: Bool = false,
        creditUnit: Int? = nil
    ) {
        self.needsAccessKey = needsAccessKey
        self.needsSystemCheck = needsSystemCheck
        self.isRetake = isRetake
        self.creditUnit = creditUnit
    }
}

/// The credit units of a discipline. Where they are registered, nobody is admitted to its intermediate attestation
/// without positive current control over each (row D5; S1 5.25).
public struct CreditUnits: Hashable, Sendable, Codable {
    /// The code of the discipline.
    public let discipline: String
    /// What each unit is called, the first one in front.
    public let titles: [String]
    /// Who registered them.
    public let setBy: UUID
    /// When.
    public let at: Date

    enum CodingKeys: String, CodingKey {
        case discipline, titles, at
        case setBy = "set_by"
    }

    /// Makes a value.
    public init(discipline: String, titles: [String], setBy: UUID, at: Date) {
        self.discipline = discipline
        self.titles = titles
        self.setBy = setBy
        self.at = at.toMillisecond
    }
}

/// The outcome of a candidate's current control over one credit unit, as staff recorded it. The newest counts.
public struct CreditUnitResult: Hashable, Sendable, Codable, Identifiable {
    /// The identifier.
    public let id: UUID
    /// The candidate's account.
    public let candidateID: UUID
    /// The code of the discipline.
    public let discipline: String
    /// The unit, counted from 1.
    public let unit: Int
    /// The outcome.
    public let grade: Grade
    /// Who recorded it.
    public let recordedBy: UUID
    /// When.
    public let at: Date

    enum CodingKeys: String, CodingKey {
        case id, discipline, unit, grade, at
        case candidateID = "candidate_id"
        case recordedBy = "recorded_by"
    }

    /// Makes a value.
    public init(
        id: UUID,
        candidateID: UUID,
        discipline: String,
        unit: Int,
        grade: Grade,
        recordedBy: UUID,
        at: Date
    ) {
        self.id = id
        self.candidateID = candidateID
        self.discipline = discipline
        self.unit = unit
        self.grade = grade
        self.recordedBy = recordedBy
        self.at = at.toMillisecond
    }
}
