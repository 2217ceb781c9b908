import Attestation
import Cases
import Foundation
import Proctoring
import Storage
import TransparencyLog

/// Keeps grades that take the place of what was graded: decided by a commission, by the examiner who heard the answer,
/// or by the rule that nothing was sent. Each becomes durable with its event and its entry in the log.
struct GradeKeeper {
    let services: Services

    /// The grade of an attempt that counts; nil where there is none yet.
    static func grade(of attempt: Attempt, in stores: any Stores) throws -> Grade? {
        try stores.gradeChanges(attemptID: attempt.id).last?.after ?? attempt.result?.grade
    }

    /// Decides an attempt's grade.
    ///
    /// - Throws: `Refusal` where the grade is of another scale, or the one that there is.
    func decide(
        _ grade: Grade,
        of attempt: Attempt,
        ground: GradeChange.Ground,
        caseID: UUID? = nil,
        by author: UUID?,
        comment: String? = nil,
        at now: Date,
        in stores: any Stores
    ) throws {
        guard let exam = try stores.exam(attempt.examID) else { throw Refusal.unknownExam }
        let before = try Self.grade(of: attempt, in: stores)
        let scale = exam.gradingScale
        let isOfScale = scale.thresholds.contains { $0.grade == grade } || scale.lowest == grade
        // An examiner may well confirm what the machine found; a commission that changes nothing leaves the grade.
        guard isOfScale, ground != .appeal || grade != before else {
            throw Refusal(
                .unprocessable,
                "grade_not_of_scale",
                ru: "Оценка должна быть из шкалы экзамена; апелляция меняет её на другую.",
                en: "The grade must be of the exam's scale; an appeal changes it to another one."
            )
        }
        try stores.insertGradeChange(
            GradeChange(
                id: services.makeID(at: now),
                attemptID: attempt.id,
                ground: ground,
                caseID: caseID,
                before: before,
                after: grade,
                decidedBy: author,
                at: now
            )
        )
        try EventRecorder(services: services, stores: stores).record(
            .attemptGraded,
            attempt: attempt,
            at: now,
            facts: ["grade": grade.rawValue, "reason": ground.rawValue]
        )
        var facts: [String: JSONValue] = [
            "exam": .string(exam.id.lowercased), "grade": .string(grade.rawValue), "reason": .string(ground.rawValue),
        ]
        facts["case"] = caseID.map { .string($0.lowercased) }
        facts["decided_by"] = author.map { .string($0.lowercased) }
        try LogBook(vault: services.vault).append(
            "grade",
            recordID: attempt.id,
            subject: attempt.candidateID,
            at: now,
            facts: facts,
            personal: ["before": before?.rawValue, "comment": comment],
            to: stores
        )
    }
}
