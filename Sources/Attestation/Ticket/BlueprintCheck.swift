extension Blueprint {
    /// What stands in the way of drawing tickets from `bank`, and what a person should know, in words.
    ///
    /// Sections that share questions are looked at together, because a question is never drawn twice. Of several
    /// versions of a question only the highest counts. Tickets can be drawn when no finding is an error.
    public func check(against bank: [QuestionSummary]) -> [BlueprintFinding] {
        TicketPlanner(blueprint: self, bank: bank).findings()
    }

    func checkShape() -> [BlueprintFinding] {
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
}
