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
        "POST /v1/me/provider-link/removal": staff,
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
        "POST /v1/accounts/{account_id}/provider-link-removal": administrator,
        "PUT /v1/accounts/{account_id}/roles": administrator,
        "POST /v1/accounts/{account_id}/disabling": administrator,
        "POST /v1/accounts/{account_id}/enabling": administrator,
        "POST /v1/staff": administrator,
        "GET /v1/api-tokens": administrator,
        "POST /v1/api-tokens": administrator,
        "DELETE /v1/api-tokens/{token_id}": administrator,

        // What pages show of attempts.
        "GET /v1/me/attempts": candidate,
        "GET /v1/exams/{exam_id}/wall": attemptReaders,
        "GET /v1/attempts/{attempt_id}/identifications": attemptReaders,
        "GET /v1/attempts/{attempt_id}/identifications/{identification_id}/pictures/{number}": attemptReaders,

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
        "GET /v1/attempts/{attempt_id}/ticket/files/{sha256}": candidate,
        "PUT /v1/attempts/{attempt_id}/answers/{number}": candidate,
        "POST /v1/attempts/{attempt_id}/answers/{number}/files": candidate,
        "POST /v1/disciplines/{discipline}/practice-tests": candidate,
        "GET /v1/practice-tests/{practice_id}": candidate,
        "PUT /v1/practice-tests/{practice_id}/answers/{number}": candidate,
        "POST /v1/attempts/{attempt_id}/submit": candidate,
        "POST /v1/attempts/{attempt_id}/declining": candidate,
        "POST /v1/attempts/{attempt_id}/answers": candidate,
        "POST /v1/attempts/{attempt_id}/breaks": candidate,
        "POST /v1/attempts/{attempt_id}/breaks/ending": candidate,
        "POST /v1/attempts/{attempt_id}/take-over": candidate,
        "POST /v1/attempts/{attempt_id}/events": candidate,

        "POST /v1/attempts/{attempt_id}/demands/{demand_id}/pictures": candidate,
        "POST /v1/attempts/{attempt_id}/visual-identification": candidate,
        "GET /v1/me/procedures/{procedure}/identification": candidate,
        "POST /v1/me/procedures/{procedure}/frames": candidate,
        "POST /v1/me/procedures/{procedure}/liveness": candidate,
        "POST /v1/me/procedures/{procedure}/liveness/{challenge_id}": candidate,
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
        "GET /v1/disciplines/{discipline}/sample-tasks": everyone,
        "GET /v1/attempts/{attempt_id}/files": everyone,
        "GET /v1/attempts/{attempt_id}/files/{file_id}": everyone,
        "GET /v1/attempts/{attempt_id}/time": everyone,
        "GET /v1/attempts/{attempt_id}/events": everyone,
        "GET /v1/attempts/{attempt_id}/events/stream": everyone,
        "GET /v1/attempts/{attempt_id}/identification": everyone,
        "GET /v1/attempts/{attempt_id}/demands": everyone,
        "GET /v1/document-kinds": everyone,

        // Examiners.
        "POST /v1/exams": authors,
        "POST /v1/exams/checks": authors,
        "GET /v1/question-banks/{discipline}": authors,
        "POST /v1/question-banks/{discipline}/imports": authors,
        "GET /v1/question-banks/{discipline}/questions": authors,
        "GET /v1/question-banks/{discipline}/exports/{format}": authors,
        "GET /v1/question-banks/{discipline}/exports/{format}/losses": authors,
        "GET /v1/questions/{question_id}": authors,
        "POST /v1/questions/{question_id}/versions": authors,
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
        "POST /v1/visual-identifications/{case_id}/document-reading": verifiers,
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

        // Cases: candidates, whoever has a part in one, the office.
        "POST /v1/appeals": candidate,
        "POST /v1/appeals/{case_id}/withdraw": candidate,
        "POST /v1/appeals/{case_id}/return": administrator,
        "POST /v1/appeals/{case_id}/commission": administrator,
        "POST /v1/appeals/{case_id}/meeting": administrator,
        "POST /v1/appeals/{case_id}/minutes": inCases,
        "POST /v1/credit-transfers": candidate,
        "POST /v1/credit-transfers/{case_id}/withdraw": candidate,
        "POST /v1/credit-transfers/{case_id}/return": administrator,
        "POST /v1/credit-transfers/{case_id}/comparison": administrator,
        "POST /v1/credit-transfers/{case_id}/commission": administrator,
        "POST /v1/credit-transfers/{case_id}/reattestation": administrator,
        "POST /v1/credit-transfers/{case_id}/minutes": inCases,
        "POST /v1/credit-transfers/{case_id}/order": administrator,
        "POST /v1/retakes": candidate,
        "POST /v1/retakes/{case_id}/withdraw": candidate,
        "POST /v1/retakes/{case_id}/grant": administrator,
        "POST /v1/retakes/{case_id}/refuse": administrator,
        "POST /v1/retakes/{case_id}/complete": administrator,
        "POST /v1/disciplinary-cases": inCases,
        "POST /v1/disciplinary-cases/{case_id}/explanation-request": administrator,
        "POST /v1/disciplinary-cases/{case_id}/explanation": candidate,
        "POST /v1/disciplinary-cases/{case_id}/act": administrator,
        "POST /v1/disciplinary-cases/{case_id}/illness": administrator,
        "POST /v1/disciplinary-cases/{case_id}/recovery": administrator,
        "POST /v1/disciplinary-cases/{case_id}/measure": administrator,
        "POST /v1/disciplinary-cases/{case_id}/order": administrator,
        "POST /v1/disciplinary-cases/{case_id}/receipt": administrator,
        "POST /v1/disciplinary-cases/{case_id}/drop": administrator,
        "POST /v1/me/expulsions": candidate,
        "POST /v1/expulsions": administrator,
        "POST /v1/expulsions/{case_id}/notice": administrator,
        "POST /v1/expulsions/{case_id}/receipt": administrator,
        "POST /v1/expulsions/{case_id}/explanation": candidate,
        "POST /v1/expulsions/{case_id}/customer-receipt": administrator,
        "POST /v1/expulsions/{case_id}/customer-explanation": administrator,
        "POST /v1/expulsions/{case_id}/order": administrator,
        "POST /v1/expulsions/{case_id}/certificate": administrator,
        "POST /v1/expulsions/{case_id}/cancel": administrator,
        "GET /v1/cases": inCases,
        "GET /v1/me/cases": candidate,
        "GET /v1/cases/{case_id}": caseReaders,
        "GET /v1/case-kinds": caseReaders,
        "POST /v1/cases/{case_id}/documents": caseReaders,
        "GET /v1/cases/{case_id}/documents/{number}": caseReaders,
        "GET /v1/attempts/{attempt_id}/grade-changes": everyone,
        "GET /v1/me/notices": everyone,
        "POST /v1/me/notices/{notice_id}/reading": everyone,

        // Admission and schedule.
        "GET /v1/exams/{exam_id}/admission": candidate,
        "GET /v1/exams/{exam_id}/admission-rules": authors,
        "PUT /v1/exams/{exam_id}/admission-rules": authors,
        "GET /v1/disciplines/{discipline}/credit-units": everyone,
        "PUT /v1/disciplines/{discipline}/credit-units": authors,
        "POST /v1/current-control": authors,
        "GET /v1/disciplines/{discipline}/current-control/{candidate_id}": attemptReaders,
        "GET /v1/me/current-control/{discipline}": candidate,
        "POST /v1/exams/{exam_id}/access-keys": authors,
        "GET /v1/exams/{exam_id}/access-keys": authors,
        "POST /v1/exams/{exam_id}/access-keys/{key_id}/revocation": authors,
        "POST /v1/exams/{exam_id}/access-key-entries": candidate,
        "POST /v1/exams/{exam_id}/schedules": authors,
        "GET /v1/exams/{exam_id}/schedules": attemptReaders,
        "GET /v1/schedule": everyone,
        "POST /v1/me/system-checks": candidate,
        "GET /v1/me/system-checks": candidate,
        "GET /v1/me/system-checks/{check_id}/payload": candidate,
        "POST /v1/me/system-checks/{check_id}/result": candidate,

        // Attempts beside their running.
        "GET /v1/exams/{exam_id}/attempts": attemptReaders,
        "POST /v1/attempts/{attempt_id}/finishing": candidate,
        "POST /v1/attempts/{attempt_id}/finishing/cancellation": candidate,
        "POST /v1/attempts/{attempt_id}/review": ["examiner", "reviewer"],

        // Forms of exams.
        "GET /v1/exams/{exam_id}/form": everyone,
        "PUT /v1/exams/{exam_id}/form": authors,
        "GET /v1/attempts/{attempt_id}/phase": everyone,
        "POST /v1/attempts/{attempt_id}/items/{number}/sheets": candidate,
        "GET /v1/attempts/{attempt_id}/sheets": everyone,
        "GET /v1/attempts/{attempt_id}/sheets/{sheet_id}": everyone,
        "PUT /v1/exams/{exam_id}/slots/{candidate_id}": authors,
        "GET /v1/exams/{exam_id}/slots": authors,
        "GET /v1/me/slots": candidate,
        "POST /v1/attempts/{attempt_id}/notes": authors,
        "GET /v1/attempts/{attempt_id}/notes": attemptReaders,
        "POST /v1/attempts/{attempt_id}/examination-grade": authors,

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
    private static let attemptReaders: Set = ["examiner", "reviewer", "compliance_officer", "administrator"]
    private static let inCases: Set = ["examiner", "verifier", "reviewer", "compliance_officer", "administrator"]
    private static let caseReaders: Set = inCases.union(candidate)
    private static let verifiers: Set = ["verifier", "partner"]
    private static let queueReaders: Set = ["verifier", "partner", "examiner", "compliance_officer", "administrator"]
    private static let compliance: Set = ["compliance_officer", "administrator"]
}
