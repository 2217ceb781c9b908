import Accounts
package import Attestation
import Cases
package import Foundation
import Storage
import TransparencyLog

/// The forms of exams, and where an attempt stands in its form (row D3).
package struct ExamForms: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Where an attempt stands.
    package struct Standing: Sendable {
        package var form: ExamForm
        package var phase: FormPhase
        /// The candidate's slot, where there is one.
        package var slot: TalkSlot?
        /// The grade that counts, if any.
        package var grade: Grade?
        package var at: Date
    }

    /// The form of an exam.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func form(examID: UUID) async throws -> ExamForm {
        try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.examForm(examID: examID)
        }
    }

    /// Sets the form of an exam, as long as nobody has an attempt at it.
    ///
    /// - Throws: `Refusal`.
    package func set(_ form: ExamForm, examID: UUID, principal: Principal) async throws -> ExamForm {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            guard try stores.attempts(examID: examID, after: nil, limit: 1).isEmpty else {
                throw Refusal(
                    .conflict,
                    "exam_has_attempts",
                    ru: "К экзамену уже приступили: его форму не изменить.",
                    en: "There are attempts at the exam: its form stays."
                )
            }
            guard (form.kind == .defence) == (form.materialsDue != nil) else {
                throw Refusal(
                    .unprocessable,
                    "materials_due",
                    ru: "Срок отправки материалов указывается для защиты, и только для неё.",
                    en: "A defence, and only a defence, has a day by which materials are due."
                )
            }
            try stores.setExamForm(form, examID: examID)
            try LogBook(vault: services.vault).append(
                "exam_form",
                recordID: examID,
                subject: nil,
                at: now,
                facts: [
                    "form": .string(form.kind.rawValue), "sheet_seconds": .integer(Int64(form.sheetSeconds)),
                    "decided_by": .string(principal.id.lowercased),
                ],
                personal: [String: String](),
                to: stores
            )
            return form
        }
    }

    /// Where an attempt stands in its form; it survives a reload.
    ///
    /// - Throws: `Refusal`.
    package func standing(of attemptID: UUID, principal: Principal) async throws -> Standing {
        let now = services.now()
        return try await services.database.read { stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores).settled(at: now)
            let form = try stores.examForm(examID: attempt.examID)
            let changes = try stores.gradeChanges(attemptID: attemptID)
            return Standing(
                form: form,
                phase: .phase(of: attempt, form, isDecided: !changes.isEmpty, at: now),
                slot: try stores.slots(examID: attempt.examID).first { $0.candidateID == attempt.candidateID },
                grade: try GradeKeeper.grade(of: attempt, in: stores),
                at: now
            )
        }
    }

    /// Looks at the attempts whose answers were to be sent by now.
    package func turnSendings() async throws {
        let now = services.now()
        let due = try await services.database.read { try $0.dueSendings(at: now, limit: 100) }
        for id in due {
            try await services.database.write { [services] stores in
                try FormKeeper(services: services).turn(id, at: now, in: stores)
            }
        }
    }

    /// What a form asks for before the start: the candidate's slot, the materials of a defence.
    static func conditions(
        _ exam: Exam,
        _ candidate: UUID,
        at now: Date,
        in stores: any Stores
    ) throws -> [AdmissionGate.Condition] {
        let form = try stores.examForm(examID: exam.id)
        var conditions: [AdmissionGate.Condition] = []
        if form.kind == .oral || form.kind == .defence {
            let slot = try stores.slots(examID: exam.id).first { $0.candidateID == candidate }
            let when = slot.map { "\($0.beginsAt.formatted(.iso8601))–\($0.endsAt.formatted(.iso8601))" }
            conditions.append(
                AdmissionGate.Condition(
                    "slot",
                    slot?.contains(now) ?? false,
                    met: LocalizedText(
                        ru: "Сейчас ваше время: подключитесь к \(slot?.link ?? "").",
                        en: "It is your time: join \(slot?.link ?? "")."
                    ),
                    unmet: when.map {
                        LocalizedText(ru: "Ваше время — \($0) (UTC).", en: "Your time is \($0) (UTC).")
                    }
                        ?? LocalizedText(
                            ru: "Вам ещё не назначено время. Обратитесь к экзаменатору.",
                            en: "You have no time yet. Ask the examiner."
                        )
                )
            )
        }
        if form.kind == .defence {
            let attempt = try stores.attempt(examID: exam.id, candidateID: candidate)
            conditions.append(
                AdmissionGate.Condition(
                    "materials",
                    try attempt.map { try !stores.sheets(attemptID: $0.id).isEmpty } ?? false,
                    met: LocalizedText(ru: "Материалы отправлены.", en: "The materials are sent."),
                    unmet: LocalizedText(
                        ru: "Отправьте пояснительную записку и материалы до "
                            + "\(form.materialsDue?.formatted(.iso8601) ?? "") (UTC).",
                        en: "Send the explanatory note and the materials by "
                            + "\(form.materialsDue?.formatted(.iso8601) ?? "") (UTC)."
                    )
                )
            )
        }
        return conditions
    }
}
