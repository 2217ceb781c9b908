import Attestation
import Foundation
import Proctoring
import StrictDecoding

extension Configuration {
    /// The rules by which flags are raised: the institution's own, or those that the program knows.
    ///
    /// - Throws: `ConfigurationError` that names the file and the place in it.
    var rulesForFlags: FlagRules {
        get throws {
            guard let flagRules else { return .standard }
            return try FlagRuleFile.read(path(flagRules))
        }
    }
}

/// A file of JSON5 with the institution's rules: `{rules: [{id, label: {ru, en}, severity, events, …}]}`.
///
/// What may be left out has the value at which it asks for nothing: one event, no window, nothing before it.
struct FlagRuleFile: Decodable {
    private var rules: [Rule]

    /// How many rules a file has at most.
    static let mostRules = 500

    /// Reads a file.
    ///
    /// - Throws: `ConfigurationError`.
    static func read(_ file: URL) throws -> FlagRules {
        guard let data = try? Data(contentsOf: file) else {
            throw ConfigurationError("flag_rules: cannot read \(file.path)")
        }
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            let rules = try decoder.decode(FlagRuleFile.self, from: data).rules.map(\.rule)
            do {
                return try FlagRules(rules)
            } catch let error as FlagRuleError {
                // Of a name that stands twice, the second one is meant.
                let place = rules.lastIndex { $0.id == error.rule }.map { "rules[\($0)]: " } ?? ""
                throw ConfigurationError("\(file.path): \(place)\(error)")
            }
        } catch let error as DecodingError {
            throw ConfigurationError("\(file.path): \(error.place)")
        }
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case rules
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        rules = try values.decode([Rule].self, forKey: .rules)
        guard rules.count <= Self.mostRules else { throw values.refusal(.rules, "at most \(Self.mostRules) rules") }
    }

    private struct Rule: Decodable {
        var rule: FlagRule

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case id, label, severity, reason, events, atLeast, withinSeconds, precededBy, precedingSeconds, facts
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
            func types(_ key: CodingKeys) throws -> Set<SessionEventType> {
                let names = try values.decodeIfPresent([String].self, forKey: key) ?? []
                return Set(
                    try names.map { name in
                        if let type = SessionEventType(rawValue: name) { return type }
                        throw values.refusal(key, "\"\(name)\" is no type of events; GET /v1/event-types lists them")
                    }
                )
            }
            func choice<Value: RawRepresentable<String> & CaseIterable>(_ key: CodingKeys) throws -> Value {
                let text = try values.decode(String.self, forKey: key)
                guard let value = Value(rawValue: text) else {
                    let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
                    throw values.refusal(key, "\"\(text)\" is none of \(known)")
                }
                return value
            }
            let facts = try values.decodeIfPresent([String: [String]].self, forKey: .facts) ?? [:]
            guard facts.count <= 100,
                facts.allSatisfy({ name, texts in
                    (1...100).contains(name.count) && (1...100).contains(texts.count)
                        && texts.allSatisfy { $0.count <= 100 }
                })
            else { throw values.refusal(.facts, "each fact has 1 to 100 values; names and values have 100 characters") }
            rule = FlagRule(
                id: try values.decode(String.self, forKey: .id),
                label: try values.decode(Label.self, forKey: .label).text,
                severity: try choice(.severity),
                reason: values.contains(.reason) ? try choice(.reason) : .suspicion,
                events: try types(.events),
                atLeast: try values.decodeIfPresent(Int.self, forKey: .atLeast) ?? 1,
                withinSeconds: try values.decodeIfPresent(Int.self, forKey: .withinSeconds) ?? 0,
                precededBy: try types(.precededBy),
                precedingSeconds: try values.decodeIfPresent(Int.self, forKey: .precedingSeconds) ?? 0,
                facts: facts.mapValues { Set($0) }
            )
            guard rule.id.count <= 100 else { throw values.refusal(.id, "at most 100 characters") }
        }
    }

    private struct Label: Decodable {
        var text: BilingualText

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case ru, en
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
            func line(_ key: CodingKeys) throws -> String {
                let text = try values.decode(String.self, forKey: key)
                guard (1...300).contains(text.count), !text.contains(where: \.isNewline) else {
                    throw values.refusal(key, "1 to 300 characters on one line")
                }
                return text
            }
            text = BilingualText(ru: try line(.ru), en: try line(.en))
        }
    }
}
