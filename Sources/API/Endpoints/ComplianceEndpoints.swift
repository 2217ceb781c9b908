import Workflows

/// What compliance staff see to: retention, erasure, who looked at what, and the yearly survey (rows B3, F3, F5, F6).
struct ComplianceEndpoints {
    let services: Services

    var all: [Endpoint] {
        RetentionRuleEndpoints(rules: RetentionRules(services)).all
            + RetentionRunEndpoints(runs: RetentionRuns(services)).all
            + PersonErasureEndpoints(
                erasures: PersonErasures(services),
                certificates: DestructionCertificates(services)
            ).all
            + AccessRecordEndpoints(journal: AccessJournal(services)).all
            + SurveyEndpoints(desk: SurveyDesk(services)).all
    }
}
