import Attestation
import Cases
import Foundation
import Grading
import Storage
import TransparencyLog

/// Keeps cases: every record becomes durable with its entry in the log, its notices and what follows from it.
struct CaseKeeper {
    let services: Services

    /// The topic of notices about cases.
    static let topic = "case"

    /// Working and study days as the institution's calendar has them.
    var days: DayCount {
        let calendar = services.grading.calendar
        return DayCount(in: services.timeZone, isCertain: { calendar.isCertain($0) }) { day, unit in
            unit == .working ? calendar.isWorking(day) : calendar.isStudy(day)
        }
    }

    /// Takes a step and stores what comes of it.
    ///
    /// - Throws: `Refusal` with the reason where the kind's rules do not allow it.
    func take(
        _ step: String,
        of item: Case,
        by author: Case.Author,
        values: [String: CaseValue],
        excluded: [CaseField.Party: Set<UUID>] = [:],
        at now: Date,
        in stores: any Stores
    ) throws -> Case {
        let key = try services.vault.personKey(of: item.opening.subject, in: stores)
        let turned = try Refusal.onCaseFault { try item.turned(at: now) }
        let next = try Refusal.onCaseFault {
            try turned.taking(
                step,
                by: author,
                values: values,
                excluded: excluded,
                days: days,
                at: now
            ) { personal, number in
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                return key.sealed(try encoder.encode(personal), purpose: Self.purpose(item.id, number))
            }
        }
        try store(next, isNew: item.records.isEmpty, in: stores)
        guard let taken = next.definition.step(step), let record = next.records.last else { return next }
        try log(taken, record, of: next, values, to: stores)
        try tell(taken, record, of: next, values, at: now, in: stores)
        try CaseFollowUp(services: services).carryOut(taken, record, of: next, values, at: now, in: stores)
        return next
    }

    /// Notes the terms of a case that are over, and reminds those who were to act.
    func turn(_ id: UUID, at now: Date, in stores: any Stores) throws {
        guard let item = try stores.caseItem(id) else { return }
        let next = try item.turned(at: now)
        guard next.records.count > item.records.count else { return }
        try store(next, isNew: false, in: stores)
        for record in next.records.dropFirst(item.records.count) {
            guard let term = item.definition.term(record.term ?? "") else { continue }
            let text = LocalizedText(
                ru: "\(item.definition.label.ru): истёк срок — \(term.label.ru).",
                en: "\(item.definition.label.en): the term is over: \(term.label.en)."
            )
            for person in Self.people(term.actor, of: next) {
                try NoticeBoard(services)
                    .post(text, to: person, topic: Self.topic, about: id, at: now, in: stores)
            }
        }
    }

    /// What follows from the candidate's having read the notice of a step.
    func noteReading(of step: String, caseID: UUID, at now: Date, in stores: any Stores) throws {
        guard let item = try stores.caseItem(caseID), let next = item.definition.step(step)?.onReceipt,
            item.definition.step(next)?.from.contains(item.state) == true
        else { return }
        _ = try take(next, of: item, by: .system, values: [:], at: now, in: stores)
    }

    func store(_ item: Case, isNew: Bool, in stores: any Stores) throws {
        if isNew { try stores.insertCase(item) } else { try stores.updateCase(item) }
    }

    static func purpose(_ id: UUID, _ number: Int) -> String { "case:\(id.lowercased):\(number)" }

    // MARK: - What goes with a step

    /// Decisions stand in the log: the step in its public part, all that was filled in sealed (row F1).
    private func log(
        _ step: CaseStep,
        _ record: CaseRecord,
        of item: Case,
        _ values: [String: CaseValue],
        to stores: any Stores
    ) throws {
        guard step.isDecision else { return }
        var facts: [String: JSONValue] = [
            "case_kind": .string(item.opening.kind.rawValue), "number": .integer(Int64(record.number)),
            "step": .string(step.id), "role": .string(record.actor.rawValue),
        ]
        facts["decided_by"] = record.author.map { .string($0.lowercased) }
        facts["attempt"] = item.opening.attemptID.map { .string($0.lowercased) }
        try LogBook(vault: services.vault).append(
            "case",
            recordID: item.id,
            subject: item.opening.subject,
            at: record.at,
            facts: facts,
            personal: values,
            to: stores
        )
    }

    private func tell(
        _ step: CaseStep,
        _ record: CaseRecord,
        of item: Case,
        _ values: [String: CaseValue],
        at now: Date,
        in stores: any Stores
    ) throws {
        var people: Set<UUID> = []
        if step.tells.contains(.candidate) { people.insert(item.opening.subject) }
        if step.tells.contains(.commission) {
            people.formUnion(item.members + [item.chair].compactMap(\.self))
            people.formUnion(item.last("commission")?.values["examiner"]?.ids ?? [])
        }
        people.subtract([record.author].compactMap(\.self))
        let board = NoticeBoard(services)
        for person in people.sorted(by: { $0.uuidString < $1.uuidString }) {
            let text = CaseLetter.text(step, of: item, values, isForCandidate: person == item.opening.subject)
            try board.post(
                text,
                to: person,
                topic: Self.topic,
                about: item.id,
                step: person == item.opening.subject ? step.id : nil,
                at: now,
                in: stores
            )
        }
    }

    private static func people(_ actor: CaseActor, of item: Case) -> [UUID] {
        switch actor {
        case .candidate: [item.opening.subject]
        case .chair: [item.chair].compactMap(\.self)
        // The office sees what is overdue in its list; a notice goes to whoever acted in it last.
        case .office: [item.records.last { $0.actor == .office }?.author].compactMap(\.self)
        case .reporter: [item.opening.openedBy]
        case .system: []
        }
    }
}

extension CaseDefinition {
    /// A term by its name.
    func term(_ id: String) -> CaseTerm? { steps.flatMap(\.begins).first { $0.id == id } }
}

extension Refusal {
    /// Turns a fault of a case's rules into a refusal: what is wrong with what was filled in, who may not, or not now.
    static func onCaseFault<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let fault as CaseFault {
            let kind: Kind =
                switch fault.code {
                case "case_step_not_now", "case_term_runs", "case_closed", "case_person_ill", "documents_too_many",
                    "case_documents_missing":
                    .conflict
                case "case_step_of_others": .forbidden
                case "case_step_unknown": .notFound
                case "case_damaged": .internalError
                default: .unprocessable
                }
            throw Refusal(kind, fault.code, ru: fault.message.ru, en: fault.message.en)
        }
    }
}
