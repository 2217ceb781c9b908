import Accounts
import HTTPServer
import Workflows

/// The end of the link to the institution's account (row A5).
struct ProviderUnlinkingEndpoints {
    let unlinking: ProviderUnlinking
    let streams: OpenStreams

    var all: [Endpoint] { [own, others] }

    private var own: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/provider-link/removal",
            summary:
                "Take the link to the institution's account away; all other logins end. Whoever has no password asks "
                + "an administrator",
            tag: "login by provider",
            access: .permission(.ownSecondFactor),
            body: .json(.object([.init("password", .text(1...1_000), "The password.")])),
            answers: [.init(.noContent, "Taken away; from now on the password opens the account")],
            problems: [.conflict, .tooManyRequests]
        ) { call in
            let principal = try call.principal
            try await unlinking.unlink(
                password: call.body(as: PasswordBody.self).password,
                principal: principal,
                from: call.clientAddress
            )
            streams.finish(accountID: principal.id, except: principal.credentialID)
            return .noContent
        }
    }

    private var others: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/accounts/{account_id}/provider-link-removal",
            summary:
                "Take somebody's link to the institution's account away; all their logins end, and the code by which "
                + "they set a password is shown this once",
            tag: "account register",
            access: .permission(.manageAccounts),
            answers: [.init(.ok, "Taken away; the code for the password", .json(PasswordResetView.schema))],
            problems: [.conflict]
        ) { call in
            let id = try call.id("account_id")
            let issue = try await unlinking.unlink(id, by: call.principal)
            streams.finish(accountID: id)
            return try .json(.ok, PasswordResetView(issue))
        }
    }
}

private struct PasswordBody: Decodable {
    var password: String
}
