import Accounts
import Attestation
import Foundation
import HTTPServer
import QuestionBank
import QuestionFormats
import TransparencyLog
import Workflows

/// Question banks (row D1).
struct QuestionBankEndpoints {
    let imports: QuestionImports
    let banks: QuestionBanks

    var all: [Endpoint] { [importBank, bank, questions, question, edit, export, losses] }

    /// What files of questions call themselves; the format is told by the content all the same.
    private static let fileTypes = [
        "text/plain", "application/vnd.moodle.gift", "application/xml", "text/xml", "application/zip",
        "application/octet-stream",
    ]

    private var importBank: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/question-banks/{discipline}/imports",
            summary: "Bring a file of questions into a discipline's bank: GIFT, Aiken, Moodle XML, QTI 2.1, 2.2 or 3.0",
            tag: "question bank",
            access: .permission(.manageExams),
            body: .raw(Self.fileTypes, maximumBytes: QuestionImports.maximumBytes),
            answers: [.init(.ok, "What was read and what was not", .json(QuestionImportView.schema))],
            problems: [.unprocessableContent]
        ) { call in
            let report = try await imports.run(call.request.body, discipline: call.discipline())
            return try .json(.ok, QuestionImportView(report, language: call.language))
        }
    }

    private var bank: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/question-banks/{discipline}",
            summary: "What a discipline's bank holds",
            tag: "question bank",
            access: .permission(.manageExams),
            answers: [.init(.ok, "Questions by topic, type, difficulty and credit unit", .json(BankView.schema))]
        ) { call in
            let discipline = try call.discipline()
            return try .json(.ok, BankView(discipline, try await banks.summaries(of: discipline)))
        }
    }

    private var questions: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/question-banks/{discipline}/questions",
            summary: "The questions of a bank in its order, each in its newest version",
            tag: "question bank",
            access: .permission(.manageExams),
            parameters: [.pageAfter, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(
                        .object([.init("questions", .array(of: QuestionView.schema, count: 0...500), "The questions.")])
                    )
                )
            ]
        ) { call in
            let page = try await banks.questions(of: call.discipline(), after: call.pageAfter, limit: call.limit)
            return try .json(.ok, ["questions": page.map { QuestionView($0) }])
        }
    }

    private var question: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/questions/{question_id}",
            summary: "The versions of a question, the newest first",
            tag: "question bank",
            access: .permission(.manageExams),
            answers: [
                .init(
                    .ok,
                    "The versions",
                    .json(
                        .object([
                            .init("versions", .array(of: QuestionView.schema, count: 1...100_000), "The versions.")
                        ])
                    )
                )
            ]
        ) { call in
            let versions = try await banks.versions(of: call.id("question_id"))
            return try .json(.ok, ["versions": versions.map { QuestionView($0.question, addedAt: $0.addedAt) }])
        }
    }

    private var edit: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/questions/{question_id}/versions",
            summary: "Make the one question of a file of any format the newest version; tickets keep theirs",
            tag: "question bank",
            access: .permission(.manageExams),
            body: .raw(Self.fileTypes, maximumBytes: QuestionImports.maximumBytes),
            answers: [
                .init(.created, "The new version", .json(VersionView.schema)),
                .init(.ok, "Nothing has changed", .json(VersionView.schema)),
            ],
            problems: [.unprocessableContent]
        ) { call in
            let (version, isNew) = try await imports.edit(call.id("question_id"), call.request.body)
            return try .json(isNew ? .created : .ok, VersionView(version: version))
        }
    }

    private var export: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/question-banks/{discipline}/exports/{format}",
            summary: "A discipline's bank as a file",
            tag: "question bank",
            access: .permission(.manageExams),
            answers: [.init(.ok, "The file", .raw(["text/plain", "application/xml", "application/zip"]))],
            problems: [.conflict]
        ) { call in
            let format = try Self.format(call)
            let (file, _) = try await banks.export(call.discipline(), as: format)
            return Answer(
                status: .ok,
                headers: [("Content-Disposition", "attachment; filename=\"questions.\(format.suffix)\"")],
                body: .raw(file, type: format.mediaType)
            )
        }
    }

    private var losses: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/question-banks/{discipline}/exports/{format}/losses",
            summary: "What of a discipline's bank a format has no place for",
            tag: "question bank",
            access: .permission(.manageExams),
            answers: [.init(.ok, "What would be lost", .json(LossesView.schema))],
            problems: [.conflict]
        ) { call in
            let (_, losses) = try await banks.export(call.discipline(), as: Self.format(call))
            return try .json(.ok, LossesView(losses, language: call.language))
        }
    }

    private static func format(_ call: Call) throws -> QuestionFormat {
        guard let format = QuestionFormat(rawValue: call.request.parameters["format"] ?? "") else {
            let known = QuestionFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                .notFound,
                "format_unknown",
                ru: "Такого формата нет. Есть: \(known).",
                en: "There is no such format. There are: \(known)."
            )
        }
        return format
    }
}

extension QuestionFormat {
    /// What a file of the format is called.
    fileprivate var mediaType: String {
        switch self {
        case .gift, .aiken: "text/plain; charset=utf-8"
        case .moodleXML: "application/xml"
        case .qti21, .qti22, .qti30: "application/zip"
        }
    }

    fileprivate var suffix: String {
        switch self {
        case .gift: "gift"
        case .aiken: "txt"
        case .moodleXML: "xml"
        case .qti21, .qti22, .qti30: "zip"
        }
    }
}
