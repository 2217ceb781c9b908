import Accounts
import Cryptography
import Foundation
import Workflows

/// Shapes that the endpoints of consents share.
enum ConsentSchemas {
    static let kind = Schema.oneOf(ConsentKind.allCases.map(\.rawValue))
    static let version = Schema.integer(1...1_000_000)
    static let partners = Schema.array(of: .text(1...300), count: 0...100)
    static let decision = Schema.oneOf(ConsentStatement.Decision.allCases.map(\.rawValue))
    static let statedBy = Schema.oneOf(["person", "representative"])

    static let representative = Schema.object([
        .init("name", .text(1...300), "The name."),
        .init("relationship", .text(1...100), "What the representative is to the person."),
    ])

    static let document = Schema.object([
        .init("reference", .text(1...200), "Where the signed paper is filed."),
        .init("date", .day, "The date on it."),
        .init("note", .nullable(.text(0...2_000)), "Anything else worth noting.", required: false),
    ])
}

/// A consent text as everybody sees it.
struct ConsentTextView: Encodable {
    var kind: String
    var version: Int
    var ru: Wording
    var en: Wording
    var isTemplate: Bool
    var requiresRenewal: Bool
    var publishedAt: Date

    struct Wording: Encodable {
        var text: String
        var sha256: String
    }

    init(_ text: ConsentText) {
        kind = text.kind.rawValue
        version = text.version
        ru = Wording(text: text.russian, sha256: text.russianDigest.hex)
        en = Wording(text: text.english, sha256: text.englishDigest.hex)
        isTemplate = text.isTemplate
        requiresRenewal = text.requiresRenewal
        publishedAt = text.publishedAt
    }

    private static let wording = Schema.object([
        .init("text", .text(0...50_000), "The text."),
        .init("sha256", .text(64...64), "SHA-256 of its UTF-8."),
    ])

    static let schema = Schema.named(
        "ConsentText",
        .object([
            .init("kind", ConsentSchemas.kind, "What the consent is about."),
            .init("version", ConsentSchemas.version, "The version."),
            .init("ru", wording, "In Russian."),
            .init("en", wording, "In English."),
            .init("is_template", .boolean, "Whether it is the program's template, still to be replaced."),
            .init("requires_renewal", .boolean, "Whether consents to earlier versions count no more."),
            .init("published_at", .time, "When it was published."),
        ])
    )
}

/// A person's consents.
struct ConsentsView: Encodable {
    var consents: [Item]
    var needsRepresentative: Bool
    var partners: [String]

    struct Item: Encodable {
        var kind: String
        var state: String
        var inForce: Bool
        var currentVersion: Int
        var version: Int?
        var at: Date?
        var statedBy: String?
        var partners: [String]?

        init(_ state: ConsentRegister.State) {
            kind = state.text.kind.rawValue
            inForce = state.isInForce
            currentVersion = state.text.version
            version = state.latest?.textVersion
            at = state.latest?.at
            statedBy = state.latest?.statedBy.word
            partners = state.text.kind == .partnerTransfer ? state.latest?.partners : nil
            self.state =
                switch state.latest?.decision {
                case nil: "missing"
                case .given where !state.isInForce: "outdated"
                case let decision?: decision.rawValue
                }
        }
    }

    init(_ standing: ConsentRegister.Standing) {
        consents = standing.consents.map { Item($0) }
        needsRepresentative = standing.capacity == .representative
        partners = standing.partners
    }

    static let properties: [Schema.Property] = [
        .init("consents", .array(of: item, count: 0...20), "One of each kind."),
        .init("needs_representative", .boolean, "Whether a parent or legal representative consents for the person."),
        .init("partners", ConsentSchemas.partners, "The partner organisations that can be named today."),
    ]

    static let schema = Schema.named("Consents", .object(properties))

    private static let item = Schema.object([
        .init("kind", ConsentSchemas.kind, "What the consent is about."),
        .init(
            "state",
            .oneOf(["missing", "given", "outdated", "refused", "withdrawn"]),
            "What was stated last; `outdated` is a consent to a text that counts no more."
        ),
        .init("in_force", .boolean, "Whether the person consents."),
        .init("current_version", ConsentSchemas.version, "The version of the text in force."),
        .init("version", ConsentSchemas.version, "The version that was consented to.", required: false),
        .init("at", .time, "When it was stated.", required: false),
        .init("stated_by", ConsentSchemas.statedBy, "By whom.", required: false),
        .init("partners", ConsentSchemas.partners, "The partner organisations named.", required: false),
    ])
}

/// One statement as compliance staff see it.
struct ConsentStatementView: Encodable {
    var id: String
    var kind: String
    var decision: String
    var version: Int
    var textSha256: String
    var at: Date
    var statedBy: String
    var representative: ConsentStatement.Representative?
    var document: ConsentStatement.Paper?
    var partners: [String]
    var recordedBy: String

    init(_ statement: ConsentStatement) {
        id = statement.id.lowercased
        kind = statement.kind.rawValue
        decision = statement.decision.rawValue
        version = statement.textVersion
        textSha256 = statement.textDigest
        at = statement.at
        statedBy = statement.statedBy.word
        if case .representative(let someone) = statement.statedBy { representative = someone }
        document = statement.paper
        partners = statement.partners
        recordedBy = statement.recordedBy.lowercased
    }

    static let schema = Schema.named(
        "ConsentStatement",
        .object([
            .init("id", .uuid, "The statement."),
            .init("kind", ConsentSchemas.kind, "What it is about."),
            .init("decision", ConsentSchemas.decision, "What was stated."),
            .init("version", ConsentSchemas.version, "The version of the text."),
            .init("text_sha256", .text(64...64), "SHA-256 of the text as it was shown or signed."),
            .init("at", .time, "When it was entered."),
            .init("stated_by", ConsentSchemas.statedBy, "Who stated it."),
            .init("representative", ConsentSchemas.representative, "The representative, if one did.", required: false),
            .init("document", ConsentSchemas.document, "The signed paper, if there is one.", required: false),
            .init("partners", ConsentSchemas.partners, "The partner organisations named."),
            .init("recorded_by", .uuid, "The account that entered it."),
        ])
    )
}
