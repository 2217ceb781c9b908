import Retention

/// What there is of people in one table, and what becomes of it when a person is erased.
///
/// Every table of the schema stands in ``PersonalDataInventory``; a test fails where one is missing.
struct PersonalTable: Sendable {
    enum Fate: Sendable {
        /// The rows are deleted.
        case deleted
        /// The rows stay without what is personal: columns with what they are set to.
        case overwritten([String: String])
        /// JSON in a column loses these members, wherever they stand in it.
        case stripped(column: String, members: Set<String>)
        /// The rows stay; they know the person by the pseudonym only, or are sealed under the key that goes.
        case kept(ground: String)
        /// Nothing of people is in it.
        case nobody
    }

    var name: String
    var category: PersonalDataCategory?
    /// Which rows are the person's, `?1`.
    var rows: String
    var fate: Fate
    /// Selects the evidence of the rows that goes with them.
    var files: String?
    /// What tells one row from the others, for ``Fate/stripped(column:members:)``.
    var key = "id"
}

/// Every table, with what becomes of it.
enum PersonalDataInventory {
    private static let ofAttempts = "attempt_id IN (SELECT id FROM attempts WHERE candidate_id = ?1)"
    private static let ofContracts = "contract_id IN (SELECT id FROM contracts WHERE account_id = ?1)"
    private static let byLaw = "152-ФЗ, ст. 6 ч. 1 п. 2: обязанность, возложенная законом"
    private static let education = "273-ФЗ, ст. 28 ч. 3 п. 11: учёт результатов освоения программ"
    private static let proof = "152-ФЗ, ст. 9 ч. 3: доказательство согласия"
    private static let destruction = "приказ Роскомнадзора № 179: подтверждение уничтожения, три года"

    /// In the order in which they are dealt with: what others are found by comes last.
    static let tables: [PersonalTable] =
        identification + attempts + texts + logins + register + accounts + about + none

    private static let identification: [PersonalTable] = [
        gone("portraits", .biometrics, "account_id = ?1", files: "evidence"),
        gone("biometric_keys", .biometrics, "account_id = ?1"),
        gone("person_keys", .records, "account_id = ?1"),
        gone("sealed_payloads", .records, "subject = ?1"),
        gone(
            "liveness_frames",
            .biometrics,
            "challenge_id IN (SELECT id FROM liveness_challenges WHERE account_id = ?1)"
        ),
        gone("liveness_challenges", .biometrics, "account_id = ?1"),
        PersonalTable(
            name: "identifications",
            category: .records,
            rows: "subject = ?1",
            fate: .overwritten([
                "comparison": "NULL", "sealed": "NULL", "findings": "NULL", "erased_at": "?2",
            ]),
            files: "SELECT evidence FROM identifications WHERE subject = ?1 AND evidence IS NOT NULL"
        ),
        PersonalTable(
            name: "identification_demands",
            category: .documents,
            rows: ofAttempts,
            fate: .overwritten(["message": "NULL", "sealed_message": "NULL", "evidence": "NULL"]),
            files: "SELECT evidence FROM identification_demands WHERE evidence IS NOT NULL AND \(ofAttempts)"
        ),
        PersonalTable(
            name: "identification_overrides",
            category: .texts,
            rows: ofAttempts,
            fate: .overwritten(["reason": "''", "sealed_reason": "NULL"])
        ),
        PersonalTable(
            name: "visual_cases",
            category: .documents,
            rows: "subject = ?1",
            fate: .overwritten([
                "pictures": "'{}'", "sealed_form": "NULL", "sealed_scores": "NULL", "conference_url": "NULL",
            ]),
            files: "SELECT value FROM visual_cases, json_each(visual_cases.pictures) WHERE subject = ?1"
        ),
        PersonalTable(
            name: "visual_cases",
            category: nil,
            rows: "subject = ?1",
            fate: .stripped(column: "opinions", members: ["sealedComment", "accessPoint"])
        ),
        PersonalTable(
            name: "face_duplicates",
            category: .biometrics,
            rows: "(account_id = ?1 OR other_account_id = ?1)",
            fate: .overwritten(["distance": "NULL", "comment": "NULL"])
        ),
    ]

