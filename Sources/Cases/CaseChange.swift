import Attestation
public import Foundation

/// Changes to a case: each looks at the rules, then adds a record.
extension Case {
    /// Who takes a step.
    public struct Author: Hashable, Sendable {
        /// In which part.
        public let actor: CaseActor
        /// The account; nil for the service.
        public let account: UUID?

        /// Makes a value.
        public init(_ actor: CaseActor, _ account: UUID?) {
            self.actor = actor
            self.account = account
        }

        /// The service itself.
        public static let system = Author(.system, nil)
    }

    /// The case after a step.
    ///
    /// - Parameters:
    ///   - excluded: accounts that must not decide, by why they must not.
    ///   - seal: seals what is personal of the values, under the number of the record.
    /// - Throws: ``CaseFault`` with the code that says why it is refused, or what `seal` throws.
    public func taking(
        _ stepID: String,
        by author: Author,
        values: [String: CaseValue],
        excluded: [CaseField.Party: Set<UUID>] = [:],
        days: DayCount,
        at now: Date,
        seal: ([String: CaseValue], Int) throws -> Data
    ) throws -> Case {
        guard let step = definition.step(stepID) else { throw CaseFault.stepUnknown }
        let isAllowed = records.isEmpty ? step.from.isEmpty : step.from.contains(state)
        guard isAllowed else { throw CaseFault.stepNotNow(definition.label(of: state)) }
        guard step.actor == author.actor else { throw CaseFault.notYours }
        if step.actor == .chair, author.account != chair { throw CaseFault.notYours }
        // Nobody decides on themself.
        if step.actor != .candidate, step.actor != .system, author.account == opening.subject {
            throw CaseFault.conflictOfInterest
        }
        if let name = CaseField.fault(in: values, step.fields) { throw CaseFault.field(name) }
        for condition in step.conditions where !holds(condition, author, at: now) { throw fault(of: condition) }
        for field in step.fields {
            guard case .people(_, let parties) = field.kind, let value = values[field.name] else { continue }
            let barred = parties.reduce(into: Set([opening.subject])) { $0.formUnion(excluded[$1] ?? []) }
            guard barred.isDisjoint(with: value.ids) else { throw CaseFault.conflictOfInterest }
        }
        if let chair = values["chair"]?.ids.first, values["members"]?.ids.contains(chair) == true {
            throw CaseFault("people_twice", ru: "Председатель указан и среди членов.", en: "The chair is a member too.")
        }
        if let present = values["present"] {
            // Half of a commission is none, and its chair leads the meeting.
            let commission = Set(members + [chair].compactMap(\.self))
            let there = Set(present.ids)
            guard there.isSubset(of: commission), chair.map({ there.contains($0) }) == true,
                there.count * 2 > commission.count
            else { throw CaseFault.quorumMissing }
        }
        if let fault = step.check(values) { throw fault }

        let personal = values.filter { name, _ in step.fields.contains { $0.name == name && $0.isPersonal } }
        let number = records.count + 1
        let moment = max(now, lastAt)
        var next = self
        try next.apply(
            CaseRecord(
                number: number,
                at: moment,
                kind: .step,
                actor: author.actor,
                author: author.account,
                step: stepID,
                from: state,
                to: step.target(with: values) ?? state,
                values: values.filter { personal[$0.key] == nil },
                sealed: personal.isEmpty ? nil : try seal(personal, number),
                begun: step.begins.map { term in
                    let from = term.dayField.flatMap { values[$0]?.day } ?? days.day(of: moment)
                    return Term(id: term.id, end: days.end(of: term.days, term.unit, after: from))
                },
                ended: step.ends.sorted()
            )
        )
        return next
    }

    /// The case after the terms that are over at `now` were noted.
    public func turned(at now: Date) throws(CaseFault) -> Case {
        var next = self
        while let term = next.terms.filter({ !$0.isOver && $0.endsAt < now }).min(by: { $0.endsAt < $1.endsAt }),
            !next.isClosed
        {
            try next.apply(
                CaseRecord(
                    number: next.records.count + 1,
                    at: max(now, next.lastAt),
                    kind: .termOver,
                    actor: .system,
                    from: next.state,
                    to: next.state,
                    term: term.id
                )
            )
        }
        return next
    }

