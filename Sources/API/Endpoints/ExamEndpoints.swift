import Accounts
import Attestation
import Cryptography
import Foundation
import HTTPServer
import Identification
import QuestionBank
import Workflows

/// Exams (row D2).
struct ExamEndpoints {
    let administration: ExamAdministration

    var all: [Endpoint] { [publish, check, list, one] }

    private var publish: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams",
            summary: "Publish an exam; its blueprint is checked against the bank",
            tag: "exams",
            access: .permission(.manageExams),
            parameters: [.idempotencyKey],
            body: .json(ExamBody.schema, maximumBytes: ExamBody.maximumBytes),
            answers: [.init(.created, "The exam, and what to know about its tickets", .json(ExamView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: ExamBody.self)
            let exam = try await administration.publish(
                body.draft,
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, ExamView(exam, warnings: exam.findings ?? [], language: call.language))
        }
    }

    private var check: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams/checks",
            summary: "Check an exam against the bank, the groups and what was shown before, without publishing it",
            tag: "exams",
            access: .permission(.manageExams),
            body: .json(ExamBody.schema, maximumBytes: ExamBody.maximumBytes),
            answers: [.init(.ok, "What was found, in words", .json(PlanFindingView.checkSchema))],
            problems: [.unprocessableContent]
        ) { call in
            let findings = try await administration.check(call.body(as: ExamBody.self).draft)
            let isReady = !findings.contains { $0.severity == .error }
            let views = findings.map { PlanFindingView($0, language: call.language) }
            return try .json(.ok, ExamCheckView(canBePublished: isReady, findings: views))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams",
            summary: "The exams, newest first",
            tag: "exams",
            access: .permission(.readExams),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("exams", .array(of: ExamView.schema, count: 0...500), "The exams.")]))
                )
            ]
        ) { call in
            let exams = try await administration.exams(before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["exams": exams.map { ExamView($0) }])
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}",
            summary: "One exam",
            tag: "exams",
            access: .permission(.readExams),
            answers: [.init(.ok, "The exam", .json(ExamView.schema))]
        ) { call in
            try .json(.ok, ExamView(try await administration.exam(call.id("exam_id")).exam))
        }
    }
}
