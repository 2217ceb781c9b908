import Accounts
import Foundation
import Identification
import Storage
import Testing

@Suite("Storage contract: exports, the register of consents")
struct ExportContractTests {
    @Test("F2: exports are kept with all that they know, listed for their owner, and found by what is to be done")
    func exports() async throws {
        try await Backend.sqlite.withDatabase { database in
            let people = [try Fixtures.account(1), try Fixtures.account(2)]
            var jobs = (1...5).map { number in
                ExportJob(
                    id: Fixtures.id(number),
                    order: ExportOrder(register: .identifications, format: .csv),
                    requestedBy: people[number == 5 ? 1 : 0].id,
                    requestedAt: Fixtures.start
                )
            }
            jobs[1].state = .running
            jobs[1].order = ExportOrder(
                register: .consents,
                format: .jsonl,
                hasPictures: true,
                language: "en",
                csv: .init(usesSemicolons: true, hasByteOrderMark: false)
            )
            (jobs[1].total, jobs[1].done, jobs[1].logSize) = (9, 4, 77)
            (jobs[1].progress, jobs[1].wrappedKey, jobs[1].checkpoint) = (Data([1]), Data([2]), "note")
            for index in 2...3 {
                jobs[index].state = .finished
                jobs[index].expiresAt = Fixtures.start + Double(index)
            }
            try await database.write { [jobs] stores throws in
                for person in people { try stores.insertAccount(person) }
                for job in jobs { try stores.saveExport(job) }
                for job in jobs { #expect(try stores.export(job.id) == job) }
                let own = try stores.exports(of: people[0].id, before: nil, limit: 3).map(\.id)
                #expect(own == [jobs[3].id, jobs[2].id, jobs[1].id])
                #expect(try stores.exports(of: people[0].id, before: own[2], limit: 3).map(\.id) == [jobs[0].id])
                #expect(try stores.unfinishedExports(limit: 9).map(\.id) == [jobs[0].id, jobs[1].id, jobs[4].id])
                #expect(try stores.exportsToExpire(at: Fixtures.start + 2, limit: 9).map(\.id) == [jobs[2].id])
                var done = jobs[0]
                done.state = .cancelled
                try stores.saveExport(done)
                #expect(try stores.unfinishedExports(limit: 9).map(\.id) == [jobs[1].id, jobs[4].id])
            }
        }
    }

    @Test("F4: statements of consent are read in their order by time, person and group")
    func consents() async throws {
        try await Backend.sqlite.withDatabase { database in
            let people = [try Fixtures.account(1), try Fixtures.account(2)]
            let statements = (0..<7).map { number in
                ConsentStatement(
                    id: Fixtures.id(100 + number),
                    accountID: people[number % 2].id,
                    kind: .biometric,
                    decision: .given,
                    textVersion: 1,
                    textDigest: "ab",
                    recordedBy: people[0].id,
                    at: Fixtures.start + Double(number)
                )
            }
            try await database.write { stores throws in
                for person in people { try stores.insertAccount(person) }
                try stores.insertConsentText(
                    ConsentText(
                        kind: .biometric,
                        version: 1,
                        russian: "т",
                        english: "t",
                        publishedAt: Fixtures.start,
                        publishedBy: nil
                    )
                )
                for statement in statements { try stores.insertConsent(statement) }
                var filter = IdentificationFilter()
                let end = Fixtures.start + 6
                func found(_ filter: IdentificationFilter) throws -> [UUID] {
                    var found: [UUID] = []
                    var number: Int64?
                    while true {
                        let page = try stores.consents(filter, until: end, after: number, limit: 2)
                        guard let last = page.last else { break }
                        found += page.map(\.statement.id)
                        number = last.number
                    }
                    #expect(try stores.consentCount(filter, until: end) == found.count)
                    return found
                }
                #expect(try found(filter) == statements.prefix(6).map(\.id))
                filter.subject = people[1].id
                #expect(try found(filter) == [1, 3, 5].map { statements[$0].id })
                filter.from = Fixtures.start + 2
                filter.until = Fixtures.start + 4
                #expect(try found(filter) == [statements[3].id])
                filter.groupID = Fixtures.id(9)
                #expect(try found(filter).isEmpty)
            }
        }
    }
}