    /// The case with a document.
    ///
    /// - Throws: ``CaseFault`` where it is closed or has too many.
    public func attaching(_ evidence: String, by author: Author, at now: Date) throws(CaseFault) -> Case {
        guard !isClosed else { throw CaseFault.closed }
        guard records.count(where: { $0.kind == .document }) < Self.mostDocuments else {
            throw CaseFault("documents_too_many", ru: "Документов слишком много.", en: "There are too many documents.")
        }
        var next = self
        try next.apply(
            CaseRecord(
                number: records.count + 1,
                at: max(now, lastAt),
                kind: .document,
                actor: author.actor,
                author: author.account,
                from: state,
                to: state,
                evidence: evidence
            )
        )
        return next
    }

    /// The most documents that a case takes.
    public static let mostDocuments = 20

    /// The steps that somebody in one of these parts could take now, as far as can be told without values.
    public func steps(for author: Author, at now: Date) -> [CaseStep] {
        guard author.account != opening.subject || author.actor == .candidate else { return [] }
        return definition.steps.filter { step in
            step.from.contains(state) && step.actor == author.actor
                && (step.actor != .chair || author.account == chair)
                && step.conditions.allSatisfy { holds($0, author, at: now) }
        }
    }

    // MARK: - Conditions

    private func holds(_ condition: CaseStep.Condition, _ author: Author, at now: Date) -> Bool {
        switch condition {
        case .termOver(let id): terms.contains { $0.id == id && ($0.isOver || $0.endsAt < now) }
        case .taken(let step): last(step) != nil
        case .notTaken(let step): last(step) == nil
        case .lifted(let step, let lifting): (last(step)?.number ?? 0) <= (last(lifting)?.number ?? 0)
        case .notOpener: author.account != opening.openedBy
        case .documents(let count): records.count { $0.kind == .document } >= count
        case .any(let conditions): conditions.contains { holds($0, author, at: now) }
        case .all(let conditions): conditions.allSatisfy { holds($0, author, at: now) }
        case .chosen(let field, let step, let value): last(step)?.values[field] == .text(value)
        }
    }

    private func fault(of condition: CaseStep.Condition) -> CaseFault {
        switch condition {
        case .termOver, .any, .all:
            CaseFault(
                "case_term_runs",
                ru: "Сначала дождитесь объяснения или окончания срока: он ещё не истёк.",
                en: "Wait for the explanation or for the end of the term first: it is not over yet."
            )
        case .notTaken, .taken, .chosen: .stepNotNow(definition.label(of: state))
        case .lifted:
            CaseFault(
                "case_person_ill",
                ru: "Во время болезни обучающегося меры взыскания не применяются (п. 3.15).",
                en: "No measure is taken while the person is ill."
            )
        case .notOpener: .conflictOfInterest
        case .documents:
            CaseFault(
                "case_documents_missing",
                ru: "К заявлению не приложен документ, на который оно опирается.",
                en: "The document that the application rests on is not attached."
            )
        }
    }
}

extension CaseFault {
    static let stepUnknown = CaseFault("case_step_unknown", ru: "Такого шага нет.", en: "There is no such step.")

    static func stepNotNow(_ state: BilingualText) -> CaseFault {
        CaseFault(
            "case_step_not_now",
            ru: "Сейчас этот шаг невозможен: состояние дела — «\(state.ru)».",
            en: "This step cannot be taken now: the case stands at “\(state.en)”."
        )
    }

    static let notYours = CaseFault(
        "case_step_of_others",
        ru: "Этот шаг делает не вы: посмотрите, чей он, в описании дела.",
        en: "This step is not yours to take: the case says whose it is."
    )

    static let conflictOfInterest = CaseFault(
        "conflict_of_interest",
        ru: "Решать не может тот, кого дело касается: экзаменатор, проверявший работу, заявитель или сам обучающийся.",
        en: "Nobody decides who is concerned: the examiner of the work, who opened the case, or the person themself."
    )

    static func field(_ name: String) -> CaseFault {
        CaseFault(
            "case_field_wrong",
            ru: "Поле «\(name)» не заполнено или заполнено неверно.",
            en: "The field “\(name)” is missing or wrong."
        )
    }

    static let quorumMissing = CaseFault(
        "commission_quorum",
        ru: "Заседание правомочно, если присутствуют председатель и больше половины комиссии, и только её состав.",
        en:
            "A meeting counts where the chair and more than half of the commission are there, and nobody else is listed."
    )

    static let closed = CaseFault("case_closed", ru: "Дело закрыто.", en: "The case is closed.")
}
