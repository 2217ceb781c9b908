/// The kinds of process that people go through beside exams. One engine runs them all; what a kind is stands in its
/// ``CaseDefinition``.
public enum CaseKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Апелляция (S1 5.28; S2 6.1).
    case appeal
    /// Зачёт результатов обучения: перезачёт, переаттестация (S1 6.11–6.18).
    case creditTransfer = "credit_transfer"
    /// Повторная аттестация.
    case retake
    /// Дисциплинарное взыскание (S1 3.10–3.18).
    case discipline
    /// Досрочное отчисление (S1 7).
    case expulsion

    /// What the kind is made of.
    public var definition: CaseDefinition {
        switch self {
        case .appeal: .appeal
        case .creditTransfer: .creditTransfer
        case .retake: .retake
        case .discipline: .discipline
        case .expulsion: .expulsion
        }
    }
}

/// In which part somebody takes a step of a case.
public enum CaseActor: String, Hashable, Sendable, Codable, CaseIterable {
    /// The candidate whom the case is about.
    case candidate
    /// The dean's or study office.
    case office
    /// A member of staff who reports something.
    case reporter
    /// The chair of the case's commission.
    case chair
    /// The service itself: time alone, or a notice that was read.
    case system
}
