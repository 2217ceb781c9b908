import Accounts
import Attestation
import Cryptography
import Foundation
import Identification
import Storage
import Testing

@Suite("Storage contract: accounts and identification")
struct StoreContractTests {
    @Test("What an account, a session and a throttle were, they are after reading", arguments: Backend.allCases)
    func accounts(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let session = LoginSession(
                id: Fixtures.id(7),
                tokenHash: "ab",
                accountID: account.id,
                createdAt: Fixtures.start,
                lastSeenAt: Fixtures.start,
                expiresAt: Fixtures.start.addingTimeInterval(60)
            )
            let throttle = Throttle(
                failures: 3,
                blockedUntil: Fixtures.start.addingTimeInterval(0.25),
                lastFailureAt: Fixtures.start
            )
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertLoginSession(session)
                try stores.touchLoginSession(tokenHash: "ab", at: Fixtures.start.addingTimeInterval(30))
                try stores.setThrottle(throttle, for: "k")
            }
            try await database.read { stores throws in
                let found = try #require(try stores.account(email: account.email))
                #expect(found.id == account.id && found.name == account.name && found.roles == account.roles)
                #expect(found.password.phc == account.password.phc)
                #expect(try stores.loginSession(tokenHash: "ab")?.lastSeenAt == Fixtures.start.addingTimeInterval(30))
                #expect(try stores.throttle("k") == throttle)
                #expect(try stores.throttle("other") == nil)
            }
            try await database.write { stores throws in
                try stores.deleteLoginSession(tokenHash: "ab")
                try stores.setThrottle(nil, for: "k")
            }
            try await database.read { stores throws in
                #expect(try stores.loginSession(tokenHash: "ab") == nil)
                #expect(try stores.throttle("k") == nil)
            }
        }
    }

    @Test("An e-mail address has one account, a contract is bound once", arguments: Backend.allCases)
    func uniqueness(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let first = try Fixtures.account(1)
            var twin = try Fixtures.account(2)
            twin.email = first.email
            let other = try Fixtures.account(3)
            let contract = Contract(
                number: try #require(ContractNumber("1")),
                name: first.name,
                importedAt: Fixtures.start
            )
            try await database.write { stores throws in
                try stores.insertAccount(first)
                try stores.insertAccount(other)
                #expect(try stores.importContract(contract) == .added)
                #expect(try stores.importContract(contract) == .unchanged)
                try stores.bindContract(contract.number, to: first.id)
            }
            let doubled = twin
            await #expect(throws: (any Error).self) {
                try await database.write { try $0.insertAccount(doubled) }
            }
            await #expect(throws: (any Error).self) {
                try await database.write { try $0.bindContract(contract.number, to: other.id) }
            }
            #expect(try await database.read { try $0.contract(contract.number)?.accountID } == first.id)
        }
    }

    @Test("Importing a contract again corrects its name only while nobody is bound", arguments: Backend.allCases)
    func corrections(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let number = try #require(ContractNumber("1"))
            func contract(_ surname: String) -> Contract {
                Contract(
                    number: number,
                    name: PersonName(surname: surname, givenName: "Анна"),
                    importedAt: Fixtures.start
                )
            }
            let account = try Fixtures.account(1)
            let (wrong, right, spelled, other) =
                (contract("Иванова"), contract("Соловьёва"), contract("СОЛОВЬЕВА"), contract("Орлова"))
            let outcomes = try await database.write { stores throws in
                try stores.insertAccount(account)
                var outcomes = [try stores.importContract(wrong), try stores.importContract(right)]
                try stores.bindContract(number, to: account.id)
                outcomes += [try stores.importContract(spelled), try stores.importContract(other)]
                return outcomes
            }
            #expect(outcomes == [.added, .corrected, .corrected, .refused])
        }
    }

    @Test("The newest portrait counts, and a person has one key", arguments: Backend.allCases)
    func portraits(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let portraits = (1...3).map { number in
                Portrait(
                    id: Fixtures.id(number),
                    accountID: account.id,
                    createdAt: Fixtures.start.addingTimeInterval(Double(number)),
                    modelID: "model",
                    sealedTemplate: Data([UInt8(number)]),
                    evidence: EvidenceReference(rawValue: String(repeating: "0b", count: 32))!,
                    interEyeDistance: 101.5,
                    pictureSize: .init(width: 640, height: 480)
                )
            }
            try await database.write { stores throws in
                try stores.insertAccount(account)
                for portrait in portraits { try stores.insertPortrait(portrait) }
                try stores.insertWrappedPersonKey(Data([1]), of: account.id)
            }
            let found = try await database.read { stores throws in
                (try stores.currentPortrait(of: account.id), try stores.wrappedPersonKey(of: account.id))
            }
            #expect(found.0 == portraits[2])
            #expect(found.1 == Data([1]))
            await #expect(throws: (any Error).self) {
                try await database.write { try $0.insertWrappedPersonKey(Data([2]), of: account.id) }
            }
        }
    }

    @Test(
        "F1: identification records are found by every filter, newest first, page by page",
        arguments: Backend.allCases
    )
    func filters(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let person = try Fixtures.account(1)
            let outcomes: [IdentificationOutcome] = [.match, .nonMatch, .inconclusive]
            let records = (1...12).map {
                Fixtures.record($0, subject: $0 % 4 == 0 ? nil : person.id, outcomes[$0 % 3])
            }
            try await database.write { stores throws in
                try stores.insertAccount(person)
                for record in records { try stores.insertIdentification(record) }
            }
            func expect(_ change: (inout IdentificationFilter) -> Void, _ isWanted: (IdentificationRecord) -> Bool)
                async throws
            {
                var filter = IdentificationFilter()
                change(&filter)
                let found = try await database.read { [filter] in try $0.identifications(filter) }
                #expect(found == records.reversed().filter(isWanted))
            }
            try await expect({ _ in }, { _ in true })
            try await expect({ $0.subject = person.id }, { $0.subject == person.id })
            try await expect({ $0.method = .biometric }, { $0.method == .biometric })
            try await expect({ $0.outcome = .nonMatch }, { $0.outcome == .nonMatch })
            let middle = Fixtures.start.addingTimeInterval(6)
            try await expect({ $0.from = middle }, { $0.at >= middle })
            try await expect({ $0.until = middle }, { $0.at < middle })
            try await expect({ ($0.from, $0.method) = (middle, .electronic) }) {
                $0.at >= middle && $0.method == .electronic
            }
            var paged: [IdentificationRecord] = []
            var filter = IdentificationFilter(limit: 5)
            while true {
                let page = try await database.read { [filter] in try $0.identifications(filter) }
                guard let last = page.last else { break }
                paged += page
                filter.before = last.id
            }
            #expect(paged == records.reversed())
        }
    }

    @Test("F5: accesses to biometric data are listed, newest first", arguments: Backend.allCases)
    func accesses(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let accesses = (1...3).map { number in
                BiometricAccess(
                    actor: number == 1 ? nil : account.id,
                    subject: account.id,
                    what: "template",
                    purpose: "comparison \(number)",
                    at: Fixtures.start
                )
            }
            try await database.write { stores throws in
                try stores.insertAccount(account)
                for access in accesses { try stores.insertBiometricAccess(access) }
            }
            let found = try await database.read { try $0.biometricAccesses(of: account.id, limit: 2) }
            #expect(found == [accesses[2], accesses[1]])
        }
    }
}
