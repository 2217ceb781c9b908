package import FaceAnalysis
package import Proctoring

/// The limits of the biometric workflow, from the configuration.
package struct BiometricSettings: Sendable {
    /// What a portrait must be like.
    package var portrait: PictureRequirements
    /// What a live frame must be like to be compared.
    package var probe: PictureRequirements
    /// When frames of a running attempt become presence events (row B6).
    package var presence: PresenceSettings

    /// Creates settings.
    package init(
        portrait: PictureRequirements = .portrait,
        probe: PictureRequirements = .probe,
        presence: PresenceSettings = .standard
    ) {
        self.portrait = portrait
        self.probe = probe
        self.presence = presence
    }
}

extension Refusal {
    /// Why a picture could not be judged at all. Nothing of it is kept.
    static func picture(_ error: FaceAnalysisError) -> Refusal {
        switch error.code {
        case .pictureTooLarge:
            Refusal(
                .tooLarge,
                "picture_too_large",
                ru: "Файл слишком велик. Отправьте снимок размером до 8 МиБ.",
                en: "The file is too large. Send a picture of at most 8 MiB."
            )
        case .pictureTooManyPixels:
            Refusal(
                .tooLarge,
                "picture_too_many_pixels",
                ru: "В снимке слишком много точек. Отправьте снимок до 40 мегапикселей.",
                en: "The picture has too many pixels. Send one of at most 40 megapixels."
            )
        case .pictureUnsupportedFormat:
            Refusal(
                .unsupportedFormat,
                "picture_unsupported_format",
                ru: "Это не снимок в формате JPEG или PNG.",
                en: "This is not a JPEG or PNG picture."
            )
        case .pictureCorrupt:
            Refusal(
                .unprocessable,
                "picture_corrupt",
                ru: "Файл снимка повреждён или передан не полностью. Отправьте его ещё раз.",
                en: "The picture file is damaged or incomplete. Send it again."
            )
        case .busy, .cancelled:
            Refusal(
                .unavailable,
                "comparison_busy",
                ru: "Сейчас сравнивается слишком много снимков. Повторите через несколько секунд.",
                en: "Too many pictures are being compared. Try again in a few seconds."
            )
        default:
            Refusal(
                .unavailable,
                "comparison_unavailable",
                ru: "Сравнение лиц сейчас недоступно. Личность может подтвердить уполномоченное лицо.",
                en: "Face comparison is not available now. A verifier can confirm the identity."
            )
        }
    }
}

extension QualityDefect {
    /// The defect as a fault of a request.
    var fault: Refusal.Fault {
        Refusal.Fault(code: code.rawValue, message: message)
    }

    /// What the person can do.
    var message: LocalizedText { LocalizedText(ru: advice.russian, en: advice.english) }
}
