/// Whether earlier study is credited as it stands (перезачёт) or is attested again (переаттестация), by S1 6.15.
public enum CreditComparison {
    /// The forms of intermediate attestation.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// Экзамен.
        case exam
        /// Зачёт с оценкой.
        case gradedPass = "graded_pass"
        /// Зачёт.
        case pass
    }

    /// What comes of it.
    public enum Way: String, Hashable, Sendable, CaseIterable {
        /// Перезачёт.
        case transfer
        /// Переаттестация.
        case reattestation
    }

    /// The way for one discipline.
    ///
    /// - Parameters:
    ///   - isSimilar: whether a person found the content similar.
    ///   - earlier: the credit units in hundredths and the form in the paper.
    ///   - programme: the same in the programme.
    public static func way(
        isSimilar: Bool,
        earlier: (units: Int, form: Form),
        programme: (units: Int, form: Form)
    ) -> Way {
        let fits = earlier.form == programme.form || (earlier.form == .exam && programme.form == .pass)
        return isSimilar && fits && earlier.units >= programme.units ? .transfer : .reattestation
    }

    // MARK: - Tables

    private static let forms = [
        CaseField.Choice(Form.exam.rawValue, ru: "экзамен", en: "exam"),
        CaseField.Choice(Form.gradedPass.rawValue, ru: "зачёт с оценкой", en: "graded pass"),
        CaseField.Choice(Form.pass.rawValue, ru: "зачёт", en: "pass"),
    ]
    private static let ways = [
        CaseField.Choice(Way.transfer.rawValue, ru: "перезачёт", en: "transfer"),
        CaseField.Choice(Way.reattestation.rawValue, ru: "переаттестация", en: "re-attestation"),
    ]
    private static let discipline = CaseField("discipline", .text(1...300), ru: "Дисциплина", en: "Discipline")
    private static let earlier = [
        CaseField("earlier_discipline", .text(1...300), ru: "Дисциплина в документе", en: "Discipline in the paper"),
        CaseField("earlier_units", .number(1...100_000), ru: "Объём, сотые з.е.", en: "Credit units, hundredths"),
        CaseField("earlier_form", .choice(forms), ru: "Форма аттестации", en: "Form of attestation"),
        CaseField("earlier_grade", .choice(CaseField.grades), ru: "Оценка", en: "Grade"),
    ]

    static let applied = [discipline] + earlier

    static let compared =
        [discipline] + earlier + [
            CaseField("units", .number(1...100_000), ru: "Объём по программе, сотые з.е.", en: "The programme's units"),
            CaseField("form", .choice(forms), ru: "Форма по программе", en: "The programme's form"),
            CaseField("similar", .flag, ru: "Содержание аналогично", en: "The content is similar"),
            CaseField("way", .choice(ways), ru: "Форма зачёта", en: "How it is credited"),
        ]

    static let credited = [
        discipline,
        CaseField("units", .number(1...100_000), ru: "Объём, сотые з.е.", en: "Credit units, hundredths"),
        CaseField("grade", .choice(CaseField.grades), ru: "Оценка или зачёт", en: "Grade"),
        CaseField("way", .choice(ways), ru: "Форма зачёта", en: "How it is credited"),
    ]

    /// Refuses a comparison that names a way other than the regulation's.
    static let fault: @Sendable ([String: CaseValue]) -> CaseFault? = { values in
        for row in values["items"]?.rows ?? [] {
            guard let units = row["earlier_units"]?.number, let programme = row["units"]?.number,
                let earlierForm = row["earlier_form"]?.text.flatMap({ Form(rawValue: $0) }),
                let form = row["form"]?.text.flatMap({ Form(rawValue: $0) })
            else { continue }
            let way = way(
                isSimilar: row["similar"]?.flag ?? false,
                earlier: (units, earlierForm),
                programme: (programme, form)
            )
            guard row["way"] == .text(way.rawValue) else {
                let name = row["discipline"]?.text ?? ""
                let ru = way == .transfer ? "перезачёт" : "переаттестация"
                return CaseFault(
                    "credit_way",
                    ru: "«\(name)»: по объёму и форме положен(а) \(ru) (п. 6.15).",
                    en: "“\(name)”: by volume and form it is the way “\(way.rawValue)” (6.15)."
                )
            }
        }
        return nil
    }
}
