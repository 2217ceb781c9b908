public import Cryptography
public import Foundation

/// Where it is kept who is admitted to which exam, and when exams are.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol AdmissionStore: AnyObject {
    /// What an exam asks for; nothing where none was set.
    func admissionRules(examID: UUID) throws -> AdmissionRules
    /// Sets what an exam asks for.
    func setAdmissionRules(_ rules: AdmissionRules, examID: UUID) throws

    /// The credit units of a discipline; nil where none are registered.
    func creditUnits(discipline: String) throws -> CreditUnits?
    /// Registers the credit units of a discipline; the newest count.
    func insertCreditUnits(_ units: CreditUnits) throws
    /// Adds the outcome of a current control.
    func insertCreditUnitResult(_ result: CreditUnitResult) throws
    /// A candidate's outcomes of current control, oldest first.
    func creditUnitResults(candidateID: UUID, discipline: String?) throws -> [CreditUnitResult]
    /// The exams that are the current control of a discipline, with the unit of each.
    func currentControlExams(discipline: String) throws -> [(examID: UUID, unit: Int)]

    /// Adds a key.
    func insertAccessKey(_ key: AccessKey) throws
    /// Revokes a key; false where there is none, or it was revoked.
    func revokeAccessKey(_ id: UUID, examID: UUID, at: Date) throws -> Bool
    /// The keys of an exam, oldest first.
    func accessKeys(examID: UUID) throws -> [AccessKey]
    /// The key of an exam with a hash.
    func accessKey(examID: UUID, hash: SHA256Digest) throws -> AccessKey?
    /// Notes that a candidate entered a key.
    func insertAccessKeyUse(_ keyID: UUID, examID: UUID, candidateID: UUID, at: Date) throws
    /// The keys of an exam that a candidate entered.
    func usedAccessKeys(examID: UUID, candidateID: UUID) throws -> [AccessKey]

    /// Adds a publication of the schedule, and moves the exam's window, and the last moment for those who wait.
    func insertSchedule(_ schedule: ExamSchedule) throws
    /// The publications of an exam's schedule, oldest first.
    func schedules(examID: UUID) throws -> [ExamSchedule]
    /// The publications that count of exams that have not closed by `now`, the first to open in front.
    func upcomingSchedules(at now: Date, limit: Int) throws -> [ExamSchedule]
    /// Candidates who are known to be going to sit an exam: they have an attempt, or a key.
    func expectedCandidates(examID: UUID) throws -> [UUID]

    /// Adds a system check, or replaces what it has become.
    func saveSystemCheck(_ check: SystemCheck) throws
    /// One system check.
    func systemCheck(_ id: UUID) throws -> SystemCheck?
    /// Somebody's system checks, newest first.
    func systemChecks(accountID: UUID, limit: Int) throws -> [SystemCheck]

    /// The attempts at an exam in the order in which they were made.
    func attempts(examID: UUID, after: UUID?, limit: Int) throws -> [Attempt]
    /// Somebody's attempts, newest first.
    func attempts(candidateID: UUID, before: UUID?, limit: Int) throws -> [Attempt]
}
