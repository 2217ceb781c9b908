import Accounts
import Foundation
import HTTPServer
import Identification
import Workflows

/// The candidate's photo-portrait (row B1).
struct PortraitEndpoints {
    let enrolment: PortraitEnrolment

    var all: [Endpoint] { [upload, uploadSet, current] }

    /// Formats and size of pictures; what a picture really is, its bytes tell.
    static let pictureBody = Endpoint.Body.raw(["image/jpeg", "image/png"], maximumBytes: 8 * 1024 * 1024)

    private var upload: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/me/portrait",
            summary: "Upload the portrait; a picture that cannot serve is refused with the reasons",
            tag: "portrait",
            access: .permission(.sitExams),
            body: Self.pictureBody,
            answers: [.init(.created, "The portrait was accepted", .json(PortraitView.schema))],
            problems: [.unprocessableContent]
        ) { call in
            try await enrol([call.request.body], call)
        }
    }

    private var uploadSet: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/me/portrait/pictures",
            summary: "Upload several pictures of one sitting as the portrait: steadier than one picture",
            tag: "portrait",
            access: .permission(.sitExams),
            body: .json(
                PictureSetBody.schema(2...5, "The first is the one that people see."),
                maximumBytes: PictureSetBody.maximumBytes(5)
            ),
            answers: [.init(.created, "The portrait was accepted", .json(PortraitView.schema))],
            problems: [.unprocessableContent, .unsupportedMediaType]
        ) { call in
            try await enrol(call.body(as: PictureSetBody.self).pictures, call)
        }
    }

    private func enrol(_ pictures: [Data], _ call: Call) async throws -> Answer {
        let enrolled = try await enrolment.enrol(pictures, for: call.principal)
        let advice = enrolled.advice.map { $0.text(in: call.language) }
        return try .json(.created, PortraitView(enrolled.portrait, advice: advice))
    }

    private var current: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/portrait",
            summary: "Facts about the own portrait",
            tag: "portrait",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The current portrait", .json(PortraitView.schema))],
            problems: [.notFound]
        ) { call in
            try .json(.ok, PortraitView(try await enrolment.current(of: call.principal)))
        }
    }
}

/// A portrait as its owner sees it: no template, no scores.
private struct PortraitView: Encodable {
    var id: String
    var createdAt: Date
    var width: Int
    var height: Int
    var advice: [String]?

    init(_ portrait: Portrait, advice: [String]? = nil) {
        self.advice = advice
        id = portrait.id.lowercased
        createdAt = portrait.createdAt
        width = portrait.pictureSize.width
        height = portrait.pictureSize.height
    }

    static let schema = Schema.named(
        "Portrait",
        .object([
            .init("id", .uuid, "The portrait's identifier."),
            .init("created_at", .time, "When it was accepted."),
            .init("width", .integer(1...100_000), "Pixels across."),
            .init("height", .integer(1...100_000), "Pixels down."),
            .init(
                "advice",
                .array(of: .text(), count: 0...50),
                "What would make a still better picture; told once, at the upload.",
                required: false
            ),
        ])
    )
}
