import Accounts
import Identification

/// What the log's codes are called in registers for people.
extension IdentificationMethod {
    var label: LocalizedText {
        switch self {
        case .electronic: LocalizedText(ru: "электронная", en: "electronic")
        case .biometric: LocalizedText(ru: "биометрическая", en: "biometric")
        case .visual: LocalizedText(ru: "визуальная", en: "visual")
        }
    }
}

extension IdentificationOutcome {
    var label: LocalizedText {
        switch self {
        case .match: LocalizedText(ru: "личность подтверждена", en: "identified")
        case .nonMatch: LocalizedText(ru: "личность не подтверждена", en: "not the person")
        case .inconclusive: LocalizedText(ru: "решение не принято", en: "inconclusive")
        }
    }
}

extension ProcedureKind {
    var label: LocalizedText {
        switch self {
        case .admissionOfDocuments: LocalizedText(ru: "приём документов", en: "admission of documents")
        case .currentControl: LocalizedText(ru: "текущий контроль успеваемости", en: "current control")
        case .intermediateAttestation: LocalizedText(ru: "промежуточная аттестация", en: "intermediate attestation")
        case .finalAttestation: LocalizedText(ru: "итоговая аттестация", en: "final attestation")
        case .teachingHelp: LocalizedText(ru: "учебно-методическая помощь", en: "teaching help")
        case .other: LocalizedText(ru: "иная процедура", en: "other")
        }
    }
}

extension IdentificationMoment {
    var label: LocalizedText {
        switch self {
        case .login: LocalizedText(ru: "при входе", en: "at the login")
        case .beforeStart: LocalizedText(ru: "до начала", en: "before the start")
        case .interval: LocalizedText(ru: "во время процедуры, по расписанию", en: "at intervals")
        case .onResume: LocalizedText(ru: "при возобновлении", en: "on resume")
        case .beforeSubmission: LocalizedText(ru: "перед сдачей", en: "before submission")
        case .onDemand: LocalizedText(ru: "по требованию", en: "on demand")
        case .whileRunning: LocalizedText(ru: "во время процедуры", en: "while it runs")
        case .apart: LocalizedText(ru: "вне попытки", en: "outside of attempts")
        }
    }
}

extension ConsentKind {
    var label: LocalizedText {
        switch self {
        case .personalData: LocalizedText(ru: "обработка персональных данных", en: "personal data")
        case .biometric:
            LocalizedText(ru: "обработка биометрических персональных данных", en: "biometric personal data")
        case .partnerTransfer: LocalizedText(ru: "передача данных организациям-партнёрам", en: "transfer to partners")
        case .distanceTechnology:
            LocalizedText(ru: "применение дистанционных образовательных технологий", en: "distance technology")
        }
    }
}

extension ConsentStatement.Decision {
    var label: LocalizedText {
        switch self {
        case .given: LocalizedText(ru: "дано", en: "given")
        case .refused: LocalizedText(ru: "отказ", en: "refused")
        case .withdrawn: LocalizedText(ru: "отозвано", en: "withdrawn")
        }
    }
}

extension Order.Kind {
    var label: LocalizedText {
        switch self {
        case .order: LocalizedText(ru: "приказ", en: "order")
        case .powerOfAttorney: LocalizedText(ru: "доверенность", en: "power of attorney")
        }
    }
}

extension Order.Scope {
    var label: LocalizedText {
        switch self {
        case .identification: LocalizedText(ru: "идентификация личности", en: "identification")
        case .technicalSupport: LocalizedText(ru: "техническое сопровождение", en: "technical support")
        case .organisationalSupport: LocalizedText(ru: "организационное сопровождение", en: "organisational support")
        }
    }
}
