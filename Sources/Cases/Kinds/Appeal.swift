import Attestation

extension CaseDefinition {
    /// Апелляция (row D12; S1 5.28; S2 6.1). The terms for the office are the usual ones, where the institution's own
    /// act says nothing else; they remind and forbid nothing.
    static let appeal = CaseDefinition(
        kind: .appeal,
        label: BilingualText(ru: "Апелляция", en: "Appeal"),
        path: "appeals",
        about: .attempt,
        states: [
            State("submitted", ru: "заявление подано", en: "submitted"),
            State("commission_appointed", ru: "комиссия назначена", en: "commission appointed"),
            State("meeting_set", ru: "заседание назначено", en: "meeting set"),
            State("decided", ru: "решение принято", en: "decided"),
            State("returned", ru: "заявление возвращено", en: "returned"),
            State("withdrawn", ru: "заявление отозвано", en: "withdrawn"),
        ],
        steps: [
            CaseStep(
                "submit",
                ru: "Подать апелляцию",
                en: "File the appeal",
                by: .candidate,
                to: .state("submitted"),
                fields: [
                    CaseField(
                        "grounds",
                        .choice([
                            .init("result", ru: "несогласие с результатом", en: "disagreement with the result"),
                            .init("procedure", ru: "нарушение порядка проведения", en: "breach of procedure"),
                            .init("both", ru: "и то и другое", en: "both"),
                        ]),
                        ru: "Основание",
                        en: "Grounds"
                    ),
                    CaseField("text", .text(10...10_000), ru: "Заявление", en: "Application"),
                ],
                begins: [
                    CaseTerm(
                        "appointment",
                        2,
                        .working,
                        for: .office,
                        ru: "назначить апелляционную комиссию",
                        en: "appoint the commission"
                    )
                ],
                tells: [.candidate]
            ),
            CaseStep(
                "withdraw",
                ru: "Отозвать апелляцию",
                en: "Withdraw the appeal",
                by: .candidate,
                from: ["submitted", "commission_appointed", "meeting_set"],
                to: .state("withdrawn"),
                ends: ["appointment", "meeting"],
                tells: [.commission]
            ),
            CaseStep(
                "return",
                ru: "Вернуть заявление",
                en: "Return the application",
                by: .office,
                from: ["submitted"],
                to: .state("returned"),
                fields: [CaseField("reason", .text(5...2_000), ru: "Почему", en: "Why")],
                ends: ["appointment"],
                tells: [.candidate],
                decision: true
            ),
            CaseStep(
                "commission",
                ru: "Назначить комиссию распоряжением",
                en: "Appoint the commission by an order",
                by: .office,
                from: ["submitted", "commission_appointed"],
                to: .state("commission_appointed"),
                fields: CaseField.commission(excluding: [.examiner, .opener]) + [
                    CaseField(
                        "examiner",
                        .people(1...1, excluding: []),
                        ru: "Преподаватель, проводивший аттестацию",
                        en: "The examiner who conducted the attestation"
                    )
                ],
                begins: [
                    CaseTerm("meeting", 5, .working, for: .chair, ru: "провести заседание", en: "hold the meeting")
                ],
                ends: ["appointment"],
                tells: [.candidate, .commission],
                decision: true
            ),
            CaseStep(
                "meeting",
                ru: "Назначить заседание",
                en: "Set the meeting",
                by: .office,
                from: ["commission_appointed", "meeting_set"],
                to: .state("meeting_set"),
                fields: CaseField.meeting,
                tells: [.candidate, .commission]
            ),
            CaseStep(
                "minutes",
                ru: "Записать протокол и решение",
                en: "Record the minutes and the outcome",
                by: .chair,
                from: ["meeting_set"],
                to: .state("decided"),
                fields: CaseField.minutes + [
                    CaseField(
                        "candidate_present",
                        .flag,
                        ru: "Обучающийся присутствовал",
                        en: "The candidate was present"
                    ),
                    CaseField(
                        "examiner_present",
                        .flag,
                        ru: "Преподаватель присутствовал",
                        en: "The examiner was present"
                    ),
                    CaseField(
                        "outcome",
                        .choice([
                            .init("grade_stands", ru: "оценка остаётся", en: "the grade stands"),
                            .init("work_reexamined", ru: "работа проверяется повторно", en: "the work is re-examined"),
                            .init("grade_changed", ru: "оценка изменяется", en: "the grade is changed"),
                        ]),
                        ru: "Решение",
                        en: "Outcome"
                    ),
                    CaseField("grade", .choice(CaseField.grades), ru: "Новая оценка", en: "New grade", required: false),
                ],
                ends: ["meeting"],
                tells: [.candidate, .commission],
                decision: true,
                follows: [.reviewOrChangeGrade]
            ) { values in
                let isChange = values["outcome"] == .text("grade_changed")
                guard isChange == (values["grade"] != nil) else {
                    return CaseFault(
                        "grade_and_outcome",
                        ru: "Новая оценка указывается тогда и только тогда, когда оценка изменяется.",
                        en: "A new grade is given if, and only if, the grade is changed."
                    )
                }
                return nil
            },
        ]
    )
}

/// Fields that several kinds share.
extension CaseField {
    /// A commission: a chair and at least two members, by an order.
    static func commission(excluding parties: Set<Party>) -> [CaseField] {
        [
            CaseField("chair", .people(1...1, excluding: parties), ru: "Председатель", en: "Chair"),
            CaseField("members", .people(2...10, excluding: parties), ru: "Члены комиссии", en: "Members"),
            CaseField("order_number", .text(1...100), ru: "Номер распоряжения", en: "Number of the order"),
            CaseField("order_day", .day, ru: "Дата распоряжения", en: "Date of the order"),
        ]
    }

    static let meeting = [
        CaseField("meeting_at", .time, ru: "Время заседания", en: "Time of the meeting"),
        CaseField("place", .text(3...1_000), ru: "Ссылка на видеоконференцию или место", en: "Link or place"),
    ]

    static let minutes = [
        CaseField("minutes_number", .text(1...100), ru: "Номер протокола", en: "Number of the minutes"),
        CaseField("minutes_day", .day, ru: "Дата протокола", en: "Date of the minutes"),
        CaseField(
            "present",
            .people(2...11, excluding: []),
            ru: "Присутствовали из комиссии",
            en: "Present of the commission"
        ),
        CaseField("text", .text(10...50_000), ru: "Протокол", en: "Minutes"),
    ]

    static let order = [
        CaseField("order_number", .text(1...100), ru: "Номер приказа", en: "Number of the order"),
        CaseField("order_day", .day, ru: "Дата приказа", en: "Date of the order"),
    ]

    /// How somebody got a paper who does not read it here.
    static let receipt = [
        CaseField("received_day", .day, ru: "Когда вручено", en: "Handed over on"),
        CaseField(
            "way",
            .choice([
                .init("signature", ru: "под расписку", en: "against signature"),
                .init("post", ru: "почтой", en: "by post"),
                .init("electronic", ru: "электронной связью", en: "by electronic means"),
            ]),
            ru: "Как вручено",
            en: "How"
        ),
    ]

    static let grades = Grade.allCases.map { CaseField.Choice($0.rawValue, ru: $0.label, en: $0.rawValue) }
}
