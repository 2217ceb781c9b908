import Workflows

/// Everything about grades: groups and scales, sheets, open answers, the study card, and who else is told.
struct GradingEndpoints {
    let services: Services

    var all: [Endpoint] {
        var endpoints: [Endpoint] = []
        endpoints += GroupEndpoints(register: GroupRegister(services)).all
        endpoints += GradeSheetEndpoints(sheets: GradeSheets(services), files: GradeSheetFiles(services)).all
        endpoints += OpenGradingEndpoints(grading: OpenGrading(services)).all
        endpoints += RegradingEndpoints(regrading: Regrading(services)).all
        endpoints += StudyCardEndpoints(card: StudyCard(services)).all
        endpoints += SheetPaperEndpoints(papers: SheetPapers(services)).all
        endpoints += DeanReportEndpoints(interruptions: Interruptions(services)).all
        endpoints += WebhookEndpoints(register: WebhookRegister(services)).all
        return endpoints
    }
}
