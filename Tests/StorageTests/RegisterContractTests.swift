import Accounts
import Attestation
import Foundation
import Grading
import Identification
import Proctoring
import SQLiteStorage
import Storage
import Testing

@Suite("Storage contract: search in the identification log, saved views")
struct RegisterContractTests {
    private static let methods = IdentificationMethod.allCases
    private static let outcomes = IdentificationOutcome.allCases
    private static let procedures: [ProcedureKind?] = [nil, .intermediateAttestation, .admissionOfDocuments]

    /// Two people, the first in a group and with a marked attempt; twenty-seven records with all that differs.
    private struct Sample {
        var people: [Account]
        var attempt: UUID
        var group: UUID
        var records: [IdentificationRecord]

        init(in database: any Database) async throws {
            let attempt = try await Fixtures.withAttempt(in: database)
            let people = [try Fixtures.account(1), try Fixtures.account(2)]
            let records = (0..<27).map { number in
                var record = Fixtures.record(number, subject: people[number % 2].id, outcomes[number % 3])
                record.method = methods[number / 9]
                record.attemptID = number % 2 == 0 && number > 8 ? attempt.id : nil
                record.circumstances = IdentificationCircumstances(
                    procedure: procedures[number / 3 % 3],
                    operatorID: number % 5 == 0 ? people[1].id : nil
                )
                // Three at each moment: then the identifier decides.
                record.at = Fixtures.start.addingTimeInterval(Double(number / 3))
                return record
            }
            let contract = Contract(
                number: try #require(ContractNumber("17-1")),
                name: people[0].name,
                importedAt: Fixtures.start
            )
            let group = try await database.write { stores throws in
                try stores.insertAccount(people[1])
                _ = try stores.importContract(contract)
                try stores.bindContract(contract.number, to: people[0].id)
                let group = try stores.group(.study, named: "ИБ-21", faculty: "ФИТ", orMake: Fixtures.id(1))
                let kept = try #require(try stores.contract(contract.number))
                _ = try stores.addMember(kept.id, recordBook: "", to: group.id, at: Fixtures.start)
                var event = Fixtures.event(1, of: attempt)
                event.type = .attemptFlagged
                _ = try stores.appendEvent(event)
                for record in records { try stores.insertIdentification(record) }
                return group
            }
            (self.people, self.attempt, self.group, self.records) = (people, attempt.id, group.id, records)
        }
    }

