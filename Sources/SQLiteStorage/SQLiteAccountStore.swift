import Accounts
import Cryptography
import Foundation

extension SQLiteStores: AccountStore {
    func contract(_ number: ContractNumber) throws -> Contract? {
        try connection.first("\(Self.contractColumns) WHERE number = ?", [.text(number.value)], Self.contract)
    }

    func contracts(of accountID: UUID) throws -> [Contract] {
        try connection.query(
            "\(Self.contractColumns) WHERE account_id = ? ORDER BY imported_at, number",
            [.id(accountID)],
            Self.contract
        )
    }

    func importContract(_ contract: Contract) throws -> ContractImport {
        if let present = try self.contract(contract.number) {
            // A file without birthdays says nothing about them.
            let birthDate = contract.birthDate ?? present.birthDate
            if present.name == contract.name, present.birthDate == birthDate { return .unchanged }
            guard present.accountID == nil || present.name.matches(contract.name) else { return .refused }
            var corrected = present
            (corrected.name, corrected.birthDate) = (contract.name, birthDate)
            try replaceContract(corrected)
            return .corrected
        }
        try connection.run(
            """
            INSERT INTO contracts (id, number, surname, given_name, patronymic, folded_name, birth_date, imported_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(contract.id), .text(contract.number.value), .text(contract.name.surname),
                .text(contract.name.givenName), .text(contract.name.patronymic), .text(contract.name.folded),
                .text(contract.birthDate?.description), .time(contract.importedAt),
            ]
        )
        return .added
    }

    func bindContract(_ number: ContractNumber, to accountID: UUID) throws {
        let changed = try connection.run(
            "UPDATE contracts SET account_id = ? WHERE number = ? AND account_id IS NULL",
            [.id(accountID), .text(number.value)]
        )
        guard changed == 1 else {
            throw SQLiteError(code: 19, reason: "the contract is bound already or unknown", sql: nil)
        }
    }

    func account(_ id: UUID) throws -> Account? {
        try connection.first("\(Self.accountColumns) WHERE id = ?", [.id(id)], Self.account)
    }

    func account(email: EmailAddress) throws -> Account? {
        try connection.first("\(Self.accountColumns) WHERE email = ?", [.text(email.value)], Self.account)
    }

    func insertAccount(_ account: Account) throws {
        try connection.run(
            """
            INSERT INTO accounts
                (id, email, surname, given_name, patronymic, folded_name, password, created_at, disabled_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(account.id), .text(account.email.value), .text(account.name.surname),
                .text(account.name.givenName), .text(account.name.patronymic), .text(account.name.folded),
                .text(account.password.phc), .time(account.createdAt), .time(account.disabledAt),
            ]
        )
        try setRoles(account.roles, of: account.id)
    }

    func updatePassword(of account: Account) throws {
        try connection.run(
            "UPDATE accounts SET password = ? WHERE id = ?",
            [.text(account.password.phc), .id(account.id)]
        )
    }

    func loginSession(tokenHash: String) throws -> LoginSession? {
        try connection.first("\(Self.sessionColumns) WHERE token_hash = ?", [.text(tokenHash)], Self.session)
    }

    func insertLoginSession(_ session: LoginSession) throws {
        try connection.run(
            """
            INSERT INTO login_sessions
                (id, token_hash, account_id, created_at, last_seen_at, expires_at, address, user_agent)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(session.id), .text(session.tokenHash), .id(session.accountID), .time(session.createdAt),
                .time(session.lastSeenAt), .time(session.expiresAt), .text(session.address), .text(session.userAgent),
            ]
        )
    }

    func touchLoginSession(tokenHash: String, at time: Date) throws {
        try connection.run(
            "UPDATE login_sessions SET last_seen_at = ? WHERE token_hash = ?",
            [.time(time), .text(tokenHash)]
        )
    }

    func deleteLoginSession(tokenHash: String) throws {
        try connection.run("DELETE FROM login_sessions WHERE token_hash = ?", [.text(tokenHash)])
    }

    func purgeSessionsAndThrottles(at now: Date) throws -> Int {
        let forgiven = now.addingTimeInterval(-Throttle.Rule.account.forgivenAfter)
        return try connection.run("DELETE FROM login_sessions WHERE expires_at < ?", [.time(now)])
            + connection.run("DELETE FROM throttles WHERE last_failure_at < ?", [.time(forgiven)])
    }

    func throttle(_ key: String) throws -> Throttle? {
        try connection.first(
            "SELECT failures, blocked_until, last_failure_at FROM throttles WHERE key = ?",
            [.text(key)]
        ) { Throttle(failures: Int($0.integer(0)), blockedUntil: $0.time(1), lastFailureAt: $0.time(2)) }
    }

    func setThrottle(_ throttle: Throttle?, for key: String) throws {
        guard let throttle else {
            try connection.run("DELETE FROM throttles WHERE key = ?", [.text(key)])
            return
        }
        try connection.run(
            """
            INSERT INTO throttles (key, failures, blocked_until, last_failure_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (key) DO UPDATE SET failures = ?2, blocked_until = ?3, last_failure_at = ?4
            """,
            [
                .text(key), .integer(Int64(throttle.failures)), .time(throttle.blockedUntil),
                .time(throttle.lastFailureAt),
            ]
        )
    }

    func setRoles(_ roles: Set<Role>, of accountID: UUID) throws {
        try connection.run("DELETE FROM account_roles WHERE account_id = ?", [.id(accountID)])
        for role in roles {
            try connection.run(
                "INSERT INTO account_roles (account_id, role) VALUES (?, ?)",
                [.id(accountID), .text(role.rawValue)]
            )
        }
    }

    static let contractColumns =
        """
        SELECT number, surname, given_name, patronymic, birth_date, account_id, imported_at, closed_at, id
        FROM contracts
        """

    static func contract(_ row: SQLiteRow) throws -> Contract {
        guard let number = ContractNumber(row.text(0)) else { throw row.damaged("contract number") }
        return Contract(
            id: try row.id(8),
            number: number,
            name: PersonName(surname: row.text(1), givenName: row.text(2), patronymic: row.optionalText(3)),
            birthDate: try row.optionalDay(4),
            accountID: try row.optionalID(5),
            importedAt: row.time(6),
            closedAt: row.optionalTime(7)
        )
    }

    static let accountColumns =
        """
        SELECT id, email, surname, given_name, patronymic, password, created_at, disabled_at,
            (SELECT group_concat(role, ' ') FROM account_roles WHERE account_id = id)
        FROM accounts
        """

    static func account(_ row: SQLiteRow) throws -> Account {
        guard let email = EmailAddress(row.text(1)) else { throw row.damaged("e-mail address") }
        return Account(
            id: try row.id(0),
            email: email,
            name: PersonName(surname: row.text(2), givenName: row.text(3), patronymic: row.optionalText(4)),
            roles: Set(
                try row.text(8).split(separator: " ").map { name in
                    guard let role = Role(rawValue: String(name)) else { throw row.damaged("role") }
                    return role
                }
            ),
            password: try PasswordHash(phc: row.text(5)),
            createdAt: row.time(6),
            disabledAt: row.optionalTime(7)
        )
    }
}
