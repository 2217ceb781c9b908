import Accounts
import Cryptography
import Foundation
import HTTPServer
import Workflows

/// Registration, login and the own account (rows A1, A2).
struct AccountEndpoints {
    let registration: Registration
    let login: Login
    let streams: OpenStreams

    var all: [Endpoint] { [register, logIn, secondStep, logOut, me] }

    private var register: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/accounts",
            summary: "Register a candidate under a contract",
            tag: "accounts",
            access: .anyone,
            body: .json(
                .object([
                    .init("email", .text(3...254, example: "candidate@example.org"), "The e-mail address: the login."),
                    .init("password", Self.password, "The password, 8 to 128 characters."),
                    .init("surname", Self.namePart, "Family name, as in the contract."),
                    .init("given_name", Self.namePart, "Given name, as in the contract."),
                    .init("patronymic", .nullable(.text(0...100)), "Patronymic, if any.", required: false),
                    .init("contract_number", .text(1...64), "Registration number of the contract."),
                ])
            ),
            answers: [.init(.created, "The account", .json(AccountView.schema))],
            problems: [.conflict, .tooManyRequests]
        ) { call in
            let form = try call.body(as: RegistrationBody.self)
            let account = try await registration.register(
                Registration.Form(
                    email: form.email,
                    password: form.password,
                    name: PersonName(surname: form.surname, givenName: form.givenName, patronymic: form.patronymic),
                    contractNumber: form.contractNumber
                ),
                from: call.clientAddress
            )
            return try .json(.created, AccountView(account))
        }
    }

    private var logIn: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/login",
            summary: "Log in",
            tag: "accounts",
            access: .anyone,
            body: .json(
                .object([
                    .init("email", .text(1...254, example: "candidate@example.org"), "The e-mail address."),
                    .init("password", .text(1...1_000), "The password."),
                    Self.deliver,
                ])
            ),
            answers: [.init(.ok, "Logged in, or a ticket for the second step", .json(LoginView.schema))],
            problems: [.unauthorized, .forbidden, .tooManyRequests]
        ) { call in
            let form = try call.body(as: LoginBody.self)
            let outcome = try await login.logIn(
                email: form.email,
                password: form.password,
                from: call.device,
                replacing: call.sessionCookie
            )
            switch outcome {
            case .opened(let success):
                return try Self.answer(success, asToken: form.deliver == "token")
            case .secondFactorNeeded(let ticket, let expiresAt):
                return try .json(.ok, LoginView(ticket: ticket.text, expiresAt: expiresAt))
            }
        }
    }

    private var secondStep: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/login/second-factor",
            summary: "Take the second step of a login",
            tag: "accounts",
            access: .anyone,
            body: .json(
                .object([
                    .init("ticket", .text(1...100), "The ticket from the first step; it holds for five minutes."),
                    .init("code", .text(1...100), "The code of the authenticator app, or a recovery code."),
                    Self.deliver,
                ])
            ),
            answers: [.init(.ok, "Logged in", .json(LoginView.schema))],
            problems: [.unauthorized, .forbidden, .tooManyRequests]
        ) { call in
            let form = try call.body(as: SecondStepBody.self)
            let success = try await login.complete(
                ticket: form.ticket,
                code: form.code,
                from: call.device,
                replacing: call.sessionCookie
            )
            return try Self.answer(success, asToken: form.deliver == "token")
        }
    }

    private static func answer(_ success: Login.Success, asToken: Bool) throws -> Answer {
        try .json(
            .ok,
            LoginView(success, token: asToken ? success.token.text : nil),
            headers: asToken ? [] : [success.cookie]
        )
    }

    private static let deliver = Schema.Property(
        "deliver",
        .oneOf(["cookie", "token"]),
        "`cookie` (for browsers, the default) sets a cookie that scripts cannot read; "
            + "`token` (for programs) answers a bearer token.",
        required: false
    )

    private var logOut: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/logout",
            summary: "End this login",
            tag: "accounts",
            access: .permission(.ownAccount),
            answers: [.init(.noContent, "Logged out")],
            worksBeforeSecondFactor: true
        ) { call in
            try await login.logOut(call.principal)
            streams.finish(credentialID: try call.principal.credentialID)
            return Answer(status: .noContent, headers: [SessionCookie.clear], body: .none)
        }
    }

    private var me: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me",
            summary: "The own account",
            tag: "accounts",
            access: .permission(.ownAccount),
            answers: [.init(.ok, "The account", .json(AccountView.schema))],
            worksBeforeSecondFactor: true
        ) { call in
            try .json(.ok, AccountView(call.principal.account))
        }
    }

    static let namePart = Schema.text(1...PersonName.maximumPartLength)
    static let password = Schema.string(.init(length: 8...128, isWriteOnly: true))
}

private struct RegistrationBody: Decodable {
    var email: String
    var password: String
    var surname: String
    var givenName: String
    var patronymic: String?
    var contractNumber: String
}

private struct LoginBody: Decodable {
    var email: String
    var password: String
    var deliver: String?
}

private struct SecondStepBody: Decodable {
    var ticket: String
    var code: String
    var deliver: String?
}

private struct LoginView: Encodable {
    var account: AccountView?
    var expiresAt: Date
    var token: String?
    var secondFactorNeeded: Bool
    var secondFactorMissing: Bool
    var ticket: String?

    init(_ success: Login.Success, token: String?) {
        account = AccountView(success.principal.account)
        expiresAt = success.session.expiresAt
        self.token = token
        secondFactorNeeded = false
        secondFactorMissing = success.principal.mustSetUpSecondFactor
    }

    init(ticket: String, expiresAt: Date) {
        self.expiresAt = expiresAt
        secondFactorNeeded = true
        secondFactorMissing = false
        self.ticket = ticket
    }

    static let schema = Schema.named(
        "Login",
        .object([
            .init("second_factor_needed", .boolean, "Whether the second step is still to come: nobody is in yet."),
            .init("second_factor_missing", .boolean, "Whether a second factor must be set up before anything else."),
            .init("account", AccountView.schema, "Who is logged in.", required: false),
            .init("expires_at", .time, "When the login, or the ticket, ends at the latest."),
            .init("token", .text(), "The bearer token, where asked for.", required: false),
            .init("ticket", .text(), "What the second step needs; it opens nothing else.", required: false),
        ])
    )
}

/// An account as its holder sees it.
struct AccountView: Encodable {
    var id: String
    var email: String
    var surname: String
    var givenName: String
    var patronymic: String?
    var roles: [String]
    var createdAt: Date

    init(_ account: Account) {
        id = account.id.lowercased
        email = account.email.value
        surname = account.name.surname
        givenName = account.name.givenName
        patronymic = account.name.patronymic
        roles = account.roles.map(\.rawValue).sorted()
        createdAt = account.createdAt
    }

    static let schema = Schema.named(
        "Account",
        .object([
            .init("id", .uuid, "The account's identifier."),
            .init("email", .text(), "The e-mail address."),
            .init("surname", .text(), "Family name."),
            .init("given_name", .text(), "Given name."),
            .init("patronymic", .text(), "Patronymic, if any.", required: false),
            .init(
                "roles",
                .array(of: .oneOf(Role.allCases.map(\.rawValue)), count: 1...Role.allCases.count),
                "What the account may do."
            ),
            .init("created_at", .time, "When it was made."),
        ])
    )
}
