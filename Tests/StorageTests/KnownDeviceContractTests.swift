import Accounts
import Foundation
import Storage
import Testing

@Suite("Storage contract: known devices")
struct KnownDeviceContractTests {
    private func device(_ name: String, of account: Account, session: UUID? = nil, after seconds: Double = 60)
        -> KnownDevice
    {
        KnownDevice(
            tokenHash: name,
            accountID: account.id,
            sessionID: session,
            expiresAt: Fixtures.start.addingTimeInterval(seconds)
        )
    }

    private func session(_ number: Int, of account: Account) -> LoginSession {
        LoginSession(
            id: Fixtures.id(number),
            tokenHash: "token \(number)",
            accountID: account.id,
            createdAt: Fixtures.start,
            lastSeenAt: Fixtures.start,
            expiresAt: Fixtures.start.addingTimeInterval(60)
        )
    }

    private func present(_ names: [String], in database: any Database) async throws -> [String] {
        try await database.read { stores in try names.filter { try stores.knownDevice(tokenHash: $0) != nil } }
    }

    @Test("A2: what a device was, it is after reading, until it is forgotten", arguments: Backend.allCases)
    func roundTrip(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let (first, second) = (device("a", of: account, session: Fixtures.id(9)), device("b", of: account))
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertKnownDevice(first)
                try stores.insertKnownDevice(second)
            }
            #expect(try await database.read { try $0.knownDevice(tokenHash: "a") } == first)
            #expect(try await database.read { try $0.knownDevice(tokenHash: "b") } == second)
            try await database.write { stores throws in
                try stores.deleteKnownDevice(tokenHash: "b")
                try stores.deleteKnownDevice(tokenHash: "none")
            }
            #expect(try await present(["a", "b"], in: database) == ["a"])
            try await database.write { try $0.deleteKnownDevice(ofLoginSession: Fixtures.id(9)) }
            #expect(try await present(["a"], in: database) == [])
        }
    }

    @Test("A2: with an account's logins its devices go, but not the one left alone", arguments: Backend.allCases)
    func withSessions(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, other) = (try Fixtures.account(1), try Fixtures.account(2))
            let sessions = (1...2).map { session($0, of: one) }
            let devices = [
                device("kept", of: one, session: sessions[0].id), device("ended", of: one, session: sessions[1].id),
                device("by code", of: one), device("other's", of: other),
            ]
            try await database.write { stores throws in
                for account in [one, other] { try stores.insertAccount(account) }
                for session in sessions { try stores.insertLoginSession(session) }
                for device in devices { try stores.insertKnownDevice(device) }
                try stores.deleteLoginSessions(of: one.id, except: sessions[0].id)
            }
            let names = devices.map(\.tokenHash)
            #expect(try await present(names, in: database) == ["kept", "other's"])
            try await database.write { try $0.deleteLoginSession(tokenHash: "token 1") }
            #expect(try await present(names, in: database) == ["kept", "other's"], "who logs out stays known")
            let byCode = devices[2]
            try await database.write { stores throws in
                try stores.insertKnownDevice(byCode)
                try stores.deleteLoginSessions(of: one.id, except: nil)
            }
            #expect(try await present(names, in: database) == ["other's"])
            try await database.write { try $0.deleteKnownDevices(of: other.id) }
            #expect(try await present(names, in: database) == [])
        }
    }

    @Test("A2: an account has ten devices at most, and each its time", arguments: Backend.allCases)
    func bounds(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, other) = (try Fixtures.account(1), try Fixtures.account(2))
            let devices = (1...12).map { device("d\($0)", of: one, after: Double($0)) }
            let others = device("other's", of: other, after: 1)
            try await database.write { stores throws in
                for account in [one, other] { try stores.insertAccount(account) }
                try stores.insertKnownDevice(others)
                for device in devices { try stores.insertKnownDevice(device) }
            }
            let names = devices.map(\.tokenHash) + ["other's"]
            #expect(try await present(names, in: database) == Array(names.dropFirst(2)))
            let purged = try await database.write { try $0.purgeKnownDevices(at: Fixtures.start.addingTimeInterval(5)) }
            #expect(purged == 4, "the other's, and the third to the fifth")
            #expect(try await present(names, in: database) == (6...12).map { "d\($0)" })
        }
    }
}
