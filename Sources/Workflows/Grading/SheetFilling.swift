import Accounts
import Attestation
import Foundation
import Grading
import Storage

/// Takes the marks of a sheet from where they stand.
struct SheetFilling {
    let services: Services

    /// What a row comes to, with what it comes from.
    struct Finding {
        var outcome: Consequence.Outcome
        var candidateID: UUID?
        var attempt: Attempt?
        var rating: Int?
    }

    /// Fills all rows but those that a person has marked.
    func fill(_ sheet: GradeSheet, at now: Date, in stores: any Stores) throws {
        var changed: [SheetRow] = []
        for row in try stores.sheetRows(of: sheet.id) {
            // Time first, or an attempt would be under way for ever that nobody looks at.
            if let candidate = try candidate(of: row, in: stores),
                let attempt = try stores.attempt(examID: sheet.examID, candidateID: candidate)
            {
                _ = try AttemptKeeper(services: services).settle(attempt, at: now, in: stores)
            }
            let finding = try outcome(for: row, of: sheet, at: now, in: stores)
            var filled = row
            filled.candidateID = finding.candidateID
            filled.attemptID = finding.attempt?.id
            if case .mark(let mark, let basis) = finding.outcome {
                // Only a grade takes the place of what a person entered.
                if row.basis != .examiner || mark.grade != nil {
                    (filled.mark, filled.basis, filled.rating) = (mark, basis, finding.rating)
                    (filled.decidedBy, filled.at) = (nil, now)
                }
            } else if row.basis != .examiner {
                (filled.mark, filled.basis, filled.rating, filled.at) = (nil, nil, nil, nil)
            }
            if filled != row { changed.append(filled) }
        }
        try stores.updateSheetRows(changed, of: sheet.id)
    }

    /// What a row comes to by itself.
    func outcome(for row: SheetRow, of sheet: GradeSheet, at now: Date, in stores: any Stores) throws -> Finding {
        guard let exam = try stores.exam(sheet.examID) else { throw Refusal.unknownExam }
        let isOver = exam.window(at: now) == .closed
        let candidate = try candidate(of: row, in: stores)
        if sheet.groupKind == .academic, let study = try studyRow(of: row, beside: sheet, in: stores) {
            guard study.sheet.state == .closed, let mark = study.row.mark else {
                return Finding(outcome: .waiting(.studySheet), candidateID: candidate)
            }
            return Finding(
                outcome: .mark(mark, .studySheet),
                candidateID: candidate,
                attempt: try study.row.attemptID.flatMap { try stores.attempt($0) },
                rating: study.row.rating
            )
        }
        guard let candidate else {
            return Finding(outcome: isOver ? .mark(.notAppeared, .absence) : .waiting(.account))
        }
        let attempt = try stores.attempt(examID: sheet.examID, candidateID: candidate)
        let outcome = Consequence.outcome(of: attempt, scale: exam.gradingScale, isOver: isOver)
        var rating: Int?
        if case .mark(_, .result) = outcome, let result = attempt?.result {
            rating = DisciplineScale.rating(awarded: result.awarded, maximum: result.maximum)
        }
        return Finding(outcome: outcome, candidateID: candidate, attempt: attempt, rating: rating)
    }

    private func candidate(of row: SheetRow, in stores: any Stores) throws -> UUID? {
        try row.candidateID ?? stores.contract(id: row.contractID)?.accountID
    }

    /// The row of the same person in the sheet of a study group for the same exam (S2 4.8.6).
    private func studyRow(
        of row: SheetRow,
        beside sheet: GradeSheet,
        in stores: any Stores
    ) throws -> (sheet: GradeSheet, row: SheetRow)? {
        let others = try stores.sheets(GradeSheetFilter(examID: sheet.examID, limit: 500))
        for other in others where other.groupKind == .study {
            if let found = try stores.sheetRows(of: other.id).first(where: { $0.contractID == row.contractID }) {
                return (other, found)
            }
        }
        return nil
    }
}
