import Accounts
import Cryptography
import Foundation
import HTTPServer
import Workflows

/// Login of internal users by the institution's OpenID Connect provider (row A5).
///
/// A browser is sent to `begin`, from there to the provider, and comes back to `callback`, which sends it to a page.
package struct ProviderLoginEndpoints {
    let login: ProviderLogin

    /// The path of the callback; the redirect URI must have it.
    package static let callbackPath = "/v1/login/provider/callback"

    var all: [Endpoint] { [description, begin, callback, link] }

    private var description: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/login/provider",
            summary: "What the log-in page calls the institution's provider; 404 where there is none",
            tag: "login by provider",
            access: .anyone,
            answers: [.init(.ok, "The provider", .json(ProviderView.schema))],
            problems: [.notFound]
        ) { _ in
            try .json(.ok, ProviderView(try login.name()))
        }
    }

    private var begin: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/login/provider/begin",
            summary: "Send the browser to the institution's provider",
            tag: "login by provider",
            access: .anyone,
            parameters: [
                .init(
                    name: "return_to",
                    place: .query,
                    schema: .text(1...1_024),
                    summary: "The path on this site to go to afterwards; `/` by default."
                )
            ],
            answers: [.init(.seeOther, "To the provider; a cookie ties the login to this browser")],
            problems: [.notFound, .forbidden, .unprocessableContent, .tooManyRequests],
            showsProblemsAsPages: true
        ) { call in
            try Self.refuseEmbedded(call.request)
            let start = try await login.begin(
                returnTo: call.query("return_to"),
                from: call.device,
                replacing: call.sessionCookie
            )
            let cookie = ProviderLoginCookie.set(start.browserToken)
            return Answer(status: .seeOther, headers: [("Location", start.url), cookie], body: .none)
        }
    }

    private var callback: Endpoint {
        Endpoint(
            method: .get,
            path: Self.callbackPath,
            summary: "Where the provider sends the browser back to",
            tag: "login by provider",
            access: .anyone,
            parameters: [
                Self.fromProvider("state", 512, "What the login was begun with."),
                Self.fromProvider("code", 2_048, "The authorization code."),
                Self.fromProvider("iss", 2_048, "The provider (RFC 9207)."),
                Self.fromProvider("error", 256, "The provider's refusal (RFC 6749 section 4.1.2.1)."),
            ],
            answers: [
                .init(
                    .seeOther,
                    "Logged in, on to the page asked for; with `second_factor=needed` in its query the second step "
                        + "is still to come, and its ticket is in a cookie"
                )
            ],
            problems: [
                .unauthorized, .forbidden, .notFound, .conflict, .unprocessableContent, .tooManyRequests,
            ],
            showsProblemsAsPages: true,
            // RFC 6749 section 4.1.2: unknown parameters must be ignored.
            ignoresUnknownParameters: true
        ) { call in
            let target = call.request.target
            let query = target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) } ?? ""
            let outcome = try await login.finish(
                query: query,
                browserToken: call.request.cookie(ProviderLoginCookie.name),
                from: call.device
            )
            switch outcome {
            case .opened(let success, let path):
                return Self.redirect(to: path, success.cookie)
            case .secondFactorNeeded(let ticket, let path):
                return Self.redirect(to: Self.marked(path), LoginTicketCookie.set(ticket.text))
            }
        }
    }

    private var link: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/provider-link",
            summary: "Begin the login that links the own account to the institution's",
            tag: "login by provider",
            access: .permission(.ownSecondFactor),
            body: .json(
                .object([
                    .init("password", .text(1...1_000), "The password."),
                    .init("return_to", .text(1...1_024), "The path to go to afterwards.", required: false),
                ])
            ),
            answers: [
                .init(
                    .ok,
                    "Where to send the browser; a cookie ties the login to it",
                    .json(.object([.init("url", .text(), "The provider's address.")]))
                )
            ],
            problems: [.notFound, .tooManyRequests]
        ) { call in
            let form = try call.body(as: LinkBody.self)
            let start = try await login.beginLinking(
                password: form.password,
                returnTo: form.returnTo,
                principal: call.principal,
                from: call.device
            )
            return try .json(.ok, ["url": start.url], headers: [ProviderLoginCookie.set(start.browserToken)])
        }
    }

    private static func fromProvider(_ name: String, _ longest: Int, _ summary: String) -> Endpoint.Parameter {
        .init(name: name, place: .query, schema: .text(0...longest), summary: summary)
    }

    /// A foreign page may link here, but not fill the list of waiting logins with pictures and frames.
    private static func refuseEmbedded(_ request: HTTPRequest) throws {
        guard let site = request.headers["Sec-Fetch-Site"], site != "same-origin", site != "none" else { return }
        guard request.headers["Sec-Fetch-Mode"] == "navigate", request.headers["Sec-Fetch-Dest"] == "document" else {
            throw Refusal.crossSite
        }
    }

    private static func redirect(to path: String, _ cookie: (String, String)) -> Answer {
        Answer(
            status: .seeOther,
            headers: [("Location", path), cookie, ProviderLoginCookie.clear],
            body: .none
        )
    }

    /// The path with the word for its page that the second step is to come.
    private static func marked(_ path: String) -> String {
        let parts = path.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let joint = parts[0].contains("?") ? "&" : "?"
        return "\(parts[0])\(joint)second_factor=needed" + (parts.count > 1 ? "#\(parts[1])" : "")
    }
}

private struct LinkBody: Decodable {
    var password: String
    var returnTo: String?
}

private struct ProviderView: Encodable {
    var name: [String: String]
    var begin: String

    init(_ text: LocalizedText) {
        name = ["ru": text.ru, "en": text.en]
        begin = "/v1/login/provider/begin"
    }

    static let schema = Schema.object([
        .init(
            "name",
            .object([.init("ru", .text(), "In Russian."), .init("en", .text(), "In English.")]),
            "What the institution calls its accounts."
        ),
        .init("begin", .text(), "Where to send the browser."),
    ])
}
