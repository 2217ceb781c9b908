import Attestation

extension CaseDefinition {
    /// Досрочное отчисление (row F7; S1 7): by one's own application, or by the institution after a notice of the breach
    /// and the explanation, or ten calendar days after its receipt without one.
    static let expulsion = CaseDefinition(
        kind: .expulsion,
        label: BilingualText(ru: "Досрочное отчисление", en: "Expulsion"),
        path: "expulsions",
        about: .nothing,
        states: [
            State("applied", ru: "подано заявление", en: "applied"),
            State("prepared", ru: "готовится уведомление", en: "notice in preparation"),
            State("notified", ru: "уведомление направлено", en: "notified"),
            State("received", ru: "уведомление получено", en: "notice received"),
            State("ordered", ru: "приказ издан", en: "ordered"),
            State("certified", ru: "справка об обучении готова", en: "certificate ready"),
            State("cancelled", ru: "прекращено", en: "cancelled"),
        ],
        steps: [
            CaseStep(
                "apply",
                ru: "Подать заявление об отчислении",
                en: "Apply to leave",
                by: .candidate,
                to: .state("applied"),
                fields: [CaseField("text", .text(3...4_000), ru: "Заявление", en: "Application")] + thirdParty + [
                    CaseField(
                        "consent",
                        .text(3...1_000),
                        ru: "Согласие заказчика: документ",
                        en: "The customer's consent: the paper",
                        required: false
                    )
                ],
                tells: [.candidate]
            ) { values in
                guard values["customer"] != .text("three_party") || values["consent"] != nil else {
                    return CaseFault(
                        "customer_consent_missing",
                        ru: "По трёхстороннему договору нужно согласие заказчика (п. 7.5).",
                        en: "A contract of three parties takes the customer's consent (7.5)."
                    )
                }
                return nil
            },
            CaseStep(
                "open",
                ru: "Начать отчисление по инициативе организации",
                en: "Begin by the institution",
                by: .office,
                to: .state("prepared"),
                fields: [CaseField("ground", .choice(grounds), ru: "Основание", en: "Ground")],
                decision: true
            ),
            CaseStep(
                "notice",
                ru: "Уведомить о нарушении и возможности отчисления",
                en: "Give notice of the breach",
                by: .office,
                from: ["prepared"],
                to: .state("notified"),
                fields: [CaseField("text", .text(10...10_000), ru: "Уведомление", en: "Notice")] + thirdParty,
                tells: [.candidate],
                onReceipt: "reading",
                decision: true
            ),
            CaseStep(
                "reading",
                ru: "Уведомление прочитано обучающимся",
                en: "Read by the candidate",
                by: .system,
                from: ["notified"],
                to: .state("received"),
                begins: [explanation(from: nil)]
            ),
            CaseStep(
                "receipt",
                ru: "Отметить вручение уведомления",
                en: "Note that the notice was handed over",
                by: .office,
                from: ["notified"],
                to: .state("received"),
                fields: CaseField.receipt,
                begins: [explanation(from: "received_day")]
            ),
            CaseStep(
                "explanation",
                ru: "Объяснить причины нарушения",
                en: "Explain",
                by: .candidate,
                from: ["notified", "received"],
                to: .state(nil),
                fields: [CaseField("text", .text(3...10_000), ru: "Объяснение", en: "Explanation")]
            ),
            CaseStep(
                "customer-receipt",
                ru: "Отметить вручение уведомления заказчику",
                en: "Note that the customer got the notice",
                by: .office,
                from: ["notified", "received"],
                to: .state(nil),
                fields: CaseField.receipt,
                begins: [
                    CaseTerm(
                        "customer_explanation",
                        10,
                        .calendar,
                        for: .office,
                        ru: "объяснение заказчика",
                        en: "the customer explains",
                        from: "received_day"
                    )
                ]
            ),
            CaseStep(
                "customer-explanation",
                ru: "Внести объяснение заказчика",
                en: "Enter the customer's explanation",
                by: .office,
                from: ["notified", "received"],
                to: .state(nil),
                fields: [CaseField("text", .text(3...10_000), ru: "Объяснение заказчика", en: "Explanation")],
                ends: ["customer_explanation"]
            ),
            CaseStep(
                "order",
                ru: "Внести приказ об отчислении",
                en: "Enter the order",
                by: .office,
                from: ["applied", "notified", "received"],
                to: .state("ordered"),
                fields: CaseField.order + [
                    CaseField("text", .text(5...10_000), ru: "Текст приказа", en: "Order"),
                    CaseField(
                        "contract",
                        .text(1...60),
                        ru: "Расторгаемый договор: номер",
                        en: "The contract's number"
                    ),
                ],
                begins: [
                    CaseTerm(
                        "certificate",
                        3,
                        .calendar,
                        for: .office,
                        ru: "подготовить справку об обучении",
                        en: "prepare the certificate of study",
                        from: "order_day"
                    )
                ],
                ends: ["explanation", "customer_explanation"],
                if: [
                    .any([
                        .taken("apply"),
                        .all([
                            .any([.taken("explanation"), .termOver("explanation")]),
                            .any([
                                .chosen("customer", in: "notice", "two_party"), .taken("customer-explanation"),
                                .termOver("customer_explanation"),
                            ]),
                        ]),
                    ])
                ],
                tells: [.candidate],
                decision: true,
                follows: [.closeContract]
            ),
            CaseStep(
                "certificate",
                ru: "Справка об обучении готова",
                en: "The certificate of study is ready",
                by: .office,
                from: ["ordered"],
                to: .state("certified"),
                fields: [CaseField("certificate_number", .text(1...100), ru: "Номер справки", en: "Number")],
                ends: ["certificate"],
                tells: [.candidate]
            ),
            CaseStep(
                "cancel",
                ru: "Прекратить",
                en: "Cancel",
                by: .office,
                from: ["applied", "prepared", "notified", "received"],
                to: .state("cancelled"),
                fields: [CaseField("reason", .text(5...2_000), ru: "Почему", en: "Why")],
                ends: ["explanation", "customer_explanation"],
                tells: [.candidate],
                decision: true
            ),
        ]
    )

    private static func explanation(from field: String?) -> CaseTerm {
        CaseTerm(
            "explanation",
            10,
            .calendar,
            for: .candidate,
            ru: "объяснить причины нарушения",
            en: "explain the breach",
            from: field
        )
    }

    private static let thirdParty = [
        CaseField(
            "customer",
            .choice([
                .init("two_party", ru: "договор с обучающимся", en: "contract with the candidate"),
                .init("three_party", ru: "трёхсторонний договор с заказчиком", en: "contract with a customer too"),
            ]),
            ru: "Стороны договора",
            en: "Parties of the contract"
        )
    ]

    private static let grounds = [
        CaseField.Choice("contract_breach", ru: "неисполнение договора, неоплата", en: "breach of contract"),
        CaseField.Choice("discipline", ru: "мера дисциплинарного взыскания", en: "disciplinary measure"),
        CaseField.Choice("studies_neglected", ru: "невыполнение учебного плана", en: "studies neglected"),
        CaseField.Choice("admission_breach", ru: "нарушение порядка приёма", en: "breach of admission rules"),
        CaseField.Choice("beyond_control", ru: "обстоятельства вне воли сторон", en: "beyond anybody's control"),
    ]
}
