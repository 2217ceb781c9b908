import Accounts
import Foundation
import HTTPServer
import Workflows

/// Consent texts, and a candidate's own consents (rows B5, C8, F4).
struct ConsentEndpoints {
    let register: ConsentRegister

    var all: [Endpoint] { [texts, publish, own, state, withdraw] }

    private var texts: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/consent-texts",
            summary: "The consent texts in force, to be shown word by word",
            tag: "consents",
            // They hold nothing personal, and people may read them before they register.
            access: .anyone,
            answers: [
                .init(
                    .ok,
                    "The texts",
                    .json(
                        .object([
                            .init("texts", .array(of: ConsentTextView.schema, count: 0...20), "One of each kind.")
                        ])
                    )
                )
            ]
        ) { _ in
            try .json(.ok, ["texts": try await register.texts().map { ConsentTextView($0) }])
        }
    }

    private var publish: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/consent-texts",
            summary: "Publish the next version of a consent text; versions are never edited",
            tag: "consents",
            access: .permission(.manageConsents),
            body: .json(PublicationBody.schema, maximumBytes: 512 * 1024),
            answers: [.init(.created, "The text", .json(ConsentTextView.schema))]
        ) { call in
            let body = try call.body(as: PublicationBody.self)
            let text = try await register.publish(
                body.kind,
                russian: body.ru,
                english: body.en,
                requiresRenewal: body.requiresRenewal ?? false,
                principal: call.principal
            )
            return try .json(.created, ConsentTextView(text))
        }
    }

    private var own: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/consents",
            summary: "The own consents: given, refused, withdrawn or missing",
            tag: "consents",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The consents", .json(ConsentsView.schema))],
            problems: [.notFound]
        ) { call in
            try .json(.ok, ConsentsView(try await register.standing(of: call.principal.id)))
        }
    }

    private var state: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/consents",
            summary: "Give or refuse a consent to the text that was shown; stating the same again changes nothing",
            tag: "consents",
            access: .permission(.sitExams),
            body: .json(StatementBody.schema),
            answers: [.init(.ok, "The consents", .json(ConsentsView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: StatementBody.self)
            let standing = try await register.state(
                ConsentRegister.OwnStatement(
                    kind: body.kind,
                    decision: body.decision ?? .given,
                    version: body.version,
                    digest: body.sha256,
                    partners: body.partners ?? []
                ),
                principal: call.principal
            )
            return try .json(.ok, ConsentsView(standing))
        }
    }

    private var withdraw: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/consents/{kind}/withdrawal",
            summary: "Take a consent back; after the biometric one portrait, frames and templates are destroyed",
            tag: "consents",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The consents", .json(ConsentsView.schema))],
            problems: [.conflict]
        ) { call in
            let standing = try await register.withdraw(call.consentKind, principal: call.principal)
            return try .json(.ok, ConsentsView(standing))
        }
    }
}

extension Call {
    /// The kind of consent in the path.
    var consentKind: ConsentKind {
        get throws {
            guard let kind = request.parameters["kind"].flatMap({ ConsentKind(rawValue: $0) }) else {
                throw Refusal(
                    .notFound,
                    "consent_kind_unknown",
                    ru: "Такого вида согласия нет.",
                    en: "There is no such kind of consent."
                )
            }
            return kind
        }
    }
}

private struct PublicationBody: Decodable {
    var kind: ConsentKind
    var ru: String
    var en: String
    var requiresRenewal: Bool?

    static let schema = Schema.object([
        .init("kind", ConsentSchemas.kind, "What the consent is about."),
        .init("ru", .text(1...50_000), "The Russian text."),
        .init("en", .text(1...50_000), "The English text."),
        .init(
            "requires_renewal",
            .boolean,
            "Whether consents to earlier versions count no more; false by default.",
            required: false
        ),
    ])
}

private struct StatementBody: Decodable {
    var kind: ConsentKind
    var version: Int
    var sha256: String
    var decision: ConsentStatement.Decision?
    var partners: [String]?

    static let schema = Schema.object([
        .init("kind", ConsentSchemas.kind, "What the consent is about."),
        .init("version", ConsentSchemas.version, "The version of the text that was shown."),
        .init(
            "sha256",
            .string(.init(length: 64...64, pattern: "^[0-9a-f]{64}$")),
            "SHA-256 of the text as it was shown, Russian or English, in UTF-8."
        ),
        .init("decision", .oneOf(["given", "refused"]), "`given` by default.", required: false),
        .init("partners", ConsentSchemas.partners, "For `partner_transfer`: to whom.", required: false),
    ])
}
