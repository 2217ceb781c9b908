public import Foundation

/// Where questions, exams, attempts and answers are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol AttestationStore: AnyObject {
    /// Adds questions; a question's version is written once and never changed.
    func insertQuestions(_ questions: [BankEntry]) throws
    /// Of each question of a discipline the highest version, by identifier; `after` is the last of the page before.
    func questions(discipline: String, after: UUID?, limit: Int) throws -> [Question]
    /// What drawing needs to know of the same questions, all of them.
    func questionSummaries(discipline: String) throws -> [QuestionSummary]
    /// The same of the questions' first versions, as banks were when exams had no plans.
    func firstQuestionSummaries(discipline: String) throws -> [QuestionSummary]
    /// What tells one state of a discipline's bank from another.
    func bankRevision(discipline: String) throws -> String
    /// The highest version of the question that has an identity in its discipline.
    func knownQuestion(discipline: String, identity: String) throws -> KnownQuestion?
    /// By what a question is known in its bank.
    func identity(ofQuestion id: UUID) throws -> String?
    /// One version of a question.
    func question(_ id: UUID, version: Int) throws -> Question?
    /// The versions of a question, the newest first.
    func questionVersions(_ id: UUID) throws -> [QuestionVersion]
    /// Keeps a file of questions; the same bytes are kept once.
    func insertQuestionFile(_ data: Data, sha256: String) throws
    /// A file of questions by the SHA-256 of its bytes in hexadecimal.
    func questionFile(sha256: String) throws -> Data?

    /// Adds an exam with its sealed secret and the plan of its tickets.
    func insertExam(_ exam: Exam, sealedSecret: Data, plan: Data?, createdAt: Date) throws
    /// The plan of an exam's tickets as it was added.
    func ticketPlan(examID: UUID) throws -> Data?
    /// The place of an attempt's ticket among those of its set, from 0: the next one, or the one that it has.
    func takeTicketPlace(examID: UUID, set: Int, attemptID: UUID) throws -> Int
    /// Notes that an exam has shown questions.
    func noteUses(of questions: [UUID], examID: UUID, at time: Date) throws
    /// The questions that exams of a discipline have shown since a moment.
    func usedQuestions(discipline: String, since: Date) throws -> Set<UUID>
    /// The exams of a discipline that are not closed at a moment, those that closed last in front.
    func openExams(discipline: String, at now: Date) throws -> [Exam]
    /// Exams that are closed, with no attempt before its end, whose secrets have not been opened.
    func examsToOpen(at now: Date, limit: Int) throws -> [Exam]
    /// Notes that an exam's secret was opened in the log.
    func noteSecretOpened(examID: UUID, at time: Date) throws
    /// One exam.
    func exam(_ id: UUID) throws -> Exam?
    /// The exams, newest first; `before` is the last of the page before.
    func exams(before: UUID?, limit: Int) throws -> [Exam]
    /// An exam's sealed secret.
    func sealedExamSecret(_ examID: UUID) throws -> Data?

    /// Adds an attempt; a candidate has one for each exam.
    ///
    /// - Parameter expiresAt: when it can be started no longer.
    func insertAttempt(_ attempt: Attempt, expiresAt: Date?) throws
    /// Adds the records of an attempt that are not there yet.
    func updateAttempt(_ attempt: Attempt) throws
    /// One attempt.
    func attempt(_ id: UUID) throws -> Attempt?
    /// A candidate's attempt at an exam.
    func attempt(examID: UUID, candidateID: UUID) throws -> Attempt?
    /// Attempts that time alone has changed by now, those that were changed first in front.
    func turningAttempts(at now: Date, limit: Int) throws -> [UUID]

    /// Adds a version of an answer.
    ///
    /// - Parameter counts: whether it takes the place of the version that counted before.
    func saveAnswer(_ answer: SavedAnswer, counts: Bool) throws
    /// The answers of an attempt that count, by number.
    func answers(attemptID: UUID) throws -> [SavedAnswer]
    /// The answer to one item that counts.
    func answer(attemptID: UUID, number: Int) throws -> SavedAnswer?
    /// All versions of the answer to one item.
    func answerVersions(attemptID: UUID, number: Int) throws -> [SavedAnswer]
    /// The last version of the answer to an item; `nil` where there is none. Saving must not read all that were typed.
    func lastAnswerVersion(attemptID: UUID, number: Int) throws -> SavedAnswer?
    /// The version that a device sent under a number of its own.
    func answer(attemptID: UUID, origin: SavedAnswer.Origin) throws -> SavedAnswer?

    /// Adds a file that was uploaded.
    func insertAnswerFile(_ file: AnswerFile) throws
    /// The files of an attempt in the order in which they came.
    func answerFiles(attemptID: UUID) throws -> [AnswerFile]

    /// Keeps a practice test as it stands now.
    func savePracticeSession(_ session: PracticeSession) throws
    /// One practice test.
    func practiceSession(_ id: UUID) throws -> PracticeSession?

    /// Which device had the attempt when, the first in front.
    func deviceLeases(attemptID: UUID) throws -> [DeviceLease]
    /// Adds a lease, or replaces what it has become.
    func saveDeviceLease(_ lease: DeviceLease) throws

    /// Adds an accommodation; the newest one counts.
    func insertAccommodation(_ accommodation: Accommodation) throws
    /// The accommodation of a candidate at an exam that counts.
    func accommodation(examID: UUID, candidateID: UUID) throws -> Accommodation?
    /// The accommodations at an exam that count.
    func accommodations(examID: UUID) throws -> [Accommodation]
}
