import Accounts
import Attestation
import Cases
import Foundation
import Storage
import TransparencyLog

/// What follows from a step outside of its case.
struct CaseFollowUp {
    let services: Services

    func carryOut(
        _ step: CaseStep,
        _ record: CaseRecord,
        of item: Case,
        _ values: [String: CaseValue],
        at now: Date,
        in stores: any Stores
    ) throws {
        for consequence in CaseStep.Consequence.allCases where step.follows.contains(consequence) {
            switch consequence {
            case .reviewOrChangeGrade: try decideAppeal(record, of: item, values, at: now, in: stores)
            case .expulsion: try beginExpulsion(after: item, record, at: now, in: stores)
            case .closeContract: try closeContract(of: item, record, values, at: now, in: stores)
            }
        }
    }

    /// The grade stands; the work is looked at again; or the grade is changed, which grade sheets take from the record.
    private func decideAppeal(
        _ record: CaseRecord,
        of item: Case,
        _ values: [String: CaseValue],
        at now: Date,
        in stores: any Stores
    ) throws {
        guard let attemptID = item.opening.attemptID, let chair = record.author,
            let found = try stores.attempt(attemptID)
        else { throw Refusal.unknownAttempt }
        switch values["outcome"]?.text {
        case "work_reexamined":
            let keeper = AttemptKeeper(services: services)
            let attempt = try keeper.settle(found, at: now, in: stores)
            guard attempt.state != .secondReviewRequired else { return }
            let next = try Refusal.onAttemptError {
                try attempt.transition(
                    to: .secondReviewRequired,
                    AttemptCause(actor: .reviewer, author: chair, reason: .appeal),
                    at: now
                )
            }
            try keeper.store(next, after: attempt, at: now, in: stores)
        case "grade_changed":
            guard let grade = values["grade"]?.text.flatMap({ Grade(rawValue: $0) }) else { return }
            try GradeKeeper(services: services).decide(
                grade,
                of: found,
                ground: .appeal,
                caseID: item.id,
                by: chair,
                at: now,
                in: stores
            )
        default: return
        }
    }

    /// A measure of expulsion is carried out as an expulsion of its own, with notice and explanation (S1 7.6).
    private func beginExpulsion(
        after item: Case,
        _ record: CaseRecord,
        at now: Date,
        in stores: any Stores
    ) throws {
        guard item.last("measure")?.values["measure"] == .text("expulsion"), let author = record.author else { return }
        let opening = Case.Opening(
            id: services.makeID(at: now),
            kind: .expulsion,
            subject: item.opening.subject,
            parentID: item.id,
            openedBy: author,
            at: now
        )
        _ = try CaseKeeper(services: services).take(
            "open",
            of: Case(opening: opening),
            by: Case.Author(.office, author),
            values: ["ground": .text("discipline")],
            at: now,
            in: stores
        )
    }

    /// Expulsion ends the contract (S1 7.3); what is under way may be finished, nothing new begins.
    private func closeContract(
        of item: Case,
        _ record: CaseRecord,
        _ values: [String: CaseValue],
        at now: Date,
        in stores: any Stores
    ) throws {
        guard let number = values["contract"]?.text.flatMap({ ContractNumber($0) }),
            let contract = try stores.contract(number), contract.accountID == item.opening.subject
        else {
            throw Refusal(
                .unprocessable,
                "contract_of_others",
                ru: "У этого обучающегося нет договора с таким номером.",
                en: "The candidate has no contract with this number."
            )
        }
        guard contract.closedAt == nil, let author = record.author else { return }
        var closed = contract
        closed.closedAt = now
        let reason = "Отчисление: дело \(item.id.lowercased)"
        try stores.updateContract(
            closed,
            noting: ContractChange(
                id: services.makeID(at: now),
                contractID: contract.id,
                kind: .closed,
                reason: reason,
                nameBefore: contract.name,
                birthDateBefore: contract.birthDate,
                by: author,
                at: now
            )
        )
        try AccountJournal(services: services).note(
            .contractChanged,
            of: contract.accountID,
            by: author,
            at: now,
            facts: [
                "contract": .string(contract.id.lowercased), "change": .string(ContractChange.Kind.closed.rawValue),
            ],
            personal: ["reason": reason],
            in: stores
        )
    }
}
