import Accounts
import Foundation
import Grading
import HTTPServer
import Workflows

/// What people are told in their own account.
struct GradeNoticeEndpoints {
    let board: GradeNoticeBoard

    var all: [Endpoint] { [list, read] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/grade-notices",
            summary: "The own notices, newest first",
            tag: "account",
            access: .permission(.ownAccount),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(
                        .object([.init("notices", .array(of: GradeNoticeView.schema, count: 0...500), "The notices.")])
                    )
                )
            ]
        ) { call in
            let notices = try await board.own(before: call.pageBefore, limit: call.limit, of: call.principal)
            return try .json(.ok, ["notices": notices.map { GradeNoticeView($0) }])
        }
    }

    private var read: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/grade-notices/{notice_id}/reading",
            summary: "Mark the own notices up to this one as read",
            tag: "account",
            access: .permission(.ownAccount),
            answers: [.init(.noContent, "They are read")]
        ) { call in
            try await board.read(through: call.id("notice_id"), of: call.principal)
            return .noContent
        }
    }
}

private struct GradeNoticeView: Encodable {
    var id: String
    var kind: String
    var facts: [Fact]
    var at: Date
    var readAt: Date?

    struct Fact: Encodable {
        var name: String
        var value: String
    }

    init(_ notice: GradeNotice) {
        id = notice.id.lowercased
        kind = notice.kind.rawValue
        facts = notice.facts.sorted { $0.key < $1.key }.map { Fact(name: $0.key, value: $0.value) }
        at = notice.at
        readAt = notice.readAt
    }

    static let schema = Schema.object([
        .init("id", .uuid, "The notice."),
        .init("kind", .oneOf(GradeNotice.Kind.allCases.map(\.rawValue)), "What it is about."),
        .init(
            "facts",
            .array(
                of: .object([.init("name", .text(), "What."), .init("value", .text(), "Its value.")]),
                count: 0...20
            ),
            "The particulars."
        ),
        .init("at", .time, "When it was made."),
        .init("read_at", .time, "When it was read.", required: false),
    ])
}
