import Identification

/// What a candidate in the verifiers' queue does now, in words.
package enum VisualAdvice {
    /// The words for a standing.
    package static func text(for standing: VisualQueue.Standing) -> LocalizedText {
        let visualCase = standing.visualCase
        switch visualCase.state {
        case .waiting:
            return waiting(standing)
        case .waitingForSecond:
            return LocalizedText(
                ru: "Документ посмотрит второе уполномоченное лицо. Оставайтесь на связи.",
                en: "A second verifier will look at the document. Stay with us."
            )
        case .taken, .takenBySecond:
            if visualCase.conferenceURL != nil {
                return LocalizedText(
                    ru: "Вас ждут на видеосвязи: откройте ссылку и покажите страницу с фотографией.",
                    en: "You are expected on the video link: open it and show the page with the photograph."
                )
            }
            return LocalizedText(
                ru: "Уполномоченное лицо смотрит ваш документ. Держите его под рукой.",
                en: "A verifier is looking at your document. Keep it at hand."
            )
        case .cancelled:
            return LocalizedText(
                ru: "Вы вышли из очереди. Чтобы подтвердить личность, встаньте в неё снова.",
                en: "You have left the queue. To be identified, join it again."
            )
        case .decided:
            return visualCase.conclusion.map { decided($0) }
                ?? LocalizedText(ru: "Обращение завершено.", en: "The case has ended.")
        }
    }

    private static func waiting(_ standing: VisualQueue.Standing) -> LocalizedText {
        let number = standing.visualCase.number
        let place = standing.position ?? 1
        let minutes = max(1, Int(((standing.expectedWait ?? 60) / 60).rounded(.up)))
        let task =
            standing.visualCase.pictures[.document] == nil
            ? LocalizedText(
                ru: " Пока ждёте, заполните сведения о документе и снимите его страницу с фотографией: она должна быть "
                    + "видна целиком, без бликов и пальцев.",
                en: " Meanwhile fill in the document's particulars and take a picture of the page with the photograph: "
                    + "all of it, without glare and fingers."
            )
            : LocalizedText(
                ru: " Документ получен, держите его под рукой.",
                en: " The document is here; keep it at hand."
            )
        return LocalizedText(
            ru: "Ваш номер \(number), вы \(place)-й в очереди, ждать около \(minutes) мин.\(task.ru)",
            en: "Your number is \(number), your place in the queue \(place), the wait about \(minutes) min.\(task.en)"
        )
    }

    private static func decided(_ reason: VisualReason) -> LocalizedText {
        switch reason {
        case .documentMatches, .namesDifferExplained:
            LocalizedText(ru: "Личность подтверждена.", en: "The identity is confirmed.")
        case .otherPerson, .documentNotTheirs, .documentForged:
            LocalizedText(
                ru: "Личность не подтверждена. Обратитесь к экзаменатору или в учебный отдел.",
                en: "The identity is not confirmed. Turn to the examiner or to the study office."
            )
        case .documentNotValid:
            LocalizedText(
                ru: "Документ сегодня недействителен. Приготовьте другой и встаньте в очередь снова.",
                en: "The document is not valid today. Have another one ready and join the queue again."
            )
        case .translationMissing:
            LocalizedText(
                ru: "Нужен заверенный перевод документа на русский язык. Приготовьте его и встаньте в очередь снова.",
                en: "A certified translation into Russian is needed. Have it ready and join the queue again."
            )
        case .documentUnreadable:
            LocalizedText(
                ru: "Документ не читается. Снимите его при хорошем свете и встаньте в очередь снова.",
                en: "The document cannot be read. Take a picture in good light and join the queue again."
            )
        case .namesDiffer:
            LocalizedText(
                ru: "Имя в документе другое. Приготовьте документ о смене имени или обратитесь в учебный отдел.",
                en: "The document bears another name. Have a proof of the change ready, or turn to the study office."
            )
        case .faceNotVisible:
            LocalizedText(
                ru: "Лицо плохо видно. Сядьте лицом к свету и встаньте в очередь снова.",
                en: "The face cannot be seen well. Face the light and join the queue again."
            )
        case .connectionBad:
            LocalizedText(
                ru: "Связь прерывалась. Проверьте соединение и встаньте в очередь снова.",
                en: "The connection broke down. Check it and join the queue again."
            )
        case .candidateLeft:
            LocalizedText(
                ru: "Вас не было на месте. Встаньте в очередь снова.",
                en: "You were not there. Join the queue again."
            )
        case .verifiersDisagree:
            LocalizedText(
                ru: "Уполномоченные лица не пришли к одному решению. Обратитесь к экзаменатору.",
                en: "The verifiers came to different decisions. Turn to the examiner."
            )
        }
    }
}
