import Accounts
import Attestation
import Cases
import Cryptography
import Foundation
import Grading
import Storage
import Testing

@Suite("Storage contract: cases, notices, admission, forms, signs of life")
struct CaseContractTests {
    private static let days = DayCount(in: .gmt) { day, _ in day.day % 7 < 5 }

    private func appeal(_ number: Int, of candidate: UUID, by author: UUID) throws -> Case {
        let opening = Case.Opening(
            id: Fixtures.id(7_000 + number),
            kind: .appeal,
            subject: candidate,
            openedBy: author,
            at: Fixtures.start
        )
        return try Case(opening: opening).taking(
            "submit",
            by: Case.Author(.candidate, candidate),
            values: ["grounds": .text("result"), "text": .text("Ответ был верен.")],
            days: Self.days,
            at: Fixtures.start
        ) { values, _ in try JSONEncoder().encode(values) }
    }

    @Test(
        "A case is what its records come to; filters find it by person, part, state and term",
        arguments: Backend.allCases
    )
    func cases(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let accounts = try (1...3).map { try Fixtures.account($0) }
            let (candidate, other, chair) = (accounts[0].id, accounts[1].id, accounts[2].id)
            let item = try appeal(1, of: candidate, by: candidate)
            let second = try appeal(2, of: other, by: other)
            let withdrawn = try item.taking(
                "withdraw",
                by: Case.Author(.candidate, candidate),
                values: [:],
                days: Self.days,
                at: Fixtures.start + 60
            ) { _, _ in Data() }
            try await database.write { stores throws in
                for account in accounts { try stores.insertAccount(account) }
                try stores.insertCase(item)
                try stores.insertCase(second)
                #expect(try stores.caseItem(item.id) == item)
                #expect(try stores.caseItem(candidate) == nil)
                #expect(try stores.cases(CaseFilter()).map(\.id) == [second.id, item.id])
                #expect(try stores.cases(CaseFilter(subject: other)).map(\.id) == [second.id])
                var filter = CaseFilter(kind: .appeal, limit: 1)
                filter.before = second.id
                #expect(try stores.cases(filter).map(\.id) == [item.id])
                var involving = CaseFilter()
                involving.involving = chair
                #expect(try stores.cases(involving).isEmpty)
                let late = Fixtures.start + 30 * 86_400
                #expect(try stores.turningCases(at: Fixtures.start, limit: 9).isEmpty)
                #expect(try Set(stores.turningCases(at: late, limit: 9)) == [item.id, second.id])
                try stores.updateCase(withdrawn)
                try stores.updateCase(withdrawn)
                #expect(try stores.caseItem(item.id) == withdrawn)
                #expect(try stores.turningCases(at: late, limit: 9) == [second.id])
                let turned = try second.turned(at: late)
                try stores.updateCase(turned)
                #expect(try stores.turningCases(at: late, limit: 9).isEmpty)
                var overdue = CaseFilter()
                overdue.overdueAt = late
                #expect(try stores.cases(overdue).map(\.id) == [second.id])
                overdue.overdueAt = Fixtures.start
                #expect(try stores.cases(overdue).isEmpty)
            }
        }
    }

    @Test("Notices are read once, by page, newest first", arguments: Backend.allCases)
    func notices(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            try await database.write { stores throws in
                try stores.insertAccount(account)
                for number in 1...3 {
                    try stores.insertNotice(
                        Notice(
                            id: Fixtures.id(8_000 + number),
                            accountID: account.id,
                            topic: "case",
                            about: Fixtures.id(1),
                            step: "order",
                            sealed: Data([1, 2]),
                            at: Fixtures.start
                        )
                    )
                }
                let page = try stores.notices(accountID: account.id, before: nil, limit: 2)
                #expect(page.map(\.id) == [Fixtures.id(8_003), Fixtures.id(8_002)])
                let rest = try stores.notices(accountID: account.id, before: page[1].id, limit: 2)
                #expect(rest.map(\.id) == [Fixtures.id(8_001)])
                #expect(try stores.noteReading(of: page[0].id, at: Fixtures.start + 1))
                #expect(try !stores.noteReading(of: page[0].id, at: Fixtures.start + 2))
                #expect(try stores.notice(page[0].id)?.readAt == Fixtures.start + 1)
                #expect(try stores.notices(accountID: Fixtures.id(2), before: nil, limit: 9).isEmpty)
            }
        }
    }

    @Test("Keys are found by their exam and hash only, and revoked once", arguments: Backend.allCases)
    func keys(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let exams = [Fixtures.exam(2_000), Fixtures.exam(2_001)]
            func key(_ number: Int, _ holder: AccessKey.Holder) -> AccessKey {
                AccessKey(
                    id: Fixtures.id(9_500 + number),
                    examID: exams[0].id,
                    holder: holder,
                    hash: AccessKey.hash(of: "AAAA-AAAA-AAAA-AAA\(number)"),
                    validFrom: Fixtures.start,
                    validUntil: Fixtures.start + 60,
                    issuedBy: account.id,
                    at: Fixtures.start
                )
            }
            let group = key(1, .group(Fixtures.id(9_600), name: "ИБ-21"))
            let personal = key(2, .candidate(account.id))
            try await database.write { stores throws in
                try stores.insertAccount(account)
                for exam in exams {
                    try stores.insertExam(exam, sealedSecret: Data(), plan: nil, createdAt: Fixtures.start)
                }
                _ = try stores.group(.study, named: "ИБ-21", faculty: "", orMake: Fixtures.id(9_600))
                try stores.insertAccessKey(group)
                try stores.insertAccessKey(personal)
                #expect(try stores.accessKeys(examID: exams[0].id) == [group, personal])
                #expect(try stores.accessKey(examID: exams[0].id, hash: group.hash) == group)
                #expect(try stores.accessKey(examID: exams[1].id, hash: group.hash) == nil)
                #expect(try stores.expectedCandidates(examID: exams[0].id) == [account.id])
                #expect(try stores.usedAccessKeys(examID: exams[0].id, candidateID: account.id).isEmpty)
                for _ in 0..<2 {
                    try stores.insertAccessKeyUse(
                        group.id,
                        examID: exams[0].id,
                        candidateID: account.id,
                        at: Fixtures.start
                    )
                }
                #expect(try stores.usedAccessKeys(examID: exams[0].id, candidateID: account.id) == [group])
                #expect(try stores.revokeAccessKey(group.id, examID: exams[0].id, at: Fixtures.start + 1))
                #expect(try !stores.revokeAccessKey(group.id, examID: exams[0].id, at: Fixtures.start + 2))
                #expect(try !stores.revokeAccessKey(personal.id, examID: exams[1].id, at: Fixtures.start))
            }
        }
    }

    @Test("A sign of life is the newest that is durable; without any nothing is known", arguments: Backend.allCases)
    func life(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { stores throws in
                #expect(try stores.lastSignOfLife() == nil)
                try stores.noteSignOfLife(at: Fixtures.start)
                try stores.noteSignOfLife(at: Fixtures.start + 2)
                #expect(try stores.lastSignOfLife() == Fixtures.start + 2)
                #expect(try stores.attemptsUnderWay().isEmpty)
                #expect(try !stores.hasAttemptsUnderWay())
            }
        }
    }
}
