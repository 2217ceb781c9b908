import Grading

extension Refusal {
    static let unknownWork = notFound("work_unknown", ru: "Такой работы нет.", en: "There is no such work.")

    static let criteriaWrong = Refusal(
        .unprocessable,
        "criteria_wrong",
        ru: "У вопроса есть критерии: выберите по каждому один из его уровней.",
        en: "The question has criteria: choose one of its levels for each."
    )

    static let pointsMissing = Refusal(
        .unprocessable,
        "points_missing",
        ru: "У вопроса нет критериев: укажите баллы.",
        en: "The question has no criteria: give points."
    )

    static let rubricWrong = Refusal(
        .unprocessable,
        "rubric_wrong",
        ru: "У каждого критерия должны быть свой ключ и хотя бы два уровня с разными баллами не ниже нуля.",
        en: "Each criterion takes a key of its own and at least two levels with different points, none below zero."
    )

    static let graderWrong = Refusal(
        .unprocessable,
        "grader_wrong",
        ru: "Проверяющими можно назначить только сотрудников с правом проверять работы.",
        en: "Graders must be members of staff who may grade work."
    )

    /// Why a grader cannot do something with a work.
    init(_ problem: OpenWork.Problem) {
        switch problem {
        case .notWaiting:
            self.init(
                .conflict,
                problem.rawValue,
                ru: "Эта работа не ждёт проверки: она проверена или снята.",
                en: "This work does not wait for grading: it is graded or withdrawn."
            )
        case .takenByOther:
            self.init(
                .conflict,
                problem.rawValue,
                ru: "Эту работу сейчас проверяет другой человек. Возьмите следующую.",
                en: "Somebody else is grading this work. Take the next one."
            )
        case .notTaken:
            self.init(
                .conflict,
                problem.rawValue,
                ru: "Сначала возьмите работу: она не у вас, или время на неё вышло.",
                en: "Take the work first: you have not got it, or the time for it is over."
            )
        case .gradedBefore:
            self.init(
                .conflict,
                problem.rawValue,
                ru: "Вы эту работу уже проверили: второй раз её проверяет другой человек.",
                en: "You have graded this work: somebody else grades it the second time."
            )
        case .notOnPanel:
            self.init(
                .forbidden,
                problem.rawValue,
                ru: "Вы не входите в число проверяющих этого экзамена.",
                en: "You are not one of this exam's graders."
            )
        case .pointsOutOfRange:
            self.init(
                .unprocessable,
                problem.rawValue,
                ru: "Баллы должны быть не ниже нуля и не выше наибольших за задание.",
                en: "Points are not below zero and not above what the item is worth."
            )
        }
    }
}
