import Accounts
package import Attestation
package import Foundation
import Identification
import Storage
import TransparencyLog

/// Current control over credit units (row D5; S1 5.12–5.17, 5.25): recorded by staff, or the outcome of procedures with
/// tickets.
package struct CurrentControl: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// How a candidate stands in one credit unit.
    package struct Unit: Sendable {
        package var number: Int
        package var title: String
        /// The outcome; nil where there is none yet.
        package var grade: Grade?
        /// The attempt at a procedure that it comes from; nil where staff recorded it.
        package var attemptID: UUID?

        package var isPositive: Bool { grade?.isPositive ?? false }
    }

    /// Registers the credit units of a discipline.
    package func register(_ titles: [String], of discipline: String, principal: Principal) async throws -> CreditUnits {
        let now = services.now()
        let units = CreditUnits(discipline: discipline, titles: titles, setBy: principal.id, at: now)
        return try await services.database.write { [services] stores in
            try stores.insertCreditUnits(units)
            try LogBook(vault: services.vault).append(
                "credit_units",
                recordID: services.makeID(at: now),
                subject: nil,
                at: now,
                facts: [
                    "discipline": .string(discipline), "count": .integer(Int64(titles.count)),
                    "decided_by": .string(principal.id.lowercased),
                ],
                personal: [String: String](),
                to: stores
            )
            return units
        }
    }

    /// The credit units of a discipline; nil where none are registered.
    package func units(of discipline: String) async throws -> CreditUnits? {
        try await services.database.read { try $0.creditUnits(discipline: discipline) }
    }

    /// Records the outcome of a current control.
    ///
    /// - Throws: `Refusal` where there is no such candidate or unit.
    package func record(
        _ grade: Grade,
        of candidateID: UUID,
        discipline: String,
        unit: Int,
        principal: Principal
    ) async throws -> CreditUnitResult {
        let now = services.now()
        let result = CreditUnitResult(
            id: services.makeID(at: now),
            candidateID: candidateID,
            discipline: discipline,
            unit: unit,
            grade: grade,
            recordedBy: principal.id,
            at: now
        )
        return try await services.database.write { [services] stores in
            guard let account = try stores.account(candidateID), account.roles.contains(.candidate) else {
                throw Refusal.notFound(
                    "candidate_unknown",
                    ru: "Такого обучающегося нет.",
                    en: "There is no such candidate."
                )
            }
            guard let units = try stores.creditUnits(discipline: discipline), units.titles.indices.contains(unit - 1)
            else {
                throw Refusal(
                    .unprocessable,
                    "credit_unit_unknown",
                    ru: "У дисциплины нет такой зачётной единицы. Сначала внесите её зачётные единицы.",
                    en: "The discipline has no such credit unit. Register its credit units first."
                )
            }
            try stores.insertCreditUnitResult(result)
            try LogBook(vault: services.vault).append(
                "current_control",
                recordID: result.id,
                subject: candidateID,
                at: now,
                facts: [
                    "discipline": .string(discipline), "unit": .integer(Int64(unit)),
                    "grade": .string(grade.rawValue), "decided_by": .string(principal.id.lowercased),
                ],
                personal: [String: String](),
                to: stores
            )
            return result
        }
    }

    /// How a candidate stands in the credit units of a discipline.
    package func standing(of candidateID: UUID, discipline: String) async throws -> [Unit] {
        try await services.database.read { stores in
            guard let units = try stores.creditUnits(discipline: discipline) else { return [] }
            return try Self.standing(of: candidateID, units, in: stores)
        }
    }

    /// The newest outcome that staff recorded counts, or else the best of the procedures with tickets.
    static func standing(of candidate: UUID, _ units: CreditUnits, in stores: any Stores) throws -> [Unit] {
        let recorded = try stores.creditUnitResults(candidateID: candidate, discipline: units.discipline)
        let exams = try stores.currentControlExams(discipline: units.discipline)
        return try units.titles.enumerated().map { index, title in
            var unit = Unit(number: index + 1, title: title)
            if let last = recorded.last(where: { $0.unit == index + 1 }) {
                unit.grade = last.grade
                return unit
            }
            for exam in exams where exam.unit == index + 1 {
                guard let attempt = try stores.attempt(examID: exam.examID, candidateID: candidate),
                    let grade = try GradeKeeper.grade(of: attempt, in: stores)
                else { continue }
                if unit.isPositive { break }
                unit.grade = grade
                unit.attemptID = attempt.id
            }
            return unit
        }
    }

    /// The condition of the intermediate attestation; nil where the discipline has no registered units, or the exam is
    /// current control itself or something else than an attestation.
    static func condition(
        _ exam: Exam,
        _ rules: AdmissionRules,
        _ candidate: UUID,
        in stores: any Stores
    ) throws -> AdmissionGate.Condition? {
        guard rules.creditUnit == nil,
            try stores.procedure(examID: exam.id) ?? .intermediateAttestation
                == .intermediateAttestation, let units = try stores.creditUnits(discipline: exam.discipline)
        else { return nil }
        let lacking = try standing(of: candidate, units, in: stores).filter { !$0.isPositive }
        let names = lacking.map { "\($0.number) («\($0.title)»)" }.joined(separator: ", ")
        return AdmissionGate.Condition(
            "current_control",
            lacking.isEmpty,
            met: LocalizedText(
                ru: "Текущий контроль пройден по всем зачётным единицам.",
                en: "Current control is passed in all credit units."
            ),
            unmet: LocalizedText(
                ru: "Нет положительного результата текущего контроля по з.е.: \(names). Пройдите его или обратитесь к "
                    + "преподавателю.",
                en: "There is no positive current control in the credit units \(names). Pass it, or ask the examiner."
            )
        )
    }
}
