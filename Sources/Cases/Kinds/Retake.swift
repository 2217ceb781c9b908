import Attestation

extension CaseDefinition {
    /// Повторная аттестация: a debt is made good at most twice within a year, the second time before a commission, and
    /// excused absence does not count (273-ФЗ, art. 58; S2 4.5, 4.7).
    static let retake = CaseDefinition(
        kind: .retake,
        label: BilingualText(ru: "Повторная аттестация", en: "Retake"),
        path: "retakes",
        about: .attempt,
        states: [
            State("requested", ru: "запрошена", en: "requested"),
            State("granted", ru: "разрешена", en: "granted"),
            State("completed", ru: "проведена", en: "completed"),
            State("refused", ru: "отказано", en: "refused"),
            State("withdrawn", ru: "отозвана", en: "withdrawn"),
        ],
        steps: [
            CaseStep(
                "submit",
                ru: "Попросить о повторной аттестации",
                en: "Ask for a retake",
                by: .candidate,
                to: .state("requested"),
                fields: [CaseField("text", .text(3...2_000), ru: "Заявление", en: "Application", required: false)],
                begins: [
                    CaseTerm("grant", 5, .working, for: .office, ru: "назначить повторную аттестацию", en: "grant it")
                ]
            ),
            CaseStep(
                "withdraw",
                ru: "Отозвать",
                en: "Withdraw",
                by: .candidate,
                from: ["requested"],
                to: .state("withdrawn"),
                ends: ["grant"]
            ),
            CaseStep(
                "grant",
                ru: "Разрешить",
                en: "Grant",
                by: .office,
                from: ["requested"],
                to: .state("granted"),
                fields: [
                    CaseField("exam_id", .exam, ru: "Экзамен", en: "The exam of the retake"),
                    CaseField("number", .number(1...2), ru: "Какая по счёту", en: "Which retake it is"),
                    CaseField(
                        "chair",
                        .people(1...1, excluding: [.examiner]),
                        ru: "Председатель комиссии",
                        en: "Chair",
                        required: false
                    ),
                    CaseField(
                        "members",
                        .people(2...10, excluding: []),
                        ru: "Члены комиссии",
                        en: "Members",
                        required: false
                    ),
                ],
                ends: ["grant"],
                tells: [.candidate, .commission],
                decision: true
            ) { values in
                let hasCommission = values["chair"] != nil && values["members"] != nil
                guard hasCommission == (values["number"] == .number(2)) else {
                    return CaseFault(
                        "retake_commission",
                        ru: "Вторую повторную аттестацию принимает комиссия, первую — преподаватель (273-ФЗ, ст. 58).",
                        en: "The second retake is before a commission, the first before the examiner (273-FZ, art. 58)."
                    )
                }
                return nil
            },
            CaseStep(
                "refuse",
                ru: "Отказать",
                en: "Refuse",
                by: .office,
                from: ["requested"],
                to: .state("refused"),
                fields: [CaseField("reason", .text(5...2_000), ru: "Почему", en: "Why")],
                ends: ["grant"],
                tells: [.candidate],
                decision: true
            ),
            CaseStep(
                "complete",
                ru: "Отметить проведение",
                en: "Note that it was held",
                by: .office,
                from: ["granted"],
                to: .state("completed"),
                fields: [
                    CaseField(
                        "outcome",
                        .choice([
                            .init("passed", ru: "сдана", en: "passed"), .init("failed", ru: "не сдана", en: "failed"),
                            .init("absent", ru: "не явился", en: "absent"),
                            .init("excused", ru: "не явился по уважительной причине", en: "absent, excused"),
                        ]),
                        ru: "Итог",
                        en: "Outcome"
                    )
                ],
                tells: [.candidate],
                decision: true
            ),
        ]
    )
}
