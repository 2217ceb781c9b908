import Accounts
import Foundation
import Storage
import Testing

@Suite("Storage contract: what lets somebody in")
struct CredentialContractTests {
    private func session(_ number: Int, of account: Account) -> LoginSession {
        LoginSession(
            id: Fixtures.id(100 + number),
            tokenHash: "hash \(number)",
            accountID: account.id,
            createdAt: Fixtures.start.addingTimeInterval(Double(number)),
            lastSeenAt: Fixtures.start,
            expiresAt: Fixtures.start.addingTimeInterval(60),
            address: number == 1 ? nil : "192.0.2.\(number)",
            userAgent: number == 1 ? nil : "Agent/\(number)"
        )
    }

    @Test("A2: sessions are listed, get another token, and end one by one or all but one", arguments: Backend.allCases)
    func sessions(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, other) = (try Fixtures.account(1), try Fixtures.account(2))
            let mine = (1...3).map { session($0, of: one) }
            let foreign = session(4, of: other)
            try await database.write { stores throws in
                try stores.insertAccount(one)
                try stores.insertAccount(other)
                for session in mine + [foreign] { try stores.insertLoginSession(session) }
                try stores.setTokenHash("rotated", ofLoginSession: mine[1].id)
            }
            try await database.read { stores throws in
                #expect(try stores.loginSessions(of: one.id).map(\.id) == [mine[2].id, mine[1].id, mine[0].id])
                #expect(try stores.loginSession(id: mine[2].id) == mine[2])
                #expect(try stores.loginSession(tokenHash: "hash 2") == nil)
                #expect(try stores.loginSession(tokenHash: "rotated")?.id == mine[1].id)
            }
            try await database.write { try $0.deleteLoginSessions(of: one.id, except: mine[0].id) }
            #expect(try await database.read { try $0.loginSessions(of: one.id) } == [mine[0]])
            try await database.write { try $0.deleteLoginSessions(of: one.id, except: nil) }
            #expect(try await database.read { try $0.loginSessions(of: one.id) } == [])
            #expect(try await database.read { try $0.loginSessions(of: other.id) } == [foreign])
        }
    }

    @Test("A2: a newer reset takes the place of the older one, and time takes it away", arguments: Backend.allCases)
    func resets(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            func reset(_ hash: String, by issuer: UUID?) -> PasswordReset {
                PasswordReset(
                    accountID: account.id,
                    codeHash: hash,
                    issuedBy: issuer,
                    issuedAt: Fixtures.start,
                    expiresAt: Fixtures.start.addingTimeInterval(10)
                )
            }
            let (older, newer) = (reset("a", by: nil), reset("b", by: account.id))
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.setPasswordReset(older, of: account.id)
                try stores.setPasswordReset(newer, of: account.id)
            }
            #expect(try await database.read { try $0.passwordReset(of: account.id) } == newer)
            _ = try await database.write { try $0.purgeCredentials(at: Fixtures.start.addingTimeInterval(10)) }
            #expect(try await database.read { try $0.passwordReset(of: account.id) } == newer)
            #expect(
                try await database.write { try $0.purgeCredentials(at: Fixtures.start.addingTimeInterval(11)) } == 1
            )
            #expect(try await database.read { try $0.passwordReset(of: account.id) } == nil)
        }
    }

    @Test("A8: a second factor is replaced, its recovery codes count once and go with it", arguments: Backend.allCases)
    func secondFactors(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            var factor = SecondFactor(accountID: account.id, sealedSecret: Data([1, 2]), createdAt: Fixtures.start)
            try await database.write { [factor] stores throws in
                try stores.insertAccount(account)
                try stores.setSecondFactor(factor, of: account.id)
                try stores.setRecoveryCodes(["a", "b", "c"], of: account.id)
            }
            #expect(try await database.read { try $0.secondFactor(of: account.id) } == factor)
            (factor.confirmedAt, factor.lastStep) = (Fixtures.start, 60_000_000)
            let used = try await database.write { [factor] stores in
                try stores.setSecondFactor(factor, of: account.id)
                return (
                    try stores.useRecoveryCode("b", of: account.id), try stores.useRecoveryCode("b", of: account.id),
                    try stores.useRecoveryCode("d", of: account.id), try stores.countRecoveryCodes(of: account.id)
                )
            }
            #expect(used == (true, false, false, 2))
            #expect(try await database.read { try $0.secondFactor(of: account.id) } == factor)
            try await database.write { try $0.setSecondFactor(nil, of: account.id) }
            #expect(try await database.read { try $0.secondFactor(of: account.id) } == nil)
            #expect(try await database.read { try $0.countRecoveryCodes(of: account.id) } == 0)
        }
    }

    @Test("A8: a ticket is taken once", arguments: Backend.allCases)
    func tickets(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let tickets = ["a", "b", "c"].map {
                LoginTicket(tokenHash: $0, accountID: account.id, expiresAt: Fixtures.start.addingTimeInterval(300))
            }
            try await database.write { stores throws in
                try stores.insertAccount(account)
                for ticket in tickets { try stores.insertLoginTicket(ticket) }
            }
            #expect(try await database.read { try $0.loginTicket(tokenHash: "a") } == tickets[0])
            #expect(try await database.write { try $0.deleteLoginTicket(tokenHash: "a") })
            #expect(try await database.write { try $0.deleteLoginTicket(tokenHash: "a") } == false)
            try await database.write { try $0.deleteLoginTickets(of: account.id) }
            #expect(try await database.read { try $0.loginTicket(tokenHash: "b") } == nil)
        }
    }

    @Test("Tokens of programs are found by hash and identifier, newest first, and end", arguments: Backend.allCases)
    func tokens(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, other) = (try Fixtures.account(1), try Fixtures.account(2))
            let tokens = (1...4).map { number in
                APIToken(
                    id: Fixtures.id(200 + number),
                    tokenHash: "hash \(number)",
                    issuerID: number == 4 ? other.id : one.id,
                    name: "Moodle \(number)",
                    scopes: number == 1 ? [] : [.readExams, .manageExams],
                    createdAt: Fixtures.start,
                    expiresAt: Fixtures.start.addingTimeInterval(Double(number))
                )
            }
            try await database.write { stores throws in
                try stores.insertAccount(one)
                try stores.insertAccount(other)
                for token in tokens { try stores.insertAPIToken(token) }
                try stores.touchAPIToken(id: tokens[1].id, at: Fixtures.start)
            }
            try await database.read { stores throws in
                #expect(try stores.apiToken(tokenHash: "hash 3") == tokens[2])
                #expect(try stores.apiToken(id: tokens[1].id)?.lastUsedAt == Fixtures.start)
                #expect(try stores.apiTokens(before: nil, limit: 2).map(\.id) == [tokens[3].id, tokens[2].id])
                #expect(try stores.apiTokens(before: tokens[2].id, limit: 9).map(\.id) == [tokens[1].id, tokens[0].id])
            }
            #expect(try await database.write { try $0.deleteAPIToken(id: tokens[0].id) })
            #expect(try await database.write { try $0.deleteAPIToken(id: tokens[0].id) } == false)
            try await database.write { try $0.deleteAPITokens(issuedBy: one.id) }
            #expect(try await database.read { try $0.apiTokens(before: nil, limit: 9).map(\.id) } == [tokens[3].id])
            _ = try await database.write { try $0.purgeCredentials(at: Fixtures.start.addingTimeInterval(5)) }
            #expect(try await database.read { try $0.apiTokens(before: nil, limit: 9) } == [])
        }
    }
}
