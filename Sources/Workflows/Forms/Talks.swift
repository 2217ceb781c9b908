import Accounts
package import Attestation
import Cases
package import Foundation
import Storage
import TransparencyLog

/// Talks with candidates (S2 5.1.3.3–4): slots, the examiner's notes and additional questions, and the grade that a
/// person says.
package struct Talks: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A note with its words; nil where the candidate's key is destroyed.
    package struct OpenNote: Sendable {
        package var note: TalkNote
        package var text: String?
    }

    /// A slot with its exam.
    package struct Appointment: Sendable {
        package var slot: TalkSlot
        package var exam: Exam
    }

    // MARK: - Slots

    /// Sets, or moves, when a candidate is heard; the candidate is told.
    ///
    /// - Throws: `Refusal` where the form has no talk, the moment is past, or the slot overlaps another at the exam.
    package func setSlot(
        candidateID: UUID,
        examID: UUID,
        beginsAt: Date,
        minutes: Int,
        link: String,
        principal: Principal
    ) async throws -> TalkSlot {
        let now = services.now()
        let slot = TalkSlot(
            examID: examID,
            candidateID: candidateID,
            beginsAt: beginsAt,
            minutes: minutes,
            link: link,
            setBy: principal.id,
            at: now
        )
        return try await services.database.write { [services] stores in
            guard let exam = try stores.exam(examID) else { throw Refusal.unknownExam }
            guard let account = try stores.account(candidateID), account.roles.contains(.candidate) else {
                throw Refusal.notFound(
                    "candidate_unknown",
                    ru: "Такого обучающегося нет.",
                    en: "There is no such candidate."
                )
            }
            guard try stores.examForm(examID: examID).hasTalk else { throw Self.noTalk }
            guard slot.endsAt > now, slot.beginsAt < exam.closesAt, slot.endsAt > exam.opensAt else {
                throw Self.slotOutside
            }
            let others = try stores.slots(examID: examID).filter { $0.candidateID != candidateID && $0.link == link }
            guard others.allSatisfy({ $0.endsAt <= slot.beginsAt || slot.endsAt <= $0.beginsAt }) else {
                throw Self.slotTaken
            }
            try stores.insertSlot(slot)
            let when = slot.beginsAt.formatted(.iso8601)
            try NoticeBoard(services).post(
                LocalizedText(
                    ru: "«\(exam.title)»: ваше время — \(when) (UTC), \(minutes) мин. Подключение: \(link)",
                    en: "“\(exam.title)”: your time is \(when) (UTC), \(minutes) min. Join at \(link)"
                ),
                to: candidateID,
                topic: "slot",
                about: examID,
                at: now,
                in: stores
            )
            return slot
        }
    }

    /// The slots of an exam, the first in front.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func slots(examID: UUID) async throws -> [TalkSlot] {
        try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.slots(examID: examID)
        }
    }

    /// The own slots that are not over, the first in front.
    package func ownSlots(_ principal: Principal) async throws -> [Appointment] {
        let now = services.now()
        return try await services.database.read { stores in
            try stores.slots(candidateID: principal.id, after: now).compactMap { slot in
                try stores.exam(slot.examID).map { Appointment(slot: slot, exam: $0) }
            }
        }
    }

    // MARK: - Notes

    /// Notes how a candidate answered, or what was asked besides.
    ///
    /// - Throws: `Refusal` where the attempt has not started, its form has no talk, or the ticket has no such item.
    package func note(
        _ text: String,
        kind: TalkNote.Kind,
        item: Int?,
        attemptID: UUID,
        principal: Principal
    ) async throws -> OpenNote {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let attempt = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            guard try stores.examForm(examID: attempt.examID).isDecidedByPerson else { throw Self.noTalk }
            guard let ticket = attempt.ticket else { throw Refusal.attemptNotRunning }
            if let item, !(1...ticket.items.count).contains(item) {
                throw Refusal.notFound("item_unknown", ru: "В билете нет такого вопроса.", en: "No such item.")
            }
            let id = services.makeID(at: now)
            let key = try services.vault.personKey(of: attempt.candidateID, in: stores)
            let note = TalkNote(
                id: id,
                attemptID: attemptID,
                kind: kind,
                item: item,
                sealed: key.sealed(Data(text.utf8), purpose: Self.purpose(id)),
                author: principal.id,
                at: now
            )
            try stores.insertNote(note)
            return OpenNote(note: note, text: text)
        }
    }

    /// The notes of an attempt, oldest first; for staff.
    ///
    /// - Throws: `Refusal`.
    package func notes(attemptID: UUID) async throws -> [OpenNote] {
        try await services.database.read { [vault = services.vault] stores in
            guard let attempt = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            let key = try vault.existingPersonKey(of: attempt.candidateID, in: stores)
            return try stores.notes(attemptID: attemptID).map { note in
                let bytes = try key?.opened(note.sealed, purpose: Self.purpose(note.id))
                return OpenNote(note: note, text: bytes.map { String(decoding: $0, as: UTF8.self) })
            }
        }
    }

    // MARK: - Grade

    /// Decides the grade of an attempt whose form a person decides; an oral answer that is heard ends with it. The
    /// candidate is told at once (S2 5.1.3.3).
    ///
    /// - Throws: `Refusal` where the form is a test, the candidate still writes or sends, or a grade was decided.
    package func decide(
        _ grade: Grade,
        comment: String?,
        attemptID: UUID,
        principal: Principal
    ) async throws -> Grade {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let found = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            let keeper = AttemptKeeper(services: services)
            var attempt = try keeper.settle(found, at: now, in: stores)
            let form = try stores.examForm(examID: attempt.examID)
            guard form.isDecidedByPerson else { throw Self.noTalk }
            guard try stores.gradeChanges(attemptID: attemptID).isEmpty else { throw Self.decided }
            if attempt.state.isUnderWay, form.kind == .oral || form.kind == .defence {
                let cause = AttemptCause.examiner(principal.id, .other, "Ответ выслушан.")
                let heard = try Refusal.onAttemptError { try attempt.transition(to: .submitted, cause, at: now) }
                attempt = try keeper.store(heard, after: attempt, at: now, in: stores)
            }
            let phase = FormPhase.phase(of: attempt, form, isDecided: false, at: now)
            guard phase.kind == .examination, attempt.state.isHandedIn else { throw Self.tooEarly }
            try GradeKeeper(services: services).decide(
                grade,
                of: attempt,
                ground: .examination,
                by: principal.id,
                comment: comment,
                at: now,
                in: stores
            )
            let title = try stores.exam(attempt.examID)?.title ?? ""
            var text = LocalizedText(
                ru: "«\(title)»: оценка — \(grade.label).",
                en: "“\(title)”: the grade is \(grade.rawValue)."
            )
            if let comment {
                text.ru += " \(comment)"
                text.en += " \(comment)"
            }
            try NoticeBoard(services).post(
                text,
                to: attempt.candidateID,
                topic: "grade",
                about: attempt.id,
                at: now,
                in: stores
            )
            return grade
        }
    }

    private static func purpose(_ id: UUID) -> String { "talk note:\(id.lowercased)" }

    private static let noTalk = Refusal(
        .conflict,
        "form_has_no_talk",
        ru: "В этой форме экзамена такого нет.",
        en: "Exams of this form have no such thing."
    )

    private static let slotOutside = Refusal(
        .unprocessable,
        "slot_outside",
        ru: "Время должно быть впереди и в пределах экзамена.",
        en: "The time must lie ahead, and within the exam."
    )

    private static let slotTaken = Refusal(
        .conflict,
        "slot_taken",
        ru: "На это время в той же конференции уже назначен другой обучающийся.",
        en: "Another candidate is set for this time in the same conference."
    )

    private static let decided = Refusal(
        .conflict,
        "grade_decided",
        ru: "Оценка уже выставлена; изменить её может апелляция.",
        en: "The grade is decided; an appeal can change it."
    )

    private static let tooEarly = Refusal(
        .conflict,
        "answers_not_handed_in",
        ru: "Обучающийся ещё отвечает или отправляет листы.",
        en: "The candidate is still answering or sending sheets."
    )
}
