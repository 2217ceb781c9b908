import Accounts
import Cryptography
import Foundation
import HTTPServer
import Identification
import Workflows

/// Exports of registers (row F2): ordered, made behind the answer, fetched.
struct ExportEndpoints {
    let desk: ExportDesk

    var all: [Endpoint] { [order, list, one, file, cancel] }

    private var order: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exports",
            summary: "Order a register as a file; it is made behind the answer",
            tag: "exports",
            access: .permission(.exportRegisters),
            parameters: [.idempotencyKey],
            body: .json(ExportBody.schema),
            answers: [.init(.accepted, "The export", .json(ExportView.schema))],
            problems: [.notFound, .conflict, .unprocessableContent, .serviceUnavailable]
        ) { call in
            let body = try call.body(as: ExportBody.self)
            let job = try await desk.order(
                body.order,
                viewID: body.viewId,
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.accepted, ExportView(job))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exports",
            summary: "The own exports, newest first",
            tag: "exports",
            access: .permission(.exportRegisters),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("exports", .array(of: ExportView.schema, count: 0...500), "The exports.")]))
                )
            ]
        ) { call in
            let jobs = try await desk.jobs(before: call.pageBefore, limit: call.limit, principal: call.principal)
            return try .json(.ok, ["exports": jobs.map { ExportView($0) }])
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exports/{export_id}",
            summary: "How far an export is",
            tag: "exports",
            access: .permission(.exportRegisters),
            answers: [.init(.ok, "The export", .json(ExportView.schema))]
        ) { call in
            try .json(.ok, ExportView(try await desk.job(call.id("export_id"), principal: call.principal)))
        }
    }

    private var file: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exports/{export_id}/file",
            summary: "The file of a finished export; one byte range may be asked for (RFC 9110 §14)",
            tag: "exports",
            access: .permission(.exportRegisters),
            answers: [
                .init(.ok, "The file", .raw(ExportOrder.Format.allCases.map(\.mediaType))),
                .init(.partialContent, "A part of it", .raw(ExportOrder.Format.allCases.map(\.mediaType))),
            ],
            problems: [.conflict]
        ) { call in
            let id = try call.id("export_id")
            let (job, reader) = try await desk.file(id, principal: call.principal)
            let format = job.order.format
            let range = ByteRange(call.request.headers["Range"], of: reader.byteCount)
            var headers = [
                ("Content-Disposition", "attachment; filename=\"\(id.lowercased).\(format.fileExtension)\""),
                ("Accept-Ranges", "bytes"),
            ]
            if let range {
                let end = range.start + range.count - 1
                headers.append(("Content-Range", "bytes \(range.start)-\(end)/\(reader.byteCount)"))
            }
            let start = range?.start ?? 0
            let source = ContentSource(length: range?.count ?? reader.byteCount) { offset, limit in
                try reader.read(from: start + offset, limit: limit)
            }
            return Answer(
                status: range == nil ? .ok : .partialContent,
                headers: headers,
                body: .content(source, type: format.mediaType)
            )
        }
    }

    private var cancel: Endpoint {
        Endpoint(
            method: .delete,
            path: "/v1/exports/{export_id}",
            summary: "Cancel an export, or delete its file",
            tag: "exports",
            access: .permission(.exportRegisters),
            answers: [.init(.noContent, "Cancelled")]
        ) { call in
            try await desk.cancel(call.id("export_id"), principal: call.principal)
            return .noContent
        }
    }
}

/// One range of bytes (RFC 9110 §14.1.2). Whatever else is asked for is answered by the whole file, as the RFC allows.
struct ByteRange {
    var start: Int
    var count: Int

    init?(_ header: String?, of length: Int) {
        guard let match = header?.wholeMatch(of: /bytes=([0-9]{0,15})-([0-9]{0,15})/)?.output else { return nil }
        switch (Int(match.1), Int(match.2)) {
        case (let first?, let last?) where first <= last && first < length:
            (start, count) = (first, min(last, length - 1) - first + 1)
        case (let first?, nil) where first < length: (start, count) = (first, length - first)
        case (nil, let suffix?) where suffix > 0 && length > 0:
            (start, count) = (max(0, length - suffix), min(suffix, length))
        default: return nil
        }
    }
}

extension ExportOrder.Format {
    /// The registered media type.
    var mediaType: String {
        switch self {
        case .jsonl: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pdf: "application/pdf"
        case .bundle: "application/zip"
        }
    }

    var fileExtension: String { self == .bundle ? "zip" : rawValue }
}

private struct ExportBody: Decodable {
    var register: ExportOrder.Register?
    var format: ExportOrder.Format
    var filter: RegisterFilterBody?
    var viewId: UUID?
    var pictures: Bool?
    var documentPicturesFor: AccessPurpose?
    var language: String?
    var csv: CSV?

