import Accounts
import Attestation
import Foundation
import Identification
import Retention
import Storage
import Testing

@Suite("Storage contract: retention")
struct RetentionContractTests {
    private static let rules = DataKind.allCases.flatMap { kind in
        kind.starts.map {
            RetentionRule(kind: kind, number: 1, period: RetentionPeriod(days: 1), start: $0, source: "")
        }
    }

    @Test("Every kind can be looked through from each of its starts, and destroying what is not there does nothing")
    func allKinds() async throws {
        for backend in Backend.allCases {
            try await backend.withDatabase { database in
                for rule in Self.rules {
                    let items = try await database.read {
                        try $0.dueItems(rule, cutoff: Fixtures.start, after: nil, limit: 10)
                    }
                    #expect(items.isEmpty)
                    let files = try await database.write {
                        try $0.destroyItem("nothing", kind: rule.kind, for: Fixtures.id(1), at: Fixtures.start)
                    }
                    #expect(files == 0)
                }
            }
        }
    }

    @Test(
        "A period that counts from the end of studies has not begun while nobody says that they are over",
        arguments: Backend.allCases
    )
    func studiesEnd(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let rule = RetentionRule(
                kind: .portrait,
                number: 1,
                period: RetentionPeriod(),
                start: .studiesEnd,
                source: ""
            )
            let portrait = Portrait(
                id: Fixtures.id(9_500),
                accountID: account.id,
                createdAt: Fixtures.start,
                modelID: "m",
                sealedTemplate: Data([1]),
                evidence: EvidenceReference(rawValue: String(repeating: "5", count: 64))!,
                interEyeDistance: 100,
                pictureSize: .init(width: 640, height: 480)
            )
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertPortrait(portrait)
            }
            func due(_ cutoff: Date) async throws -> [DueItem] {
                try await database.read { try $0.dueItems(rule, cutoff: cutoff, after: nil, limit: 10) }
            }
            let late = Fixtures.start + 1_000_000
            #expect(try await due(late).isEmpty, "without a contract nobody says when the studies end")
            let contract = Contract(number: ContractNumber("1")!, name: account.name, importedAt: Fixtures.start)
            try await database.write { stores throws in
                _ = try stores.importContract(contract)
                try stores.bindContract(contract.number, to: account.id)
            }
            #expect(try await due(late).isEmpty, "the contract still runs")
        }
    }

    @Test("A run keeps its state, its items and its files", arguments: Backend.allCases)
    func runs(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            var run = RetentionRun(
                id: Fixtures.id(9_600),
                rules: [DataKind.practice.standardRule],
                requestedBy: nil,
                asOf: Fixtures.start
            )
            let first = run
            let items = [DueItem(id: "a", subject: Fixtures.id(1)), DueItem(id: "b", subject: nil)]
            try await database.write { stores throws in
                try stores.insertRetentionRun(first)
                try stores.insertRunItems(items, of: first.id, kind: .practice)
            }
            #expect(try await database.read { try $0.unfinishedRetentionRuns() } == [first])
            #expect(try await database.read { try $0.runItemPeople(of: first.id, kind: .practice) } == 1)
            let waiting = try await database.read { try $0.waitingRunItems(of: first.id, limit: 10).map(\.item) }
            #expect(waiting == items)
            run.state = .completed
            let done = run
            try await database.write { try $0.updateRetentionRun(done) }
            #expect(try await database.read { try $0.unfinishedRetentionRuns() }.isEmpty)
            #expect(try await database.read { try $0.waitingRunItems(of: first.id, limit: 10) }.isEmpty)
            #expect(try await database.read { try $0.retentionRun(first.id) } == done)
        }
    }
}
