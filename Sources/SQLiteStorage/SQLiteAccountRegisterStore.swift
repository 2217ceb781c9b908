import Accounts
import Foundation

extension SQLiteStores: AccountRegisterStore {
    func contract(id: UUID) throws -> Contract? {
        try connection.first("\(Self.contractColumns) WHERE id = ?", [.id(id)], Self.contract)
    }

    func contracts(_ filter: ContractFilter) throws -> [Contract] {
        var conditions = SQLConditions()
        if let search = filter.search {
            let number = ContractNumber(search)?.value ?? search
            conditions.addPrefixes([("number", number), ("folded_name", PersonName.foldedSearch(search))])
        }
        switch filter.state {
        case .open: conditions.add("closed_at IS NULL")
        case .closed: conditions.add("closed_at IS NOT NULL")
        case .bound: conditions.add("account_id IS NOT NULL")
        case .unbound: conditions.add("account_id IS NULL")
        case nil: break
        }
        conditions.addPage(behind: filter.after, table: "contracts")
        return try connection.query(
            "\(Self.contractColumns) \(conditions.sql) ORDER BY folded_name, id LIMIT ?",
            conditions.arguments + [.integer(Int64(filter.limit))],
            Self.contract
        )
    }

    func updateContract(_ contract: Contract, noting change: ContractChange) throws {
        try replaceContract(contract)
        try connection.run(
            """
            INSERT INTO contract_changes
                (id, contract_id, kind, reason, surname, given_name, patronymic, birth_date, changed_by, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(change.id), .id(contract.id), .text(change.kind.rawValue), .text(change.reason),
                .text(change.nameBefore.surname), .text(change.nameBefore.givenName),
                .text(change.nameBefore.patronymic), .text(change.birthDateBefore?.description), .id(change.by),
                .time(change.at),
            ]
        )
    }

    /// Replaces what may change about a contract.
    func replaceContract(_ contract: Contract) throws {
        try connection.run(
            """
            UPDATE contracts SET surname = ?, given_name = ?, patronymic = ?, folded_name = ?, birth_date = ?,
                closed_at = ?
            WHERE number = ?
            """,
            [
                .text(contract.name.surname), .text(contract.name.givenName), .text(contract.name.patronymic),
                .text(contract.name.folded), .text(contract.birthDate?.description), .time(contract.closedAt),
                .text(contract.number.value),
            ]
        )
    }

    func contractChanges(of contractID: UUID) throws -> [ContractChange] {
        try connection.query(
            """
            SELECT id, kind, reason, surname, given_name, patronymic, birth_date, changed_by, at
            FROM contract_changes WHERE contract_id = ? ORDER BY id
            """,
            [.id(contractID)]
        ) { row in
            let name = PersonName(surname: row.text(3), givenName: row.text(4), patronymic: row.optionalText(5))
            return ContractChange(
                id: try row.id(0),
                contractID: contractID,
                kind: try row.value(1, as: ContractChange.Kind.self),
                reason: row.text(2),
                nameBefore: name,
                birthDateBefore: try row.optionalDay(6),
                by: try row.id(7),
                at: row.time(8)
            )
        }
    }

    func accounts(_ filter: AccountFilter) throws -> [Account] {
        var conditions = SQLConditions()
        if let search = filter.search {
            let folded = PersonName.foldedSearch(search)
            conditions.addPrefixes([("email", search.lowercased()), ("folded_name", folded)])
        }
        if let role = filter.role {
            conditions.add(
                "EXISTS (SELECT 1 FROM account_roles AS r WHERE r.account_id = accounts.id AND r.role = ?)",
                .text(role.rawValue)
            )
        }
        if let isDisabled = filter.isDisabled {
            conditions.add("disabled_at IS \(isDisabled ? "NOT " : "")NULL")
        }
        conditions.addPage(behind: filter.after, table: "accounts")
        return try connection.query(
            "\(Self.accountColumns) \(conditions.sql) ORDER BY folded_name, id LIMIT ?",
            conditions.arguments + [.integer(Int64(filter.limit))],
            Self.account
        )
    }

    func setName(_ name: PersonName, of accountID: UUID) throws {
        try connection.run(
            "UPDATE accounts SET surname = ?, given_name = ?, patronymic = ?, folded_name = ? WHERE id = ?",
            [
                .text(name.surname), .text(name.givenName), .text(name.patronymic), .text(name.folded), .id(accountID),
            ]
        )
    }

    func setEmail(_ email: EmailAddress, of accountID: UUID) throws {
        try connection.run("UPDATE accounts SET email = ? WHERE id = ?", [.text(email.value), .id(accountID)])
    }

    func setDisabled(at time: Date?, accountID: UUID) throws {
        try connection.run("UPDATE accounts SET disabled_at = ? WHERE id = ?", [.time(time), .id(accountID)])
    }

    func countActiveAdministrators(besides accountID: UUID) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM account_roles AS r JOIN accounts AS a ON a.id = r.account_id
            WHERE r.role = ? AND a.disabled_at IS NULL AND a.id <> ?
            """,
            [.text(Role.administrator.rawValue), .id(accountID)]
        ) { Int($0.integer(0)) } ?? 0
    }
}

/// The conditions of a listing, put together as its filter asks.
private struct SQLConditions {
    private var conditions: [String] = []
    private(set) var arguments: [SQLiteValue] = []

    var sql: String { conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))" }

    mutating func add(_ condition: String, _ argument: SQLiteValue...) {
        conditions.append(condition)
        arguments += argument
    }

    /// One of the columns begins with its text; a range, so that the column's index serves and no character is special.
    mutating func addPrefixes(_ columns: [(name: String, prefix: String)]) {
        conditions.append("(" + columns.map { "\($0.name) >= ? AND \($0.name) < ?" }.joined(separator: " OR ") + ")")
        arguments += columns.flatMap { [.text($0.prefix), .text($0.prefix + "\u{10FFFF}")] }
    }

    /// What stands behind a row in the order of names.
    mutating func addPage(behind id: UUID?, table: String) {
        guard let id else { return }
        add("(folded_name, id) > (SELECT folded_name, id FROM \(table) WHERE id = ?)", .id(id))
    }
}
