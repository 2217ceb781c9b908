import Foundation
import Identification

extension SQLiteStores: DemandStore {
    func insertDemand(_ demand: IdentificationDemand) throws {
        try connection.run(
            """
            INSERT INTO identification_demands
                (id, attempt_id, subject, moment, demanded_by, sealed_message, due_at, expires_at, state, answered_at,
                record_id, evidence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(demand.id), .id(demand.attemptID), .text(demand.subject.rawValue), .text(demand.moment.rawValue),
                .id(demand.demandedBy), demand.sealedMessage.map { .blob($0) } ?? .null, .time(demand.dueAt),
                .time(demand.expiresAt),
                .text(demand.state.rawValue), .time(demand.answeredAt), .id(demand.recordID),
                .text(demand.evidence?.rawValue),
            ]
        )
    }

    func updateDemand(_ demand: IdentificationDemand) throws {
        try connection.run(
            """
            UPDATE identification_demands
            SET due_at = ?, expires_at = ?, state = ?, answered_at = ?, record_id = ?, evidence = ?
            WHERE id = ?
            """,
            [
                .time(demand.dueAt), .time(demand.expiresAt), .text(demand.state.rawValue), .time(demand.answeredAt),
                .id(demand.recordID), .text(demand.evidence?.rawValue), .id(demand.id),
            ]
        )
    }

    func demand(_ id: UUID) throws -> IdentificationDemand? {
        try connection.first("\(Self.demandColumns) WHERE id = ?", [.id(id)], Self.demand)
    }

    func demands(attemptID: UUID) throws -> [IdentificationDemand] {
        try connection.query("\(Self.demandColumns) WHERE attempt_id = ? ORDER BY id", [.id(attemptID)], Self.demand)
    }

    func dueDemands(at now: Date, limit: Int) throws -> [IdentificationDemand] {
        let planned = try connection.query(
            "\(Self.demandColumns) WHERE state = 'planned' AND due_at <= ? ORDER BY due_at LIMIT ?",
            [.time(now), .integer(Int64(limit))],
            Self.demand
        )
        let open = try connection.query(
            "\(Self.demandColumns) WHERE state = 'open' AND expires_at <= ? ORDER BY expires_at LIMIT ?",
            [.time(now), .integer(Int64(limit))],
            Self.demand
        )
        // By the moment that something had to happen to them.
        let due = planned.map { ($0, $0.dueAt) } + open.map { ($0, $0.expiresAt) }
        return due.sorted { $0.1 < $1.1 }.prefix(limit).map(\.0)
    }

    func insertOverride(_ override: IdentificationOverride) throws {
        try connection.run(
            "INSERT INTO identification_overrides (id, attempt_id, decided_by, reason, sealed_reason, at) VALUES (?, ?, ?, '', ?, ?)",
            [
                .id(override.id), .id(override.attemptID), .id(override.decidedBy),
                override.sealedReason.map { .blob($0) } ?? .null,
                .time(override.at),
            ]
        )
    }

    func overrides(attemptID: UUID) throws -> [IdentificationOverride] {
        try connection.query(
            """
            SELECT id, attempt_id, decided_by, sealed_reason, at FROM identification_overrides
            WHERE attempt_id = ? ORDER BY id
            """,
            [.id(attemptID)]
        ) { row in
            IdentificationOverride(
                id: try row.id(0),
                attemptID: try row.id(1),
                decidedBy: try row.id(2),
                sealedReason: row.isNull(3) ? nil : row.blob(3),
                at: row.time(4)
            )
        }
    }

    private static let demandColumns =
        """
        SELECT id, attempt_id, subject, moment, demanded_by, sealed_message, due_at, expires_at, state, answered_at,
            record_id, evidence
        FROM identification_demands
        """

    private static func demand(_ row: SQLiteRow) throws -> IdentificationDemand {
        IdentificationDemand(
            id: try row.id(0),
            attemptID: try row.id(1),
            subject: try row.value(2, as: IdentificationDemand.Subject.self),
            moment: try row.value(3, as: IdentificationMoment.self),
            demandedBy: try row.optionalID(4),
            sealedMessage: row.isNull(5) ? nil : row.blob(5),
            dueAt: row.time(6),
            expiresAt: row.time(7),
            state: try row.value(8, as: IdentificationDemand.State.self),
            answeredAt: row.optionalTime(9),
            recordID: try row.optionalID(10),
            evidence: row.isNull(11) ? nil : try row.value(11, as: EvidenceReference.self)
        )
    }
}
