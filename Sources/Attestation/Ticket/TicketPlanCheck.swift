import Foundation

extension TicketPlanner {
    /// What stands in the way of tickets for all sets, and what a person should know, in words. Tickets can be planned
    /// when no finding is an error.
    public func findings() -> [BlueprintFinding] {
        var findings = blueprint.checkShape()
        // Impossible numbers are not reckoned with.
        guard findings.isEmpty else { return findings }
        findings += checkFixed()
        let strict = shortages(fresh)
        guard mayRepeat, !used.isEmpty, !Self.suffices(strict) else { return findings + strict }
        let loose = shortages(known)
        guard Self.suffices(loose) else { return findings + loose }
        return findings + loose
            + strict.filter { $0.code != .noChoice }.map { finding in
                var finding = finding
                finding.severity = .warning
                finding.code = .repeated
                finding.message.ru += " Уже выдававшиеся вопросы появятся снова."
                finding.message.en += " Questions that were shown before will come again."
                return finding
            }
    }

    /// Whether no question has to come again.
    var suffices: Bool { Self.suffices(shortages(fresh)) }

    private static func suffices(_ findings: [BlueprintFinding]) -> Bool {
        !findings.contains { $0.severity == .error || $0.code == .groupsWouldShare }
    }

    /// What the sections find too little of among some questions.
    private func shortages(_ questions: [QuestionSummary]) -> [BlueprintFinding] {
        var findings: [BlueprintFinding] = []
        let pool = SectionPool(sections: blueprint.sections, bank: questions)
        var isShort = false
        for (index, section) in blueprint.sections.enumerated() where section.fixed == nil && section.count > 0 {
            let available = pool.candidates[index].count
            if available < section.count {
                findings.append(tooFew(index, available))
                isShort = true
            } else if available < section.count * sets.count {
                findings.append(wouldShare([index], available, section.count * sets.count))
                isShort = true
            } else if available == section.count {
                findings.append(noChoice(index))
            }
        }
        guard !isShort else { return findings }
        // Each section has enough by itself; now all of them together.
        let needs = blueprint.sections.map { $0.fixed == nil ? max($0.count, 0) : 0 }
        func shortage(_ needs: [Int]) -> SectionAllocation.Shortage? {
            SectionAllocation(needs: needs, sizes: pool.sizes, masks: pool.masks).shortage()
        }
        if let short = shortage(needs) {
            findings.append(tooFewShared(short))
        } else if let short = shortage(needs.map { $0 * sets.count }) {
            findings.append(wouldShare(short.sections, short.available, short.needed))
        }
        return findings
    }

    private func checkFixed() -> [BlueprintFinding] {
        let fixed = blueprint.sections.enumerated().flatMap { index, section in
            (section.fixed ?? []).map { (index, $0) }
        }
        guard !fixed.isEmpty else { return [] }
        let known = Set(bank.filter { $0.isOffered && !$0.isPractice }.map(\.id))
        var seen: Set<UUID> = []
        var findings: [BlueprintFinding] = []
        for (index, id) in fixed {
            let isTwice = !seen.insert(id).inserted
            guard isTwice || !known.contains(id) else { continue }
            let name = id.uuidString.lowercased()
            findings.append(
                finding(
                    .fixedQuestion,
                    [index],
                    ru: isTwice
                        ? "Раздел \(index + 1): вопрос \(name) закреплён дважды."
                        : "Раздел \(index + 1): закреплённого вопроса \(name) нет в банке дисциплины.",
                    en: isTwice
                        ? "Section \(index + 1): the question \(name) is fixed twice."
                        : "Section \(index + 1): the fixed question \(name) is not in the discipline's bank."
                )
            )
        }
        for (index, section) in blueprint.sections.enumerated()
        where section.fixed.map({ $0.count != section.count }) ?? false {
            findings.append(
                finding(
                    .fixedQuestion,
                    [index],
                    ru: "Раздел \(index + 1): число вопросов должно равняться числу закреплённых.",
                    en: "Section \(index + 1): the count must be the number of fixed questions."
                )
            )
        }
        if sets.count > 1 {
            findings.append(
                finding(
                    .fixedShared,
                    [],
                    .warning,
                    ru: "Закреплённые вопросы (\(fixed.count)) будут одинаковы у всех групп.",
                    en: "The fixed questions (\(fixed.count)) will be the same for all groups."
                )
            )
        }
        return findings
    }

    /// How many questions would fit one of the sections and are not to be shown again.
    private func usedCount(_ sections: [Int]) -> Int {
        guard !used.isEmpty else { return 0 }
        return SectionPool.sorted(bank).filter { question in
            used.contains(question.id) && sections.contains { blueprint.sections[$0].accepts(question) }
        }.count
    }

