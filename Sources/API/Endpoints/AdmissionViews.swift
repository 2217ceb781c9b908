import Attestation
import Foundation
import Workflows

/// Why one can or cannot start.
struct AdmissionView: Encodable {
    var mayStart: Bool
    var conditions: [Condition]

    struct Condition: Encodable {
        var code: String
        var isMet: Bool
        var text: String
    }

    init(_ conditions: [AdmissionGate.Condition], language: LocalizedText.Language) {
        mayStart = conditions.allSatisfy(\.isMet)
        self.conditions = conditions.map {
            Condition(code: $0.code, isMet: $0.isMet, text: $0.text.text(in: language))
        }
    }

    static let schema = Schema.named(
        "Admission",
        .object([
            .init("may_start", .boolean, "Whether all are fulfilled."),
            .init(
                "conditions",
                .array(
                    of: .object([
                        .init("code", .text(1...50), "Which one."),
                        .init("is_met", .boolean, "Whether it is fulfilled."),
                        .init("text", .text(), "What it is, or what to do."),
                    ]),
                    count: 1...20
                ),
                "In the order in which one fulfils them."
            ),
        ])
    )
}

/// What an exam asks for.
struct RulesBody: Codable {
    var accessKey: Bool
    var systemCheck: Bool
    var retake: Bool
    var creditUnit: Int?

    init(_ rules: AdmissionRules) {
        accessKey = rules.needsAccessKey
        systemCheck = rules.needsSystemCheck
        retake = rules.isRetake
        creditUnit = rules.creditUnit
    }

    var rules: AdmissionRules {
        AdmissionRules(
            needsAccessKey: accessKey,
            needsSystemCheck: systemCheck,
            isRetake: retake,
            creditUnit: creditUnit
        )
    }

    static let schema = Schema.named(
        "AdmissionRules",
        .object([
            .init("access_key", .boolean, "Whether an access key must be entered."),
            .init("system_check", .boolean, "Whether the device must have passed a system check within a day."),
            .init("retake", .boolean, "Whether only those sit it to whom a retake was granted at it."),
            .init(
                "credit_unit",
                .nullable(.integer(1...100)),
                "The credit unit whose current control the exam is.",
                required: false
            ),
        ])
    )
}

/// The credit units of a discipline.
struct UnitsBody: Codable {
    var titles: [String]

    static func schema(least: Int) -> Schema {
        .object([
            .init("titles", .array(of: .line(1...200), count: least...100), "What each unit is called, in order.")
        ])
    }
}

/// The outcome of a current control.
struct CreditResultBody: Decodable {
    var candidateId: UUID
    var discipline: String
    var unit: Int
    var grade: Grade

    static let schema = Schema.object([
        .init("candidate_id", .uuid, "The candidate's account."),
        .init("discipline", .line(1...100), "The code of the discipline."),
        .init("unit", .integer(1...100), "The credit unit, counted from 1."),
        .init("grade", .oneOf(Grade.allCases.map(\.rawValue)), "The outcome."),
    ])
}

/// How a candidate stands in the credit units of a discipline.
struct CreditStandingView: Encodable {
    var discipline: String
    var isPositive: Bool
    var units: [Unit]

    struct Unit: Encodable {
        var number: Int
        var title: String
        var grade: String?
        var gradeText: String?
        var isPositive: Bool
        var attemptId: String?
    }

    init(discipline: String, _ units: [CurrentControl.Unit]) {
        self.discipline = discipline
        isPositive = units.allSatisfy(\.isPositive)
        self.units = units.map {
            Unit(
                number: $0.number,
                title: $0.title,
                grade: $0.grade?.rawValue,
                gradeText: $0.grade?.label,
                isPositive: $0.isPositive,
                attemptId: $0.attemptID?.lowercased
            )
        }
    }

    static let schema = Schema.named(
        "CurrentControl",
        .object([
            .init("discipline", .text(), "The code of the discipline."),
            .init("is_positive", .boolean, "Whether it is positive in all units."),
            .init(
                "units",
                .array(
                    of: .object([
                        .init("number", .integer(1...100), "Counts from 1."),
                        .init("title", .text(), "What the unit is called."),
                        .init("grade", .oneOf(Grade.allCases.map(\.rawValue)), "The outcome, if any.", required: false),
                        .init("grade_text", .text(), "The outcome in Russian.", required: false),
                        .init("is_positive", .boolean, "Whether it is positive."),
                        .init("attempt_id", .uuid, "The attempt that it comes from.", required: false),
                    ]),
                    count: 0...100
                ),
                "The units in order."
            ),
        ])
    )
}

/// A key to be issued.
struct KeyBody: Decodable {
    var group: String?
    var groupId: UUID?
    var candidateId: UUID?
    var validFrom: Date
    var validUntil: Date

    var recipient: AccessKeys.Recipient {
        get throws {
            switch (group, groupId, candidateId) {
            case (let name?, nil, nil): return .groupNamed(name)
            case (nil, let id?, nil): return .group(id)
            case (nil, nil, let id?): return .candidate(id)
            default:
                throw Refusal(
                    .unprocessable,
                    "access_key_holder",
                    ru: "Ключ выдаётся либо группе, либо обучающемуся.",
                    en: "A key is either for a group or for a candidate."
                )
            }
        }
    }

    static let schema = Schema.object([
        .init("group_id", .nullable(.uuid), "The group of the register that it is for.", required: false),
        .init(
            "group",
            .nullable(.line(1...100)),
            "The same by its name; the study group where an academic one is called the same.",
            required: false
        ),
        .init("candidate_id", .nullable(.uuid), "The candidate whom it is for.", required: false),
        .init("valid_from", .time, "From when it opens."),
        .init("valid_until", .time, "Until when."),
    ])
}

/// An access key as staff see it.
struct KeyView: Encodable {
    var id: String
    var key: String?
    var group: String?
    var groupId: String?
    var candidateId: String?
    var validFrom: Date
    var validUntil: Date
    var issuedBy: String
    var at: Date
    var revokedAt: Date?

    init(_ key: AccessKey, text: String? = nil) {
        id = key.id.lowercased
        self.key = text
        switch key.holder {
        case .group(let id, let name): (groupId, group) = (id?.lowercased, name)
        case .candidate(let id): candidateId = id.lowercased
        }
        validFrom = key.validFrom
        validUntil = key.validUntil
        issuedBy = key.issuedBy.lowercased
        at = key.at
        revokedAt = key.revokedAt
    }

    static let schema = Schema.named(
        "AccessKey",
        .object([
            .init("id", .uuid, "The key's identifier, which opens nothing."),
            .init("key", .text(19...19), "What is to be entered; only once.", required: false),
            .init("group_id", .uuid, "The group that it is for; only its members may enter it.", required: false),
            .init("group", .text(), "That group's name.", required: false),
            .init("candidate_id", .uuid, "The candidate whom it is for.", required: false),
            .init("valid_from", .time, "From when it opens."),
            .init("valid_until", .time, "Until when."),
            .init("issued_by", .uuid, "Who issued it."),
            .init("at", .time, "When."),
            .init("revoked_at", .time, "When it was revoked.", required: false),
        ])
    )
}

/// A key that is entered.
struct EntryBody: Decodable {
    var key: String

    static let schema = Schema.object([
        .init(
            "key",
            .string(.init(length: 1...64, isWriteOnly: true)),
            "The key; case, blanks and dashes play no part."
        )
    ])
}