    private static let attempts: [PersonalTable] = [
        gone("answers", .answers, ofAttempts),
        gone("answer_versions", .answers, ofAttempts),
        gone("answer_files", .answers, ofAttempts, files: "evidence"),
        gone("answer_sheets", .answers, ofAttempts, files: "evidence"),
        gone("talk_notes", .texts, ofAttempts),
        gone("system_checks", .conduct, "account_id = ?1"),
        gone("practice_sessions", .answers, "candidate_id = ?1"),
        PersonalTable(
            name: "session_events",
            category: .conduct,
            rows: ofAttempts,
            fate: .overwritten(["facts": "'{}'"])
        ),
        PersonalTable(
            name: "accommodations",
            category: .conduct,
            rows: "candidate_id = ?1",
            fate: .overwritten(["basis": "''"])
        ),
        PersonalTable(
            name: "attempt_records",
            category: .texts,
            rows: ofAttempts,
            fate: .stripped(column: "document", members: ["comment"]),
            key: "attempt_id || ' ' || number"
        ),
        PersonalTable(
            name: "attempts",
            category: .texts,
            rows: "candidate_id = ?1",
            fate: .stripped(column: "document", members: ["comment"])
        ),
        PersonalTable(
            name: "open_works",
            category: .texts,
            rows: ofAttempts,
            fate: .stripped(column: "document", members: ["comment"])
        ),
        PersonalTable(
            name: "talk_slots",
            category: .texts,
            rows: "candidate_id = ?1",
            fate: .overwritten(["document": "json_set(document, '$.link', '')"])
        ),
        PersonalTable(
            name: "credit_unit_results",
            category: .grades,
            rows: "candidate_id = ?1",
            fate: .stripped(column: "document", members: ["comment"])
        ),
        kept("grade_changes", .grades, ofAttempts, education),
        kept("ticket_places", .grades, ofAttempts, education),
        kept("attempt_devices", .conduct, ofAttempts, "случайные номера без сведений о человеке"),
        kept("sendings_due", .conduct, ofAttempts, "сроки попыток без сведений о человеке"),
        kept("flags", .conduct, ofAttempts, "\(byLaw); тексты запечатаны уничтоженным ключом"),
        kept("dean_reports", .grades, ofAttempts, education),
        kept("decision_reminders", .conduct, ofAttempts, "сроки попыток без сведений о человеке"),
        kept("access_keys", .conduct, "candidate_id = ?1", "хеши ключей без сведений о человеке"),
        kept("access_key_uses", .conduct, "candidate_id = ?1", "хеши ключей без сведений о человеке"),
    ]

    private static let texts: [PersonalTable] = [
        gone("notices", .texts, "account_id = ?1"),
        gone("attempt_messages", .texts, ofAttempts),
        kept("cases", .cases, "subject = ?1", byLaw),
        kept(
            "case_records",
            .cases,
            "case_id IN (SELECT id FROM cases WHERE subject = ?1)",
            "\(byLaw); тексты запечатаны уничтоженным ключом"
        ),
        kept("case_people", .cases, "case_id IN (SELECT id FROM cases WHERE subject = ?1)", byLaw),
        PersonalTable(
            name: "outbox",
            category: .texts,
            rows: "instr(CAST(body AS TEXT), ?1) > 0",
            fate: .overwritten(["body": "x''", "next_try_at": "NULL"])
        ),
    ]

    private static let logins: [PersonalTable] = [
        gone("login_sessions", .logins, "account_id = ?1"),
        gone("login_tickets", .logins, "account_id = ?1"),
        gone("password_resets", .logins, "account_id = ?1"),
        gone("second_factors", .logins, "account_id = ?1"),
        gone("recovery_codes", .logins, "account_id = ?1"),
        gone("known_devices", .logins, "account_id = ?1"),
        gone("phone_links", .logins, "candidate_id = ?1"),
        gone("provider_identities", .logins, "account_id = ?1"),
        gone("api_tokens", .logins, "issuer_id = ?1"),
        gone("idempotency", .logins, "account_id = ?1"),
        gone("throttles", .logins, "instr(key, ?1) > 0"),
        gone("survey_participants", .conduct, "account_id = ?1"),
    ]

