import TransparencyLog

/// How schemas stand in the OpenAPI 3.1 document (JSON Schema 2020-12).
extension Schema {
    /// The schema as JSON; shared shapes are collected and referred to.
    func document(collecting shared: inout [String: JSONValue]) -> JSONValue {
        switch self {
        case .string(let rule):
            return rule.document
        case .integer(let range):
            return .object([
                "type": .string("integer"),
                "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ])
        case .number:
            return .object(["type": .string("number")])
        case .boolean:
            return .object(["type": .string("boolean")])
        case .array(let element, let count):
            return .object([
                "type": .string("array"),
                "items": element.document(collecting: &shared),
                "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ])
        case .object(let properties):
            var members: [String: JSONValue] = [:]
            for property in properties {
                members[property.name] = property.schema.document(collecting: &shared)
                    .describing(property.summary)
            }
            return .object([
                "type": .string("object"),
                "properties": .object(members),
                "required": .array(properties.filter(\.isRequired).map { .string($0.name) }),
            ])
        case .dictionary(let element):
            return .object([
                "type": .string("object"),
                "additionalProperties": element.document(collecting: &shared),
            ])
        case .either(let alternatives):
            return .object(["anyOf": .array(alternatives.map { $0.document(collecting: &shared) })])
        case .named(let name, let schema):
            if shared[name] == nil {
                shared[name] = .null
                shared[name] = schema.document(collecting: &shared)
            }
            return .object(["$ref": .string("#/components/schemas/\(name)")])
        case .nullable(let schema):
            return .object([
                "anyOf": .array([schema.document(collecting: &shared), .object(["type": .string("null")])])
            ])
        }
    }
}

extension Schema.StringRule {
    fileprivate var document: JSONValue {
        var members: [String: JSONValue] = ["type": .string("string")]
        if let values {
            members["enum"] = .array(values.map { .string($0) })
        } else {
            members["minLength"] = .integer(Int64(length.lowerBound))
            members["maxLength"] = .integer(Int64(length.upperBound))
        }
        members["format"] = format.map { .string($0.rawValue) }
        members["pattern"] = pattern.map { .string($0) }
        members["examples"] = example.map { .array([.string($0)]) }
        if isWriteOnly { members["writeOnly"] = .bool(true) }
        return .object(members)
    }
}

extension JSONValue {
    /// The same schema with a description.
    fileprivate func describing(_ summary: String) -> JSONValue {
        guard case .object(var members) = self, !summary.isEmpty else { return self }
        members["description"] = .string(summary)
        return .object(members)
    }
}