    @Test("F2: every condition, alone and with others, finds what it says, both ways", arguments: Backend.allCases)
    func conditions(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let sample = try await Sample(in: database)
            let (first, second) = (sample.people[0].id, sample.people[1].id)
            let noon = Fixtures.start.addingTimeInterval(4)
            let cases: [((inout IdentificationFilter) -> Void, (IdentificationRecord) -> Bool)] = [
                ({ _ in }, { _ in true }),
                ({ $0.subject = first }, { $0.subject == first }),
                ({ $0.groupID = sample.group }, { $0.subject == first }),
                ({ $0.groupID = second }, { _ in false }),
                ({ $0.attemptID = sample.attempt }, { $0.attemptID != nil }),
                ({ $0.isFlagged = true }, { $0.attemptID != nil }),
                ({ $0.isFlagged = false }, { $0.attemptID == nil }),
                ({ $0.discipline = "ИБ" }, { $0.attemptID != nil }),
                ({ $0.discipline = "other" }, { _ in false }),
                (
                    { $0.procedure = .admissionOfDocuments },
                    { $0.circumstances.procedure == .admissionOfDocuments }
                ),
                ({ $0.method = .visual }, { $0.method == .visual }),
                ({ $0.operatorID = second }, { $0.circumstances.operatorID == second }),
                ({ ($0.from, $0.until) = (noon, noon + 2) }, { $0.at >= noon && $0.at < noon + 2 }),
                (
                    { ($0.from, $0.outcome, $0.method) = (noon, .match, .biometric) },
                    { $0.at >= noon && $0.outcome == .match && $0.method == .biometric }
                ),
            ]
            for (number, (change, isWanted)) in cases.enumerated() {
                var filter = IdentificationFilter(limit: 4)
                change(&filter)
                let wanted = sample.records.filter(isWanted).map(\.id)
                var found: [UUID] = []
                while true {
                    let page = try await database.read { [filter] in try $0.identifications(filter) }
                    guard let last = page.last else { break }
                    found += page.map(\.id)
                    filter.before = last.id
                }
                #expect(found == wanted.reversed(), "case \(number)")
                var forwards: [UUID] = []
                var place: RegisterPlace?
                while true {
                    let page = try await database.read { [filter, place] in
                        try $0.identifications(filter.conditions, after: place, limit: 4)
                    }
                    guard let last = page.last else { break }
                    forwards += page.map(\.id)
                    place = RegisterPlace(at: last.at, id: last.id)
                }
                #expect(forwards == wanted, "case \(number)")
                let lines = try await database.read { [filter] in
                    try $0.identificationLines(filter.conditions, after: nil, limit: 100)
                }
                #expect(lines.map(\.record.id) == wanted, "case \(number)")
                let counts = try await database.read { [filter] stores throws in
                    let cells = try stores.identificationCells(filter.conditions, among: 1_000)
                    return (
                        try stores.identificationCount(filter.conditions, atMost: 1_000),
                        cells.reduce(0) { $0 + $1.count }, try stores.identificationCount(filter.conditions, atMost: 2)
                    )
                }
                #expect(counts == (wanted.count, wanted.count, min(2, wanted.count)), "case \(number)")
            }
        }
    }

    @Test("F2: cells count the newest records by all that can be chosen", arguments: Backend.allCases)
    func cells(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let sample = try await Sample(in: database)
            let cells = try await database.read { try $0.identificationCells(IdentificationFilter(), among: 1_000) }
            for method in Self.methods {
                let count = cells.filter { $0.method == method }.reduce(0) { $0 + $1.count }
                #expect(count == sample.records.count { $0.method == method })
            }
            let newest = try await database.read { try $0.identificationCells(IdentificationFilter(), among: 9) }
            #expect(Set(newest.map(\.method)) == [.visual] && newest.reduce(0) { $0 + $1.count } == 9)
        }
    }

    /// What people search for, and whether the records found may have to be sorted: those of one person, group or attempt
    /// are few.
    static let searches: [(name: String, change: @Sendable (inout IdentificationFilter) -> Void, maySort: Bool)] = [
        ("everything", { _ in }, false),
        ("a period", { ($0.from, $0.until) = (Fixtures.start, Fixtures.start + 60) }, false),
        ("a procedure", { $0.procedure = .finalAttestation }, false),
        ("a discipline", { $0.discipline = "ИБ" }, false),
        ("a method", { $0.method = .visual }, false),
        ("an outcome", { $0.outcome = .nonMatch }, false),
        ("a verifier", { $0.operatorID = Fixtures.id(1) }, false),
        ("a method in a period", { ($0.method, $0.from) = (.visual, Fixtures.start) }, false),
        ("an outcome of a discipline", { ($0.outcome, $0.discipline) = (.match, "ИБ") }, false),
        ("a person", { $0.subject = Fixtures.id(1) }, true),
        ("a group", { $0.groupID = Fixtures.id(1) }, true),
        ("an attempt", { $0.attemptID = Fixtures.id(1) }, true),
        ("marked attempts", { $0.isFlagged = true }, true),
    ]

    @Test("F2: no common search reads the whole register", arguments: searches.indices)
    func plans(_ index: Int) async throws {
        let (name, change, maySort) = Self.searches[index]
        let folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(file: folder.appending(path: "test.sqlite"))
        var filter = IdentificationFilter()
        change(&filter)
        for place in [nil, RegisterPlace(at: Fixtures.start, id: Fixtures.id(2))] {
            let plan = try await database.searchPlan(filter, after: place)
            #expect(plan.contains { $0.contains("identifications USING INDEX") }, "\(name): \(plan)")
            #expect(maySort || !plan.contains { $0.contains("TEMP B-TREE") }, "\(name): \(plan)")
            // Without any condition the first page is the index's first entries.
            let scans = plan.filter { $0.hasPrefix("SCAN") && !$0.contains("INDEX session_events_flagging") }
            let isFirstPage = name == "everything" && place == nil
            #expect(isFirstPage ? scans.allSatisfy { $0.contains("by_time") } : scans.isEmpty, "\(name): \(plan)")
        }
    }

    @Test("F2: views are kept, changed, shared and forgotten", arguments: Backend.allCases)
    func views(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let people = [try Fixtures.account(1), try Fixtures.account(2)]
            var filter = IdentificationFilter(limit: 7)
            filter.subject = people[0].id
            filter.groupID = Fixtures.id(3)
            filter.attemptID = Fixtures.id(4)
            filter.procedure = .finalAttestation
            filter.discipline = "ИБ"
            filter.method = .visual
            filter.outcome = .inconclusive
            filter.operatorID = people[1].id
            filter.isFlagged = false
            filter.from = Fixtures.start
            filter.until = Fixtures.start + 0.5
            let wanted = filter.conditions
            func view(_ number: Int, _ owner: Int, _ name: String, shared: Bool) -> SavedView {
                SavedView(
                    id: Fixtures.id(number),
                    ownerID: people[owner].id,
                    name: name,
                    filter: wanted,
                    isShared: shared,
                    changedAt: Fixtures.start
                )
            }
            let kept = [view(1, 0, "в", shared: false), view(2, 1, "б", shared: true), view(3, 1, "а", shared: false)]
            try await database.write { stores throws in
                for person in people { try stores.insertAccount(person) }
                for view in kept { try stores.saveView(view) }
                #expect(try stores.savedView(kept[0].id) == kept[0])
                #expect(try stores.savedView(kept[0].id)?.filter == wanted)
                #expect(try stores.savedViews(of: people[0].id, limit: 9).map(\.name) == ["б", "в"])
                #expect(try stores.savedViews(of: people[1].id, limit: 1).map(\.name) == ["а"])
                var changed = kept[1]
                (changed.name, changed.isShared, changed.filter) = ("г", false, IdentificationFilter())
                try stores.saveView(changed)
                #expect(try stores.savedView(changed.id) == changed)
                #expect(try stores.savedViews(of: people[0].id, limit: 9).map(\.name) == ["в"])
                try stores.deleteView(kept[0].id)
                #expect(try stores.savedView(kept[0].id) == nil)
            }
        }
    }

    @Test("F2: a record's places in the log are kept in their order", arguments: Backend.allCases)
    func places(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { stores throws in
                for place in [9, 2, 40] as [UInt64] { try stores.insertLogPlace(place, of: Fixtures.id(1)) }
                #expect(try stores.logPlaces(of: Fixtures.id(1)) == [2, 9, 40])
                #expect(try stores.logPlaces(of: Fixtures.id(2)).isEmpty)
            }
        }
    }

    @Test(
        "F2: lines of a register say what the records say, and their first place in the log",
        arguments: Backend.allCases
    )
    func lines(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let sample = try await Sample(in: database)
            try await database.write { stores throws in
                for place in [9, 2] as [UInt64] { try stores.insertLogPlace(place, of: sample.records[4].id) }
            }
            let last = sample.records[2]
            try await database.read { stores throws in
                let place = RegisterPlace(at: last.at, id: last.id)
                let lines = try stores.identificationLines(IdentificationFilter(), after: place, limit: 3)
                var records = try sample.records[3...5].map { try #require(try stores.identification($0.id)) }
                for number in records.indices { records[number].findings = nil }
                #expect(lines.map(\.record) == records)
                #expect(lines.map(\.logIndex) == [nil, 2, nil])
                #expect(try stores.personName(of: sample.people[0].id) == sample.people[0].name)
                #expect(try stores.personName(of: Fixtures.id(77)) == nil)
            }
        }
    }
}
