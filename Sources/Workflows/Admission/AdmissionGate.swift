import Accounts
import Attestation
import Cases
package import Foundation
import Grading
import Identification
import Storage

/// Who may start an exam, and why not: one list of conditions, shown to the candidate and enforced at the start.
package struct AdmissionGate: Sendable {
    let services: Services

    /// Creates the gate.
    package init(_ services: Services) {
        self.services = services
    }

    /// One condition, in words.
    package struct Condition: Sendable {
        /// A stable code.
        package var code: String
        /// Whether it is fulfilled.
        package var isMet: Bool
        /// What it is where it is fulfilled, and what to do where it is not.
        package var text: LocalizedText

        init(_ code: String, _ isMet: Bool, met: LocalizedText, unmet: LocalizedText) {
            self.code = code
            self.isMet = isMet
            text = isMet ? met : unmet
        }
    }

    /// The conditions of an exam for a candidate, in the order in which one fulfils them.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func conditions(examID: UUID, principal: Principal) async throws -> [Condition] {
        let now = services.now()
        return try await services.database.read { stores in
            guard let exam = try stores.exam(examID) else { throw Refusal.unknownExam }
            let attempt = try stores.attempt(examID: examID, candidateID: principal.id)
            if let attempt, !attempt.settled(at: now).state.isBeforeStart {
                let state = LocalizedText(attempt.settled(at: now).state.label)
                let isUnderWay = attempt.settled(at: now).state.isUnderWay
                return [
                    Condition(
                        "attempt",
                        isUnderWay,
                        met: LocalizedText(ru: "Попытка уже идёт: продолжайте.", en: "The attempt is running: go on."),
                        unmet: LocalizedText(
                            ru: "Попытка уже завершена (\(state.ru)): начать её снова нельзя.",
                            en: "The attempt is over (\(state.en)) and cannot be started again."
                        )
                    )
                ]
            }
            return try [contract(of: principal.id, in: stores), window(of: exam, at: now)]
                + admission(to: exam, of: principal.id, at: now, in: stores)
                + [identification(exam, principal.id, attempt, at: now, in: stores)]
        }
    }

    /// Makes sure that everything but window and identification is fulfilled, which the start looks at itself.
    ///
    /// - Throws: `Refusal` with a fault for each condition that is not.
    func require(_ exam: Exam, of candidate: UUID, at now: Date, in stores: any Stores) throws {
        let unmet = try
            ([contract(of: candidate, in: stores)] + admission(to: exam, of: candidate, at: now, in: stores))
            .filter { !$0.isMet }
        guard !unmet.isEmpty else { return }
        throw Refusal(
            .conflict,
            "admission_refused",
            ru: "Начать пока нельзя: " + unmet.map(\.text.ru).joined(separator: " "),
            en: "The exam cannot be started yet: " + unmet.map(\.text.en).joined(separator: " "),
            faults: unmet.map { Refusal.Fault(code: $0.code, message: $0.text) }
        )
    }

    /// What the exam's own rules ask for.
    private func admission(
        to exam: Exam,
        of candidate: UUID,
        at now: Date,
        in stores: any Stores
    ) throws -> [Condition] {
        let rules = try stores.admissionRules(examID: exam.id)
        var conditions: [Condition] = []
        if let control = try CurrentControl.condition(exam, rules, candidate, in: stores) { conditions.append(control) }
        conditions += try ExamForms.conditions(exam, candidate, at: now, in: stores)
        if rules.isRetake { conditions.append(try retake(exam, candidate, in: stores)) }
        if rules.needsAccessKey {
            let keys = try stores.usedAccessKeys(examID: exam.id, candidateID: candidate)
            let groups = Set(try stores.groups(ofAccount: candidate).map(\.id))
            conditions.append(
                Condition(
                    "access_key",
                    keys.contains { $0.opens(for: candidate, in: groups, at: now) },
                    met: LocalizedText(ru: "Ключ доступа принят.", en: "The access key was accepted."),
                    unmet: LocalizedText(
                        ru: "Введите ключ доступа к экзамену; его выдаёт экзаменатор или деканат.",
                        en: "Enter the access key to the exam; the examiner or the dean's office gives it."
                    )
                )
            )
        }
        if rules.needsSystemCheck {
            let last = try stores.systemChecks(accountID: candidate, limit: 5).first { $0.result != nil }
            conditions.append(
                Condition(
                    "system_check",
                    last?.admits(at: now) ?? false,
                    met: LocalizedText(ru: "Проверка устройства пройдена.", en: "The system check is passed."),
                    unmet: SystemChecks.advice(for: last)
                )
            )
        }
        return conditions
    }

    // MARK: - Conditions

    private func contract(of candidate: UUID, in stores: any Stores) throws -> Condition {
        Condition(
            "contract",
            try stores.contracts(of: candidate).contains { $0.closedAt == nil },
            met: LocalizedText(ru: "Договор действует.", en: "The contract is open."),
            unmet: LocalizedText(
                ru: "Срок ваших договоров закончился. Обратитесь в учебный отдел.",
                en: "Your contracts have ended. Ask the study office."
            )
        )
    }

    private func window(of exam: Exam, at now: Date) -> Condition {
        let window = exam.window(at: now)
        return Condition(
            "window",
            window == .open,
            met: LocalizedText(ru: "Экзамен открыт.", en: "The exam is open."),
            unmet: window == .closed
                ? LocalizedText(ru: "Экзамен закрыт.", en: "The exam is closed.")
                : LocalizedText(
                    ru: "Экзамен откроется \(exam.opensAt.formatted(.iso8601)) (UTC).",
                    en: "The exam opens at \(exam.opensAt.formatted(.iso8601)) (UTC)."
                )
        )
    }

    private func retake(_ exam: Exam, _ candidate: UUID, in stores: any Stores) throws -> Condition {
        let isGranted = try stores.cases(CaseFilter(kind: .retake, subject: candidate, limit: 500)).contains {
            $0.state == "granted" && $0.last("grant")?.values["exam_id"]?.id == exam.id
        }
        return Condition(
            "retake",
            isGranted,
            met: LocalizedText(ru: "Повторная аттестация разрешена.", en: "The retake is granted."),
            unmet: LocalizedText(
                ru: "Это повторная аттестация: попросите о ней по своей прежней попытке.",
                en: "This is a retake: ask for one by your earlier attempt."
            )
        )
    }

    private func identification(
        _ exam: Exam,
        _ candidate: UUID,
        _ attempt: Attempt?,
        at now: Date,
        in stores: any Stores
    ) throws -> Condition {
        let done = LocalizedText(ru: "Личность подтверждена.", en: "The identity is confirmed.")
        guard let attempt else {
            let policy = try stores.identificationPolicy(examID: exam.id) ?? .electronicAndBiometric
            let standing = policy.standing(
                in: IdentificationSituation(
                    records: [],
                    hasBiometricConsent: try stores.hasConsent(of: candidate, .biometric),
                    overrides: [],
                    now: now
                )
            )
            return Condition(
                "identification",
                standing.suffices,
                met: done,
                unmet: IdentificationAdvice.explanation(of: standing)
            )
        }
        let standing = try AttemptReadiness.standing(attempt, at: now, in: stores).identification
        return Condition(
            "identification",
            standing?.suffices ?? false,
            met: done,
            unmet: standing.map { IdentificationAdvice.explanation(of: $0) } ?? done
        )
    }
}
