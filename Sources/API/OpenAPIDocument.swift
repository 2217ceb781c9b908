import Accounts
import Foundation
import HTTPServer
import Identification
import QuestionFormats
import TransparencyLog

/// Writes the OpenAPI 3.1 document from the endpoint table.
struct OpenAPIDocument {
    let endpoints: [Endpoint]
    let version: String

    /// The document as canonical JSON.
    ///
    /// - Throws: what the encoder throws; values from the table are always JSON.
    func json() throws -> Data {
        var shared: [String: JSONValue] = [:]
        var paths: [String: JSONValue] = [:]
        for (path, operations) in Dictionary(grouping: endpoints, by: \.path) {
            var item: [String: JSONValue] = [:]
            for endpoint in operations {
                item[endpoint.method.rawValue.lowercased()] = operation(endpoint, collecting: &shared)
            }
            paths[path] = .object(item)
        }
        shared["Problem"] = Self.problemSchema.document(collecting: &shared)
        let document = JSONValue.object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string("attestd"),
                "version": .string(version),
                "description": .string("Identification and attestation of people who are not in the room."),
                "license": .object(["name": .string("Apache-2.0"), "identifier": .string("Apache-2.0")]),
            ]),
            "paths": .object(paths),
            "components": .object([
                "schemas": .object(shared),
                "securitySchemes": .object([
                    "bearer": .object(["type": .string("http"), "scheme": .string("bearer")]),
                    "cookie": .object([
                        "type": .string("apiKey"), "in": .string("cookie"), "name": .string(SessionCookie.name),
                    ]),
                ]),
            ]),
        ])
        return Data(try CanonicalJSON.encode(document))
    }

    private func operation(_ endpoint: Endpoint, collecting shared: inout [String: JSONValue]) -> JSONValue {
        var members: [String: JSONValue] = [
            "summary": .string(endpoint.summary),
            "operationId": .string(endpoint.operationID),
            "tags": .array([.string(endpoint.tag)]),
        ]
        let parameters = parameters(of: endpoint, collecting: &shared)
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        switch endpoint.body {
        case .none:
            break
        case .json(let schema, _):
            let content = JSONValue.object([
                "application/json": .object(["schema": schema.document(collecting: &shared)])
            ])
            members["requestBody"] = .object(["required": .bool(true), "content": content])
        case .raw(let types, let bytes):
            let schema = JSONValue.object(["type": .string("string"), "maxLength": .integer(Int64(bytes))])
            let content = Dictionary(uniqueKeysWithValues: types.map { ($0, JSONValue.object(["schema": schema])) })
            members["requestBody"] = .object(["required": .bool(true), "content": .object(content)])
        }
        members["responses"] = .object(responses(of: endpoint, collecting: &shared))
        if case .permission(let permission) = endpoint.access {
            members["security"] = .array([
                .object(["bearer": .array([])]), .object(["cookie": .array([])]),
            ])
            members["x-permission"] = .string(permission.rawValue)
            members["x-needs-session"] = .bool(permission.needsSession)
            members["x-roles"] = .array(permission.roles.map(\.rawValue).sorted().map { .string($0) })
        } else {
            members["security"] = .array([])
        }
        return .object(members)
    }

    private func parameters(of endpoint: Endpoint, collecting shared: inout [String: JSONValue]) -> [JSONValue] {
        let inPath = endpoint.pathParameters.map { name in
            JSONValue.object([
                "name": .string(name), "in": .string("path"), "required": .bool(true),
                "schema": Self.pathSchema(name).document(collecting: &shared),
            ])
        }
        let others = endpoint.parameters.map { parameter in
            JSONValue.object([
                "name": .string(parameter.name), "in": .string(parameter.place.rawValue), "required": .bool(false),
                "description": .string(parameter.summary),
                "schema": parameter.schema.document(collecting: &shared),
            ])
        }
        return inPath + others
    }

    private func responses(
        of endpoint: Endpoint,
        collecting shared: inout [String: JSONValue]
    ) -> [String: JSONValue] {
        var all: [String: JSONValue] = [:]
        for rule in endpoint.answers {
            var response: [String: JSONValue] = ["description": .string(rule.summary)]
            switch rule.content {
            case .none: break
            case .json(let schema):
                response["content"] = .object([
                    "application/json": .object(["schema": schema.document(collecting: &shared)])
                ])
            case .raw(let types):
                // A file of JSON is a value of some shape, any other file a string of bytes.
                let content = types.map { type -> (String, JSONValue) in
                    let schema: [String: JSONValue] = type == "application/json" ? [:] : ["type": .string("string")]
                    return (type, .object(["schema": .object(schema)]))
                }
                response["content"] = .object(Dictionary(uniqueKeysWithValues: content))
            }
            all[String(rule.status.code)] = .object(response)
        }
        let reference = JSONValue.object(["$ref": .string("#/components/schemas/Problem")])
        for status in endpoint.allProblems where all[String(status.code)] == nil {
            var content: [String: JSONValue] = ["application/problem+json": .object(["schema": reference])]
            if endpoint.showsProblemsAsPages {
                content["text/html"] = .object(["schema": .object(["type": .string("string")])])
            }
            all[String(status.code)] = .object([
                "description": .string(status.reasonPhrase), "content": .object(content),
            ])
        }
        return all
    }

    /// Identifiers are UUIDs, numbers of ticket items are counted from one, everything else is a short name.
    private static func pathSchema(_ name: String) -> Schema {
        if name.hasSuffix("_id") { return .uuid }
        return switch name {
        case "number": .integer(1...1_000)
        case "procedure": .oneOf(ProcedureKind.allCases.map(\.rawValue))
        case "kind": ConsentSchemas.kind
        case "picture": .oneOf(VisualCase.PictureKind.allCases.map(\.rawValue) + ["portrait"])
        case "format": .oneOf(QuestionFormat.allCases.map(\.rawValue))
        case "level": .integer(0...63)
        // The groups of digits in a tile's number, the last perhaps with a width (C2SP tlog-tiles).
        case "a", "b", "c", "d", "e": .string(Schema.StringRule(length: 1...6, pattern: "^x?[0-9]{1,3}([.]p)?$"))
        case "sha256": .string(Schema.StringRule(length: 64...64, pattern: "^[0-9a-f]{64}$"))
        default: .line(1...100)
        }
    }

    private static let problemSchema = Schema.object([
        .init("type", .text(), "Names the kind of problem."),
        .init("title", .text(), "The status in words."),
        .init("status", .integer(400...599), "The HTTP status."),
        .init("code", .text(), "A stable code for programs."),
        .init("detail", .text(), "What happened and what to do, in the language asked for."),
        .init("instance", .text(), "The request's number, to be reported.", required: false),
        .init(
            "faults",
            .array(
                of: .object([
                    .init("code", .text(), "A stable code.", required: false),
                    .init("pointer", .text(), "The place in the body (RFC 6901) or the parameter.", required: false),
                    .init("detail", .text(), "What is wrong."),
                ]),
                count: 0...100
            ),
            "The single faults.",
            required: false
        ),
    ])
}

