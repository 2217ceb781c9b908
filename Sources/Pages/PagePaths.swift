/// The addresses of pages. What stands in braces is read by the page's own script.
enum PagePaths {
    static let all = everybody + candidates + staff

    private static let everybody = ["/", "/login", "/register", "/reset", "/account", "/messages", "/phone"]

    private static let candidates = [
        "/consents", "/portrait", "/check", "/schedule", "/exam/{exam}", "/attempt/{attempt}", "/results",
        "/results/{attempt}", "/card", "/cases", "/cases/{case}", "/identity", "/practice", "/practice/{discipline}",
    ]

    private static let staff = [
        "/staff/exams", "/staff/exams/new", "/staff/exams/{exam}", "/staff/wall/{exam}", "/staff/attempts/{attempt}",
        "/staff/review", "/staff/review/{exam}", "/staff/queue", "/staff/queue/{case}", "/staff/banks",
        "/staff/banks/{discipline}", "/staff/grading", "/staff/grading/{work}", "/staff/sheets",
        "/staff/sheets/{sheet}", "/staff/register", "/staff/register/{record}", "/staff/people",
        "/staff/people/{person}", "/staff/contracts", "/staff/groups", "/staff/orders", "/staff/policies",
        "/staff/consents", "/staff/retention", "/staff/webhooks", "/staff/duplicates", "/staff/health",
        "/staff/access", "/staff/surveys", "/staff/surveys/{survey}", "/staff/reports", "/staff/registers",
        "/staff/flag-rules",
    ]
}
