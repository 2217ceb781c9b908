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
            access: .candidate,
            body: Self.pictureBody,
            answers: [.init(.created, "The portrait was accepted", .json(PortraitView.schema))],
            problems: [.unprocessableContent]
        ) { call in
            try .json(.created, PortraitView(try await enrolment.enrol([call.request.body], for: call.principal)))
        }
    }

    private var uploadSet: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/me/portrait/pictures",
            summary: "Upload several pictures of one sitting as the portrait: steadier than one picture",
            tag: "portrait",
            access: .candidate,
            body: .json(
                PictureSetBody.schema(2...5, "The first is the one that people see."),
                maximumBytes: PictureSetBody.maximumBytes(5)
            ),
            answers: [.init(.created, "The portrait was accepted", .json(PortraitView.schema))],
            problems: [.unprocessableContent, .unsupportedMediaType]
        ) { call in
            let pictures = try call.body(as: PictureSetBody.self).pictures
            return try .json(.created, PortraitView(try await enrolment.enrol(pictures, for: call.principal)))
        }
    }

    private var current: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/portrait",
            summary: "Facts about the own portrait",
            tag: "portrait",
            access: .candidate,
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

    init(_ portrait: Portrait) {
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
        ])
    )
}
