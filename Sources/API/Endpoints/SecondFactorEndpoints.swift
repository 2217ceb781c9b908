import Accounts
import Cryptography
import Foundation
import HTTPServer
import Workflows

/// Second factors of staff (row A8).
struct SecondFactorEndpoints {
    let setup: SecondFactorSetup
    let streams: OpenStreams

    var all: [Endpoint] { [standing, begin, confirm, remove, reset] }

    private var standing: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/second-factor",
            summary: "How the own second factor stands",
            tag: "second factor",
            access: .permission(.ownSecondFactor),
            answers: [.init(.ok, "The standing", .json(StandingView.schema))],
            worksBeforeSecondFactor: true
        ) { call in
            try .json(.ok, StandingView(try await setup.standing(of: call.principal)))
        }
    }

    private var begin: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/second-factor",
            summary: "Begin setting a second factor up; the secret is shown this once",
            tag: "second factor",
            access: .permission(.ownSecondFactor),
            body: .json(.object([.init("password", .text(1...1_000), "The password.")])),
            answers: [
                .init(
                    .created,
                    "What the authenticator app needs",
                    .json(
                        .object([
                            .init("secret", .text(), "The secret in base32, to be typed."),
                            .init("uri", .text(), "The same as an otpauth URI, for a QR code."),
                        ])
                    )
                )
            ],
            problems: [.conflict, .tooManyRequests],
            worksBeforeSecondFactor: true
        ) { call in
            let form = try call.body(as: PasswordBody.self)
            let secret = try await setup.begin(
                password: form.password,
                principal: call.principal,
                address: call.clientAddress
            )
            return try .json(.created, ["secret": secret.base32, "uri": secret.uri])
        }
    }

    private var confirm: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/second-factor/confirmation",
            summary: "Confirm the second factor by its first code; all other logins end, and this one gets a new token",
            tag: "second factor",
            access: .permission(.ownSecondFactor),
            body: .json(.object([.init("code", .text(1...100), "A code of the authenticator app.")])),
            answers: [.init(.ok, "Confirmed; the recovery codes are shown this once", .json(ConfirmationView.schema))],
            problems: [.conflict, .tooManyRequests],
            worksBeforeSecondFactor: true
        ) { call in
            let principal = try call.principal
            let (codes, success) = try await setup.confirm(
                code: try call.body(as: CodeBody.self).code,
                principal: principal,
                address: call.clientAddress
            )
            streams.finish(accountID: principal.id, except: principal.credentialID)
            let view = ConfirmationView(
                recoveryCodes: codes,
                expiresAt: success.session.expiresAt,
                token: call.comesByCookie ? nil : success.token.text
            )
            return try .json(.ok, view, headers: call.comesByCookie ? [success.cookie] : [])
        }
    }

    private var remove: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/second-factor/removal",
            summary: "Take the own second factor away",
            tag: "second factor",
            access: .permission(.ownSecondFactor),
            body: .json(
                .object([
                    .init("password", .text(1...1_000), "The password."),
                    .init("code", .text(1...100), "A code of the authenticator app, or a recovery code."),
                ])
            ),
            answers: [.init(.noContent, "Taken away")],
            problems: [.conflict, .tooManyRequests]
        ) { call in
            let form = try call.body(as: RemovalBody.self)
            try await setup.remove(
                password: form.password,
                code: form.code,
                principal: call.principal,
                address: call.clientAddress
            )
            return .noContent
        }
    }

    private var reset: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/accounts/{account_id}/second-factor-reset",
            summary: "Take the second factor of somebody away who has lost it; all their logins end",
            tag: "account register",
            access: .permission(.manageAccounts),
            answers: [.init(.noContent, "Taken away")],
            problems: [.conflict]
        ) { call in
            let id = try call.id("account_id")
            try await setup.reset(of: id, by: call.principal)
            streams.finish(accountID: id)
            return .noContent
        }
    }
}

private struct PasswordBody: Decodable {
    var password: String
}

private struct CodeBody: Decodable {
    var code: String
}

private struct RemovalBody: Decodable {
    var password: String
    var code: String
}

private struct StandingView: Encodable {
    var state: String
    var confirmedAt: Date?
    var recoveryCodesLeft: Int
    var isRequired: Bool

    init(_ standing: SecondFactorSetup.Standing) {
        state = standing.confirmedAt != nil ? "active" : standing.isPending ? "pending" : "absent"
        confirmedAt = standing.confirmedAt
        recoveryCodesLeft = standing.recoveryCodesLeft
        isRequired = standing.isRequired
    }

    static let schema = Schema.object([
        .init("state", .oneOf(["absent", "pending", "active"]), "Pending waits for its first code."),
        .init("confirmed_at", .time, "Since when it is asked for.", required: false),
        .init("recovery_codes_left", .integer(0...Int64(SecondFactor.recoveryCodeCount)), "How many are unused."),
        .init("is_required", .boolean, "Whether staff must have one."),
    ])
}

private struct ConfirmationView: Encodable {
    var recoveryCodes: [String]
    var expiresAt: Date
    var token: String?

    static let schema = Schema.object([
        .init(
            "recovery_codes",
            .array(of: .text(), count: SecondFactor.recoveryCodeCount...SecondFactor.recoveryCodeCount),
            "Each stands in for a code once, where the app is lost."
        ),
        .init("expires_at", .time, "When this login ends at the latest."),
        .init("token", .text(), "The new bearer token, where the old one came as one.", required: false),
    ])
}
