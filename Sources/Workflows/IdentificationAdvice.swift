import Accounts
package import Identification

/// What a candidate still needs to be identified, and why, in words.
package enum IdentificationAdvice {
    /// A stable code of the next step.
    package static func code(of requirement: IdentificationRequirement) -> String {
        requirement.lack == .liveness ? "liveness" : requirement.method.rawValue
    }

    /// What the candidate does next, and why.
    package static func step(for requirement: IdentificationRequirement) -> LocalizedText {
        switch requirement.method {
        case .electronic: LocalizedText(ru: "Войдите в учётную запись.", en: "Log in.")
        case .biometric: biometric(requirement.lack)
        case .visual: visual(requirement.lack)
        }
    }

    private static func biometric(_ lack: IdentificationRequirement.Lack?) -> LocalizedText {
        switch lack {
        case nil:
            LocalizedText(ru: "Лицо сверено с портретом.", en: "The face was compared with the portrait.")
        case .liveness:
            LocalizedText(
                ru: "Пройдите проверку живого присутствия: повторите движения перед камерой.",
                en: "Pass the liveness check: make the movements in front of the camera."
            )
        case .nonMatch:
            LocalizedText(
                ru: "Последнее сравнение не подтвердило личность. Сядьте лицом к свету и покажите лицо камере ещё раз.",
                en: "The last comparison did not confirm the identity. Face the light and show your face again."
            )
        case .outdated:
            LocalizedText(
                ru: "С последней проверки прошло слишком много времени. Покажите лицо камере ещё раз.",
                en: "The last check is too long ago. Show your face to the camera again."
            )
        case .notDone, .noConsent, .triesUsedUp:
            LocalizedText(ru: "Покажите лицо камере.", en: "Show your face to the camera.")
        }
    }

    private static func visual(_ lack: IdentificationRequirement.Lack?) -> LocalizedText {
        switch lack {
        case nil:
            LocalizedText(ru: "Документ проверен уполномоченным лицом.", en: "A verifier has checked the document.")
        case .noConsent:
            LocalizedText(
                ru: "Вы не давали согласия на обработку биометрических данных, поэтому личность подтвердит "
                    + "уполномоченное лицо. Встаньте в очередь и приготовьте документ.",
                en: "You have not consented to biometric processing, so a verifier will confirm the identity. "
                    + "Join the queue and have an identity document ready."
            )
        case .triesUsedUp:
            LocalizedText(
                ru: "Автоматически подтвердить личность не удалось. Встаньте в очередь к уполномоченному лицу и "
                    + "приготовьте документ.",
                en: "The identity could not be confirmed automatically. Join the verifiers' queue and have an identity "
                    + "document ready."
            )
        case .nonMatch:
            LocalizedText(
                ru: "Уполномоченное лицо не подтвердило личность. Обратитесь к экзаменатору.",
                en: "A verifier did not confirm the identity. Turn to the examiner."
            )
        case .outdated:
            LocalizedText(
                ru: "С проверки документа прошло слишком много времени. Встаньте в очередь ещё раз.",
                en: "The check of the document is too long ago. Join the queue again."
            )
        case .notDone, .liveness:
            LocalizedText(
                ru: "Покажите документ уполномоченному лицу: встаньте в очередь.",
                en: "Show an identity document to a verifier: join the queue."
            )
        }
    }

    /// The whole standing in one paragraph.
    package static func explanation(of standing: PolicyStanding) -> LocalizedText {
        if standing.override != nil {
            return LocalizedText(
                ru: "Ответственное лицо разрешило продолжить без проверки личности. Решение записано.",
                en: "A person in charge has allowed to go on without identification. The decision is recorded."
            )
        }
        guard !standing.suffices else {
            return LocalizedText(ru: "Личность подтверждена.", en: "The identity is confirmed.")
        }
        let steps = standing.next.map { step(for: $0) }
        let others = standing.alternatives.count - 1
        var ru = steps.map(\.ru).joined(separator: " ")
        var en = steps.map(\.en).joined(separator: " ")
        if others > 0 {
            let ways = standing.alternatives.map { alternative in
                (
                    ru: alternative.map { name($0.method).ru }.joined(separator: " и "),
                    en: alternative.map { name($0.method).en }.joined(separator: " and ")
                )
            }
            ru += " Подойдёт любой из способов: " + ways.map(\.ru).joined(separator: "; ") + "."
            en += " Any of these ways will do: " + ways.map(\.en).joined(separator: "; ") + "."
        }
        return LocalizedText(ru: ru, en: en)
    }

    /// A method's name.
    package static func name(_ method: IdentificationMethod) -> LocalizedText {
        switch method {
        case .electronic: LocalizedText(ru: "вход в учётную запись", en: "login")
        case .biometric: LocalizedText(ru: "сверка лица с портретом", en: "comparison of the face with the portrait")
        case .visual: LocalizedText(ru: "проверка документа", en: "check of a document")
        }
    }
}
