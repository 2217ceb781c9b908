/// What somebody does with the service; each role has the rights that its work needs and no more (row A6).
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
    /// Helps people to get in and keeps the service running (ответственный за техническую поддержку, S3 12).
    case technicalResponsible = "technical_responsible"

    /// Staff log in with shorter sessions than candidates, and with a second factor.
    public var isStaff: Bool { self != .candidate }
}

extension Set<Role> {
    /// Whether the roles are those of a member of staff. Nobody is staff and candidate by one account: whoever
    /// teaches and learns has two, so that nobody decides about themself by a slip.
    public var areStaff: Bool { contains { $0.isStaff } }
}
