/// Why something was done to an attempt: a stable code, with words beside it where the code does not say it all.
public enum AttemptReason: String, Hashable, Sendable, Codable, CaseIterable {
    // Before the start.
    /// The identification no longer suffices.
    case identificationLapsed = "identification_lapsed"
    /// The candidate cannot take part and says so in time: «не явился», excused (S2 4.5).
    case unableToAttend = "unable_to_attend"
    /// The candidate does not want to take part.
    case ownRefusal = "own_refusal"

    // The clock.
    /// Extra time or breaks to which the candidate is entitled (row D6).
    case entitlement
    /// A short interruption of the connection, after which the examiner decides to go on (S2 4.7).
    case connectionInterrupted = "connection_interrupted"
    /// The candidate's device failed.
    case deviceFailure = "device_failure"
    /// The service failed.
    case technicalFailure = "technical_failure"
    /// The candidate is unwell, or somebody near them.
    case health
    /// The workplace or the identity is to be checked first (S2 5.1.3.4).
    case checkNeeded = "check_needed"

    // The end.
    /// The candidate asked for it.
    case candidateRequest = "candidate_request"
    /// Copying, prompting and the like: «неудовлетворительно» (S2 4.6).
    case dishonesty
    /// Another person sits there: «неудовлетворительно» or «не зачтено» (S2 3.7).
    case otherPerson = "other_person"
    /// The connection did not come back: has not taken place, excused (S2 4.7).
    case connectionLost = "connection_lost"

    // After the end.
    /// Handed in by mistake.
    case submittedByMistake = "submitted_by_mistake"
    /// Something in the recording looks wrong.
    case suspicion
    /// Drawn for a second look.
    case sample
    /// The candidate appealed.
    case appeal
    /// The review found nothing wrong.
    case nothingFound = "nothing_found"

    /// Something else, which the comment says.
    case other

    /// Whether the reason takes words: the code alone says nothing.
    public var needsComment: Bool { self == .other }

    /// Whether the clock stood still because something failed.
    public var isOutage: Bool {
        self == .connectionInterrupted || self == .deviceFailure || self == .technicalFailure
    }

    /// What people read.
    public var label: BilingualText {
        switch self {
        case .identificationLapsed:
            BilingualText(ru: "личность нужно подтвердить заново", en: "the identification no longer suffices")
        case .unableToAttend: BilingualText(ru: "не может участвовать", en: "unable to attend")
        case .ownRefusal: BilingualText(ru: "отказ от участия", en: "own refusal")
        case .entitlement: BilingualText(ru: "особые условия", en: "accommodation")
        case .connectionInterrupted: BilingualText(ru: "перерыв связи", en: "interrupted connection")
        case .deviceFailure: BilingualText(ru: "сбой устройства", en: "failure of the device")
        case .technicalFailure: BilingualText(ru: "сбой службы", en: "failure of the service")
        case .health: BilingualText(ru: "состояние здоровья", en: "health")
        case .checkNeeded: BilingualText(ru: "нужна проверка", en: "a check is needed")
        case .candidateRequest: BilingualText(ru: "по просьбе обучающегося", en: "at the candidate's request")
        case .dishonesty: BilingualText(ru: "академическая нечестность", en: "academic dishonesty")
        case .otherPerson: BilingualText(ru: "сдаёт другое лицо", en: "another person sits the exam")
        case .connectionLost: BilingualText(ru: "связь прервалась", en: "the connection was lost")
        case .submittedByMistake: BilingualText(ru: "сдано по ошибке", en: "handed in by mistake")
        case .suspicion: BilingualText(ru: "подозрение на нарушение", en: "suspicion")
        case .sample: BilingualText(ru: "выборочная проверка", en: "drawn for a check")
        case .appeal: BilingualText(ru: "апелляция", en: "appeal")
        case .nothingFound: BilingualText(ru: "нарушений нет", en: "nothing was found")
        case .other: BilingualText(ru: "иное", en: "other")
        }
    }
}
