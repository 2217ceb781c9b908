import Accounts
import Attestation
import Foundation
import Grading
import Storage
import Testing

@Suite("Storage contract: reports to the dean's office, reminders, signed sheets")
struct ReportContractTests {
    private static func report(_ number: Int, _ attempt: Attempt, on day: String) throws -> DeanReport {
        DeanReport(
            id: Fixtures.id(8_000 + number),
            attemptID: attempt.id,
            examID: attempt.examID,
            candidateID: attempt.candidateID,
            mark: .notTakenPlace,
            basis: .connectionLost,
            decidedBy: attempt.candidateID,
            decidedOn: try #require(CalendarDay(day)),
            interruptedOn: CalendarDay("2027-01-14"),
            at: Fixtures.start
        )
    }

    @Test(
        "Reports come newest first, by day and exam and a page at a time, and never change",
        arguments: Backend.allCases
    )
    func reports(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let reports = [
                try Self.report(1, attempt, on: "2027-01-14"), try Self.report(2, attempt, on: "2027-01-15"),
                try Self.report(3, attempt, on: "2027-02-01"),
            ]
            #expect(reports.map(\.isLate) == [false, true, true])
            try await database.write { stores throws in
                for report in reports { try stores.insertDeanReport(report) }
                #expect(try stores.deanReports(DeanReportFilter(limit: 9)) == reports.reversed())
                let day = CalendarDay("2027-01-15")
                #expect(try stores.deanReports(DeanReportFilter(from: day, through: day, limit: 9)) == [reports[1]])
                #expect(try stores.deanReports(DeanReportFilter(through: day, limit: 1)) == [reports[1]])
                #expect(try stores.deanReports(DeanReportFilter(before: reports[1].id, limit: 9)) == [reports[0]])
                #expect(try stores.deanReports(DeanReportFilter(examID: Fixtures.id(1), limit: 9)).isEmpty)
                #expect(try stores.deanReports(DeanReportFilter(examID: attempt.examID, limit: 2)).count == 2)
            }
            await #expect(throws: (any Error).self, "a report is added once") {
                try await database.write { try $0.insertDeanReport(reports[0]) }
            }
        }
    }

    @Test(
        "Somebody is reminded of a decision once; attempts whose clock runs wait for none",
        arguments: Backend.allCases
    )
    func reminders(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            try await database.write { stores throws in
                #expect(try stores.pausedAttempts(after: nil, limit: 9).isEmpty)
                func note(_ record: Int) throws -> Bool {
                    try stores.noteDecisionReminder(attemptID: attempt.id, record: record, at: Fixtures.start)
                }
                let noted = try [note(3), note(3), note(7)]
                #expect(noted == [true, false, true], "once for each interruption")
            }
        }
    }

    @Test(
        "There is one signed paper for each closing of a sheet, and its scan is added to it",
        arguments: Backend.allCases
    )
    func papers(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            try await database.write { stores throws in
                let exam = try #require(try stores.exam(attempt.examID))
                let group = try stores.group(.study, named: "ИБ-21", faculty: "ФИТ", orMake: Fixtures.id(1))
                let sheet = GradeSheet(
                    id: Fixtures.id(5_000),
                    number: 1,
                    group: group,
                    exam: exam,
                    heading: GradeSheet.Heading(
                        discipline: nil,
                        control: .exam,
                        academicYear: "2026/2027",
                        semester: 1,
                        creditUnits: .one,
                        hours: nil,
                        examDay: try #require(CalendarDay("2027-01-15")),
                        examinerID: attempt.candidateID
                    ),
                    examinerName: PersonName(surname: "Яшина", givenName: "Анна"),
                    showsRating: false,
                    createdAt: Fixtures.start
                )
                let change = SheetChange(.created, by: attempt.candidateID, at: Fixtures.start)
                try stores.insertSheet(sheet, rows: [], noting: change)
                let papers = try [2, 1].map { version in
                    SheetPaper(
                        sheetID: sheet.id,
                        version: version,
                        receivedOn: try #require(CalendarDay("2027-01-20")),
                        dueOn: CalendarDay("2027-01-19"),
                        receivedBy: attempt.candidateID,
                        at: Fixtures.start,
                        comment: version == 1 ? "С исправлением." : nil
                    )
                }
                #expect(papers.map(\.isLate) == [true, true])
                for paper in papers { try stores.savePaper(paper) }
                #expect(try stores.papers(of: sheet.id) == papers.reversed())
                let scan = SheetPaper.Scan(
                    sha256: String(repeating: "0", count: 64),
                    byteCount: 3,
                    evidence: String(repeating: "0a", count: 32),
                    by: attempt.candidateID,
                    at: Fixtures.start
                )
                let scanned = try #require(papers[1].scanned(scan))
                #expect(scanned.scanned(scan) == nil, "a scan is not replaced")
                try stores.savePaper(scanned)
                #expect(try stores.papers(of: sheet.id) == [scanned, papers[0]])
                #expect(try stores.papers(of: Fixtures.id(1)).isEmpty)
            }
        }
    }
}
