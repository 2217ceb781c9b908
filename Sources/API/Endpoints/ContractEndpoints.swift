import Accounts
import Foundation
import HTTPServer
import Workflows

/// The register of contracts (row A1).
struct ContractEndpoints {
    let register: ContractRegister
    let imports: ContractImports

    var all: [Endpoint] { [list, contract, importCSV, correct, close, reopen] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/contracts",
            summary: "Contracts in the order of names",
            tag: "contracts",
            access: .permission(.manageContracts),
            parameters: [
                .search("The beginning of a number or of a name."),
                .init(
                    name: "state",
                    place: .query,
                    schema: .oneOf(ContractFilter.State.allCases.map(\.rawValue)),
                    summary: "Only open or closed ones, only those with an account or without."
                ),
                .pageAfter, .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(
                        .object([.init("contracts", .array(of: ContractView.schema, count: 0...500), "The contracts.")])
                    )
                )
            ]
        ) { call in
            let filter = ContractFilter(
                search: call.query("search"),
                state: call.query("state").flatMap { ContractFilter.State(rawValue: $0) },
                after: call.pageAfter,
                limit: call.limit
            )
            return try .json(.ok, ["contracts": try await register.contracts(filter).map { ContractView($0) }])
        }
    }

    private var contract: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/contracts/{contract_id}",
            summary: "One contract, and what was done to it",
            tag: "contracts",
            access: .permission(.manageContracts),
            answers: [.init(.ok, "The contract", .json(ContractEntryView.schema))]
        ) { call in
            try .json(.ok, ContractEntryView(try await register.contract(call.id("contract_id"))))
        }
    }

    private var importCSV: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/contracts/imports",
            summary: "Import contracts from CSV; importing a file again changes nothing",
            tag: "contracts",
            access: .permission(.manageContracts),
            body: .raw(["text/csv"], maximumBytes: 4 * 1024 * 1024),
            answers: [.init(.ok, "What was imported and what was not", .json(ImportView.schema))],
            problems: [.unprocessableContent]
        ) { call in
            let report = try await imports.importCSV(call.request.body)
            return try .json(.ok, ImportView(report, language: call.language))
        }
    }

    private var correct: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/contracts/{contract_id}",
            summary: "Correct the name and the birthday of a contract; the name of a bound account follows",
            tag: "contracts",
            access: .permission(.manageContracts),
            body: .json(
                .object([
                    .init("surname", AccountEndpoints.namePart, "Family name."),
                    .init("given_name", AccountEndpoints.namePart, "Given name."),
                    .init("patronymic", .nullable(.text(0...100)), "Patronymic, if any.", required: false),
                    .init("birth_date", .nullable(ContractView.day), "Birthday, if known.", required: false),
                    .init("reason", .text(1...1_000), "Why; it is recorded."),
                ])
            ),
            answers: [.init(.ok, "The contract", .json(ContractEntryView.schema))]
        ) { call in
            let form = try call.body(as: CorrectionBody.self)
            let entry = try await register.correct(
                call.id("contract_id"),
                name: PersonName(surname: form.surname, givenName: form.givenName, patronymic: form.patronymic),
                birthDate: form.birthDate,
                reason: form.reason,
                by: call.principal
            )
            return try .json(.ok, ContractEntryView(entry))
        }
    }

    private var close: Endpoint {
        change("/v1/contracts/{contract_id}/closing", "Close a contract that has ended") {
            try await register.close($0, reason: $1, by: $2)
        }
    }

    private var reopen: Endpoint {
        change("/v1/contracts/{contract_id}/reopening", "Open a contract again that was closed by mistake") {
            try await register.reopen($0, reason: $1, by: $2)
        }
    }

    private func change(
        _ path: String,
        _ summary: String,
        _ body: @escaping @Sendable (UUID, String, Principal) async throws -> ContractRegister.Entry
    ) -> Endpoint {
        Endpoint(
            method: .post,
            path: path,
            summary: summary,
            tag: "contracts",
            access: .permission(.manageContracts),
            body: .json(ReasonBody.schema),
            answers: [.init(.ok, "The contract", .json(ContractEntryView.schema))],
            problems: [.conflict]
        ) { call in
            let id = try call.id("contract_id")
            let reason = try call.body(as: ReasonBody.self).reason
            return try .json(.ok, ContractEntryView(try await body(id, reason, call.principal)))
        }
    }
}

private struct CorrectionBody: Decodable {
    var surname: String
    var givenName: String
    var patronymic: String?
    var birthDate: CalendarDay?
    var reason: String
}

/// What came of an import.
private struct ImportView: Encodable {
    var added: Int
    var corrected: Int
    var unchanged: Int
    var refused: [String]
    var refusedCount: Int
    var notRead: [Line]
    var notReadCount: Int

    struct Line: Encodable {
        var line: Int
        var reason: String
    }

    /// An import may go wrong on every line; so many are told one by one.
    static let mostTold = 1_000

    init(_ report: ContractImports.Report, language: LocalizedText.Language) {
        added = report.count(.added)
        corrected = report.count(.corrected)
        unchanged = report.count(.unchanged)
        refused = report.refused.prefix(Self.mostTold).map(\.value)
        refusedCount = report.refused.count
        notRead = report.problems.prefix(Self.mostTold).map {
            Line(line: $0.line, reason: LocalizedText(ru: $0.russianReason, en: $0.reason).text(in: language))
        }
        notReadCount = report.problems.count
    }

    static let schema = Schema.object([
        .init("added", .index, "Contracts that are new."),
        .init("corrected", .index, "Contracts whose name or birthday was replaced."),
        .init("unchanged", .index, "Contracts that were there just so."),
        .init(
            "refused",
            .array(of: .text(), count: 0...mostTold),
            "Numbers that have an account under another name: look at them and correct them one by one."
        ),
        .init("refused_count", .index, "How many there are."),
        .init(
            "not_read",
            .array(
                of: .object([
                    .init("line", .index, "The line in the file, from 1."),
                    .init("reason", .text(), "What is wrong."),
                ]),
                count: 0...mostTold
            ),
            "Lines that were not read."
        ),
        .init("not_read_count", .index, "How many there are."),
    ])
}
