import Accounts
import Foundation
import Grading
import HTTPServer
import Workflows

/// Signed grade sheets that come back on paper (row D8; S2 4.8.5).
struct SheetPaperEndpoints {
    let papers: SheetPapers

    var all: [Endpoint] { [list, record, addScan, scan] }

    private static let types = ["application/pdf", "image/jpeg", "image/png"]

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/grade-sheets/{sheet_id}/papers",
            summary: "The signed prints of a sheet that came back, one for each of its closings",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            answers: [
                .init(
                    .ok,
                    "Oldest first",
                    .json(.object([.init("papers", .array(of: SheetPaperView.schema, count: 0...10_000), "All.")]))
                )
            ]
        ) { call in
            let all = try await papers.papers(of: call.id("sheet_id"))
            return try .json(.ok, ["papers": all.map { SheetPaperView($0) }])
        }
    }

    private var record: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/grade-sheets/{sheet_id}/papers",
            summary: "Record that the signed print of a closed sheet came back",
            tag: "grade sheets",
            access: .permission(.manageGradeSheets),
            body: .json(PaperBody.schema),
            answers: [.init(.created, "The record", .json(SheetPaperView.schema))],
            problems: [.conflict, .unprocessableContent]
        ) { call in
            let body = try call.body(as: PaperBody.self)
            let paper = try await papers.record(
                call.id("sheet_id"),
                receivedOn: body.receivedOn,
                comment: body.comment,
                by: call.principal
            )
            return try .json(.created, SheetPaperView(paper))
        }
    }

    private var addScan: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/grade-sheets/{sheet_id}/papers/{number}/scan",
            summary: "Add the scan of a signed print; the number is that of the closing",
            tag: "grade sheets",
            access: .permission(.manageGradeSheets),
            body: .raw(Self.types, maximumBytes: SheetPaper.scanByteLimit),
            answers: [.init(.ok, "The record", .json(SheetPaperView.schema))],
            problems: [.conflict, .unprocessableContent]
        ) { call in
            let paper = try await papers.addScan(
                call.request.body,
                of: call.id("sheet_id"),
                version: Int(call.request.parameters["number"] ?? "") ?? 0,
                by: call.principal
            )
            return try .json(.ok, SheetPaperView(paper))
        }
    }

    private var scan: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/grade-sheets/{sheet_id}/papers/{number}/scan",
            summary: "The scan of a signed print",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            answers: [.init(.ok, "The scan", .raw(FileKind.allCases.map(\.mediaType)))]
        ) { call in
            let number = Int(call.request.parameters["number"] ?? "") ?? 0
            return .file(try await papers.scan(of: call.id("sheet_id"), version: number, for: call.principal))
        }
    }
}

private struct PaperBody: Decodable {
    var receivedOn: CalendarDay?
    var comment: String?

    static let schema = Schema.object([
        .init("received_on", .nullable(.day), "On which day; today by default.", required: false),
        .init("comment", .nullable(.text(1...1_000)), "What is to be said about it.", required: false),
    ])
}

private struct SheetPaperView: Encodable {
    var version: Int
    var receivedOn: String
    var receivedBy: String
    var dueOn: String?
    var isLate: Bool
    var at: Date
    var comment: String?
    var scanSha256: String?
    var scanBytes: Int?

    init(_ paper: SheetPaper) {
        version = paper.version
        receivedOn = paper.receivedOn.description
        receivedBy = paper.receivedBy.lowercased
        dueOn = paper.dueOn?.description
        isLate = paper.isLate
        at = paper.at
        comment = paper.comment
        scanSha256 = paper.scan?.sha256
        scanBytes = paper.scan?.byteCount
    }

    static let schema = Schema.named(
        "SheetPaper",
        .object([
            .init("version", .index, "Which closing of the sheet it shows."),
            .init("received_on", .day, "When it came back."),
            .init("received_by", .uuid, "Who took it."),
            .init("due_on", .day, "The last day for that (S2 4.8.5).", required: false),
            .init("is_late", .boolean, "Whether it came later."),
            .init("at", .time, "When that was recorded."),
            .init("comment", .text(), "What was said about it.", required: false),
            .init("scan_sha256", .text(64...64), "SHA-256 of its scan.", required: false),
            .init("scan_bytes", .integer(1...Int64(SheetPaper.scanByteLimit)), "The scan's bytes.", required: false),
        ])
    )
}
