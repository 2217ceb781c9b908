extension SessionEventType {
    /// What the catalogue says of the type: how grave, in which words, silenced by what.
    public var catalogueEntry: EventDescription {
        switch self {
        case .attemptCreated: .init(.ordinary, "Попытка создана", "Attempt made")
        case .attemptReady: .init(.ordinary, "Личность подтверждена, можно начинать", "Identified, ready to start")
        case .attemptStarted: .init(.ordinary, "Попытка начата", "Attempt started")
        case .attemptSubmitted: .init(.ordinary, "Работа сдана", "Handed in")
        case .attemptGraded: .init(.ordinary, "Оценка выставлена", "Graded")
        case .identificationMade: .init(.ordinary, "Сравнение с портретом", "Compared with the portrait")
        case .identificationDemanded: .init(.notice, "Потребован показ лица или рабочего места", "A look is demanded")
        case .identificationAnswered: .init(.ordinary, "Требование выполнено", "What was demanded was shown")
        case .identificationMissed:
            .init(.serious, "Требование не выполнено в срок", "What was demanded did not come", look: true)
        case .identificationOverridden: .init(.notice, "Допуск без идентификации", "Let on without identification")
        case .verificationQueued: .init(.notice, "Очередь на проверку документа", "Waits for a verifier")
        case .verificationTaken: .init(.ordinary, "Проверка документа начата", "A verifier has the case")
        case .verificationReturned: .init(.ordinary, "Возвращено в очередь", "Back in the verifiers' queue")
        case .verificationDecided: .init(.ordinary, "Решение уполномоченного лица", "The verifier has decided")
        case .attemptRejected: .init(.critical, "Попытка прекращена", "Attempt rejected")
        case .attemptPaused: .init(.notice, "Пауза", "Paused")
        case .attemptResumed: .init(.ordinary, "Продолжено", "Resumed")
        case .attemptTimeGiven: .init(.notice, "Добавлено время", "Time given")
        case .attemptTimedOut: .init(.notice, "Время истекло", "Time is over")
        case .attemptReopened: .init(.notice, "Попытка открыта вновь", "Reopened")
        case .attemptFailed: .init(.warning, "Попытка не состоялась", "Has not taken place")
        case .attemptDeclined: .init(.notice, "Отказ от участия", "Does not take part")
        case .attemptExpired: .init(.notice, "Не начата в срок", "Not started in time")
        case .attemptReviewed: .init(.ordinary, "Решение проверки", "Decided in review")
        case .attemptFlagged: .init(.warning, "Отметка экзаменатора", "Marked by the examiner", look: true)
        case .messageSent: .init(.notice, "Сообщение экзаменатора", "Message from the examiner")
        case .messageRead: .init(.ordinary, "Сообщение прочитано", "Message read")
        case .flagRaised: .init(.notice, "Отметка о нарушении", "Flag raised", look: true)
        case .flagDecided: .init(.ordinary, "Решение по отметке", "Flag decided")
        case .deviceTakenOver:
            .init(.notice, "Продолжено на другом устройстве", "Goes on on another device", look: true)
        case .answerSaved: .init(.ordinary, "Ответ сохранён", "Answer saved")
        case .sheetReceived: .init(.ordinary, "Файл ответа принят", "File of an answer received")
        case .writeRefused:
            .init(.warning, "Запись в закрытую попытку отклонена", "Write to a closed attempt refused", look: true)
        case .accessRefused:
            .init(.warning, "Чужая попытка доступа отклонена", "Somebody else's access refused", look: true)
        default: seen
        }
    }

    /// What frames show and devices report deserves a look wherever it is not the ordinary course of things.
    private var seen: EventDescription {
        var entry = observed
        entry.deservesALook = entry.severity > .ordinary
        return entry
    }

    /// What frames show and devices report.
    private var observed: EventDescription {
        switch self {
        case .presenceAbsent: .init(.warning, "Никого нет в кадре", "Nobody in frame", silencedBy: .pause)
        case .presenceAbsentEnded: .init(.ordinary, "Снова в кадре", "Somebody is in frame again")
        case .presenceSeveralPeople:
            .init(.serious, "Несколько человек в кадре", "Several people in frame", silencedBy: .assistant)
        case .presenceSeveralPeopleEnded: .init(.ordinary, "В кадре не больше одного человека", "At most one in frame")
        case .presenceOtherPerson: .init(.critical, "В кадре другое лицо", "Another person in frame")
        case .presenceOtherPersonEnded: .init(.ordinary, "В кадре снова обучающийся", "The candidate is back")
        case .presenceSuspectedCopy: .init(.serious, "Похоже на снимок портрета", "Looks like the portrait itself")
        case .presenceSuspectedCopyEnded: .init(.ordinary, "Снимка портрета больше нет", "The portrait is gone")
        case .presenceTurnedAway: .init(.notice, "Лицо отвёрнуто", "Face turned away", silencedBy: .pause)
        case .presenceTurnedAwayEnded: .init(.ordinary, "Лицо повёрнуто к камере", "Face to the camera again")
        case .presenceCameraCovered: .init(.warning, "Камера закрыта", "Camera covered", silencedBy: .pause)
        case .presenceCameraCoveredEnded: .init(.ordinary, "Камера открыта", "Camera uncovered")
        case .presenceFramesMissing: .init(.warning, "Кадры не поступали", "Frames were missing", silencedBy: .pause)
        case .tabHidden: .init(.notice, "Страница скрыта", "Page hidden", silencedBy: .pause)
        case .tabShown: .init(.ordinary, "Страница снова видна", "Page shown")
        case .windowBlurred: .init(.notice, "Окно потеряло фокус", "Window lost the focus", silencedBy: .pause)
        case .windowFocused: .init(.ordinary, "Окно снова в фокусе", "Window has the focus")
        case .fullScreenLeft: .init(.notice, "Выход из полного экрана", "Full screen left", silencedBy: .pause)
        case .fullScreenEntered: .init(.ordinary, "Полный экран", "Full screen")
        case .copied: .init(.notice, "Копирование", "Copied")
        case .pasted: .init(.notice, "Вставка", "Pasted")
        case .cameraLost: .init(.warning, "Камера отключилась", "Camera lost", silencedBy: .pause)
        case .cameraRestored: .init(.ordinary, "Камера работает", "Camera works again")
        case .microphoneLost: .init(.notice, "Микрофон отключился", "Microphone lost", silencedBy: .pause)
        case .microphoneRestored: .init(.ordinary, "Микрофон работает", "Microphone works again")
        case .networkLost: .init(.notice, "Связь прерывалась", "Connection was lost")
        case .networkRestored: .init(.ordinary, "Связь восстановлена", "Connection is back")
        case .secondScreen: .init(.warning, "Второй экран", "Second screen")
        case .deviceChanged: .init(.notice, "Сменена камера или микрофон", "Camera or microphone changed")
        case .helpAsked: .init(.warning, "Обучающийся просит помощи", "The candidate asks for help")
        default: .init(.ordinary, rawValue, rawValue)
        }
    }
}
