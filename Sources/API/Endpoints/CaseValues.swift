import Attestation
import Cases
import Foundation
import TransparencyLog

/// How fields of cases stand in bodies and answers.
extension CaseField {
    /// The field as a member of a body.
    var property: Schema.Property {
        Schema.Property(name, kind.schema, "\(label.en) (\(label.ru)).", required: isRequired)
    }

    /// The value of a body's member; nil for what is absent or `null`.
    func value(_ json: JSONValue) -> CaseValue? {
        switch (kind, json) {
        case (.flag, .bool(let flag)): .flag(flag)
        case (.number, _): json.wholeNumber.map { .number(Int($0)) }
        case (.people, .array(let values)): .texts(values.compactMap(\.string))
        case (.rows(let fields, _), .array(let rows)):
            .rows(
                rows.map { row in
                    Dictionary(
                        uniqueKeysWithValues: fields.compactMap { field in
                            row.members[field.name].flatMap { field.value($0) }.map { (field.name, $0) }
                        }
                    )
                }
            )
        case (_, .string(let text)): .text(text)
        default: nil
        }
    }
}

extension CaseStep {
    /// What a body fills in; members that the step does not know are left out.
    func values(in members: [String: JSONValue]) -> [String: CaseValue] {
        Dictionary(
            uniqueKeysWithValues: fields.compactMap { field in
                members[field.name].flatMap { field.value($0) }.map { (field.name, $0) }
            }
        )
    }
}

extension CaseField.Kind {
    fileprivate var schema: Schema {
        switch self {
        // A text of blanks only is none.
        case .text(let length): .string(.init(length: length, pattern: #"\S"#))
        case .choice(let choices): .oneOf(choices.map(\.id))
        case .flag: .boolean
        case .number(let range): .integer(Int64(range.lowerBound)...Int64(range.upperBound))
        case .day: .day
        case .time: .time
        case .people(let count, _): .array(of: .uuid, count: count)
        case .exam: .uuid
        case .rows(let fields, let count): .array(of: .object(fields.map(\.property)), count: count)
        }
    }
}

extension JSONValue {
    /// The members of an object.
    var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }

    /// The text, where it is one.
    var string: String? { if case .string(let text) = self { text } else { nil } }
}

extension Schema {
    /// Any value of a case's field.
    static let caseValue = Schema.named(
        "CaseValue",
        .either([
            .text(0...100_000), .boolean, .integer(-1_000_000...1_000_000_000),
            .array(
                of: .either([
                    .text(0...100_000),
                    .dictionary(of: .either([.text(0...100_000), .boolean, .integer(-1_000_000...1_000_000_000)])),
                ]),
                count: 0...100
            ),
        ])
    )
}
