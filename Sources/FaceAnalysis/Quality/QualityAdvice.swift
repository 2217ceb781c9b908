extension QualityDefect.Code {
    /// What the person can do about it, whatever side the fault is on.
    public var advice: QualityDefect.Advice {
        switch self {
        case .noFace:
            QualityDefect.Advice(
                russian: "На снимке не найдено лицо. Снимитесь анфас, при хорошем свете, без маски и тёмных очков.",
                english: "No face was found. Face the camera in good light, without a mask or dark glasses."
            )
        case .severalFaces:
            QualityDefect.Advice(
                russian: "На снимке несколько лиц. В кадре должны быть только вы: попросите остальных отойти "
                    + "и уберите портреты на заднем плане.",
                english: "There are several faces. Only you may be in the picture: ask others to step aside and "
                    + "remove portraits behind you."
            )
        case .faceTooSmall:
            QualityDefect.Advice(
                russian: "Лицо слишком мелкое. Подойдите ближе к камере или снимите с большим разрешением.",
                english: "The face is too small. Move closer to the camera or use a higher resolution."
            )
        case .faceCutByEdge:
            QualityDefect.Advice(
                russian: "Лицо обрезано краем снимка. Снимитесь так, чтобы лицо было видно целиком.",
                english: "The face is cut off by the edge of the picture. Make sure that all of it is visible."
            )
        case .faceNearEdge:
            QualityDefect.Advice(
                russian: "Лицо слишком близко к краю снимка. Поместите его ближе к середине.",
                english: "The face is too close to the edge of the picture. Move it towards the middle."
            )
        case .headTurned:
            QualityDefect.Advice(
                russian: "Голова повёрнута в сторону. Смотрите прямо в камеру.",
                english: "The head is turned aside. Look straight into the camera."
            )
        case .headNodded:
            QualityDefect.Advice(
                russian: "Голова поднята или опущена. Держите камеру на уровне глаз и смотрите прямо.",
                english: "The head is raised or lowered. Hold the camera at eye level and look straight ahead."
            )
        case .headTilted:
            QualityDefect.Advice(
                russian: "Голова или камера наклонена. Держите их прямо.",
                english: "The head or the camera is tilted. Hold both upright."
            )
        case .faceTooDark:
            QualityDefect.Advice(
                russian: "Лицо слишком тёмное. Повернитесь к свету; окно или лампа не должны быть позади вас.",
                english: "The face is too dark. Turn towards the light; have no window or lamp behind you."
            )
        case .faceTooBright:
            QualityDefect.Advice(
                russian: "Лицо засвечено. Уменьшите свет или отойдите от него.",
                english: "The face is too bright. Dim the light or step away from it."
            )
        case .lightUneven:
            QualityDefect.Advice(
                russian: "Лицо освещено неравномерно. Повернитесь к свету, чтобы он падал спереди.",
                english: "The face is lit unevenly. Turn towards the light so that it comes from the front."
            )
        case .faceTooFlat:
            QualityDefect.Advice(
                russian: "Черты лица плохо различимы. Протрите объектив и проверьте освещение.",
                english: "The features are hard to see. Clean the lens and check the light."
            )
        case .faceBlurred:
            QualityDefect.Advice(
                russian: "Снимок нерезкий. Держите камеру неподвижно и дождитесь наводки на резкость.",
                english: "The picture is blurred. Hold the camera still and wait until it has focused."
            )
        case .faceCovered:
            QualityDefect.Advice(
                russian: "Похоже, лицо чем-то закрыто. Уберите руки и волосы с лица, снимите маску и тёмные очки.",
                english: "Something seems to cover the face. Take away hands and hair, take off a mask or dark glasses."
            )
        case .eyesCovered:
            QualityDefect.Advice(
                russian: "Похоже, глаза закрыты или их не видно. Снимите тёмные очки и уберите волосы с глаз.",
                english: "The eyes seem to be covered. Take off dark glasses and keep hair away from the eyes."
            )
        case .mouthCovered:
            QualityDefect.Advice(
                russian: "Похоже, рот чем-то закрыт. Снимите маску и уберите руку от лица.",
                english: "Something seems to cover the mouth. Take off a mask and keep the hand away from the face."
            )
        case .backgroundBusy:
            QualityDefect.Advice(
                russian: "Фон пёстрый. Лучше сняться перед однотонной стеной.",
                english: "The background is busy. A plain wall behind you is better."
            )
        }
    }
}
