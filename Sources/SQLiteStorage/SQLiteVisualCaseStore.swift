import Foundation
import Identification

extension SQLiteStores: VisualCaseStore {
    func nextVisualCaseNumber() throws -> Int64 {
        try connection.first("SELECT coalesce(max(number), 0) + 1 FROM visual_cases") { $0.integer(0) } ?? 1
    }

    func insertVisualCase(_ visualCase: VisualCase) throws {
        let columns = Self.visualCaseColumns.split(separator: ",").count + 1
        let places = Array(repeating: "?", count: columns).joined(separator: ", ")
        try connection.run(
            "INSERT INTO visual_cases (\(Self.visualCaseColumns), handling_seconds) VALUES (\(places))",
            [
                .id(visualCase.id), .integer(visualCase.number), .id(visualCase.subject), .id(visualCase.attemptID),
                .text(visualCase.procedure.rawValue), .text(visualCase.moment.rawValue),
                .text(visualCase.cause.rawValue), .time(visualCase.openedAt),
            ] + Self.changing(visualCase)
        )
    }

    func updateVisualCase(_ visualCase: VisualCase) throws -> Bool {
        let changed = try connection.run(
            """
            UPDATE visual_cases
            SET state = ?, holder_id = ?, taken_at = ?, locked_until = ?, opinions = ?, conclusion = ?, closed_at = ?,
                conference_url = ?, sealed_form = ?, pictures = ?, sealed_scores = ?, version = ?,
                handling_seconds = ?
            WHERE id = ? AND version = ?
            """,
            try Self.changing(visualCase) + [.id(visualCase.id), .integer(Int64(visualCase.version - 1))]
        )
        return changed == 1
    }

    func visualCase(_ id: UUID) throws -> VisualCase? {
        try connection.first("\(Self.selectVisualCases) WHERE id = ?", [.id(id)], Self.visualCase)
    }

    func openVisualCase(of subject: UUID, attemptID: UUID?) throws -> VisualCase? {
        try connection.first(
            "\(Self.selectVisualCases) WHERE subject = ? AND attempt_id IS ? AND closed_at IS NULL",
            [.id(subject), .id(attemptID)],
            Self.visualCase
        )
    }

    func visualCases(_ filter: VisualCaseFilter) throws -> [VisualCase] {
        let isOpen = filter.scope == .open
        var conditions = isOpen ? ["closed_at IS NULL"] : []
        var arguments: [SQLiteValue] = []
        if let subject = filter.subject {
            conditions.append("subject = ?")
            arguments.append(.id(subject))
        }
        if let beyond = filter.beyond {
            conditions.append(isOpen ? "number > ?" : "number < ?")
            arguments.append(.integer(beyond))
        }
        let filtering = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        return try connection.query(
            "\(Self.selectVisualCases) \(filtering) ORDER BY number \(isOpen ? "ASC" : "DESC") LIMIT ?",
            arguments + [.integer(Int64(filter.limit))],
            Self.visualCase
        )
    }

    func waitingCount(before number: Int64) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM visual_cases
            WHERE closed_at IS NULL AND state IN ('waiting', 'waiting_for_second') AND number < ?
            """,
            [.integer(number)]
        ) { Int($0.integer(0)) } ?? 0
    }

    func recentHandlingTimes(limit: Int) throws -> [TimeInterval] {
        try connection.query(
            """
            SELECT handling_seconds FROM visual_cases WHERE handling_seconds IS NOT NULL
            ORDER BY number DESC LIMIT ?
            """,
            [.integer(Int64(limit))]
        ) { $0.real(0) }
    }

    func activeVerifierCount(at now: Date) throws -> Int {
        try connection.first(
            "SELECT count(DISTINCT holder_id) FROM visual_cases WHERE closed_at IS NULL AND locked_until > ?",
            [.time(now)]
        ) { Int($0.integer(0)) } ?? 0
    }

    func expiredVisualCases(at now: Date, limit: Int) throws -> [VisualCase] {
        try connection.query(
            "\(Self.selectVisualCases) WHERE closed_at IS NULL AND locked_until <= ? ORDER BY number LIMIT ?",
            [.time(now), .integer(Int64(limit))],
            Self.visualCase
        )
    }

    private static let visualCaseColumns =
        """
        id, number, subject, attempt_id, procedure, moment, cause, opened_at, state, holder_id, taken_at, locked_until, \
        opinions, conclusion, closed_at, conference_url, sealed_form, pictures, sealed_scores, version
        """

    private static let selectVisualCases = "SELECT \(visualCaseColumns) FROM visual_cases"

    /// The columns that change, in the order of the table.
    private static func changing(_ visualCase: VisualCase) throws -> [SQLiteValue] {
        let pictures = Dictionary(
            uniqueKeysWithValues: visualCase.pictures.map { ($0.key.rawValue, $0.value.rawValue) }
        )
        let handling = visualCase.opinions.last.map { $0.at.timeIntervalSince($0.takenAt) }
        return [
            .text(visualCase.state.rawValue), .id(visualCase.holder?.verifierID), .time(visualCase.holder?.takenAt),
            .time(visualCase.holder?.lockedUntil), try .json(visualCase.opinions),
            .text(visualCase.conclusion?.rawValue), .time(visualCase.closedAt), .text(visualCase.conferenceURL),
            visualCase.sealedForm.map { .blob($0) } ?? .null, try .json(pictures),
            visualCase.sealedScores.map { .blob($0) } ?? .null, .integer(Int64(visualCase.version)),
            handling.map { .real($0) } ?? .null,
        ]
    }

    private static func visualCase(_ row: SQLiteRow) throws -> VisualCase {
        var pictures: [VisualCase.PictureKind: EvidenceReference] = [:]
        for (name, digest) in try row.json(17, as: [String: String].self) {
            guard let kind = VisualCase.PictureKind(rawValue: name),
                let reference = EvidenceReference(rawValue: digest)
            else { throw row.damaged("picture of a case") }
            pictures[kind] = reference
        }
        return VisualCase(
            id: try row.id(0),
            number: row.integer(1),
            subject: try row.id(2),
            attemptID: try row.optionalID(3),
            procedure: try row.value(4, as: ProcedureKind.self),
            moment: try row.value(5, as: IdentificationMoment.self),
            cause: try row.value(6, as: VisualCase.Cause.self),
            openedAt: row.time(7),
            state: try row.value(8, as: VisualCase.State.self),
            holder: row.isNull(9)
                ? nil
                : VisualCase.Holder(verifierID: try row.id(9), takenAt: row.time(10), lockedUntil: row.time(11)),
            opinions: try row.json(12, as: [VisualOpinion].self),
            conclusion: row.isNull(13) ? nil : try row.value(13, as: VisualReason.self),
            closedAt: row.optionalTime(14),
            conferenceURL: row.optionalText(15),
            sealedForm: row.isNull(16) ? nil : row.blob(16),
            pictures: pictures,
            sealedScores: row.isNull(18) ? nil : row.blob(18),
            version: Int(row.integer(19))
        )
    }
}