    private static let register: [PersonalTable] = [
        PersonalTable(
            name: "group_members",
            category: .contract,
            rows: ofContracts,
            fate: .overwritten(["record_book": "''"])
        ),
        PersonalTable(
            name: "contract_changes",
            category: .contract,
            rows: ofContracts,
            fate: .overwritten([
                "surname": "'—'", "given_name": "'—'", "patronymic": "NULL", "birth_date": "NULL", "reason": "''",
            ])
        ),
        PersonalTable(
            name: "grade_sheet_changes",
            category: .texts,
            rows: """
                position IS NOT NULL AND EXISTS (SELECT 1 FROM grade_sheet_rows AS line
                    WHERE line.sheet_id = grade_sheet_changes.sheet_id AND line.position = grade_sheet_changes.position
                        AND (line.candidate_id = ?1 OR \(sheetContract("line"))))
                """,
            fate: .overwritten(["reason": "NULL"])
        ),
        PersonalTable(
            name: "grade_sheet_rows",
            category: .grades,
            rows: "(candidate_id = ?1 OR \(sheetContract("grade_sheet_rows")))",
            fate: .overwritten([
                "document": """
                json_set(document, '$.name', json_object('surname', '—', 'givenName', '—'), '$.recordBook', '')
                """
            ])
        ),
        PersonalTable(
            name: "contracts",
            category: .contract,
            rows: "account_id = ?1",
            fate: .overwritten([
                "number": "'ERASED-' || id", "surname": "'—'", "given_name": "'—'", "patronymic": "NULL",
                "birth_date": "NULL", "folded_name": "''", "closed_at": "coalesce(closed_at, ?2)",
            ])
        ),
    ]

    /// Rows of people who had no account yet when the sheet was made.
    private static func sheetContract(_ table: String) -> String {
        """
        lower(json_extract(\(table).document, '$.contractID')) IN (SELECT id FROM contracts WHERE account_id = ?1)
        """
    }

    private static let accounts: [PersonalTable] = [
        PersonalTable(
            name: "consents",
            category: .consents,
            rows: "account_id = ?1 AND representative IS NOT NULL",
            fate: .overwritten(["representative": #"'{"name":"—","relationship":"—"}'"#])
        ),
        PersonalTable(
            name: "consents",
            category: nil,
            rows: "account_id = ?1 AND paper IS NOT NULL",
            fate: .overwritten(["paper": "json_remove(paper, '$.note')"])
        ),
        kept("consents", .consents, "account_id = ?1", proof),
        PersonalTable(
            name: "accounts",
            category: .identity,
            rows: "id = ?1",
            fate: .overwritten([
                "email": "'erased.' || id || '@erased.invalid'", "surname": "'—'", "given_name": "'—'",
                "patronymic": "NULL", "folded_name": "''", "password": "?3", "disabled_at": "coalesce(disabled_at, ?2)",
            ])
        ),
    ]

    /// What knows the person by the account's random identifier only.
    private static let about: [PersonalTable] = [
        kept("account_roles", .trail, "account_id = ?1", "псевдоним без сведений о человеке"),
        kept("biometric_accesses", .trail, "subject = ?1", byLaw),
        kept("erasures", .trail, "account_id = ?1", destruction),
        kept("person_erasures", .trail, "account_id = ?1", destruction),
        kept("retention_holds", .trail, "account_id = ?1", "причина запечатана уничтоженным ключом"),
        kept("retention_items", .trail, "subject = ?1", destruction),
    ]

    /// Nothing of candidates is in them, or nothing that could be theirs alone.
    private static let none: [PersonalTable] = [
        "access_alerts", "access_rules", "admission_rules", "archived_documents", "consent_texts", "credit_units",
        "destroyed_evidence", "exports", "grade_sheet_papers", "log_places", "saved_views",
        "discipline_scales", "erasure_files", "erasure_permits", "exam_forms", "exam_schedules", "exams",
        "grade_sheets", "grading_panels", "identification_policies", "log_checkpoints", "log_cosignatures",
        "log_entries", "log_witnesses",
        "order_holders", "order_scopes", "orders", "pending_provider_logins", "procedure_policies", "question_files",
        "question_rulings", "question_uses", "questions", "retention_rules", "retention_runs", "rubrics",
        "service_life", "student_groups", "survey_answers",
        "survey_reminders", "survey_tokens", "surveys", "ticket_plans", "webhook_receivers", "witnessed_logs",
    ].map { PersonalTable(name: $0, category: nil, rows: "0", fate: .nobody) }

    private static func gone(
        _ name: String,
        _ category: PersonalDataCategory,
        _ rows: String,
        files column: String? = nil
    ) -> PersonalTable {
        PersonalTable(
            name: name,
            category: category,
            rows: rows,
            fate: .deleted,
            files: column.map { "SELECT \($0) FROM \(name) WHERE \(rows)" }
        )
    }

    private static func kept(
        _ name: String,
        _ category: PersonalDataCategory,
        _ rows: String,
        _ ground: String
    ) -> PersonalTable {
        PersonalTable(name: name, category: category, rows: rows, fate: .kept(ground: ground))
    }
}
