/// Who may call what (row A6), written down apart from the program: an operation that is missing here, or open to
/// others than stand here, fails the tests.
enum PermissionTable {
    /// Method and path → roles.
    static let operations: [String: Set<String>] = [
        // Open to everybody: nothing personal, or the way in.
        "GET /healthz": anyone,
        "GET /readyz": anyone,
        "GET /metrics": anyone,
        "GET /v1/openapi.json": anyone,
        "GET /v1/log/checkpoint": anyone,
        "GET /v1/consent-texts": anyone,
        "POST /v1/accounts": anyone,
        "POST /v1/login": anyone,
        "POST /v1/login/second-factor": anyone,
        "GET /v1/login/provider": anyone,
        "GET /v1/login/provider/begin": anyone,
        "GET /v1/login/provider/callback": anyone,
        "POST /v1/password-resets": anyone,

        // The own account.
        "POST /v1/logout": everyone,
        "GET /v1/me": everyone,
        "POST /v1/me/password": everyone,
        "POST /v1/me/email": everyone,
        "GET /v1/me/sessions": everyone,
        "DELETE /v1/me/sessions/{session_id}": everyone,
        "POST /v1/me/sessions/revocation": everyone,
        "GET /v1/me/second-factor": staff,
        "POST /v1/me/second-factor": staff,
        "POST /v1/me/second-factor/confirmation": staff,
        "POST /v1/me/second-factor/removal": staff,
        "POST /v1/me/provider-link": staff,
        "GET /v1/me/contracts": candidate,
        "POST /v1/me/contracts": candidate,

        // The registers of contracts and accounts.
        "GET /v1/contracts": compliance,
        "GET /v1/contracts/{contract_id}": compliance,
        "PUT /v1/contracts/{contract_id}": compliance,
        "POST /v1/contracts/{contract_id}/closing": compliance,
        "POST /v1/contracts/{contract_id}/reopening": compliance,
        "POST /v1/contracts/imports": compliance,
        "GET /v1/accounts": support,
        "GET /v1/accounts/{account_id}": support,
        "POST /v1/accounts/{account_id}/password-reset": support,
        "POST /v1/accounts/{account_id}/second-factor-reset": administrator,
        "PUT /v1/accounts/{account_id}/roles": administrator,
        "POST /v1/accounts/{account_id}/disabling": administrator,
        "POST /v1/accounts/{account_id}/enabling": administrator,
        "POST /v1/staff": administrator,
        "GET /v1/api-tokens": administrator,
        "POST /v1/api-tokens": administrator,
        "DELETE /v1/api-tokens/{token_id}": administrator,

        // Candidates: only they write to attempts (row A4).
        "GET /v1/me/portrait": candidate,
        "PUT /v1/me/portrait": candidate,
        "PUT /v1/me/portrait/pictures": candidate,
        "GET /v1/me/consents": candidate,
        "POST /v1/me/consents": candidate,
        "POST /v1/me/consents/{kind}/withdrawal": candidate,
        "POST /v1/exams/{exam_id}/attempts": candidate,
        "POST /v1/attempts/{attempt_id}/frames": candidate,
        "POST /v1/attempts/{attempt_id}/bursts": candidate,
        "POST /v1/attempts/{attempt_id}/liveness": candidate,
        "POST /v1/attempts/{attempt_id}/liveness/{challenge_id}": candidate,
        "POST /v1/attempts/{attempt_id}/start": candidate,
        "GET /v1/attempts/{attempt_id}/ticket": candidate,
        "PUT /v1/attempts/{attempt_id}/answers/{number}": candidate,
        "POST /v1/attempts/{attempt_id}/submit": candidate,
        "POST /v1/attempts/{attempt_id}/declining": candidate,
        "POST /v1/attempts/{attempt_id}/answers": candidate,
        "POST /v1/attempts/{attempt_id}/breaks": candidate,
        "POST /v1/attempts/{attempt_id}/breaks/ending": candidate,
        "POST /v1/attempts/{attempt_id}/take-over": candidate,
        "POST /v1/attempts/{attempt_id}/events": candidate,

        "POST /v1/attempts/{attempt_id}/demands/{demand_id}/pictures": candidate,
        "POST /v1/attempts/{attempt_id}/visual-identification": candidate,
        "POST /v1/me/visual-identifications": candidate,
        "GET /v1/me/visual-identifications/{case_id}": candidate,
        "PUT /v1/me/visual-identifications/{case_id}/document": candidate,
        "PUT /v1/me/visual-identifications/{case_id}/pictures/{picture}": candidate,
        "POST /v1/me/visual-identifications/{case_id}/cancellation": candidate,

        // Own attempts for candidates, anybody's for those who conduct, review or audit: the workflow tells them apart.
        "GET /v1/exams": everyone,
        "GET /v1/exams/{exam_id}": everyone,
        "GET /v1/attempts/{attempt_id}": everyone,
        "GET /v1/attempts/{attempt_id}/answers": everyone,
        "GET /v1/attempts/{attempt_id}/time": everyone,
        "GET /v1/attempts/{attempt_id}/events": everyone,
        "GET /v1/attempts/{attempt_id}/events/stream": everyone,
        "GET /v1/attempts/{attempt_id}/identification": everyone,
        "GET /v1/attempts/{attempt_id}/demands": everyone,
        "GET /v1/document-kinds": everyone,

        // Examiners.
        "POST /v1/exams": authors,
        "GET /v1/question-banks/{discipline}": authors,
        "POST /v1/question-banks/{discipline}/imports": authors,
        "GET /v1/exams/{exam_id}/events": conductors,
        "GET /v1/exams/{exam_id}/events/stream": conductors,

        "PUT /v1/exams/{exam_id}/identification-policy": authors,
        "POST /v1/attempts/{attempt_id}/control": authors,
        "PUT /v1/exams/{exam_id}/accommodations/{candidate_id}": authors,
        "GET /v1/exams/{exam_id}/accommodations": authors,
        "POST /v1/attempts/{attempt_id}/demands": authors,
        "GET /v1/attempts/{attempt_id}/demands/{demand_id}/pictures/{number}": authors,

        // Groups, scales and grade sheets.
        "GET /v1/groups": sheetReaders,
        "GET /v1/groups/{group_id}": sheetReaders,
        "POST /v1/groups/imports": compliance,
        "DELETE /v1/groups/{group_id}/members/{contract_id}": compliance,
        "GET /v1/disciplines/{discipline}/scale": sheetReaders,
        "PUT /v1/disciplines/{discipline}/scale": authors,
        "POST /v1/grade-sheets": compliance,
        "GET /v1/grade-sheets": sheetReaders,
        "GET /v1/grade-sheets/{sheet_id}": sheetReaders,
        "GET /v1/grade-sheets/{sheet_id}/file": sheetReaders,
        "POST /v1/grade-sheets/{sheet_id}/filling": sheetReaders,
        "PUT /v1/grade-sheets/{sheet_id}/rows/{number}": sheetReaders,
        "POST /v1/grade-sheets/{sheet_id}/closing": sheetReaders,
        "POST /v1/grade-sheets/{sheet_id}/reopening": administrator,

        // Open answers, graded without names.
        "GET /v1/open-works": graders,
        "POST /v1/open-works/{work_id}/taking": graders,
        "GET /v1/open-works/{work_id}": graders,
        "POST /v1/open-works/{work_id}/return": graders,
        "POST /v1/open-works/{work_id}/grading": graders,
        "GET /v1/attempts/{attempt_id}/grading": everyone,
        "GET /v1/questions/{question_id}/rubric": authors,
        "PUT /v1/questions/{question_id}/rubric": authors,
        "GET /v1/exams/{exam_id}/grading-panel": authors,
        "PUT /v1/exams/{exam_id}/grading-panel": authors,
        "GET /v1/me/grade-notices": everyone,
        "POST /v1/me/grade-notices/{notice_id}/reading": everyone,

        "POST /v1/exams/{exam_id}/regrading/preview": authors,
        "POST /v1/exams/{exam_id}/regrading": authors,
        "GET /v1/exams/{exam_id}/regrading": authors,

        // The own results.
        "GET /v1/me/study-card": candidate,
        "GET /v1/me/study-card/file": candidate,
        "GET /v1/me/study-card/extract": candidate,

        // Other systems that are told what happens.
        "POST /v1/webhooks": administrator,
        "GET /v1/webhooks": administrator,
        "DELETE /v1/webhooks/{webhook_id}": administrator,
        "GET /v1/webhooks/{webhook_id}/messages": administrator,
        "POST /v1/webhooks/{webhook_id}/messages/{message_id}/retrying": administrator,

        // Identification policies.
        "GET /v1/identification-policies": policyReaders,
        "GET /v1/exams/{exam_id}/identification-policy": policyReaders,
        "PUT /v1/identification-policies/{procedure}": compliance,
        "POST /v1/attempts/{attempt_id}/identification-override": policyReaders,

        // Visual identification.
        "GET /v1/visual-identifications": queueReaders,
        "POST /v1/visual-identifications/{case_id}/taking": verifiers,
        "POST /v1/visual-identifications/{case_id}/return": verifiers,
        "GET /v1/visual-identifications/{case_id}": verifiers,
        "GET /v1/visual-identifications/{case_id}/pictures/{picture}": verifiers,
        "PUT /v1/visual-identifications/{case_id}/pictures/{picture}": verifiers,
        "PUT /v1/visual-identifications/{case_id}/document": verifiers,
        "PUT /v1/visual-identifications/{case_id}/conference": verifiers,
        "POST /v1/visual-identifications/{case_id}/decision": verifiers,

        // Review and compliance.
        "GET /v1/face-duplicates": reviewers,
        "POST /v1/face-duplicates/{duplicate_id}/decision": reviewers,
        "GET /v1/identifications": compliance,
        "GET /v1/identifications/{identification_id}": compliance,
        "GET /v1/log/entries": compliance,
        "GET /v1/log/inclusion-proof": compliance,
        "POST /v1/consent-texts": compliance,
        "GET /v1/accounts/{account_id}/consents": compliance,
        "POST /v1/accounts/{account_id}/consents": compliance,
        "POST /v1/accounts/{account_id}/consents/{kind}/withdrawal": compliance,
        "GET /v1/erasures": compliance,

        // Orders: kept by two roles; the rest of the staff see what they act by.
        "POST /v1/orders": compliance,
        "POST /v1/orders/{order_id}/revocation": compliance,
        "GET /v1/orders": staff,
        "GET /v1/orders/{order_id}": staff,
    ]

    private static let anyone: Set = ["anyone"]
    private static let everyone: Set = [
        "candidate", "examiner", "verifier", "reviewer", "compliance_officer", "administrator", "partner",
        "technical_responsible",
    ]
    private static let candidate: Set = ["candidate"]
    private static let staff = everyone.subtracting(candidate)
    private static let administrator: Set = ["administrator"]
    private static let support: Set = ["administrator", "technical_responsible"]
    private static let authors: Set = ["examiner", "administrator"]
    private static let conductors: Set = ["examiner", "reviewer", "administrator"]
    private static let reviewers: Set = ["reviewer", "compliance_officer", "administrator"]
    private static let sheetReaders: Set = ["examiner", "compliance_officer", "administrator"]
    private static let graders: Set = ["examiner", "reviewer"]
    private static let policyReaders: Set = [
        "examiner", "verifier", "reviewer", "compliance_officer", "administrator",
    ]
    private static let verifiers: Set = ["verifier", "partner"]
    private static let queueReaders: Set = ["verifier", "partner", "examiner", "compliance_officer", "administrator"]
    private static let compliance: Set = ["compliance_officer", "administrator"]
}
