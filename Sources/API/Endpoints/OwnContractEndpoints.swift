import Accounts
import HTTPServer
import Workflows

/// A candidate's own contracts (row A1).
struct OwnContractEndpoints {
    let contracts: OwnContracts

    var all: [Endpoint] { [list, bind] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/contracts",
            summary: "The own contracts, oldest first",
            tag: "own account",
            access: .permission(.sitExams),
            answers: [
                .init(
                    .ok,
                    "The contracts",
                    .json(
                        .object([
                            .init("contracts", .array(of: ContractView.schema, count: 0...1_000), "The contracts.")
                        ])
                    )
                )
            ]
        ) { call in
            let found = try await contracts.contracts(of: call.principal)
            return try .json(.ok, ["contracts": found.map { ContractView($0) }])
        }
    }

    private var bind: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/contracts",
            summary: "Bind a further contract to the own account; the name in it must be the account's",
            tag: "own account",
            access: .permission(.sitExams),
            body: .json(.object([.init("contract_number", .text(1...64), "Registration number of the contract.")])),
            answers: [.init(.created, "The contract", .json(ContractView.schema))],
            problems: [.tooManyRequests]
        ) { call in
            let contract = try await contracts.bind(
                try call.body(as: BindingBody.self).contractNumber,
                to: call.principal,
                from: call.clientAddress
            )
            return try .json(.created, ContractView(contract))
        }
    }
}

private struct BindingBody: Decodable {
    var contractNumber: String
}