extension Endpoint {
    /// A stable name for generated clients: `post_exams_exam_id_attempts`.
    var operationID: String {
        let words = path.split(separator: "/").drop { $0 == "v1" }
            .map { $0.filter { $0 != "{" && $0 != "}" }.replacingOccurrences(of: ".", with: "_") }
            .map { $0.replacingOccurrences(of: "-", with: "_") }
        return ([method.rawValue.lowercased()] + words).joined(separator: "_")
    }

    /// All problems that the endpoint may answer: its own and those that its access, parameters and body bring about.
    var allProblems: [HTTPStatus] {
        var all = Set(problems)
        all.formUnion([
            .badRequest, .requestTimeout, .internalServerError, .serviceUnavailable, .insufficientStorage,
        ])
        if case .permission = access { all.formUnion([.unauthorized, .forbidden]) }
        if !pathParameters.isEmpty { all.insert(.notFound) }
        if parameters.contains(where: { $0.place == .query }) { all.insert(.uriTooLong) }
        switch body {
        case .none: all.insert(.contentTooLarge)
        case .json: all.formUnion([.contentTooLarge, .unsupportedMediaType, .unprocessableContent])
        case .raw: all.formUnion([.contentTooLarge, .unsupportedMediaType])
        }
        return all.sorted { $0.code < $1.code }
    }
}
