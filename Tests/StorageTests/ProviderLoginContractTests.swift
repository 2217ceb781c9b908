import Accounts
import Foundation
import Storage
import Testing

@Suite("Storage contract: logins by the institution's provider")
struct ProviderLoginContractTests {
    private func pending(_ number: Int, network: String = "192.0.2.1", after seconds: Double = 0)
        -> PendingProviderLogin
    {
        PendingProviderLogin(
            stateHash: "state \(number)",
            network: network,
            sealedContent: Data([UInt8(number), 0, 255]),
            createdAt: Fixtures.start.addingTimeInterval(seconds)
        )
    }

    private func identity(_ subject: String, _ account: Account, issuer: String = "https://id.example")
        -> ProviderIdentity
    {
        ProviderIdentity(
            issuer: issuer,
            subject: subject,
            accountID: account.id,
            linkedAt: Fixtures.start,
            lastUsedAt: Fixtures.start
        )
    }

    @Test("A5: a login that waits is taken once", arguments: Backend.allCases)
    func takenOnce(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (first, second) = (pending(1), pending(2))
            try await database.write { stores throws in
                try stores.insertPendingProviderLogin(first)
                try stores.insertPendingProviderLogin(second)
            }
            #expect(try await database.read { try $0.pendingProviderLogin(stateHash: "state 1") } == first)
            #expect(try await database.write { try $0.takePendingProviderLogin(stateHash: "state 1") } == first)
            #expect(try await database.write { try $0.takePendingProviderLogin(stateHash: "state 1") } == nil)
            #expect(try await database.read { try $0.pendingProviderLogin(stateHash: "state 1") } == nil)
            #expect(try await database.write { try $0.takePendingProviderLogin(stateHash: "state 3") } == nil)
            #expect(try await database.read { try $0.pendingProviderLogin(stateHash: "state 2") } == second)
        }
    }

    @Test("A5: of many that come at the same moment one takes the login", arguments: Backend.allCases)
    func race(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let login = pending(1)
            try await database.write { try $0.insertPendingProviderLogin(login) }
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await database.write { try $0.takePendingProviderLogin(stateHash: "state 1") != nil }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(taken.filter(\.self).count == 1)
        }
    }

    @Test("A5: a taken login is back where its transaction failed", arguments: Backend.allCases)
    func rolledBack(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let login = pending(1)
            try await database.write { try $0.insertPendingProviderLogin(login) }
            await #expect(throws: Deliberate.self) {
                try await database.write { stores throws in
                    _ = try stores.takePendingProviderLogin(stateHash: "state 1")
                    throw Deliberate()
                }
            }
            #expect(try await database.read { try $0.pendingProviderLogin(stateHash: "state 1") } == login)
        }
    }

    @Test("A5: two logins never wait under one state", arguments: Backend.allCases)
    func unique(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (login, other) = (pending(1), pending(1, network: "192.0.2.2"))
            try await database.write { try $0.insertPendingProviderLogin(login) }
            await #expect(throws: (any Error).self) {
                try await database.write { try $0.insertPendingProviderLogin(other) }
            }
            #expect(try await database.read { try $0.pendingProviderLogin(stateHash: "state 1") } == login)
        }
    }

    @Test("A5: logins that wait are counted by network and time, and purged by time", arguments: Backend.allCases)
    func counted(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let logins = [
                pending(1), pending(2, after: 10), pending(3, network: "2001:db8::/64", after: 20),
            ]
            try await database.write { stores throws in
                for login in logins { try stores.insertPendingProviderLogin(login) }
            }
            let start = Fixtures.start
            try await database.read { stores throws in
                #expect(try stores.countPendingProviderLogins(of: nil, since: start) == 3)
                #expect(try stores.countPendingProviderLogins(of: "192.0.2.1", since: start) == 2)
                #expect(try stores.countPendingProviderLogins(of: "192.0.2.1", since: start + 10) == 1)
                #expect(try stores.countPendingProviderLogins(of: "192.0.2.9", since: start) == 0)
                #expect(try stores.countPendingProviderLogins(of: nil, since: start + 21) == 0)
            }
            #expect(try await database.write { try $0.purgePendingProviderLogins(before: start + 10) } == 1)
            #expect(try await database.read { try $0.countPendingProviderLogins(of: nil, since: start) } == 2)
        }
    }

    @Test("A5: issuer and subject together name one account, and case counts", arguments: Backend.allCases)
    func identities(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, other) = (try Fixtures.account(1), try Fixtures.account(2))
            let mine = identity("abc", one)
            let others = [identity("ABC", other), identity("abc", other, issuer: "https://other.example")]
            try await database.write { stores throws in
                try stores.insertAccount(one)
                try stores.insertAccount(other)
                for identity in [mine] + others { try stores.insertProviderIdentity(identity) }
                try stores.touchProviderIdentity(issuer: mine.issuer, subject: "abc", at: Fixtures.start + 5)
            }
            var used = mine
            used.lastUsedAt = Fixtures.start + 5
            try await database.read { [used] stores throws in
                #expect(try stores.providerIdentity(issuer: mine.issuer, subject: "abc") == used)
                #expect(try stores.providerIdentity(issuer: mine.issuer, subject: "ABC") == others[0])
                #expect(try stores.providerIdentity(issuer: mine.issuer, subject: "abd") == nil)
                #expect(try stores.providerIdentities(of: one.id) == [used])
                #expect(Set(try stores.providerIdentities(of: other.id)) == Set(others))
            }
        }
    }

    @Test("A5: an identity has one account, and an account one identity of an issuer", arguments: Backend.allCases)
    func linkedOnce(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, other) = (try Fixtures.account(1), try Fixtures.account(2))
            let (mine, stolen, second) = (identity("abc", one), identity("abc", other), identity("def", one))
            let nobody = identity("ghi", try Fixtures.account(3))
            try await database.write { stores throws in
                try stores.insertAccount(one)
                try stores.insertAccount(other)
                try stores.insertProviderIdentity(mine)
            }
            for refused in [stolen, second, nobody] {
                await #expect(throws: (any Error).self) {
                    try await database.write { try $0.insertProviderIdentity(refused) }
                }
            }
            #expect(try await database.read { try $0.providerIdentities(of: one.id) } == [mine])
            #expect(try await database.read { try $0.providerIdentities(of: other.id) } == [])
        }
    }

    @Test("A5: the identities of one account are forgotten, and nobody else's", arguments: Backend.allCases)
    func unlinked(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, other) = (try Fixtures.account(1), try Fixtures.account(2))
            let (mine, theirs) = (identity("abc", one), identity("def", other))
            let second = identity("abc", one, issuer: "https://other.example")
            try await database.write { stores throws in
                try stores.insertAccount(one)
                try stores.insertAccount(other)
                for identity in [mine, theirs, second] { try stores.insertProviderIdentity(identity) }
                try stores.deleteProviderIdentities(of: one.id)
            }
            #expect(try await database.read { try $0.providerIdentities(of: one.id) } == [])
            #expect(try await database.read { try $0.providerIdentities(of: other.id) } == [theirs])
            // Free for another account.
            let moved = identity("abc", other, issuer: "https://other.example")
            try await database.write { try $0.insertProviderIdentity(moved) }
            #expect(try await database.read { try $0.providerIdentity(issuer: moved.issuer, subject: "abc") } == moved)
        }
    }

    @Test("A8: whether a session rests on the provider's second factor is kept", arguments: Backend.allCases)
    func sessionFactor(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let sessions = [true, false].enumerated().map { number, hasFactor in
                LoginSession(
                    id: Fixtures.id(100 + number),
                    tokenHash: "hash \(number)",
                    accountID: account.id,
                    createdAt: Fixtures.start,
                    lastSeenAt: Fixtures.start,
                    expiresAt: Fixtures.start + 60,
                    hasProviderFactor: hasFactor
                )
            }
            try await database.write { stores throws in
                try stores.insertAccount(account)
                for session in sessions { try stores.insertLoginSession(session) }
            }
            for session in sessions {
                #expect(try await database.read { try $0.loginSession(tokenHash: session.tokenHash) } == session)
            }
        }
    }
}
