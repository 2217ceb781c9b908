import Accounts
import Cases
import Foundation
import HTTPServer
import Workflows

/// Notices to whoever is logged in.
struct NoticeEndpoints {
    let board: NoticeBoard

    var all: [Endpoint] { [list, read] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/notices",
            summary: "The own notices, newest first; looking at the list is not reading them",
            tag: "notices",
            access: .permission(.ownAccount),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("notices", .array(of: NoticeView.schema, count: 0...500), "The notices.")]))
                )
            ]
        ) { call in
            let letters = try await board.notices(of: call.principal, before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["notices": letters.map { NoticeView($0, language: call.language) }])
        }
    }

    private var read: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/notices/{notice_id}/reading",
            summary: "Say that one has read a notice; terms may count from that",
            tag: "notices",
            access: .permission(.ownAccount),
            answers: [.init(.ok, "The notice", .json(NoticeView.schema))]
        ) { call in
            let letter = try await board.read(call.id("notice_id"), principal: call.principal)
            return try .json(.ok, NoticeView(letter, language: call.language))
        }
    }
}

private struct NoticeView: Encodable {
    var id: String
    var topic: String
    var about: String
    var step: String?
    var text: String?
    var at: Date
    var readAt: Date?

    init(_ letter: NoticeBoard.Letter, language: LocalizedText.Language) {
        id = letter.notice.id.lowercased
        topic = letter.notice.topic
        about = letter.notice.about.lowercased
        step = letter.notice.step
        text = letter.text?.text(in: language)
        at = letter.notice.at
        readAt = letter.notice.readAt
    }

    static let schema = Schema.named(
        "Notice",
        .object([
            .init("id", .uuid, "The notice."),
            .init("topic", .text(1...50), "What it is about: `case`, `exam_schedule`, `work_graded`, `interruption`."),
            .init("about", .uuid, "The case, exam, attempt, work or sheet."),
            .init("step", .text(1...50), "The step of the case.", required: false),
            .init("text", .text(0...100_000), "What it says; absent where it is destroyed.", required: false),
            .init("at", .time, "When it was given."),
            .init("read_at", .time, "When it was read.", required: false),
        ])
    )
}
