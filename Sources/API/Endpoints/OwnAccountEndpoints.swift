import Accounts
import Foundation
import HTTPServer
import Workflows

/// The own account: password, login, sessions (row A2).
struct OwnAccountEndpoints {
    let own: OwnAccount
    let streams: OpenStreams

    var all: [Endpoint] { [changePassword, changeEmail, sessions, endSession, endOthers] }

    private var changePassword: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/password",
            summary: "Change the password; all other logins end, and this one gets a new token",
            tag: "own account",
            access: .permission(.ownAccount),
            body: .json(
                .object([
                    .init("old_password", .text(1...1_000), "The password until now."),
                    .init("new_password", AccountEndpoints.password, "The new one, 8 to 128 characters."),
                ])
            ),
            answers: [.init(.ok, "Changed", .json(RenewedSessionView.schema))],
            problems: [.tooManyRequests]
        ) { call in
            let form = try call.body(as: PasswordBody.self)
            let principal = try call.principal
            let success = try await own.changePassword(
                from: form.oldPassword,
                to: form.newPassword,
                of: principal,
                address: call.clientAddress
            )
            streams.finish(accountID: principal.id, except: principal.credentialID)
            return try RenewedSessionView.answer(success, to: call)
        }
    }

    private var changeEmail: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/email",
            summary: "Change the e-mail address, which is the login",
            tag: "own account",
            access: .permission(.ownAccount),
            body: .json(
                .object([
                    .init("email", .text(3...254, example: "candidate@example.org"), "The new address."),
                    .init("password", .text(1...1_000), "The password."),
                ])
            ),
            answers: [.init(.ok, "The account", .json(AccountView.schema))],
            problems: [.conflict, .tooManyRequests]
        ) { call in
            let form = try call.body(as: EmailBody.self)
            let account = try await own.changeEmail(
                to: form.email,
                password: form.password,
                of: call.principal,
                address: call.clientAddress
            )
            return try .json(.ok, AccountView(account))
        }
    }

    private var sessions: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/sessions",
            summary: "Where one is logged in, newest first",
            tag: "own account",
            access: .permission(.ownAccount),
            answers: [
                .init(
                    .ok,
                    "The logins that hold",
                    .json(.object([.init("sessions", .array(of: SessionView.schema, count: 0...1_000), "The logins.")]))
                )
            ]
        ) { call in
            let principal = try call.principal
            let found = try await own.sessions(of: principal).prefix(1_000)
            return try .json(.ok, ["sessions": found.map { SessionView($0, current: principal.credentialID) }])
        }
    }

    private var endSession: Endpoint {
        Endpoint(
            method: .delete,
            path: "/v1/me/sessions/{session_id}",
            summary: "End one of the own logins",
            tag: "own account",
            access: .permission(.ownAccount),
            answers: [.init(.noContent, "Ended")]
        ) { call in
            let id = try call.id("session_id")
            try await own.endSession(id, of: call.principal)
            streams.finish(credentialID: id)
            return .noContent
        }
    }

    private var endOthers: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/sessions/revocation",
            summary: "End all logins but this one",
            tag: "own account",
            access: .permission(.ownAccount),
            answers: [.init(.noContent, "Ended")]
        ) { call in
            let principal = try call.principal
            try await own.endOtherSessions(of: principal)
            streams.finish(accountID: principal.id, except: principal.credentialID)
            return .noContent
        }
    }
}

private struct PasswordBody: Decodable {
    var oldPassword: String
    var newPassword: String
}

private struct EmailBody: Decodable {
    var email: String
    var password: String
}

/// A login session as its holder sees it.
private struct SessionView: Encodable {
    var id: String
    var createdAt: Date
    var lastSeenAt: Date
    var expiresAt: Date
    var address: String?
    var userAgent: String?
    var isCurrent: Bool

    init(_ session: LoginSession, current: UUID) {
        id = session.id.lowercased
        createdAt = session.createdAt
        lastSeenAt = session.lastSeenAt
        expiresAt = session.expiresAt
        address = session.address
        userAgent = session.userAgent
        isCurrent = session.id == current
    }

    static let schema = Schema.named(
        "Session",
        .object([
            .init("id", .uuid, "The login."),
            .init("created_at", .time, "When it began."),
            .init("last_seen_at", .time, "When it was last used, to a minute."),
            .init("expires_at", .time, "When it ends at the latest."),
            .init("address", .text(), "From which network address it came.", required: false),
            .init("user_agent", .text(), "What the browser calls itself.", required: false),
            .init("is_current", .boolean, "Whether it is the one that asks."),
        ])
    )
}
