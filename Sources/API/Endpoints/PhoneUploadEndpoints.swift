import Accounts
import Attestation
import Cryptography
import Foundation
import HTTPServer
import QRCodes
import Workflows

/// Photographs for open questions from a phone (rows D1, D3): a link as a QR code, its exchange, the upload.
struct PhoneUploadEndpoints {
    let uploads: PhoneUploads

    var all: [Endpoint] { [issue, open, upload] }

    /// The most bytes of a photograph; the page for phones makes larger ones smaller.
    private static let byteLimit = 8 << 20
    private static let types = ["image/jpeg", "image/png", "image/webp"]
    private static let tokenHeader = "Upload-Token"

    private var issue: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/answers/{number}/phone-links",
            summary: "Make a link by which a phone sends photographs for an open question; it is shown this once",
            tag: "attempts",
            access: .permission(.sitExams),
            body: .json(PhoneLinkBody.schema),
            answers: [.init(.created, "The link", .json(PhoneLinkView.schema))],
            problems: [.conflict]
        ) { call in
            let page = try call.body(as: PhoneLinkBody.self).page
            guard let number = Int(call.request.parameters["number"] ?? "") else {
                throw Refusal(.notFound, "item_unknown", ru: "В билете нет такого вопроса.", en: "No such item.")
            }
            guard Self.isOwn(page, host: call.request.headers["Host"]) else { throw Self.foreignPage }
            let issue = try await uploads.issue(
                number: number,
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            // Browsers send what stands behind the number sign to nobody.
            guard let code = QRCode("\(page)#\(issue.secret.text)") else { throw Self.foreignPage }
            return try .json(.created, PhoneLinkView(issue, address: "\(page)#\(issue.secret.text)", code: code))
        }
    }

    private var open: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/phone-uploads/openings",
            summary: "Exchange the secret of a link for a token that uploads; works once",
            tag: "attempts",
            access: .anyone,
            body: .json(.object([.init("secret", .text(1...100), "What stands behind the number sign.")])),
            answers: [.init(.created, "The right to upload", .json(PhoneOpeningView.schema))],
            problems: [.forbidden, .conflict]
        ) { call in
            let opening = try await uploads.open(secret: call.body(as: PhoneOpeningBody.self).secret)
            return try .json(.created, PhoneOpeningView(opening))
        }
    }

    private var upload: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/phone-uploads",
            summary: "Send a photograph for the question of a link; the page with the exam shows it at once",
            tag: "attempts",
            access: .anyone,
            parameters: [
                .init(
                    name: Self.tokenHeader,
                    place: .header,
                    schema: .string(.init(length: 1...100, pattern: "^[A-Za-z0-9_-]+$")),
                    summary: "The token that the secret was exchanged for; without it nothing is taken."
                )
            ],
            body: .raw(Self.types, maximumBytes: Self.byteLimit),
            answers: [.init(.created, "What was taken", .json(PhoneReceiptView.schema))],
            problems: [.forbidden, .conflict, .unprocessableContent]
        ) { call in
            let (file, left) = try await uploads.upload(
                call.request.body,
                token: call.request.headers[Self.tokenHeader] ?? ""
            )
            return try .json(.created, PhoneReceiptView(bytes: file.byteCount, filesLeft: left))
        }
    }

    /// Whether an address is this service's page for phones, as the caller's own browser reaches it: a code of ours leads
    /// nowhere else.
    private static func isOwn(_ page: String, host: String?) -> Bool {
        guard let host, !host.isEmpty else { return false }
        return page == "https://\(host)/phone" || page == "http://\(host)/phone"
    }

    private static let foreignPage = Refusal(
        .unprocessable,
        "page_foreign",
        ru: "Код ведёт только на страницу этой службы: обновите страницу экзамена и попробуйте снова.",
        en: "The code leads to a page of this service only: load the exam's page again and try once more."
    )
}

private struct PhoneLinkBody: Decodable {
    var page: String

    static let schema = Schema.object([
        .init(
            "page",
            .text(1...300, example: "https://exams.example.org/phone"),
            "Where the page for phones stands, as the candidate's browser reaches this service."
        )
    ])
}

private struct PhoneOpeningBody: Decodable {
    var secret: String
}

/// A link as it is shown once.
private struct PhoneLinkView: Encodable {
    var id: String
    var address: String
    var qrSvg: String
    var expiresAt: Date
    var filesLeft: Int

    init(_ issue: PhoneUploads.Issue, address: String, code: QRCode) {
        id = issue.link.id.lowercased
        self.address = address
        qrSvg = code.svg
        expiresAt = issue.link.expiresAt
        filesLeft = issue.link.filesLeft
    }

    static let schema = Schema.named(
        "PhoneLink",
        .object([
            .init("id", .uuid, "The link's identifier."),
            .init("address", .text(), "What the phone opens; its secret stands behind the number sign."),
            .init("qr_svg", .text(0...200_000), "The address as a QR code, in SVG."),
            .init("expires_at", .time, "Until when photographs are taken."),
            .init("files_left", .integer(0...Int64(PhoneLink.fileLimit)), "How many are taken."),
        ])
    )
}

private struct PhoneOpeningView: Encodable {
    var token: String
    var number: Int
    var expiresAt: Date
    var filesLeft: Int

    init(_ opening: PhoneUploads.Opening) {
        token = opening.token.text
        number = opening.link.number
        expiresAt = opening.link.expiresAt
        filesLeft = opening.link.filesLeft
    }

    static let schema = Schema.named(
        "PhoneUploadRight",
        .object([
            .init("token", .text(), "For the header Upload-Token."),
            .init("number", .integer(1...1_000), "The item's number on the ticket."),
            .init("expires_at", .time, "Until when photographs are taken."),
            .init("files_left", .integer(0...Int64(PhoneLink.fileLimit)), "How many are taken."),
        ])
    )
}

private struct PhoneReceiptView: Encodable {
    var bytes: Int
    var filesLeft: Int

    static let schema = Schema.named(
        "PhoneUploadReceipt",
        .object([
            .init("bytes", .integer(1...Int64(AnswerFile.byteLimit)), "How many bytes came."),
            .init("files_left", .integer(0...Int64(PhoneLink.fileLimit)), "How many more are taken."),
        ])
    )
}
