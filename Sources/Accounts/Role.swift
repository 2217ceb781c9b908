/// What an account may do; each role has the rights that its work needs and no more (row A6).
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// The person who is identified and attested (обучающийся).
    case candidate
    /// Runs an exam and grades written work (преподаватель).
    case examiner
    /// Checks identity by document (уполномоченное лицо).
    case verifier
    /// Reviews flagged sessions (проверяющий).
    case reviewer
    /// Exports the identification log, handles consents, retention and erasure.
    case complianceOfficer = "compliance_officer"
    /// Installs and administers the service.
    case administrator
    /// Identifies on the institution's behalf (S1 6.7).
    case partner

    /// Staff log in with shorter sessions than candidates.
    public var isStaff: Bool { self != .candidate }
}
