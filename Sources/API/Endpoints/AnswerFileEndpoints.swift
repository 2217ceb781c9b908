import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// Files for open questions (rows D1, D3).
struct AnswerFileEndpoints {
    let files: AnswerFiles

    var all: [Endpoint] { [upload, list, one] }

    private static let types = [
        "image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf", "application/octet-stream",
    ]

    private var upload: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/answers/{number}/files",
            summary: "Upload a photograph or another file for an open question; the answer then names it",
            tag: "attempts",
            access: .permission(.sitExams),
            body: .raw(Self.types, maximumBytes: AnswerFile.byteLimit),
            answers: [
                .init(.created, "The new file", .json(AnswerFileView.schema)),
                .init(.ok, "The file that there was", .json(AnswerFileView.schema)),
            ],
            problems: [.conflict, .unprocessableContent]
        ) { call in
            guard let number = Int(call.request.parameters["number"] ?? "") else {
                throw Refusal(.notFound, "item_unknown", ru: "В билете нет такого вопроса.", en: "No such item.")
            }
            let (file, isNew) = try await files.upload(
                call.request.body,
                number: number,
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return try .json(isNew ? .created : .ok, AnswerFileView(file))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/files",
            summary: "The files that were uploaded in an attempt",
            tag: "attempts",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The files in the order in which they came",
                    .json(
                        .object([.init("files", .array(of: AnswerFileView.schema, count: 0...50_000), "The files.")])
                    )
                )
            ]
        ) { call in
            let all = try await files.list(attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, ["files": all.map { AnswerFileView($0) }])
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/files/{file_id}",
            summary: "A file that was uploaded in an attempt",
            tag: "attempts",
            access: .permission(.readExams),
            answers: [.init(.ok, "The file", .raw(FileKind.allCases.map(\.mediaType)))]
        ) { call in
            .file(
                try await files.bytes(
                    of: call.id("file_id"),
                    attemptID: call.id("attempt_id"),
                    principal: call.principal
                )
            )
        }
    }
}

/// A file as it is listed.
private struct AnswerFileView: Encodable {
    var id: String
    var number: Int
    var sha256: String
    var bytes: Int
    var uploadedAt: Date

    init(_ file: AnswerFile) {
        id = file.id.lowercased
        number = file.number
        sha256 = file.sha256
        bytes = file.byteCount
        uploadedAt = file.uploadedAt
    }

    static let schema = Schema.named(
        "AnswerFile",
        .object([
            .init("id", .uuid, "By which an answer names it."),
            .init("number", .integer(1...1_000), "The item's number."),
            .init("sha256", .text(64...64), "SHA-256 of its bytes."),
            .init("bytes", .integer(1...Int64(AnswerFile.byteLimit)), "How many bytes it has."),
            .init("uploaded_at", .time, "When it was uploaded, by the server's clock."),
        ])
    )
}
