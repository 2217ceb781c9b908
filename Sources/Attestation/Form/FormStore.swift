public import Foundation

/// Where the forms of exams are kept, and what comes of them: sheets, slots, notes.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol FormStore: AnyObject {
    /// The form of an exam; a test where none was set.
    func examForm(examID: UUID) throws -> ExamForm
    /// Sets the form of an exam.
    func setExamForm(_ form: ExamForm, examID: UUID) throws

    /// Adds a sheet.
    func insertSheet(_ sheet: AnswerSheet) throws
    /// The sheets of an attempt in the order in which they came.
    func sheets(attemptID: UUID) throws -> [AnswerSheet]

    /// Sets a candidate's slot; what stood before stays on record.
    func insertSlot(_ slot: TalkSlot) throws
    /// The slots of an exam that count, the first in front.
    func slots(examID: UUID) throws -> [TalkSlot]
    /// A candidate's slots that count and end after a moment, the first in front.
    func slots(candidateID: UUID, after: Date) throws -> [TalkSlot]

    /// Adds a note.
    func insertNote(_ note: TalkNote) throws
    /// The notes of an attempt, oldest first.
    func notes(attemptID: UUID) throws -> [TalkNote]

    /// Notes when it is to be looked at whether an attempt's answers were sent; nil for never.
    func setSendingDue(_ due: Date?, attemptID: UUID) throws
    /// Attempts whose answers were to be sent by now, those that are due longest in front.
    func dueSendings(at now: Date, limit: Int) throws -> [UUID]
}
