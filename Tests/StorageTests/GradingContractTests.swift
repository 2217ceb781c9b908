import Accounts
import Attestation
import Foundation
import Grading
import Storage
import Testing

@Suite("Storage contract: groups, grade sheets, outbox")
struct GradingContractTests {
    private static let start = Fixtures.start

    private static func contract(_ number: Int, _ surname: String) throws -> Contract {
        Contract(
            number: try #require(ContractNumber("17-\(number)")),
            name: PersonName(surname: surname, givenName: "Анна"),
            importedAt: start
        )
    }

    private static func heading(_ examiner: UUID) throws -> GradeSheet.Heading {
        GradeSheet.Heading(
            discipline: "Сети",
            control: .exam,
            academicYear: "2026/2027",
            semester: 3,
            creditUnits: Points(hundredths: 350),
            hours: 126,
            examDay: try #require(CalendarDay("2027-01-15")),
            examinerID: examiner
        )
    }

    @Test("Groups keep members in the order of names; record books are never emptied", arguments: Backend.allCases)
    func groups(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { stores throws in
                let people = [try Self.contract(1, "Яшина"), try Self.contract(2, "Абрамова")]
                for person in people { _ = try stores.importContract(person) }
                let ids = try people.map { try #require(try stores.contract($0.number)).id }
                let group = try stores.group(.study, named: "ИБ-21", faculty: "ФИТ", orMake: Fixtures.id(1))
                let same = try stores.group(.study, named: "ИБ-21", faculty: "", orMake: Fixtures.id(2))
                #expect(same == group, "a group is made once, and an empty faculty says nothing")
                let academic = try stores.group(.academic, named: "ИБ-21", faculty: "", orMake: Fixtures.id(3))
                #expect(academic.id != group.id)
                #expect(try stores.addMember(ids[0], recordBook: "7", to: group.id, at: Self.start) == .added)
                #expect(try stores.addMember(ids[1], recordBook: "", to: group.id, at: Self.start) == .added)
                #expect(try stores.addMember(ids[0], recordBook: "", to: group.id, at: Self.start) == .unchanged)
                #expect(try stores.addMember(ids[1], recordBook: "8", to: group.id, at: Self.start) == .corrected)
                let members = try stores.members(of: group.id)
                #expect(members.map(\.contract.name.surname) == ["Абрамова", "Яшина"])
                #expect(members.map(\.recordBook) == ["8", "7"])
                #expect(try stores.groups(after: nil, limit: 9).map(\.kind) == [.academic, .study])
                #expect(try stores.groups(after: academic.id, limit: 9) == [group])
                #expect(
                    try stores.groups(named: "ИБ-21").map(\.kind) == [.study, .academic],
                    "the study group in front"
                )
                #expect(try stores.groups(named: "иб-21").isEmpty)
                #expect(try stores.groups(ofAccount: Fixtures.id(1)).isEmpty, "nobody has an account yet")
                #expect(try stores.removeMember(ids[0], from: group.id))
                #expect(try !stores.removeMember(ids[0], from: group.id))
            }
        }
    }

    @Test("A sheet's rows change while it is open and never when it is closed", arguments: Backend.allCases)
    func sheets(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let examiner = attempt.candidateID
            let sheet = try await database.write { stores throws in
                let exam = try #require(try stores.exam(attempt.examID))
                let group = try stores.group(.study, named: "ИБ-21", faculty: "ФИТ", orMake: Fixtures.id(1))
                #expect(try stores.nextSheetNumber() == 1)
                let sheet = GradeSheet(
                    id: Fixtures.id(5_000),
                    number: 1,
                    group: group,
                    exam: exam,
                    heading: try Self.heading(examiner),
                    examinerName: PersonName(surname: "Яшина", givenName: "Анна"),
                    showsRating: true,
                    createdAt: Self.start
                )
                var member = GroupMember(contract: try Self.contract(1, "Абрамова"), recordBook: "7")
                member.contract.accountID = attempt.candidateID
                var row = SheetRow(position: 1, member: member, salt: "00")
                try stores.insertSheet(
                    sheet,
                    rows: [row],
                    noting: SheetChange(.created, by: examiner, at: Self.start)
                )
                #expect(try stores.nextSheetNumber() == 2)
                #expect(try stores.sheet(sheet.id) == sheet)
                (row.mark, row.basis, row.rating) = (.good, .result, 80)
                try stores.updateSheetRows([row], of: sheet.id)
                #expect(try stores.sheetRows(of: sheet.id) == [row])
                #expect(try stores.closedRows(of: attempt.candidateID).isEmpty, "not before it is closed")
                let closed = try #require(sheet.closed(at: Self.start + 60, logIndex: 3))
                try stores.updateSheet(closed, noting: SheetChange(.closed, by: examiner, at: Self.start + 60))
                #expect(try stores.closedRows(of: attempt.candidateID).map(\.row) == [row])
                #expect(try stores.sheets(GradeSheetFilter(state: .closed, limit: 9)) == [closed])
                #expect(try stores.sheets(GradeSheetFilter(state: .open, limit: 9)).isEmpty)
                #expect(try stores.sheetChanges(of: sheet.id).map(\.kind) == [.created, .closed])
                return closed
            }
            await #expect(throws: (any Error).self, "the rows of a closed sheet do not change") {
                try await database.write { stores throws in
                    var row = try #require(try stores.sheetRows(of: sheet.id).first)
                    row.mark = .excellent
                    try stores.updateSheetRows([row], of: sheet.id)
                }
            }
            let marks = try await database.read { try $0.sheetRows(of: sheet.id).map(\.mark) }
            #expect(marks == [.good])
        }
    }

    @Test("Messages come due in their order and are kept as they went", arguments: Backend.allCases)
    func outbox(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            try await database.write { stores throws in
                try stores.insertAccount(account)
                var receiver = WebhookReceiver(
                    id: Fixtures.id(1),
                    url: "https://example.org/",
                    kinds: [.sheetClosed, .notTakenPlace],
                    sealedKey: Data([1, 2, 3]),
                    createdBy: account.id,
                    createdAt: Self.start
                )
                try stores.saveReceiver(receiver)
                #expect(try stores.receiver(receiver.id) == receiver)
                let first = OutboxMessage(
                    id: Fixtures.id(2),
                    receiverID: receiver.id,
                    kind: .sheetClosed,
                    body: Data("{}".utf8),
                    createdAt: Self.start
                )
                try stores.saveMessage(first)
                #expect(try stores.dueMessages(at: Self.start - 1, limit: 9).isEmpty)
                #expect(try stores.dueMessages(at: Self.start, limit: 9) == [first])
                let failed = first.failed("status 503", at: Self.start)
                try stores.saveMessage(failed)
                #expect(try stores.dueMessages(at: Self.start + 29, limit: 9).isEmpty)
                #expect(try stores.dueMessages(at: Self.start + 30, limit: 9) == [failed])
                let delivered = failed.delivered(at: Self.start + 30)
                try stores.saveMessage(delivered)
                #expect(try stores.message(first.id) == delivered)
                #expect(delivered.body.isEmpty)
                #expect(try stores.dueMessages(at: .distantFuture, limit: 9).isEmpty)
                #expect(try stores.messages(receiverID: receiver.id, before: nil, limit: 9) == [delivered])
                receiver.endedAt = Self.start + 99
                try stores.saveReceiver(receiver)
                #expect(try stores.receivers() == [receiver])
            }
        }
    }
}
