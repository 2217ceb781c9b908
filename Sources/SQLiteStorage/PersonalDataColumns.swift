/// The columns with text or bytes that stay when a person is erased, table by table: what they hold tells nobody who it
/// was. A test fails for a column that is neither here nor dealt with by its table's line in ``PersonalDataInventory``.
///
/// Identifiers are random (UUIDv7); hashes are of random secrets or of ciphertext; documents hold codes and figures, and
/// what people wrote in them is sealed under the key that is destroyed, or stripped.
enum PersonalDataColumns {
    static let harmless: [String: Set<String>] = [
        "account_roles": ["account_id", "role"],
        "accommodations": ["id", "exam_id", "candidate_id", "decided_by"],
        "accounts": ["id"],
        "access_key_uses": ["exam_id", "candidate_id", "key_id"],
        "access_keys": ["id", "exam_id", "group_name", "candidate_id", "hash", "issued_by"],
        "attempt_devices": ["attempt_id", "device"],
        "attempt_records": ["attempt_id"],
        "attempts": ["id", "exam_id", "candidate_id", "state"],
        "biometric_accesses": ["actor", "subject", "what", "purpose", "task"],
        "case_people": ["case_id", "account_id"],
        // Steps, days, commissions and orders; what was written stands sealed in the document.
        "case_records": ["case_id", "document"],
        "cases": ["id", "kind", "subject", "attempt_id", "state", "opening"],
        "consents": [
            "id", "account_id", "kind", "decision", "text_digest", "partners", "recorded_by",
        ],
        "contract_changes": ["id", "contract_id", "kind", "changed_by"],
        "contracts": ["id", "account_id"],
        "credit_unit_results": ["id", "candidate_id", "discipline"],
        "erasures": ["id", "account_id", "reason", "requested_by"],
        "face_duplicates": [
            "id", "account_id", "other_account_id", "portrait_id", "other_portrait_id", "verdict", "decided_by",
        ],
        "grade_changes": ["id", "attempt_id", "ground", "case_id", "before", "after", "decided_by"],
        "grade_sheet_changes": ["sheet_id", "kind", "by", "before", "after"],
        "grade_sheet_rows": ["sheet_id", "candidate_id"],
        "group_members": ["group_id", "contract_id"],
        "identification_demands": [
            "id", "attempt_id", "subject", "moment", "demanded_by", "state", "record_id",
        ],
        "identification_overrides": ["id", "attempt_id", "decided_by"],
        // The evidence's name is the digest of its ciphertext, which the log's entry commits to.
        "identifications": [
            "id", "method", "subject", "attempt_id", "outcome", "reason", "evidence", "procedure", "moment",
            "operator_id", "authority_id", "document_kind",
        ],
        "open_works": ["id", "exam_id", "attempt_id", "alias", "state", "due"],
        "outbox": ["id", "receiver_id", "kind", "last_failure"],
        "person_erasures": ["id", "account_id", "state", "document"],
        "retention_holds": ["id", "account_id", "sealed_reason", "placed_by", "lifted_by"],
        "retention_items": ["run_id", "kind", "item", "subject"],
        "sendings_due": ["attempt_id"],
        "session_events": ["id", "attempt_id", "exam_id", "type", "source"],
        "talk_slots": ["exam_id", "candidate_id"],
        "ticket_places": ["exam_id", "attempt_id"],
        "visual_cases": [
            "id", "subject", "attempt_id", "procedure", "moment", "cause", "state", "holder_id", "conclusion",
        ],
    ]
}
