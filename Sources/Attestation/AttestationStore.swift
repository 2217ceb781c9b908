public import Foundation

/// Where questions, exams, attempts and answers are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol AttestationStore: AnyObject {
    /// Adds questions; a question's version is written once and never changed.
    func insertQuestions(_ questions: [Question]) throws
    /// Of each question of a discipline the highest version.
    func questions(discipline: String) throws -> [Question]
    /// One version of a question.
    func question(_ id: UUID, version: Int) throws -> Question?

    /// Adds an exam with its sealed secret.
    func insertExam(_ exam: Exam, sealedSecret: Data, createdAt: Date) throws
    /// One exam.
    func exam(_ id: UUID) throws -> Exam?
    /// The exams, newest first; `before` is the last of the page before.
    func exams(before: UUID?, limit: Int) throws -> [Exam]
    /// An exam's sealed secret.
    func sealedExamSecret(_ examID: UUID) throws -> Data?

    /// Adds an attempt; a candidate has one for each exam.
    func insertAttempt(_ attempt: Attempt) throws
    /// Replaces what an attempt has become.
    func updateAttempt(_ attempt: Attempt) throws
    /// One attempt.
    func attempt(_ id: UUID) throws -> Attempt?
    /// A candidate's attempt at an exam.
    func attempt(examID: UUID, candidateID: UUID) throws -> Attempt?
    /// Attempts that run though their time is over.
    func overdueAttempts(at now: Date, limit: Int) throws -> [UUID]

    /// Saves an answer in place of the one before.
    func saveAnswer(_ answer: SavedAnswer) throws
    /// The answers of an attempt by number.
    func answers(attemptID: UUID) throws -> [SavedAnswer]
    /// The answer to one item.
    func answer(attemptID: UUID, number: Int) throws -> SavedAnswer?
}
