import Attestation

extension CaseDefinition {
    /// Зачёт результатов обучения (row D13; S1 6.11–6.18).
    static let creditTransfer = CaseDefinition(
        kind: .creditTransfer,
        label: BilingualText(ru: "Зачёт результатов обучения", en: "Credit for earlier study"),
        path: "credit-transfers",
        about: .nothing,
        states: [
            State("submitted", ru: "заявление подано", en: "submitted"),
            State("compared", ru: "объём и форма сопоставлены", en: "compared"),
            State("commission_appointed", ru: "передано аттестационной комиссии", en: "before the commission"),
            State("reattestation_set", ru: "назначена переаттестация", en: "re-attestation set"),
            State("decided", ru: "комиссия решила", en: "decided"),
            State("ordered", ru: "приказ издан", en: "ordered"),
            State("refused", ru: "в зачёте отказано", en: "refused"),
            State("returned", ru: "заявление возвращено", en: "returned"),
            State("withdrawn", ru: "заявление отозвано", en: "withdrawn"),
        ],
        steps: [
            CaseStep(
                "submit",
                ru: "Подать заявление",
                en: "Apply",
                by: .candidate,
                to: .state("submitted"),
                fields: [
                    CaseField("items", .rows(CreditComparison.applied, 1...50), ru: "Дисциплины", en: "Disciplines"),
                    CaseField("paper", .text(3...500), ru: "Документ об образовании", en: "The paper that shows it"),
                ],
                begins: [
                    CaseTerm("comparison", 5, .working, for: .office, ru: "сопоставить объём и форму", en: "compare")
                ],
                tells: [.candidate]
            ),
            CaseStep(
                "withdraw",
                ru: "Отозвать заявление",
                en: "Withdraw",
                by: .candidate,
                from: ["submitted", "compared", "commission_appointed", "reattestation_set"],
                to: .state("withdrawn"),
                ends: ["comparison", "decision"]
            ),
            CaseStep(
                "return",
                ru: "Вернуть заявление",
                en: "Return",
                by: .office,
                from: ["submitted"],
                to: .state("returned"),
                fields: [CaseField("reason", .text(5...2_000), ru: "Почему", en: "Why")],
                ends: ["comparison"],
                tells: [.candidate],
                decision: true
            ),
            CaseStep(
                "comparison",
                ru: "Сопоставить объём и форму",
                en: "Compare by volume and form",
                by: .office,
                from: ["submitted", "compared"],
                to: .state("compared"),
                fields: [
                    CaseField("items", .rows(CreditComparison.compared, 1...50), ru: "Сопоставление", en: "Comparison")
                ],
                ends: ["comparison"],
                if: [.documents(1)],
                tells: [.candidate],
                check: CreditComparison.fault
            ),
            CaseStep(
                "commission",
                ru: "Назначить аттестационную комиссию",
                en: "Appoint the commission",
                by: .office,
                from: ["compared", "commission_appointed"],
                to: .state("commission_appointed"),
                fields: CaseField.commission(excluding: []),
                begins: [
                    CaseTerm("decision", 10, .working, for: .chair, ru: "принять решение", en: "decide")
                ],
                tells: [.candidate, .commission],
                decision: true
            ),
            CaseStep(
                "reattestation",
                ru: "Назначить переаттестацию",
                en: "Set the re-attestation",
                by: .office,
                from: ["commission_appointed", "reattestation_set"],
                to: .state("reattestation_set"),
                fields: CaseField.meeting + [
                    CaseField(
                        "programmes",
                        .text(3...4_000),
                        ru: "Где ознакомиться с рабочими программами; консультации (п. 6.16)",
                        en: "Where the programmes can be read; consultations (6.16)"
                    )
                ],
                tells: [.candidate, .commission]
            ),
            CaseStep(
                "minutes",
                ru: "Записать протокол и решение",
                en: "Record the minutes and the decision",
                by: .chair,
                from: ["commission_appointed", "reattestation_set"],
                to: .choice("outcome", ["credited": "decided", "refused": "refused"]),
                fields: CaseField.minutes + [
                    CaseField(
                        "outcome",
                        .choice([
                            .init("credited", ru: "зачесть указанное", en: "credit what is listed"),
                            .init("refused", ru: "не зачесть", en: "credit nothing"),
                        ]),
                        ru: "Решение",
                        en: "Outcome"
                    ),
                    CaseField(
                        "items",
                        .rows(CreditComparison.credited, 1...50),
                        ru: "Зачтено",
                        en: "Credited",
                        required: false
                    ),
                ],
                ends: ["decision"],
                tells: [.candidate, .commission],
                decision: true
            ) { values in
                guard (values["outcome"] == .text("credited")) == (values["items"] != nil) else {
                    return CaseFault(
                        "credit_items",
                        ru: "Протокол перечисляет зачтённые дисциплины, их объём и оценку или зачёт (п. 6.17).",
                        en: "The minutes list what is credited, its volume and its grade (6.17)."
                    )
                }
                return nil
            },
            CaseStep(
                "order",
                ru: "Внести приказ ректора",
                en: "Enter the order",
                by: .office,
                from: ["decided"],
                to: .state("ordered"),
                fields: CaseField.order,
                tells: [.candidate],
                decision: true
            ),
        ]
    )
}
