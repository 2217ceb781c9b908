import Accounts
import Attestation
import Cases
import Foundation
import Storage
import Testing

@Suite("Storage contract: current control, schedules, forms, grades")
struct FormContractTests {
    @Test("A schedule moves its exam's window, and the last moment of those who wait", arguments: Backend.allCases)
    func schedules(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let exam = Fixtures.exam()
            let attempt = try Fixtures.attempt(1, candidate: account.id)
            @Sendable func schedule(_ number: Int, _ days: Double) -> ExamSchedule {
                ExamSchedule(
                    examID: exam.id,
                    number: number,
                    opensAt: Fixtures.start + days * 86_400,
                    closesAt: Fixtures.start + (days + 1) * 86_400,
                    place: nil,
                    groups: ["ИБ-21"],
                    examiners: [account.id],
                    reason: number > 1 ? "Перенос" : nil,
                    publishedBy: account.id,
                    at: Fixtures.start
                )
            }
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertExam(exam, sealedSecret: Data([1]), plan: nil, createdAt: Fixtures.start)
                try stores.insertAttempt(attempt, expiresAt: exam.closesAt)
                #expect(try stores.schedules(examID: exam.id).isEmpty)
                for (number, days) in [(1, 9.0), (2, 20.0)] { try stores.insertSchedule(schedule(number, days)) }
                #expect(try stores.schedules(examID: exam.id) == [schedule(1, 9), schedule(2, 20)])
                let moved = try stores.exam(exam.id)
                #expect(moved?.opensAt == schedule(2, 20).opensAt && moved?.closesAt == schedule(2, 20).closesAt)
                #expect(moved?.secretCommitment == exam.secretCommitment)
                #expect(try stores.sealedExamSecret(exam.id) == Data([1]))
                let between = Fixtures.start + 15 * 86_400
                #expect(try stores.turningAttempts(at: between, limit: 9).isEmpty)
                #expect(try stores.turningAttempts(at: Fixtures.start + 22 * 86_400, limit: 9) == [attempt.id])
                #expect(try stores.upcomingSchedules(at: between, limit: 9) == [schedule(2, 20)])
                #expect(try stores.upcomingSchedules(at: Fixtures.start + 30 * 86_400, limit: 9).isEmpty)
                #expect(try stores.expectedCandidates(examID: exam.id) == [account.id])
                #expect(try stores.attempts(examID: exam.id, after: nil, limit: 9) == [attempt])
                #expect(try stores.attempts(examID: exam.id, after: attempt.id, limit: 9).isEmpty)
            }
        }
    }

    @Test("Rules, credit units and outcomes: the newest count, by person and discipline", arguments: Backend.allCases)
    func control(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let exam = Fixtures.exam()
            @Sendable func result(_ number: Int, _ discipline: String, _ grade: Grade) -> CreditUnitResult {
                CreditUnitResult(
                    id: Fixtures.id(9_700 + number),
                    candidateID: account.id,
                    discipline: discipline,
                    unit: 1,
                    grade: grade,
                    recordedBy: account.id,
                    at: Fixtures.start
                )
            }
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertExam(exam, sealedSecret: Data(), plan: nil, createdAt: Fixtures.start)
                #expect(try stores.admissionRules(examID: exam.id) == AdmissionRules())
                #expect(try stores.currentControlExams(discipline: "ИБ").isEmpty)
                let rules = AdmissionRules(needsAccessKey: true, creditUnit: 2)
                for next in [AdmissionRules(isRetake: true), rules] {
                    try stores.setAdmissionRules(next, examID: exam.id)
                }
                #expect(try stores.admissionRules(examID: exam.id) == rules)
                let exams = try stores.currentControlExams(discipline: "ИБ")
                #expect(exams.map(\.examID) == [exam.id] && exams.map(\.unit) == [2])
                #expect(try stores.currentControlExams(discipline: "ОС").isEmpty)
                #expect(try stores.creditUnits(discipline: "ИБ") == nil)
                for titles in [["А"], ["А", "Б"]] {
                    let units = CreditUnits(discipline: "ИБ", titles: titles, setBy: account.id, at: Fixtures.start)
                    try stores.insertCreditUnits(units)
                }
                #expect(try stores.creditUnits(discipline: "ИБ")?.titles == ["А", "Б"])
                let results = [result(1, "ИБ", .failed), result(2, "ИБ", .passed), result(3, "ОС", .passed)]
                for result in results { try stores.insertCreditUnitResult(result) }
                #expect(
                    try stores.creditUnitResults(candidateID: account.id, discipline: "ИБ") == [results[0], results[1]]
                )
                #expect(try stores.creditUnitResults(candidateID: account.id, discipline: nil) == results)
                #expect(try stores.creditUnitResults(candidateID: exam.id, discipline: nil).isEmpty)
            }
        }
    }

    @Test(
        "Sheets, slots, notes, dues, decided grades and system checks are what they were",
        arguments: Backend.allCases
    )
    func forms(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let exam = Fixtures.exam()
            let attempt = try Fixtures.attempt(1, candidate: account.id)
            let sheet = AnswerSheet(
                id: Fixtures.id(9_801),
                attemptID: attempt.id,
                item: 2,
                digest: String(repeating: "a", count: 64),
                evidence: String(repeating: "b", count: 64),
                byteCount: 7,
                at: Fixtures.start
            )
            @Sendable func slot(_ minutes: Double) -> TalkSlot {
                TalkSlot(
                    examID: exam.id,
                    candidateID: account.id,
                    beginsAt: Fixtures.start + minutes * 60,
                    minutes: 20,
                    link: "https://vcs.example.org",
                    setBy: account.id,
                    at: Fixtures.start
                )
            }
            let note = TalkNote(
                id: Fixtures.id(9_802),
                attemptID: attempt.id,
                kind: .additionalQuestion,
                item: nil,
                sealed: Data([1, 2, 3]),
                author: account.id,
                at: Fixtures.start
            )
            let change = GradeChange(
                id: Fixtures.id(9_803),
                attemptID: attempt.id,
                ground: .notSent,
                before: nil,
                after: .unsatisfactory,
                decidedBy: nil,
                at: Fixtures.start
            )
            let check = SystemCheck(id: Fixtures.id(9_804), accountID: account.id, at: Fixtures.start)
            let form = ExamForm(kind: .defence, materialsDue: Fixtures.start + 60)
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertExam(exam, sealedSecret: Data(), plan: nil, createdAt: Fixtures.start)
                try stores.insertAttempt(attempt, expiresAt: nil)
                #expect(try stores.examForm(examID: exam.id) == .test)
                try stores.setExamForm(form, examID: exam.id)
                #expect(try stores.examForm(examID: exam.id) == form)
                try stores.insertSheet(sheet)
                #expect(try stores.sheets(attemptID: attempt.id) == [sheet])
                for minutes in [10.0, 40] { try stores.insertSlot(slot(minutes)) }
                #expect(try stores.slots(examID: exam.id) == [slot(40)])
                #expect(try stores.slots(candidateID: account.id, after: Fixtures.start) == [slot(40)])
                #expect(try stores.slots(candidateID: account.id, after: Fixtures.start + 7_200).isEmpty)
                try stores.insertNote(note)
                #expect(try stores.notes(attemptID: attempt.id) == [note])
                try stores.insertGradeChange(change)
                #expect(try stores.gradeChanges(attemptID: attempt.id) == [change])
                for due in [10.0, 20] { try stores.setSendingDue(Fixtures.start + due, attemptID: attempt.id) }
                #expect(try stores.dueSendings(at: Fixtures.start + 15, limit: 9).isEmpty)
                #expect(try stores.dueSendings(at: Fixtures.start + 20, limit: 9) == [attempt.id])
                try stores.setSendingDue(nil, attemptID: attempt.id)
                #expect(try stores.dueSendings(at: Fixtures.start + 99, limit: 9).isEmpty)
                try stores.saveSystemCheck(check)
                let served = try #require(check.serving(exam.secretCommitment, at: Fixtures.start))
                try stores.saveSystemCheck(served)
                #expect(try stores.systemCheck(check.id) == served)
                #expect(try stores.systemChecks(accountID: account.id, limit: 9) == [served])
            }
        }
    }
}
