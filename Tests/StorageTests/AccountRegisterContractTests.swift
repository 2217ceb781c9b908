import Accounts
import Foundation
import SQLiteStorage
import Storage
import Testing

@Suite("Storage contract: registers of contracts and accounts")
struct AccountRegisterContractTests {
    private func contract(_ number: String, _ surname: String, _ givenName: String = "Анна") throws -> Contract {
        Contract(
            number: try #require(ContractNumber(number)),
            name: PersonName(surname: surname, givenName: givenName),
            birthDate: CalendarDay("2001-02-03"),
            importedAt: Fixtures.start
        )
    }

    @Test(
        "A1: contracts are found by the beginning of number or name, however it is typed",
        arguments: Backend.allCases
    )
    func searching(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let all = [
                try contract("12-А/2026", "Соловьёва"), try contract("12-Б/2026", "СОЛОВЬЕВ", "Пётр"),
                try contract("7", "Орлов"), try contract("8%_*", "Орлова-Ли"),
            ]
            try await database.write { stores in for one in all { _ = try stores.importContract(one) } }
            let cases: [(String, Set<String>)] = [
                ("12-а", ["12-А/2026"]), ("№ 12-", ["12-А/2026", "12-Б/2026"]),
                ("соловьев", ["12-А/2026", "12-Б/2026"]),
                ("Соловьёв П", ["12-Б/2026"]), ("орлова", ["8%_*"]), ("Орлова – Л", ["8%_*"]), ("8%", ["8%_*"]),
                ("%", []), ("*", []), ("ловьев", []), ("анна", []), (" ", Set(all.map(\.number.value))),
            ]
            for (search, numbers) in cases {
                let found = try await database.read { try $0.contracts(ContractFilter(search: search)) }
                #expect(Set(found.map(\.number.value)) == numbers, "\(search)")
            }
        }
    }

    @Test(
        "A1: contracts are found by their state, and come page by page in the order of names",
        arguments: Backend.allCases
    )
    func listing(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let surnames = ["Яковлев", "Алёхин", "Алехин", "Боков", "Ёлкин", "Елкин", "Якин"]
            let all = try surnames.enumerated().map { try contract("\($0.offset)", $0.element) }
            let closed = try contract("9", "Закрытый")
            try await database.write { stores in
                try stores.insertAccount(account)
                for one in all + [closed] { _ = try stores.importContract(one) }
                try stores.bindContract(all[3].number, to: account.id)
                var ended = closed
                ended.closedAt = Fixtures.start
                try stores.updateContract(ended, noting: change(of: closed, .closed, by: account.id))
            }
            func numbers(_ state: ContractFilter.State?) async throws -> [String] {
                try await database.read { try $0.contracts(ContractFilter(state: state)).map(\.number.value) }
            }
            #expect(try await numbers(.closed) == ["9"])
            #expect(try await numbers(.bound) == ["3"])
            #expect(try await numbers(.unbound).count == 7)
            #expect(try await numbers(.open).contains("9") == false)
            var paged: [String] = []
            var filter = ContractFilter(limit: 3)
            while true {
                let page = try await database.read { [filter] in try $0.contracts(filter) }
                paged += page.map(\.name.surname)
                guard let last = page.last else { break }
                filter.after = last.id
            }
            // Where the folded names are one, the identifier decides.
            #expect(
                paged.map { PersonName.foldedSearch($0) } == [
                    "алехин", "алехин", "боков", "елкин", "елкин", "закрытый", "якин", "яковлев",
                ]
            )
            #expect(Set(paged).count == 8)
        }
    }

    private func change(of contract: Contract, _ kind: ContractChange.Kind, by account: UUID) -> ContractChange {
        ContractChange(
            id: Fixtures.id(kind == .closed ? 71 : 70),
            contractID: contract.id,
            kind: kind,
            reason: "письмо",
            nameBefore: contract.name,
            birthDateBefore: contract.birthDate,
            by: account,
            at: Fixtures.start
        )
    }

    @Test("A1: a change of a contract keeps what stood there before", arguments: Backend.allCases)
    func changing(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let before = try contract("1", "Иванова")
            var after = before
            after.name.surname = "Петрова"
            after.birthDate = nil
            let changes = [change(of: before, .corrected, by: account.id), change(of: after, .closed, by: account.id)]
            try await database.write { [after] stores in
                try stores.insertAccount(account)
                _ = try stores.importContract(before)
                try stores.updateContract(after, noting: changes[0])
                var ended = after
                ended.closedAt = Fixtures.start
                try stores.updateContract(ended, noting: changes[1])
            }
            try await database.read { stores throws in
                let found = try #require(try stores.contract(id: before.id))
                #expect(found.name.surname == "Петрова" && found.birthDate == nil && found.closedAt == Fixtures.start)
                #expect(try stores.contractChanges(of: before.id) == changes)
                #expect(try stores.contracts(ContractFilter(search: "петр")).map(\.id) == [before.id])
                #expect(try stores.contracts(ContractFilter(search: "иванова")).isEmpty)
            }
        }
    }

    @Test("A1: a file without birthdays takes none away", arguments: Backend.allCases)
    func birthdays(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let known = try contract("1", "Иванова")
            var silent = known
            silent.birthDate = nil
            let outcome = try await database.write { [silent] stores in
                _ = try stores.importContract(known)
                return try stores.importContract(silent)
            }
            #expect(outcome == .unchanged)
            #expect(try await database.read { try $0.contract(known.number)?.birthDate } == known.birthDate)
        }
    }

    @Test("A6: accounts are found by name, login, role and state", arguments: Backend.allCases)
    func accounts(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            var (anna, boris, vera) = (try Fixtures.account(1), try Fixtures.account(2), try Fixtures.account(3))
            anna.name = PersonName(surname: "Алёхина", givenName: "Анна")
            boris.name = PersonName(surname: "Боков", givenName: "Борис")
            boris.roles = [.administrator, .examiner]
            vera.name = PersonName(surname: "Алехина", givenName: "Вера")
            vera.roles = [.administrator]
            let all = [anna, boris, vera]
            try await database.write { stores throws in
                for account in all { try stores.insertAccount(account) }
                try stores.setDisabled(at: Fixtures.start, accountID: all[2].id)
            }
            func found(_ filter: AccountFilter) async throws -> [String] {
                try await database.read { try $0.accounts(filter).map(\.name.givenName) }
            }
            #expect(try await found(AccountFilter()) == ["Анна", "Вера", "Борис"])
            #expect(try await found(AccountFilter(search: "алехина в")) == ["Вера"])
            #expect(try await found(AccountFilter(search: "PERSON2@")) == ["Борис"])
            #expect(try await found(AccountFilter(search: "erson2")) == [])
            #expect(try await found(AccountFilter(role: .administrator)) == ["Вера", "Борис"])
            #expect(try await found(AccountFilter(role: .administrator, isDisabled: false)) == ["Борис"])
            #expect(try await found(AccountFilter(isDisabled: true)) == ["Вера"])
            #expect(try await found(AccountFilter(after: all[0].id, limit: 1)) == ["Вера"])
            #expect(try await database.read { try $0.countActiveAdministrators(besides: all[0].id) } == 1)
            #expect(try await database.read { try $0.countActiveAdministrators(besides: all[1].id) } == 0)
        }
    }

    @Test("A6: name and login are replaced, and a login serves one account", arguments: Backend.allCases)
    func replacing(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, other) = (try Fixtures.account(1), try Fixtures.account(2))
            let name = PersonName(surname: "Новая", givenName: "Анна", patronymic: "Ильинична")
            try await database.write { stores throws in
                try stores.insertAccount(one)
                try stores.insertAccount(other)
                try stores.setName(name, of: one.id)
                try stores.setEmail(EmailAddress("new@example.org")!, of: one.id)
            }
            try await database.read { stores throws in
                #expect(try stores.account(one.id)?.name == name)
                #expect(try stores.account(email: one.email) == nil)
                #expect(try stores.accounts(AccountFilter(search: "новая")).map(\.id) == [one.id])
            }
            await #expect(throws: (any Error).self) {
                try await database.write { try $0.setEmail(other.email, of: one.id) }
            }
        }
    }
}
