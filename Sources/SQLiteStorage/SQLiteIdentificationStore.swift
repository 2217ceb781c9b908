import Foundation
import Identification

extension SQLiteStores: IdentificationStore {
    func wrappedPersonKey(of accountID: UUID) throws -> Data? {
        try connection.first("SELECT wrapped_key FROM person_keys WHERE account_id = ?", [.id(accountID)]) {
            $0.blob(0)
        }
    }

    func insertWrappedPersonKey(_ key: Data, of accountID: UUID) throws {
        try connection.run(
            "INSERT INTO person_keys (account_id, wrapped_key) VALUES (?, ?)",
            [.id(accountID), .blob(key)]
        )
    }

    func currentPortrait(of accountID: UUID) throws -> Portrait? {
        try connection.first(
            """
            SELECT \(Self.portraitColumns) FROM portraits
            WHERE account_id = ? ORDER BY created_at DESC, id DESC LIMIT 1
            """,
            [.id(accountID)],
            Self.portrait
        )
    }

    func insertPortrait(_ portrait: Portrait) throws {
        try connection.run(
            """
            INSERT INTO portraits
                (id, account_id, created_at, model_id, sealed_template, evidence, inter_eye_distance, width, height)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(portrait.id), .id(portrait.accountID), .time(portrait.createdAt), .text(portrait.modelID),
                .blob(portrait.sealedTemplate), .text(portrait.evidence.rawValue),
                .real(Double(portrait.interEyeDistance)), .integer(Int64(portrait.pictureSize.width)),
                .integer(Int64(portrait.pictureSize.height)),
            ]
        )
    }

    func identificationPolicy(examID: UUID) throws -> IdentificationPolicy? {
        try connection.first("SELECT document FROM identification_policies WHERE exam_id = ?", [.id(examID)]) {
            try $0.json(0, as: IdentificationPolicy.self)
        }
    }

    func identificationPolicy(procedure: ProcedureKind) throws -> IdentificationPolicy? {
        try connection.first(
            "SELECT document FROM procedure_policies WHERE procedure = ?",
            [.text(procedure.rawValue)]
        ) {
            try $0.json(0, as: IdentificationPolicy.self)
        }
    }

    func setIdentificationPolicy(_ policy: IdentificationPolicy, procedure: ProcedureKind) throws {
        try connection.run(
            """
            INSERT INTO procedure_policies (procedure, document) VALUES (?1, ?2)
            ON CONFLICT (procedure) DO UPDATE SET document = ?2
            """,
            [.text(procedure.rawValue), try .json(policy)]
        )
    }

    func procedure(examID: UUID) throws -> ProcedureKind? {
        try connection.first("SELECT procedure FROM identification_policies WHERE exam_id = ?", [.id(examID)]) {
            try $0.value(0, as: ProcedureKind.self)
        }
    }

    func setIdentificationPolicy(
        _ policy: IdentificationPolicy,
        procedure: ProcedureKind,
        examID: UUID
    ) throws {
        try connection.run(
            """
            INSERT INTO identification_policies (exam_id, procedure, document) VALUES (?1, ?2, ?3)
            ON CONFLICT (exam_id) DO UPDATE SET procedure = ?2, document = ?3
            """,
            [.id(examID), .text(procedure.rawValue), try .json(policy)]
        )
    }

    func insertIdentification(_ record: IdentificationRecord) throws {
        try connection.run(
            """
            INSERT INTO identifications
                (id, method, subject, attempt_id, outcome, reason, at, comparison, evidence, findings,
                procedure, moment, operator_id, authority_id, document_kind, sealed, tries)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(record.id), .text(record.method.rawValue), .id(record.subject), .id(record.attemptID),
                .text(record.outcome.rawValue), .text(record.reason), .time(record.at),
                try record.comparison.map { try .json($0) } ?? .null, .text(record.evidence?.rawValue),
                try record.findings.map { try .json($0) } ?? .null,
                .text(record.circumstances.procedure?.rawValue), .text(record.circumstances.moment.rawValue),
                .id(record.circumstances.operatorID), .id(record.circumstances.authorityID),
                .text(record.circumstances.documentKind), record.circumstances.sealed.map { .blob($0) } ?? .null,
                .integer(Int64(record.tries)),
            ]
        )
    }

    func identification(_ id: UUID) throws -> IdentificationRecord? {
        try connection.first("\(Self.recordColumns) WHERE id = ?", [.id(id)], Self.record)
    }

    func identifications(attemptID: UUID) throws -> [IdentificationRecord] {
        try connection.query("\(Self.recordColumns) WHERE attempt_id = ? ORDER BY id", [.id(attemptID)], Self.record)
    }

    func identifications(of subject: UUID, apart procedure: ProcedureKind, limit: Int) throws -> [IdentificationRecord]
    {
        try connection.query(
            """
            \(Self.recordColumns)
            WHERE subject = ? AND attempt_id IS NULL AND procedure = ? AND method <> 'electronic'
            ORDER BY id DESC LIMIT ?
            """,
            [.id(subject), .text(procedure.rawValue), .integer(Int64(limit))],
            Self.record
        ).reversed()
    }

    func insertSealedPayload(_ ciphertext: Data, digest: String, subject: UUID, biometricRecordID: UUID?) throws {
        try connection.run(
            "INSERT INTO sealed_payloads (digest, subject, ciphertext, biometric_record_id) VALUES (?, ?, ?, ?)",
            [.text(digest), .id(subject), .blob(ciphertext), .id(biometricRecordID)]
        )
    }

    func sealedPayload(digest: String) throws -> Data? {
        try connection.first("SELECT ciphertext FROM sealed_payloads WHERE digest = ?", [.text(digest)]) { $0.blob(0) }
    }

    func insertBiometricAccess(_ access: BiometricAccess) throws {
        try connection.run(
            """
            INSERT INTO biometric_accesses (actor, subject, what, purpose, at, task, items)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(access.actor), .id(access.subject), .text(access.what), .text(access.purpose), .time(access.at),
                .id(access.task), .integer(Int64(access.items)),
            ]
        )
    }

    func biometricAccesses(of accountID: UUID, limit: Int) throws -> [BiometricAccess] {
        try connection.query(
            """
            SELECT actor, subject, what, purpose, at, task, items FROM biometric_accesses
            WHERE subject = ? ORDER BY number DESC LIMIT ?
            """,
            [.id(accountID), .integer(Int64(limit))],
            Self.access
        )
    }

    static func access(_ row: SQLiteRow) throws -> BiometricAccess {
        BiometricAccess(
            actor: try row.optionalID(0),
            subject: try row.id(1),
            what: row.text(2),
            purpose: row.text(3),
            at: row.time(4),
            task: try row.optionalID(5),
            items: Int(row.integer(6))
        )
    }

    static let portraitColumns =
        "id, account_id, created_at, model_id, sealed_template, evidence, inter_eye_distance, width, height"

    static func portrait(_ row: SQLiteRow) throws -> Portrait {
        Portrait(
            id: try row.id(0),
            accountID: try row.id(1),
            createdAt: row.time(2),
            modelID: row.text(3),
            sealedTemplate: row.blob(4),
            evidence: try row.value(5, as: EvidenceReference.self),
            interEyeDistance: Float(row.real(6)),
            pictureSize: .init(width: Int(row.integer(7)), height: Int(row.integer(8)))
        )
    }

    static let recordColumns =
        """
        SELECT id, method, subject, attempt_id, outcome, reason, at, comparison, evidence, findings,
            procedure, moment, operator_id, authority_id, document_kind, sealed, erased_at, tries
        FROM identifications
        """

    static func record(_ row: SQLiteRow) throws -> IdentificationRecord {
        IdentificationRecord(
            id: try row.id(0),
            method: try row.value(1, as: IdentificationMethod.self),
            subject: try row.optionalID(2),
            attemptID: try row.optionalID(3),
            outcome: try row.value(4, as: IdentificationOutcome.self),
            reason: row.text(5),
            at: row.time(6),
            comparison: row.isNull(7) ? nil : try row.json(7, as: ComparisonFacts.self),
            evidence: row.isNull(8) ? nil : try row.value(8, as: EvidenceReference.self),
            findings: row.isNull(9) ? nil : try row.json(9, as: BiometricFindings.self),
            circumstances: IdentificationCircumstances(
                procedure: row.isNull(10) ? nil : try row.value(10, as: ProcedureKind.self),
                moment: try row.value(11, as: IdentificationMoment.self),
                operatorID: try row.optionalID(12),
                authorityID: try row.optionalID(13),
                documentKind: row.optionalText(14),
                sealed: row.isNull(15) ? nil : row.blob(15)
            ),
            erasedAt: row.optionalTime(16),
            tries: Int(row.integer(17))
        )
    }
}
