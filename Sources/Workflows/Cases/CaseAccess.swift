import Accounts
import Attestation
import Cases
import Foundation
import Grading
import Storage

/// Who has a part in a case, and whether one may be opened or taken further as far as other registers decide that.
extension CaseDesk {
    /// A case that somebody has a part in.
    static func visible(_ id: UUID, to principal: Principal, in stores: any Stores) throws -> Case {
        guard let item = try stores.caseItem(id) else { throw unknown }
        let examiner = item.last("commission")?.values["examiner"]?.ids ?? []
        let isInvolved =
            principal.may(.manageCases) || item.opening.subject == principal.id
            || item.opening.openedBy == principal.id || item.isInCommission(principal.id)
            || examiner.contains(principal.id)
        guard isInvolved else {
            throw Refusal(
                .forbidden,
                "case_of_others",
                ru: "Это дело касается не вас.",
                en: "This case does not concern you."
            )
        }
        return item
    }

    /// Whether somebody sees what others filled in: the person, the office, the commission, and in an appeal the
    /// examiner too. Whoever only reported something sees where it stands, and their own words.
    static func seesAll(_ item: Case, _ principal: Principal) -> Bool {
        principal.id == item.opening.subject || principal.may(.manageCases) || item.isInCommission(principal.id)
            || item.opening.kind == .appeal
    }

    static func subject(
        _ about: About,
        _ actor: CaseActor,
        _ principal: Principal,
        in stores: any Stores
    ) throws -> UUID {
        if actor == .candidate { return principal.id }
        guard let id = about.candidateID, let account = try stores.account(id), account.roles.contains(.candidate)
        else {
            throw Refusal(
                .notFound,
                "candidate_unknown",
                ru: "Такого обучающегося нет.",
                en: "There is no such candidate."
            )
        }
        return id
    }

    static func attempt(
        of kind: CaseKind,
        _ about: About,
        _ subject: UUID,
        in stores: any Stores
    ) throws -> Attempt? {
        guard kind.definition.about != .nothing, let id = about.attemptID else { return nil }
        guard let attempt = try stores.attempt(id) else { throw Refusal.unknownAttempt }
        guard attempt.candidateID == subject else { throw Refusal.otherCandidate }
        return attempt
    }

    static func checkAttempt(_ attempt: Attempt, _ kind: CaseKind, at now: Date, in stores: any Stores) throws {
        guard kind == .appeal || kind == .retake else { return }
        let settled = attempt.settled(at: now)
        guard !settled.state.isBeforeStart, !settled.state.isUnderWay, settled.state != .timedOut else {
            throw Refusal(
                .conflict,
                "attempt_not_over",
                ru: "Попытка ещё не завершена.",
                en: "The attempt is not over yet."
            )
        }
        let others = try stores.cases(CaseFilter(kind: kind, attemptID: attempt.id))
        guard others.allSatisfy({ $0.isClosed && $0.state != "decided" }) else {
            throw Refusal(
                .conflict,
                "case_exists",
                ru: "По этой попытке такое заявление уже есть.",
                en: "There is such an application for this attempt already."
            )
        }
        if kind == .retake {
            let grade = try GradeKeeper.grade(of: settled, in: stores)
            guard grade?.isPositive != true else {
                throw Refusal(
                    .conflict,
                    "no_debt",
                    ru: "Аттестация сдана, задолженности нет.",
                    en: "The attestation is passed: there is no debt."
                )
            }
        }
    }

    /// People who decide are staff.
    static func checkPeople(
        _ values: [String: CaseValue],
        _ step: CaseStep?,
        in stores: any Stores
    ) throws {
        for field in step?.fields ?? [] {
            guard case .people = field.kind else { continue }
            for id in values[field.name]?.ids ?? [] where try stores.account(id)?.roles.areStaff != true {
                throw Refusal(
                    .unprocessable,
                    "people_unknown",
                    ru: "«\(field.label.ru)»: укажите учётные записи сотрудников.",
                    en: "“\(field.label.en)”: name accounts of staff."
                )
            }
        }
    }

    /// A retake is at another exam of the same discipline, and counts on from those before (excused ones do not count).
    static func checkExam(
        _ values: [String: CaseValue],
        of item: Case,
        _ step: String,
        in stores: any Stores
    ) throws {
        guard item.opening.kind == .retake, step == "grant" else { return }
        guard let attempt = try item.opening.attemptID.flatMap({ try stores.attempt($0) }),
            let before = try stores.exam(attempt.examID)
        else { throw Refusal.unknownAttempt }
        guard let exam = try values["exam_id"]?.id.flatMap({ try stores.exam($0) }) else { throw Refusal.unknownExam }
        guard exam.id != before.id, exam.discipline == before.discipline else {
            throw Refusal(
                .unprocessable,
                "retake_exam",
                ru: "Повторная аттестация — другой экзамен по той же дисциплине.",
                en: "A retake is another exam of the same discipline."
            )
        }
        let earlier = try stores.cases(CaseFilter(kind: .retake, subject: item.opening.subject, limit: 500)).filter {
            guard $0.id != item.id, $0.last("grant") != nil,
                let exam = try $0.last("grant")?.values["exam_id"]?.id.flatMap({ try stores.exam($0) })
            else { return false }
            return exam.discipline == before.discipline
                && $0.last("complete")?.values["outcome"] != .text("excused")
        }
        guard values["number"]?.number == earlier.count + 1 else {
            throw Refusal(
                .unprocessable,
                "retake_number",
                ru: "Уже назначено повторных аттестаций: \(earlier.count). Больше двух не бывает (273-ФЗ, ст. 58).",
                en: "Retakes granted already: \(earlier.count). There are two at most (273-FZ, art. 58)."
            )
        }
    }

    /// Who conducted the attestation that a case is about, or graded its answers: the teacher is present where an appeal is
    /// heard (S2 6.1), and does not decide.
    static func examiners(of item: Case, _ settings: GradingSettings, in stores: any Stores) throws -> Set<UUID> {
        guard let attempt = try item.opening.attemptID.flatMap({ try stores.attempt($0) }) else { return [] }
        var people = Set(attempt.records.filter { $0.cause.actor == .examiner }.compactMap(\.cause.author))
        people.formUnion(try stores.schedules(examID: attempt.examID).last?.examiners ?? [])
        guard !settings.gradersMayHearAppeals else { return people }
        people.formUnion(try stores.works(attemptID: attempt.id).flatMap(\.gradings).map(\.graderID))
        return people
    }

    static func text(_ values: [String: CaseValue]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(values), as: UTF8.self)
    }

    static let unknown = Refusal.notFound("case_unknown", ru: "Такого дела нет.", en: "There is no such case.")
}