    struct CSV: Decodable {
        var delimiter: String?
        var byteOrderMark: Bool?
    }

    var order: ExportOrder {
        ExportOrder(
            register: register ?? .identifications,
            format: format,
            filter: filter?.filter ?? IdentificationFilter(),
            hasPictures: pictures ?? false,
            documentPurpose: documentPicturesFor,
            language: language ?? "ru",
            csv: .init(
                usesSemicolons: csv?.delimiter == "semicolon",
                hasByteOrderMark: csv?.byteOrderMark ?? true
            )
        )
    }

    static let schema = Schema.object([
        .init(
            "register",
            .oneOf(ExportOrder.Register.allCases.map(\.rawValue)),
            "Which register; the identification log by default.",
            required: false
        ),
        .init("format", .oneOf(ExportOrder.Format.allCases.map(\.rawValue)), "The format."),
        .init("filter", RegisterFilterBody.schema, "What goes in; everything by default.", required: false),
        .init("view_id", .uuid, "A saved view whose conditions count instead.", required: false),
        .init("pictures", .boolean, "With pictures of people; in evidence bundles only.", required: false),
        .init(
            "document_pictures_for",
            .oneOf(AccessPurpose.allCases.map(\.rawValue)),
            "With pictures of identity documents, and why; in evidence bundles only. Without a reason there are none.",
            required: false
        ),
        .init("language", .oneOf(["ru", "en"]), "Of titles and words; Russian by default.", required: false),
        .init(
            "csv",
            .object([
                .init(
                    "delimiter",
                    .oneOf(["comma", "semicolon"]),
                    "Comma (RFC 4180) by default; semicolon for spreadsheets with a decimal comma.",
                    required: false
                ),
                .init(
                    "byte_order_mark",
                    .boolean,
                    "Whether the file begins with a byte order mark; it does by default.",
                    required: false
                ),
            ]),
            "How comma-separated values are written.",
            required: false
        ),
    ])
}

private struct ExportView: Encodable {
    var id: String
    var register: String
    var format: String
    var filter: RegisterFilterBody
    var pictures: Bool
    var documentPicturesFor: String?
    var language: String
    var state: String
    var done: Int
    var total: Int?
    var requestedAt: Date
    var startedAt: Date?
    var finishedAt: Date?
    var expiresAt: Date?
    var bytes: Int?
    var sha256: String?
    var logSize: UInt64?
    var checkpoint: String?
    var failure: String?

    init(_ job: ExportJob) {
        id = job.id.lowercased
        register = job.order.register.rawValue
        format = job.order.format.rawValue
        filter = RegisterFilterBody(job.order.filter)
        pictures = job.order.hasPictures
        documentPicturesFor = job.order.documentPurpose?.rawValue
        language = job.order.language
        state = job.state.rawValue
        done = job.done
        total = job.total
        requestedAt = job.requestedAt
        startedAt = job.startedAt
        finishedAt = job.finishedAt
        expiresAt = job.expiresAt
        bytes = job.byteCount
        sha256 = job.digest
        logSize = job.logSize
        checkpoint = job.checkpoint
        failure = job.failure
    }

    static let schema = Schema.named(
        "Export",
        .object([
            .init("id", .uuid, "The export's identifier."),
            .init("register", .oneOf(ExportOrder.Register.allCases.map(\.rawValue)), "Which register."),
            .init("format", .oneOf(ExportOrder.Format.allCases.map(\.rawValue)), "The format."),
            .init("filter", RegisterFilterBody.schema, "What goes in."),
            .init("pictures", .boolean, "Whether pictures of people go in."),
            .init(
                "document_pictures_for",
                .oneOf(AccessPurpose.allCases.map(\.rawValue)),
                "Why pictures of identity documents go in, where they do.",
                required: false
            ),
            .init("language", .oneOf(["ru", "en"]), "Of titles and words."),
            .init("state", .oneOf(ExportJob.State.allCases.map(\.rawValue)), "Where it stands."),
            .init("done", .index, "How many records are written."),
            .init("total", .index, "How many there will be, once they are counted.", required: false),
            .init("requested_at", .time, "When it was ordered."),
            .init("started_at", .time, "When it began.", required: false),
            .init("finished_at", .time, "When it ended.", required: false),
            .init("expires_at", .time, "When the file is deleted.", required: false),
            .init("bytes", .index, "The file's size.", required: false),
            .init("sha256", .text(64...64), "The file's SHA-256, as the log's entry states it.", required: false),
            .init("log_size", .index, "The size of the log that the export tells of.", required: false),
            .init("checkpoint", .text(0...4_000), "The signed checkpoint of that size.", required: false),
            .init("failure", .text(0...100), "Why it failed, as a code: too_many_rows, …", required: false),
        ])
    )
}
