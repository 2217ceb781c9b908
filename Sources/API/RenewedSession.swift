import Accounts
import Cryptography
import Foundation
import HTTPServer
import Workflows

extension Login.Success {
    /// The cookie that carries the session's token for as long as the session lasts.
    var cookie: (String, String) {
        SessionCookie.set(token.text, lifetime: session.expiresAt.timeIntervalSince(session.lastSeenAt))
    }
}

/// A session that got a new token, as the answer tells it: to a browser by the cookie, to a program in the body.
struct RenewedSessionView: Encodable {
    var expiresAt: Date
    var token: String?

    static let schema = Schema.object([
        .init("expires_at", .time, "When this login ends at the latest."),
        .init("token", .text(), "The new bearer token, where the old one came as one.", required: false),
    ])

    /// The answer to a request that came with the session's old token.
    static func answer(_ success: Login.Success, to call: Call) throws -> Answer {
        let view = RenewedSessionView(
            expiresAt: success.session.expiresAt,
            token: call.comesByCookie ? nil : success.token.text
        )
        return try .json(.ok, view, headers: call.comesByCookie ? [success.cookie] : [])
    }
}
