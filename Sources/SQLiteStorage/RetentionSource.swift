import Retention

/// Where the data of a kind lie, when they came, and what destroys one of them.
struct RetentionSource {
    /// Selects `item`, `subject`, `attempt_id` and `at` of everything that is there.
    var items: String
    /// Selects the evidence of an item, `?1`.
    var files: String?
    /// Destroy the item `?1`.
    var statements: [String]

    init(_ items: String, files: String? = nil, _ statements: [String]) {
        self.items = items
        self.files = files
        self.statements = statements
    }

    /// The source of a kind.
    static func of(_ kind: DataKind) -> RetentionSource {
        switch kind {
        case .portrait:
            RetentionSource(
                "SELECT id AS item, account_id AS subject, NULL AS attempt_id, created_at AS at FROM portraits",
                files: "SELECT evidence FROM portraits WHERE id = ?1",
                ["DELETE FROM portraits WHERE id = ?1"]
            )
        case .frame:
            RetentionSource(
                """
                SELECT id AS item, subject, attempt_id, at FROM identifications
                WHERE method = 'biometric' AND evidence IS NOT NULL AND erased_at IS NULL AND NOT EXISTS
                    (SELECT 1 FROM destroyed_evidence AS gone WHERE gone.evidence = identifications.evidence)
                """,
                files: "SELECT evidence FROM identifications WHERE id = ?1",
                []
            )
        case .measurement:
            RetentionSource(
                """
                SELECT id AS item, subject, attempt_id, at FROM identifications
                WHERE method = 'biometric' AND erased_at IS NULL AND (comparison IS NOT NULL OR findings IS NOT NULL)
                """,
                files: "SELECT evidence FROM identifications WHERE id = ?1 AND evidence IS NOT NULL",
                // The record's own findings are cut down in Swift, which knows what of them is a decision.
                ["DELETE FROM sealed_payloads WHERE biometric_record_id = ?1"]
            )
        case .documentPicture:
            RetentionSource(
                """
                SELECT id AS item, subject, attempt_id, closed_at AS at FROM visual_cases
                WHERE closed_at IS NOT NULL
                    AND (pictures <> '{}' OR sealed_form IS NOT NULL OR sealed_scores IS NOT NULL)
                """,
                files: "SELECT value FROM visual_cases, json_each(visual_cases.pictures) WHERE visual_cases.id = ?1",
                [
                    """
                    UPDATE visual_cases SET pictures = '{}', sealed_form = NULL, sealed_scores = NULL,
                        conference_url = NULL WHERE id = ?1
                    """
                ]
            )
        case .workplacePicture:
            RetentionSource(
                """
                SELECT demand.id AS item, attempts.candidate_id AS subject, attempt_id, answered_at AS at
                FROM identification_demands AS demand JOIN attempts ON attempts.id = attempt_id
                WHERE demand.evidence IS NOT NULL AND answered_at IS NOT NULL
                """,
                files: "SELECT evidence FROM identification_demands WHERE id = ?1",
                ["UPDATE identification_demands SET evidence = NULL WHERE id = ?1"]
            )
        case .answer:
            RetentionSource(
                """
                SELECT id AS item, candidate_id AS subject, id AS attempt_id, NULL AS at FROM attempts
                WHERE EXISTS (SELECT 1 FROM answer_versions WHERE answer_versions.attempt_id = attempts.id)
                """,
                [
                    "DELETE FROM answers WHERE attempt_id = ?1",
                    "DELETE FROM answer_versions WHERE attempt_id = ?1",
                ]
            )
        case .answerFile:
            RetentionSource(
                """
                SELECT file.id AS item, attempts.candidate_id AS subject, attempt_id, uploaded_at AS at
                FROM answer_files AS file JOIN attempts ON attempts.id = attempt_id
                UNION ALL SELECT sheet.id, attempts.candidate_id, attempt_id, sheet.at
                FROM answer_sheets AS sheet JOIN attempts ON attempts.id = attempt_id
                """,
                files: """
                    SELECT evidence FROM answer_files WHERE id = ?1
                    UNION ALL SELECT evidence FROM answer_sheets WHERE id = ?1
                    """,
                ["DELETE FROM answer_files WHERE id = ?1", "DELETE FROM answer_sheets WHERE id = ?1"]
            )
        case .recordParticulars, .loginRecord:
            particulars(kind == .loginRecord ? "= 'electronic'" : "<> 'electronic'")
        case .message:
            RetentionSource(
                """
                SELECT id AS item, account_id AS subject, NULL AS attempt_id, at FROM notices
                UNION ALL SELECT message.id, attempts.candidate_id, message.attempt_id, message.at
                    FROM attempt_messages AS message JOIN attempts ON attempts.id = message.attempt_id
                """,
                ["DELETE FROM notices WHERE id = ?1", "DELETE FROM attempt_messages WHERE id = ?1"]
            )
        case .systemCheck:
            documents("system_checks", subject: "account_id")
        case .practice:
            documents("practice_sessions", subject: "candidate_id")
        case .accessRecord:
            RetentionSource(
                """
                SELECT printf('%016x', number) AS item, subject, NULL AS attempt_id, at FROM biometric_accesses
                """,
                ["DELETE FROM biometric_accesses WHERE printf('%016x', number) = ?1"]
            )
        }
    }

