import Accounts
import Attestation
import Foundation
import HTTPServer
import TransparencyLog
import Workflows

/// Question banks (row D1).
struct QuestionBankEndpoints {
    let administration: ExamAdministration

    var all: [Endpoint] { [importBank, bank] }

    private var importBank: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/question-banks/{discipline}/imports",
            summary: "Add the questions of a GIFT file to a discipline's bank",
            tag: "question bank",
            access: .permission(.manageExams),
            body: .raw(["text/plain", "application/vnd.moodle.gift"], maximumBytes: 8 * 1024 * 1024),
            answers: [.init(.ok, "What was read and what was not", .json(ImportView.schema))]
        ) { call in
            let report = try await administration.importGIFT(call.request.body, discipline: call.discipline())
            return try .json(.ok, ImportView(report, language: call.language))
        }
    }

    private var bank: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/question-banks/{discipline}",
            summary: "What a discipline's bank holds",
            tag: "question bank",
            access: .permission(.manageExams),
            answers: [.init(.ok, "Questions by topic and type", .json(BankView.schema))]
        ) { call in
            let discipline = try call.discipline()
            return try .json(.ok, BankView(discipline, try await administration.bank(of: discipline)))
        }
    }
}

/// What came of an import.
private struct ImportView: Encodable {
    var read: Int
    var readByType: [String: Int]
    var notRead: Int
    var problems: [Problem]

    struct Problem: Encodable {
        var severity: String
        var line: Int
        var title: String
        var code: String
        var detail: String
    }

    init(_ report: ImportReport, language: LocalizedText.Language) {
        read = report.questions.count
        readByType = report.countsByType
        notRead = report.notReadCount
        problems = report.problems.map {
            Problem(
                severity: $0.severity.rawValue,
                line: $0.line,
                title: $0.title,
                code: $0.code.rawValue,
                detail: LocalizedText($0.message).text(in: language)
            )
        }
    }

    static let schema = Schema.object([
        .init("read", .integer(0...1_000_000), "How many questions were added."),
        .init("read_by_type", .dictionary(of: .integer(0...1_000_000)), "The same by type."),
        .init("not_read", .integer(0...1_000_000), "How many items were not read."),
        .init(
            "problems",
            .array(
                of: .object([
                    .init("severity", .oneOf(["not_read", "warning"]), "How much was lost."),
                    .init("line", .integer(1...10_000_000), "Where the item begins."),
                    .init("title", .text(0...100_000), "The item's title or beginning."),
                    .init("code", .text(), "Why, for programs."),
                    .init("detail", .text(), "Why, for people."),
                ]),
                count: 0...ImportReport.problemLimit
            ),
            "Everything that was not read as it stood."
        ),
    ])
}

/// What a bank holds.
private struct BankView: Encodable {
    var discipline: String
    var questions: Int
    var byTopic: [String: Int]
    var byType: [String: Int]

    init(_ discipline: String, _ bank: [QuestionSummary]) {
        self.discipline = discipline
        questions = bank.count
        byTopic = Dictionary(grouping: bank, by: \.topic).mapValues(\.count)
        byType = Dictionary(grouping: bank, by: \.type.rawValue).mapValues(\.count)
    }

    static let schema = Schema.object([
        .init("discipline", .text(), "The discipline."),
        .init("questions", .integer(0...10_000_000), "How many questions there are."),
        .init("by_topic", .dictionary(of: .integer(0...10_000_000)), "The same by topic."),
        .init("by_type", .dictionary(of: .integer(0...10_000_000)), "The same by type."),
    ])
}
