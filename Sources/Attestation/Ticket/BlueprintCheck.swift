extension Blueprint {
    /// What stands in the way of drawing tickets from `bank`, and what a person should know, in words.
    ///
    /// Sections that share questions are looked at together, because a question is never drawn twice. Of several
    /// versions of a question only the highest counts. Tickets can be drawn when no finding is an error.
    public func check(against bank: [QuestionSummary]) -> [BlueprintFinding] {
        var findings = checkShape()
        guard (1...Self.sectionLimit).contains(sections.count) else { return findings }
        let pool = SectionPool(sections: sections, bank: bank)
        for (index, section) in sections.enumerated() where section.count > 0 {
            let available = pool.candidates[index].count
            if available < section.count {
                findings.append(tooFew(index, available))
            } else if available == section.count {
                findings.append(noChoice(index))
            }
        }
        if !findings.contains(where: { $0.code == .tooFewQuestions }) {
            if let shortage = pool.allocation.shortage() { findings.append(tooFewShared(shortage)) }
        }
        return findings
    }

    private func checkShape() -> [BlueprintFinding] {
        var findings: [BlueprintFinding] = []
        func add(_ code: BlueprintFinding.Code, _ sections: [Int] = [], ru: String, en: String) {
            let message = BilingualText(ru: ru, en: en)
            findings.append(BlueprintFinding(severity: .error, code: code, sections: sections, message: message))
        }
        if !(1...Self.sectionLimit).contains(sections.count) {
            add(
                .sectionCount,
                ru: "В плане должно быть от 1 до \(Self.sectionLimit) разделов, а их \(sections.count).",
                en: "A blueprint has 1 to \(Self.sectionLimit) sections, not \(sections.count)."
            )
        }
        for (index, section) in sections.enumerated() where !(1...Self.itemLimit).contains(section.count) {
            add(
                .itemCount,
                [index + 1],
                ru: "Раздел \(index + 1): число вопросов должно быть от 1 до \(Self.itemLimit).",
                en: "Section \(index + 1): the number of questions must be 1 to \(Self.itemLimit)."
            )
        }
        if itemCount > Self.itemLimit {
            add(
                .itemCount,
                ru: "В билете больше \(Self.itemLimit) вопросов.",
                en: "The ticket has more than \(Self.itemLimit) questions."
            )
        }
        for (index, section) in sections.enumerated() {
            guard let points = section.pointsEach, points <= .zero || points > Points(hundredths: 100_000) else {
                continue
            }
            add(
                .points,
                [index + 1],
                ru: "Раздел \(index + 1): баллов за вопрос должно быть больше 0 и не больше 1000.",
                en: "Section \(index + 1): points for a question must be above 0 and at most 1000."
            )
        }
        if !(60...86_400).contains(durationSeconds) {
            add(
                .duration,
                ru: "Время на билет должно быть от минуты до суток.",
                en: "The time must be between a minute and a day."
            )
        }
        return findings
    }

    private func tooFew(_ index: Int, _ available: Int) -> BlueprintFinding {
        let section = sections[index]
        let label = section.label
        return BlueprintFinding(
            severity: .error,
            code: .tooFewQuestions,
            sections: [index + 1],
            available: available,
            needed: section.count,
            message: BilingualText(
                ru: "Раздел \(index + 1) (\(label.ru)): в банке \(available) из \(section.count) нужных вопросов.",
                en: "Section \(index + 1) (\(label.en)): the bank has \(available) of \(section.count) questions."
            )
        )
    }

    private func noChoice(_ index: Int) -> BlueprintFinding {
        let section = sections[index]
        let label = section.label
        return BlueprintFinding(
            severity: .warning,
            code: .noChoice,
            sections: [index + 1],
            available: section.count,
            needed: section.count,
            message: BilingualText(
                ru: "Раздел \(index + 1) (\(label.ru)): в банке ровно \(section.count) вопросов, "
                    + "они одинаковы во всех билетах.",
                en: "Section \(index + 1) (\(label.en)): the bank has exactly \(section.count) questions, "
                    + "the same in all tickets."
            )
        )
    }

    private func tooFewShared(_ shortage: SectionAllocation.Shortage) -> BlueprintFinding {
        let numbers = shortage.sections.map { $0 + 1 }
        let list = numbers.map(String.init).joined(separator: ", ")
        return BlueprintFinding(
            severity: .error,
            code: .tooFewShared,
            sections: numbers,
            available: shortage.available,
            needed: shortage.needed,
            message: BilingualText(
                ru: "Разделам \(list) вместе нужно \(shortage.needed) разных вопросов, "
                    + "а подходящих в банке \(shortage.available).",
                en: "Sections \(list) together need \(shortage.needed) different questions, "
                    + "but the bank has \(shortage.available) that fit."
            )
        )
    }
}
