import Accounts
import Attestation
import Foundation
import Grading

extension SQLiteStores: GroupStore {
    func group(_ kind: StudentGroup.Kind, named name: String, faculty: String, orMake id: UUID) throws -> StudentGroup {
        try connection.run(
            """
            INSERT INTO student_groups (id, kind, name, faculty) VALUES (?, ?, ?, ?)
            ON CONFLICT (kind, name) DO UPDATE SET faculty = excluded.faculty WHERE excluded.faculty <> ''
            """,
            [.id(id), .text(kind.rawValue), .text(name), .text(faculty)]
        )
        let found = try connection.first(
            "SELECT id, kind, name, faculty FROM student_groups WHERE kind = ? AND name = ?",
            [.text(kind.rawValue), .text(name)],
            Self.group
        )
        guard let found else { throw SQLiteError(code: 11, reason: "a group that was just kept is gone", sql: nil) }
        return found
    }

    func group(_ id: UUID) throws -> StudentGroup? {
        try connection.first("SELECT id, kind, name, faculty FROM student_groups WHERE id = ?", [.id(id)], Self.group)
    }

    func groups(named name: String) throws -> [StudentGroup] {
        try connection.query(
            "SELECT id, kind, name, faculty FROM student_groups WHERE name = ? ORDER BY kind DESC",
            [.text(name)],
            Self.group
        )
    }

    func groups(ofAccount account: UUID) throws -> [StudentGroup] {
        try connection.query(
            """
            SELECT id, kind, name, faculty FROM student_groups
            WHERE id IN
                (SELECT group_id FROM group_members JOIN contracts ON contracts.id = group_members.contract_id
                 WHERE contracts.account_id = ?)
            ORDER BY kind, name
            """,
            [.id(account)],
            Self.group
        )
    }

    func groups(after: UUID?, limit: Int) throws -> [StudentGroup] {
        guard let after else {
            return try connection.query(
                "SELECT id, kind, name, faculty FROM student_groups ORDER BY kind, name LIMIT ?",
                [.integer(Int64(limit))],
                Self.group
            )
        }
        return try connection.query(
            """
            SELECT id, kind, name, faculty FROM student_groups
            WHERE (kind, name) > (SELECT kind, name FROM student_groups WHERE id = ?) ORDER BY kind, name LIMIT ?
            """,
            [.id(after), .integer(Int64(limit))],
            Self.group
        )
    }

    func addMember(_ contractID: UUID, recordBook: String, to groupID: UUID, at time: Date) throws -> GroupImport {
        let present = try connection.first(
            "SELECT record_book FROM group_members WHERE group_id = ? AND contract_id = ?",
            [.id(groupID), .id(contractID)]
        ) { $0.text(0) }
        if let present, recordBook.isEmpty || present == recordBook { return .unchanged }
        try connection.run(
            """
            INSERT INTO group_members (group_id, contract_id, record_book, since) VALUES (?, ?, ?, ?)
            ON CONFLICT (group_id, contract_id) DO UPDATE SET record_book = excluded.record_book
            """,
            [.id(groupID), .id(contractID), .text(recordBook), .time(time)]
        )
        return present == nil ? .added : .corrected
    }

    func removeMember(_ contractID: UUID, from groupID: UUID) throws -> Bool {
        try connection.run(
            "DELETE FROM group_members WHERE group_id = ? AND contract_id = ?",
            [.id(groupID), .id(contractID)]
        ) == 1
    }

    func members(of groupID: UUID) throws -> [GroupMember] {
        try connection.query(
            """
            SELECT number, surname, given_name, patronymic, birth_date, account_id, imported_at, closed_at, id,
                group_members.record_book
            FROM group_members JOIN contracts ON contracts.id = group_members.contract_id
            WHERE group_id = ? ORDER BY folded_name, contracts.id
            """,
            [.id(groupID)]
        ) { GroupMember(contract: try Self.contract($0), recordBook: $0.text(9)) }
    }

    func insertScale(_ scale: DisciplineScale) throws {
        try connection.run(
            "INSERT INTO discipline_scales (discipline, kind, scale, decided_by, at) VALUES (?, ?, ?, ?, ?)",
            [
                .text(scale.discipline), .text(scale.kind.rawValue), try .json(scale.scale), .id(scale.decidedBy),
                .time(scale.at),
            ]
        )
    }

    func scale(of discipline: String) throws -> DisciplineScale? {
        try connection.first(
            """
            SELECT discipline, kind, scale, decided_by, at FROM discipline_scales
            WHERE discipline = ? ORDER BY number DESC LIMIT 1
            """,
            [.text(discipline)]
        ) { row in
            let scale = DisciplineScale(
                discipline: row.text(0),
                kind: try row.value(1, as: DisciplineScale.Kind.self),
                scale: try row.json(2, as: GradingScale.self),
                decidedBy: try row.id(3),
                at: row.time(4)
            )
            guard let scale else { throw row.damaged("scale") }
            return scale
        }
    }

    private static func group(_ row: SQLiteRow) throws -> StudentGroup {
        StudentGroup(
            id: try row.id(0),
            kind: try row.value(1, as: StudentGroup.Kind.self),
            name: row.text(2),
            faculty: row.text(3)
        )
    }
}
