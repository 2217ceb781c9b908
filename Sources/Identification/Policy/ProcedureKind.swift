/// The kinds of educational procedure for which people are identified (S1 6.2).
public enum ProcedureKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Admission of documents (приём документов).
    case admissionOfDocuments = "admission_of_documents"
    /// Current control (текущий контроль успеваемости).
    case currentControl = "current_control"
    /// Intermediate attestation (промежуточная аттестация).
    case intermediateAttestation = "intermediate_attestation"
    /// Final attestation (итоговая аттестация).
    case finalAttestation = "final_attestation"
    /// Teaching help (учебно-методическая помощь).
    case teachingHelp = "teaching_help"
    /// Anything else.
    case other
}
