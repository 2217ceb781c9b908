import Accounts
import Foundation
import HTTPServer
import Workflows

/// Forgotten passwords: staff issue a one-time code, its holder sets a new password (row A2).
struct PasswordResetEndpoints {
    let resets: PasswordResets
    let streams: OpenStreams

    var all: [Endpoint] { [issue, redeem] }

    private var issue: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/accounts/{account_id}/password-reset",
            summary: "Issue a one-time code for a new password; it is shown this once",
            tag: "account register",
            access: .permission(.supportAccounts),
            answers: [.init(.created, "The code", .json(PasswordResetView.schema))],
            problems: [.conflict]
        ) { call in
            let issue = try await resets.issue(for: call.id("account_id"), by: call.principal)
            return try .json(.created, PasswordResetView(issue))
        }
    }

    private var redeem: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/password-resets",
            summary: "Set a new password by a one-time code; all logins of the account end",
            tag: "accounts",
            access: .anyone,
            body: .json(
                .object([
                    .init("email", .text(1...254, example: "candidate@example.org"), "The e-mail address."),
                    .init("code", .text(1...100), "The code, however it is typed."),
                    .init("new_password", AccountEndpoints.password, "The new password, 8 to 128 characters."),
                ])
            ),
            answers: [.init(.noContent, "The password is set; log in with it")],
            problems: [.tooManyRequests, .forbidden]
        ) { call in
            let form = try call.body(as: RedemptionBody.self)
            let accountID = try await resets.redeem(
                email: form.email,
                code: form.code,
                newPassword: form.newPassword,
                from: call.clientAddress
            )
            streams.finish(accountID: accountID)
            return .noContent
        }
    }
}

private struct RedemptionBody: Decodable {
    var email: String
    var code: String
    var newPassword: String
}

/// A code that was issued, as it is shown once.
struct PasswordResetView: Encodable {
    var accountId: String
    var code: String
    var expiresAt: Date

    init(_ issue: PasswordResets.Issue) {
        accountId = issue.account.id.lowercased
        code = issue.code
        expiresAt = issue.expiresAt
    }

    static let schema = Schema.named(
        "PasswordReset",
        .object([
            .init("account_id", .uuid, "For whom."),
            .init("code", .text(), "The code; hand it over in person or by a call that you made."),
            .init("expires_at", .time, "Until when it works, and once."),
        ])
    )
}