    private func beyond(_ sections: [Int]) -> BilingualText {
        let count = usedCount(sections)
        guard count > 0 else { return BilingualText(ru: "", en: "") }
        return BilingualText(
            ru: " (ещё \(count) уже выдавались по этой дисциплине или отведены другому экзамену)",
            en: " (\(count) more were shown in this discipline before or are set aside for another exam)"
        )
    }

    private func tooFew(_ index: Int, _ available: Int) -> BlueprintFinding {
        let section = blueprint.sections[index]
        let label = section.label
        let more = beyond([index])
        return finding(
            .tooFewQuestions,
            [index],
            available: available,
            needed: section.count,
            ru:
                "Раздел \(index + 1) (\(label.ru)): в банке \(available) из \(section.count) нужных вопросов\(more.ru).",
            en: "Section \(index + 1) (\(label.en)): the bank has \(available) of \(section.count) questions\(more.en)."
        )
    }

    private func wouldShare(_ indexes: [Int], _ available: Int, _ needed: Int) -> BlueprintFinding {
        let numbers = indexes.map { String($0 + 1) }.joined(separator: ", ")
        let label = indexes.count == 1 ? blueprint.sections[indexes[0]].label : nil
        let more = beyond(indexes)
        let place = BilingualText(
            ru: indexes.count == 1 ? "Раздел \(numbers) (\(label?.ru ?? ""))" : "Разделы \(numbers) вместе",
            en: indexes.count == 1 ? "Section \(numbers) (\(label?.en ?? ""))" : "Sections \(numbers) together"
        )
        let who = setNames
        return finding(
            .groupsWouldShare,
            indexes,
            allowsSharing ? .warning : .error,
            available: available,
            needed: needed,
            ru: "\(place.ru): в банке \(available) из \(needed) вопросов, нужных на \(sets.count) "
                + "\(Self.plural(sets.count, "комплект", "комплекта", "комплектов")) билетов\(more.ru): "
                + "\(who.ru) \(allowsSharing ? "придётся" : "пришлось бы") делить \(needed - available).",
            en: "\(place.en): the bank has \(available) of the \(needed) questions that \(sets.count) sets of tickets "
                + "need\(more.en): \(who.en) \(allowsSharing ? "will" : "would") share \(needed - available)."
        )
    }

    /// Who would have to share, by name while there are few.
    private var setNames: BilingualText {
        let names = sets.flatMap(\.groups)
        guard (2...6).contains(names.count), sets.allSatisfy({ !$0.groups.isEmpty }) else {
            return BilingualText(ru: "комплектам", en: "the sets")
        }
        func list(_ quote: (String, String), _ and: String) -> String {
            let quoted = names.map { quote.0 + $0 + quote.1 }
            return quoted.dropLast().joined(separator: ", ") + " \(and) " + (quoted.last ?? "")
        }
        return BilingualText(ru: "группам " + list(("«", "»"), "и"), en: "groups " + list(("“", "”"), "and"))
    }

    private func noChoice(_ index: Int) -> BlueprintFinding {
        let section = blueprint.sections[index]
        let label = section.label
        return finding(
            .noChoice,
            [index],
            .warning,
            available: section.count,
            needed: section.count,
            ru: "Раздел \(index + 1) (\(label.ru)): в банке ровно столько вопросов, сколько нужно "
                + "(\(section.count)), они одинаковы во всех билетах.",
            en: "Section \(index + 1) (\(label.en)): the bank has exactly \(section.count) questions, "
                + "the same in all tickets."
        )
    }

    private func tooFewShared(_ shortage: SectionAllocation.Shortage) -> BlueprintFinding {
        let list = shortage.sections.map { String($0 + 1) }.joined(separator: ", ")
        let more = beyond(shortage.sections)
        return finding(
            .tooFewShared,
            shortage.sections,
            available: shortage.available,
            needed: shortage.needed,
            ru: "Разделам \(list) вместе нужно \(shortage.needed) разных вопросов, "
                + "а подходящих в банке \(shortage.available)\(more.ru).",
            en: "Sections \(list) together need \(shortage.needed) different questions, "
                + "but the bank has \(shortage.available) that fit\(more.en)."
        )
    }

    private func finding(
        _ code: BlueprintFinding.Code,
        _ indexes: [Int],
        _ severity: BlueprintFinding.Severity = .error,
        available: Int? = nil,
        needed: Int? = nil,
        ru: String,
        en: String
    ) -> BlueprintFinding {
        BlueprintFinding(
            severity: severity,
            code: code,
            sections: indexes.map { $0 + 1 },
            available: available,
            needed: needed,
            message: BilingualText(ru: ru, en: en)
        )
    }

    private static func plural(_ count: Int, _ one: String, _ few: String, _ many: String) -> String {
        if (11...14).contains(count % 100) { return many }
        switch count % 10 {
        case 1: return one
        case 2...4: return few
        default: return many
        }
    }
}
