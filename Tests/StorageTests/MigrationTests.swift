import Accounts
import CSQLite
import Cryptography
import Foundation
import Identification
import SQLiteStorage
import Storage
import Testing

@Suite("Migrations keep what is there")
struct MigrationTests {
    private static func rows(_ account: Account) -> String {
        """
        INSERT INTO accounts (id, email, surname, given_name, patronymic, password, created_at)
            VALUES ('\(account.id.uuidString.lowercased())', 'person1@example.org', 'Соловьёв', 'Пётр', NULL,
                '\(account.password.phc)', 0);
        INSERT INTO account_roles (account_id, role) SELECT id, 'candidate' FROM accounts;
        INSERT INTO contracts (number, surname, given_name, account_id, imported_at)
            VALUES ('1', 'СОЛОВЬЁВ', 'Пётр', NULL, 0), ('2', 'Алехин', 'Ян', NULL, 0);
        INSERT INTO login_sessions (token_hash, account_id, created_at, last_seen_at, expires_at)
            SELECT 'a', id, 0, 0, 1 FROM accounts UNION ALL SELECT 'b', id, 0, 0, 1 FROM accounts;
        INSERT INTO identifications (id, method, subject, outcome, reason, at)
            SELECT id, 'electronic', id, 'match', 'password_valid', 0 FROM accounts;
        """
    }

    @Test("Names are folded, contracts and sessions get identifiers, and nobody is logged out")
    func accountSecurity() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "test.sqlite")
        let account = try Fixtures.account(1)
        var handle: OpaquePointer?
        #expect(sqlite3_open(file.path, &handle) == SQLITE_OK)
        for sql in [ThirdSchema.sql, Self.rows(account)] {
            let code = sqlite3_exec(handle, sql, nil, nil, nil)
            #expect(code == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
        }
        sqlite3_close(handle)

        let database = try SQLiteDatabase(file: file)
        try await database.read { stores throws in
            let found = try stores.contracts(ContractFilter(search: "соловьев п"))
            #expect(found.map(\.number.value) == ["1"])
            #expect(try stores.contract(id: try #require(found.first).id) == found.first)
            #expect(try stores.contracts(ContractFilter()).map(\.name.surname) == ["Алехин", "СОЛОВЬЁВ"])
            #expect(try stores.accounts(AccountFilter(search: "соловьев петр")).map(\.id) == [account.id])
            let sessions = try stores.loginSessions(of: account.id)
            #expect(Set(sessions.map(\.tokenHash)) == ["a", "b"])
            #expect(Set(sessions.map(\.id)).count == 2)
            #expect(try stores.identification(account.id)?.tries == 1)
        }
    }
}
