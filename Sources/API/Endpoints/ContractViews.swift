import Accounts
import Foundation
import Workflows

/// A contract as staff and its holder see it.
struct ContractView: Encodable {
    var id: String
    var number: String
    var surname: String
    var givenName: String
    var patronymic: String?
    var birthDate: String?
    var accountId: String?
    var importedAt: Date
    var closedAt: Date?

    init(_ contract: Contract) {
        id = contract.id.lowercased
        number = contract.number.value
        surname = contract.name.surname
        givenName = contract.name.givenName
        patronymic = contract.name.patronymic
        birthDate = contract.birthDate?.description
        accountId = contract.accountID?.lowercased
        importedAt = contract.importedAt
        closedAt = contract.closedAt
    }

    /// A day as in `2009-01-31`; whether the calendar has it, the handler finds.
    static let day = Schema.string(
        .init(length: 10...10, pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", example: "2009-01-31")
    )

    static let properties: [Schema.Property] = [
        .init("id", .uuid, "The contract's identifier."),
        .init("number", .text(), "The registration number."),
        .init("surname", .text(), "Family name."),
        .init("given_name", .text(), "Given name."),
        .init("patronymic", .text(), "Patronymic, if any.", required: false),
        .init("birth_date", day, "Birthday, if known.", required: false),
        .init("account_id", .uuid, "The account bound to it, once its holder has registered.", required: false),
        .init("imported_at", .time, "When it was imported."),
        .init("closed_at", .time, "When it ended.", required: false),
    ]

    static let schema = Schema.named("Contract", .object(properties))
}

/// A contract with what was done to it.
struct ContractEntryView: Encodable {
    var contract: ContractView
    var isNamedOtherwise: Bool
    var changes: [Change]

    struct Change: Encodable {
        var kind: String
        var reason: String
        var nameBefore: String
        var birthDateBefore: String?
        var by: String
        var at: Date
    }

    init(_ entry: ContractRegister.Entry) {
        contract = ContractView(entry.contract)
        isNamedOtherwise = entry.isNamedOtherwise
        changes = entry.changes.map {
            Change(
                kind: $0.kind.rawValue,
                reason: $0.reason,
                nameBefore: $0.nameBefore.displayed,
                birthDateBefore: $0.birthDateBefore?.description,
                by: $0.by.lowercased,
                at: $0.at
            )
        }
    }

    static let schema = Schema.named(
        "ContractEntry",
        .object([
            .init("contract", ContractView.schema, "The contract."),
            .init("is_named_otherwise", .boolean, "Whether the account bound to it carries another name."),
            .init(
                "changes",
                .array(
                    of: .object([
                        .init("kind", .oneOf(ContractChange.Kind.allCases.map(\.rawValue)), "What was done."),
                        .init("reason", .text(), "Why."),
                        .init("name_before", .text(), "The name that stood there before."),
                        .init("birth_date_before", ContractView.day, "The birthday before.", required: false),
                        .init("by", .uuid, "By whom."),
                        .init("at", .time, "When."),
                    ]),
                    count: 0...10_000
                ),
                "What staff did to it, oldest first."
            ),
        ])
    )
}
