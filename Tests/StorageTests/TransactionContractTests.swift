import Accounts
import Attestation
import Foundation
import Proctoring
import Storage
import Testing
import TransparencyLog

@Suite("Storage contract: transactions")
struct TransactionContractTests {
    @Test("A transaction that throws leaves nothing behind, and its error comes through", arguments: Backend.allCases)
    func rollback(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            await #expect(throws: Deliberate.self) {
                try await database.write { stores throws in
                    try stores.insertAccount(account)
                    try Log.append([LogBody(["kind": "test", "at": "2026-01-01T00:00:00.000Z"])], to: stores)
                    throw Deliberate()
                }
            }
            let found = try await database.read { stores throws in
                (try stores.account(account.id) != nil, try stores.logSize())
            }
            #expect(!found.0)
            #expect(found.1 == 0)
        }
    }

    @Test("Of many transactions at once the failing ones take no other with them", arguments: Backend.allCases)
    func groups(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for number in 1...200 {
                    group.addTask {
                        do {
                            try await database.write { stores throws in
                                try stores.insertAccount(Fixtures.account(number))
                                if number % 5 == 0 { throw Deliberate() }
                            }
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(outcomes == 160)
            let present = try await database.read { stores throws in
                try (1...200).filter { try stores.account(Fixtures.id($0)) != nil }
            }
            #expect(present == (1...200).filter { $0 % 5 != 0 })
        }
    }

    @Test("F1: a log has the entries of transactions that succeeded, and is sound", arguments: Backend.allCases)
    func logOfManyTransactions(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let written = await withTaskGroup(of: [UInt64].self) { group in
                for number in 1...300 {
                    group.addTask {
                        let bodies = (0..<number % 4).compactMap { part in
                            try? LogBody([
                                "kind": "test", "at": "2026-01-01T00:00:00.000Z",
                                "number": .integer(Int64(number * 10 + part)),
                            ])
                        }
                        let range = try? await database.write { stores throws in
                            let range = try Log.append(bodies, to: stores)
                            #expect(try stores.logSize() == range.upperBound)
                            if number % 7 == 0 { throw Deliberate() }
                            return range
                        }
                        return range.map { Array($0) } ?? []
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(written.sorted() == Array(0..<UInt64(written.count)))
            let report = try await database.read { try Log.fsck($0) }
            #expect(report.isSound)
            #expect(report.entries == UInt64(written.count))
        }
    }

    @Test(
        "Events are published in order, once, after the commit, and never those rolled back",
        arguments: Backend.allCases
    )
    func publishing(_ backend: Backend) async throws {
        let published = Published()
        try await backend.withDatabase(published: { published.take($0) }) { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            await withTaskGroup(of: Void.self) { group in
                for number in 1...300 {
                    group.addTask {
                        let event = try? await database.write { stores throws in
                            let event = try stores.appendEvent(Fixtures.event(number, of: attempt))
                            if number % 7 == 0 { throw Deliberate() }
                            return event
                        }
                        if let event { #expect(published.contains(event.index), "published before it is answered") }
                    }
                }
            }
            let stored = try await database.read { try $0.events(of: .attempt(attempt.id), after: 0, limit: 1_000) }
            #expect(stored.count == 300 - 42)
            #expect(published.events == stored)
        }
    }

    @Test("A reader sees one state from its begin to its end", arguments: Backend.allCases)
    func snapshots(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let writing = Task {
                for number in 1...100 {
                    try await database.write { try $0.insertAccount(Fixtures.account(number)) }
                }
            }
            for _ in 1...100 {
                let (first, second) = try await database.read { stores throws in
                    let first = try (1...100).filter { try stores.account(Fixtures.id($0)) != nil }
                    let second = try (1...100).filter { try stores.account(Fixtures.id($0)) != nil }
                    return (first, second)
                }
                #expect(first == second)
            }
            try await writing.value
        }
    }
}

private final class Published: @unchecked Sendable {
    private let lock = NSLock()
    private var all: [SessionEvent] = []

    var events: [SessionEvent] { lock.withLock { all } }

    func take(_ events: [SessionEvent]) {
        lock.withLock { all += events }
    }

    func contains(_ index: Int64) -> Bool { lock.withLock { all.contains { $0.index == index } } }
}
