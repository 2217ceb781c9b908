extension QualityDefect.Code {
    /// What the person can do about a fault that lies on one side; `nil` where the side does not matter.
    ///
    /// The side is the picture's, the sentence is the person's: a head that points to the left of the picture has
    /// turned to its own right and is asked to turn to the left.
    func advice(towards direction: QualityDefect.Direction) -> QualityDefect.Advice? {
        switch self {
        case .headTurned: Self.turn(back: direction)
        case .headNodded: Self.nod(back: direction)
        case .headTilted: Self.lean(back: direction)
        case .faceCutByEdge: Self.move(awayFrom: direction, isCut: true)
        case .faceNearEdge: Self.move(awayFrom: direction, isCut: false)
        case .lightUneven: Self.light(from: direction)
        default: nil
        }
    }

    private static func turn(back direction: QualityDefect.Direction) -> QualityDefect.Advice? {
        switch direction {
        case .left:
            QualityDefect.Advice(
                russian: "Голова повёрнута в сторону. Поверните голову чуть влево и смотрите прямо в камеру.",
                english: "The head is turned aside. Turn your head a little to your left and look into the camera."
            )
        case .right:
            QualityDefect.Advice(
                russian: "Голова повёрнута в сторону. Поверните голову чуть вправо и смотрите прямо в камеру.",
                english: "The head is turned aside. Turn your head a little to your right and look into the camera."
            )
        case .up, .down: nil
        }
    }

    private static func nod(back direction: QualityDefect.Direction) -> QualityDefect.Advice? {
        switch direction {
        case .up:
            QualityDefect.Advice(
                russian: "Голова поднята. Опустите подбородок, держите камеру на уровне глаз и смотрите прямо.",
                english: "The head is raised. Lower your chin, hold the camera at eye level and look straight ahead."
            )
        case .down:
            QualityDefect.Advice(
                russian: "Голова опущена. Поднимите подбородок, держите камеру на уровне глаз и смотрите прямо.",
                english: "The head is lowered. Raise your chin, hold the camera at eye level and look straight ahead."
            )
        case .left, .right: nil
        }
    }

    private static func lean(back direction: QualityDefect.Direction) -> QualityDefect.Advice? {
        switch direction {
        case .left:
            QualityDefect.Advice(
                russian: "Голова или камера наклонена. Наклоните голову чуть влево, чтобы глаза были на одной высоте.",
                english:
                    "The head or the camera is tilted. Lean your head a little to your left until the eyes are level."
            )
        case .right:
            QualityDefect.Advice(
                russian: "Голова или камера наклонена. Наклоните голову чуть вправо, чтобы глаза были на одной высоте.",
                english:
                    "The head or the camera is tilted. Lean your head a little to your right until the eyes are level."
            )
        case .up, .down: nil
        }
    }

    private static func move(awayFrom edge: QualityDefect.Direction, isCut: Bool) -> QualityDefect.Advice {
        let names: (instrumental: String, dative: String, english: String) =
            switch edge {
            case .left: ("левым", "левому", "left")
            case .right: ("правым", "правому", "right")
            case .up: ("верхним", "верхнему", "upper")
            case .down: ("нижним", "нижнему", "lower")
            }
        guard isCut else {
            return QualityDefect.Advice(
                russian:
                    "Лицо слишком близко к \(names.dative) краю снимка. Поместите его в середину или отойдите дальше.",
                english: "The face is too close to the \(names.english) edge of the picture. Move it to the middle or "
                    + "step back."
            )
        }
        return QualityDefect.Advice(
            russian: "Лицо обрезано \(names.instrumental) краем снимка. Снимитесь так, чтобы лицо было видно целиком.",
            english:
                "The face is cut off by the \(names.english) edge of the picture. Make sure that all of it is visible."
        )
    }

    private static func light(from shadow: QualityDefect.Direction) -> QualityDefect.Advice? {
        switch shadow {
        case .left:
            QualityDefect.Advice(
                russian: "Правая сторона лица в тени. Повернитесь к свету, чтобы он падал на лицо спереди.",
                english:
                    "The right side of your face is in the shadow. Turn to the light so that it comes from the front."
            )
        case .right:
            QualityDefect.Advice(
                russian: "Левая сторона лица в тени. Повернитесь к свету, чтобы он падал на лицо спереди.",
                english:
                    "The left side of your face is in the shadow. Turn to the light so that it comes from the front."
            )
        case .up, .down: nil
        }
    }
}
