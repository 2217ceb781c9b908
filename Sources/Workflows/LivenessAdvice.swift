import Identification
import Liveness

/// What a candidate is told of an answer to a challenge: never which check an attack failed.
enum LivenessAdvice {
    static func text(_ facts: LivenessFacts) -> LocalizedText {
        guard facts.outcome == .inconclusive,
            let advice = facts.advice.flatMap({ LivenessAssessment.Advice(rawValue: $0) })
        else { return notConfirmed }
        return switch advice {
        case .tooFewFrames:
            LocalizedText(
                ru: "Пришло слишком мало кадров. Держите страницу открытой, проверьте связь и повторите.",
                en: "Too few pictures arrived. Keep the page open, check the connection and try again."
            )
        case .tooSlow:
            LocalizedText(
                ru: "Проверка шла слишком долго. Выполняйте движения сразу, как они показаны.",
                en: "It took too long. Make each movement as soon as it is shown."
            )
        case .noFace:
            LocalizedText(
                ru: "Лицо выходило из кадра. Держите его в середине всё время проверки.",
                en: "The face was out of the picture. Keep it in the middle all the time."
            )
        case .severalFaces:
            LocalizedText(
                ru: "В кадре было несколько лиц. Попросите остальных отойти.",
                en: "There were several faces. Ask the others to step aside."
            )
        case .tooFar:
            LocalizedText(ru: "Лицо слишком далеко. Подойдите ближе.", en: "The face is too far away. Move closer.")
        case .tooDark:
            LocalizedText(ru: "Слишком темно. Повернитесь к свету.", en: "It is too dark. Turn towards the light.")
        case .blurred:
            LocalizedText(
                ru: "Кадры нерезкие. Держите камеру неподвижно и протрите объектив.",
                en: "The pictures are blurred. Keep the camera still and clean its lens."
            )
        case .lookStraightFirst:
            LocalizedText(
                ru: "Начните, глядя прямо в камеру, и только потом двигайтесь.",
                en: "Begin by looking straight into the camera, and only then move."
            )
        case .movementNotSeen:
            LocalizedText(
                ru: "Движение не замечено. Поворачивайте голову сильнее и после каждого движения смотрите прямо.",
                en: "A movement was not seen. Turn further, and look straight ahead after each one."
            )
        case .otherMovement:
            LocalizedText(
                ru: "Были и другие движения. Делайте только то, что показано.",
                en: "There were other movements too. Do only what is shown."
            )
        case .wrongSide:
            LocalizedText(
                ru: "Движение было в другую сторону. Лево и право — ваши собственные.",
                en: "It went the other way. Left and right are your own."
            )
        case .tryAgain:
            LocalizedText(ru: "Проверить не удалось. Повторите.", en: "The check did not succeed. Try again.")
        }
    }

    private static let notConfirmed = LocalizedText(
        ru: "Живое присутствие не подтверждено. Повторите движения перед камерой; после пяти неудач нужна пауза.",
        en: "Liveness was not confirmed. Make the movements in front of the camera again; after five failures there is "
            + "a wait."
    )
}

extension LivenessFacts {
    /// What is kept of an assessment.
    init(_ challenge: IssuedChallenge, _ assessment: LivenessAssessment) {
        let outcome: Outcome =
            switch assessment.outcome {
            case .live: .live
            case .notLive: .notLive
            case .inconclusive: .inconclusive
            }
        self.init(
            challengeID: challenge.id,
            movements: challenge.movements,
            outcome: outcome,
            checks: assessment.checks.map {
                Check(
                    name: $0.name.rawValue,
                    state: $0.state.rawValue,
                    measured: $0.measured,
                    limit: $0.limit,
                    detail: $0.detail
                )
            },
            advice: assessment.advice?.rawValue
        )
    }
}
