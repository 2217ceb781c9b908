import Accounts
import Foundation
import HTTPServer
import Workflows

/// The accounts as staff see them: search, staff, roles, disabling (row A6).
struct AccountRegisterEndpoints {
    let administration: AccountAdministration
    let streams: OpenStreams

    var all: [Endpoint] { [list, account, addStaff, setRoles, disable, enable] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/accounts",
            summary: "Accounts in the order of names; who only supports people sees candidates",
            tag: "account register",
            access: .permission(.supportAccounts),
            parameters: [
                .search("The beginning of a name or of an e-mail address."),
                .init(
                    name: "role",
                    place: .query,
                    schema: .oneOf(Role.allCases.map(\.rawValue)),
                    summary: "Only accounts with this role."
                ),
                .init(
                    name: "state",
                    place: .query,
                    schema: .oneOf(["active", "disabled"]),
                    summary: "Only those that can log in, or only those that cannot."
                ),
                .pageAfter, .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(
                        .object([
                            .init("accounts", .array(of: StaffAccountView.schema, count: 0...500), "The accounts.")
                        ])
                    )
                )
            ]
        ) { call in
            let filter = AccountFilter(
                search: call.query("search"),
                role: call.query("role").flatMap { Role(rawValue: $0) },
                isDisabled: call.query("state").map { $0 == "disabled" },
                after: call.pageAfter,
                limit: call.limit
            )
            let found = try await administration.accounts(filter, for: call.principal)
            return try .json(.ok, ["accounts": found.map { StaffAccountView($0) }])
        }
    }

    private var account: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/accounts/{account_id}",
            summary: "One account",
            tag: "account register",
            access: .permission(.supportAccounts),
            answers: [.init(.ok, "The account", .json(StaffAccountView.schema))]
        ) { call in
            let standing = try await administration.account(call.id("account_id"), for: call.principal)
            return try .json(.ok, StaffAccountView(standing))
        }
    }

    private var addStaff: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/staff",
            summary: "Open an account of staff; its holder sets the password by the code, which is shown this once",
            tag: "account register",
            access: .permission(.manageAccounts),
            body: .json(
                .object([
                    .init("email", .text(3...254, example: "examiner@example.org"), "The e-mail address: the login."),
                    .init("surname", AccountEndpoints.namePart, "Family name."),
                    .init("given_name", AccountEndpoints.namePart, "Given name."),
                    .init("patronymic", .nullable(.text(0...100)), "Patronymic, if any.", required: false),
                    .init("roles", Self.staffRoles, "What the account may do."),
                ])
            ),
            answers: [.init(.created, "The code for the first password", .json(PasswordResetView.schema))],
            problems: [.conflict]
        ) { call in
            let form = try call.body(as: StaffBody.self)
            let issue = try await administration.addStaff(
                email: form.email,
                name: PersonName(surname: form.surname, givenName: form.givenName, patronymic: form.patronymic),
                roles: Set(form.roles),
                by: call.principal
            )
            return try .json(.created, PasswordResetView(issue))
        }
    }

    private var setRoles: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/accounts/{account_id}/roles",
            summary: "Set the roles of a member of staff; all their logins end",
            tag: "account register",
            access: .permission(.manageAccounts),
            body: .json(.object([.init("roles", Self.staffRoles, "All roles from now on.")])),
            answers: [.init(.ok, "The account", .json(StaffAccountView.schema))],
            problems: [.conflict]
        ) { call in
            let id = try call.id("account_id")
            let roles = Set(try call.body(as: RolesBody.self).roles)
            let account = try await administration.setRoles(roles, of: id, by: call.principal)
            streams.finish(accountID: id)
            return try .json(.ok, StaffAccountView(account))
        }
    }

    private var disable: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/accounts/{account_id}/disabling",
            summary: "Disable an account; its logins, tokens and event streams end at once",
            tag: "account register",
            access: .permission(.manageAccounts),
            body: .json(ReasonBody.schema),
            answers: [.init(.ok, "The account", .json(StaffAccountView.schema))],
            problems: [.conflict]
        ) { call in
            let id = try call.id("account_id")
            let reason = try call.body(as: ReasonBody.self).reason
            let account = try await administration.disable(id, reason: reason, by: call.principal)
            streams.finish(accountID: id)
            return try .json(.ok, StaffAccountView(account))
        }
    }

    private var enable: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/accounts/{account_id}/enabling",
            summary: "Enable an account again",
            tag: "account register",
            access: .permission(.manageAccounts),
            body: .json(ReasonBody.schema),
            answers: [.init(.ok, "The account", .json(StaffAccountView.schema))]
        ) { call in
            let reason = try call.body(as: ReasonBody.self).reason
            let account = try await administration.enable(call.id("account_id"), reason: reason, by: call.principal)
            return try .json(.ok, StaffAccountView(account))
        }
    }

    private static let staffRoles = Schema.array(
        of: .oneOf(Role.allCases.filter(\.isStaff).map(\.rawValue)),
        count: 1...Role.allCases.count
    )
}

private struct StaffBody: Decodable {
    var email: String
    var surname: String
    var givenName: String
    var patronymic: String?
    var roles: [Role]
}

private struct RolesBody: Decodable {
    var roles: [Role]
}

/// Why something was done that must be accounted for.
struct ReasonBody: Decodable {
    var reason: String

    static let schema = Schema.object([.init("reason", .text(1...1_000), "Why; it is recorded.")])
}

/// An account as staff see it.
private struct StaffAccountView: Encodable {
    var id: String
    var email: String
    var surname: String
    var givenName: String
    var patronymic: String?
    var roles: [String]
    var createdAt: Date
    var disabledAt: Date?
    var hasSecondFactor: Bool?
    var contracts: [ContractView]?

    init(_ account: Account) {
        id = account.id.lowercased
        email = account.email.value
        surname = account.name.surname
        givenName = account.name.givenName
        patronymic = account.name.patronymic
        roles = account.roles.map(\.rawValue).sorted()
        createdAt = account.createdAt
        disabledAt = account.disabledAt
    }

    init(_ standing: AccountAdministration.Standing) {
        self.init(standing.account)
        hasSecondFactor = standing.hasSecondFactor
        contracts = standing.contracts.map { ContractView($0) }
    }

    static let schema = Schema.named(
        "AccountForStaff",
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
            .init("disabled_at", .time, "Since when nobody can log in with it.", required: false),
            .init("has_second_factor", .boolean, "Of one account: whether it has a second factor.", required: false),
            .init(
                "contracts",
                .array(of: ContractView.schema, count: 0...1_000),
                "Of one account: the contracts bound to it.",
                required: false
            ),
        ])
    )
}
