import Accounts
import Foundation
import HTTPServer
import Workflows

/// Tokens by which other programs use the API.
struct APITokenEndpoints {
    let tokens: APITokens
    let streams: OpenStreams

    var all: [Endpoint] { [list, issue, revoke] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/api-tokens",
            summary: "Tokens of programs, newest first",
            tag: "tokens",
            access: .permission(.manageAPITokens),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("tokens", .array(of: TokenView.schema, count: 0...500), "The tokens.")]))
                )
            ]
        ) { call in
            let found = try await tokens.tokens(before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["tokens": found.map { TokenView($0) }])
        }
    }

    private var issue: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/api-tokens",
            summary: "Issue a token that acts in your name within its scopes; it is shown this once",
            tag: "tokens",
            access: .permission(.manageAPITokens),
            body: .json(
                .object([
                    .init("name", .text(1...200), "What it is for."),
                    .init("scopes", TokenView.scopes(from: 1), "The rights that it has; you must have them too."),
                    .init("expires_at", .time, "Until when it holds, a year at most."),
                ])
            ),
            answers: [.init(.created, "The token", .json(TokenView.schema))]
        ) { call in
            let form = try call.body(as: TokenBody.self)
            let (token, text) = try await tokens.issue(
                name: form.name,
                scopes: Set(form.scopes),
                expiresAt: form.expiresAt,
                by: call.principal
            )
            return try .json(.created, TokenView(token, text: text))
        }
    }

    private var revoke: Endpoint {
        Endpoint(
            method: .delete,
            path: "/v1/api-tokens/{token_id}",
            summary: "End a token; its event streams end at once",
            tag: "tokens",
            access: .permission(.manageAPITokens),
            answers: [.init(.noContent, "Ended")]
        ) { call in
            let id = try call.id("token_id")
            try await tokens.revoke(id, by: call.principal)
            streams.finish(credentialID: id)
            return .noContent
        }
    }
}

private struct TokenBody: Decodable {
    var name: String
    var scopes: [Permission]
    var expiresAt: Date
}

private struct TokenView: Encodable {
    var id: String
    var name: String
    var issuerId: String
    var scopes: [String]
    var createdAt: Date
    var expiresAt: Date
    var lastUsedAt: Date?
    var token: String?

    init(_ token: APIToken, text: String? = nil) {
        id = token.id.lowercased
        name = token.name
        issuerId = token.issuerID.lowercased
        scopes = token.scopes.map(\.rawValue).sorted()
        createdAt = token.createdAt
        expiresAt = token.expiresAt
        lastUsedAt = token.lastUsedAt
        self.token = text
    }

    static func scopes(from least: Int) -> Schema {
        .array(of: .oneOf(APITokens.grantable.map(\.rawValue)), count: least...APITokens.grantable.count)
    }

    static let schema = Schema.named(
        "APIToken",
        .object([
            .init("id", .uuid, "The token's identifier; it opens nothing."),
            .init("name", .text(), "What it is for."),
            .init("issuer_id", .uuid, "In whose name it acts."),
            .init("scopes", scopes(from: 0), "The rights that it has, as long as its issuer has them."),
            .init("created_at", .time, "When it was issued."),
            .init("expires_at", .time, "Until when it holds."),
            .init("last_used_at", .time, "When it was last used, to a minute.", required: false),
            .init("token", .text(), "The token itself, in the answer to its issue only.", required: false),
        ])
    )
}