    private static func particulars(_ method: String) -> RetentionSource {
        RetentionSource(
            """
            SELECT id AS item, subject, attempt_id, at FROM identifications
            WHERE method \(method) AND (sealed IS NOT NULL OR EXISTS
                (SELECT 1 FROM sealed_payloads WHERE record_id = identifications.id AND biometric_record_id IS NULL))
            """,
            [
                "UPDATE identifications SET sealed = NULL WHERE id = ?1",
                "DELETE FROM sealed_payloads WHERE record_id = ?1 AND biometric_record_id IS NULL",
            ]
        )
    }

    /// Tables whose identifiers are UUIDv7: the first 48 bits say when the row was made, in milliseconds.
    private static func documents(_ table: String, subject: String) -> RetentionSource {
        RetentionSource(
            """
            SELECT id AS item, \(subject) AS subject, NULL AS attempt_id, \(time(of: "id")) AS at FROM \(table)
            """,
            ["DELETE FROM \(table) WHERE id = ?1"]
        )
    }

    /// The time in a UUIDv7, in microseconds (RFC 9562 §5.7).
    private static func time(of column: String) -> String {
        let digits = (Array(1...8) + Array(10...13)).enumerated().map { place, position in
            let digit = "instr('0123456789abcdef', substr(\(column), \(position), 1)) - 1"
            return "((\(digit)) << \(4 * (11 - place)))"
        }
        return "((\(digits.joined(separator: " + "))) * 1000)"
    }

    /// When the period of an item begins; null where it has not begun.
    static func start(_ start: RetentionStart) -> String {
        switch start {
        case .taken: "at"
        case .attemptEnd:
            """
            CASE WHEN attempt_id IS NULL THEN at ELSE (
                SELECT coalesce(
                    (SELECT max(record.at) FROM attempt_records AS record WHERE record.attempt_id = attempts.id),
                    exams.closes_at)
                FROM attempts JOIN exams ON exams.id = attempts.exam_id
                WHERE attempts.id = source.attempt_id AND attempts.state NOT IN (\(openStates))
            ) END
            """
        case .studiesEnd:
            """
            (SELECT CASE WHEN count(*) = count(closed_at) THEN max(closed_at) END FROM contracts
                WHERE contracts.account_id = source.subject)
            """
        }
    }

    /// The states of attempts of which something may still come.
    static let openStates = """
        'created', 'ready_to_start', 'started', 'ready_to_submit', 'paused', 'timed_out', 'second_review_required'
        """
}
