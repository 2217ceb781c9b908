import Attestation

extension CaseDefinition {
    /// Дисциплинарное взыскание (row F7; S1 3.10–3.18): an explanation is asked for, after three study days an act is
    /// drawn up, then one measure, an order, and the order made known within three study days.
    static let discipline = CaseDefinition(
        kind: .discipline,
        label: BilingualText(ru: "Дисциплинарное взыскание", en: "Disciplinary case"),
        path: "disciplinary-cases",
        about: .maybeAttempt,
        states: [
            State("reported", ru: "проступок зафиксирован", en: "reported"),
            State("explanation_requested", ru: "затребовано объяснение", en: "explanation asked for"),
            State("explained", ru: "объяснение получено", en: "explained"),
            State("act_drawn", ru: "составлен акт", en: "act drawn up"),
            State("measure_chosen", ru: "мера выбрана", en: "measure chosen"),
            State("ordered", ru: "приказ издан", en: "ordered"),
            State("made_known", ru: "приказ доведён", en: "order made known"),
            State("dropped", ru: "прекращено", en: "dropped"),
        ],
        steps: [
            CaseStep(
                "report",
                ru: "Зафиксировать проступок",
                en: "Report",
                by: .reporter,
                to: .state("reported"),
                fields: [
                    CaseField("day", .day, ru: "Когда", en: "When"),
                    CaseField("text", .text(10...10_000), ru: "Что произошло", en: "What happened"),
                ],
                begins: [
                    CaseTerm("request", 1, .working, for: .office, ru: "затребовать объяснение", en: "ask to explain")
                ]
            ),
            CaseStep(
                "explanation-request",
                ru: "Затребовать письменное объяснение",
                en: "Ask for a written explanation",
                by: .office,
                from: ["reported"],
                to: .state("explanation_requested"),
                begins: [
                    CaseTerm(
                        "explanation",
                        3,
                        .study,
                        for: .candidate,
                        ru: "представить письменное объяснение",
                        en: "explain in writing"
                    )
                ],
                ends: ["request"],
                tells: [.candidate],
                decision: true
            ),
            CaseStep(
                "explanation",
                ru: "Представить объяснение",
                en: "Explain",
                by: .candidate,
                from: ["explanation_requested", "act_drawn"],
                to: .state("explained"),
                fields: [CaseField("text", .text(3...10_000), ru: "Объяснение", en: "Explanation")],
                ends: ["explanation"]
            ),
            CaseStep(
                "act",
                ru: "Составить акт о непредставлении объяснения",
                en: "Draw up the act that no explanation came",
                by: .office,
                from: ["explanation_requested"],
                to: .state("act_drawn"),
                fields: [
                    CaseField("text", .text(5...4_000), ru: "Акт", en: "Act"),
                    CaseField("act_number", .text(1...100), ru: "Номер акта", en: "Number"),
                ],
                ends: ["explanation"],
                if: [.termOver("explanation")],
                tells: [.candidate],
                decision: true
            ),
            CaseStep(
                "illness",
                ru: "Отметить болезнь",
                en: "Note an illness",
                by: .office,
                from: ["reported", "explanation_requested", "explained", "act_drawn", "measure_chosen"],
                to: .state(nil),
                fields: [CaseField("since_day", .day, ru: "С какого дня", en: "Since", personal: true)]
            ),
            CaseStep(
                "recovery",
                ru: "Отметить выздоровление",
                en: "Note the recovery",
                by: .office,
                from: ["reported", "explanation_requested", "explained", "act_drawn", "measure_chosen"],
                to: .state(nil),
                fields: [CaseField("until_day", .day, ru: "По какой день", en: "Until", personal: true)]
            ),
            CaseStep(
                "measure",
                ru: "Выбрать меру",
                en: "Choose the measure",
                by: .office,
                from: ["explained", "act_drawn"],
                to: .choice(
                    "measure",
                    [
                        "none": "dropped", "remark": "measure_chosen", "reprimand": "measure_chosen",
                        "expulsion": "measure_chosen",
                    ]
                ),
                fields: [
                    CaseField(
                        "measure",
                        .choice([
                            .init("none", ru: "без взыскания", en: "none"),
                            .init("remark", ru: "замечание", en: "remark"),
                            .init("reprimand", ru: "выговор", en: "reprimand"),
                            .init("expulsion", ru: "отчисление", en: "expulsion"),
                        ]),
                        ru: "Мера",
                        en: "Measure"
                    ),
                    CaseField(
                        "text",
                        .text(10...10_000),
                        ru: "Тяжесть, причины и обстоятельства, предыдущее поведение, состояние (п. 3.16)",
                        en: "Gravity, causes and circumstances, earlier conduct, condition (3.16)"
                    ),
                    CaseField(
                        "protected",
                        .flag,
                        ru: "Обучающийся с ограниченными возможностями здоровья по п. 3.15",
                        en: "The person is protected by 3.15",
                        personal: true
                    ),
                    CaseField(
                        "in_contract",
                        .flag,
                        ru: "Отчисление предусмотрено договором (п. 3.15)",
                        en: "The contract provides for expulsion (3.15)",
                        required: false
                    ),
                ],
                if: [.notOpener, .lifted("illness", by: "recovery")],
                tells: [.candidate],
                decision: true,
                check: measureFault
            ),
            CaseStep(
                "order",
                ru: "Внести приказ",
                en: "Enter the order",
                by: .office,
                from: ["measure_chosen"],
                to: .state("ordered"),
                fields: CaseField.order + [CaseField("text", .text(5...10_000), ru: "Текст приказа", en: "Order")],
                begins: [
                    CaseTerm(
                        "notice",
                        3,
                        .study,
                        for: .office,
                        ru: "довести приказ до обучающегося",
                        en: "make the order known",
                        from: "order_day"
                    )
                ],
                if: [.lifted("illness", by: "recovery")],
                tells: [.candidate],
                onReceipt: "reading",
                decision: true,
                follows: [.expulsion]
            ),
            CaseStep(
                "reading",
                ru: "Прочитан обучающимся",
                en: "Read by the candidate",
                by: .system,
                from: ["ordered"],
                to: .state("made_known"),
                ends: ["notice"]
            ),
            CaseStep(
                "receipt",
                ru: "Отметить вручение приказа",
                en: "Note that the order was handed over",
                by: .office,
                from: ["ordered"],
                to: .state("made_known"),
                fields: CaseField.receipt,
                ends: ["notice"]
            ),
            CaseStep(
                "drop",
                ru: "Прекратить",
                en: "Drop",
                by: .office,
                from: ["reported", "explanation_requested", "explained", "act_drawn"],
                to: .state("dropped"),
                fields: [CaseField("reason", .text(5...2_000), ru: "Почему", en: "Why")],
                ends: ["request", "explanation"],
                tells: [.candidate],
                decision: true
            ),
        ]
    )

    private static let measureFault: @Sendable ([String: CaseValue]) -> CaseFault? = { values in
        let measure = values["measure"]?.text
        if measure != "none", values["protected"] == .flag(true) {
            return CaseFault(
                "person_protected",
                ru: "К этому обучающемуся меры дисциплинарного взыскания не применяются (п. 3.15).",
                en: "No measure is taken against this person (3.15)."
            )
        }
        if measure == "expulsion", values["in_contract"] != .flag(true) {
            return CaseFault(
                "expulsion_not_in_contract",
                ru: "Отчисление возможно, только если оно предусмотрено договором об образовании (п. 3.15).",
                en: "Expulsion takes a contract that provides for it (3.15)."
            )
        }
        return nil
    }
}
