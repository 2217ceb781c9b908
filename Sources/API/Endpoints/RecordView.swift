import Accounts
import Foundation
import Identification
import Workflows

/// An identification record as compliance staff sees it, with scores.
struct RecordView: Encodable {
    var id: String
    var method: String
    var subject: String?
    var subjectName: String?
    var attemptId: String?
    var outcome: String
    var reason: String
    var at: Date
    var evidenceSha256: String?
    var comparison: Comparison?
    var quality: [Quality]?
    var liveness: Liveness?
    var pictures: Int?
    var procedure: String?
    var moment: String
    var operatorId: String?
    var operatorName: String?
    var logIndex: UInt64?
    var authorityId: String?
    var documentKind: String?
    var documentNumber: String?
    var maskedDocumentNumber: String?
    var address: String?
    var device: String?
    var comment: String?
    var erasedAt: Date?
    var tries: Int

    struct Comparison: Encodable {
        var distance: Float
        var matchAtOrBelow: Float
        var nonMatchAbove: Float
        var modelId: String
        var portraitId: String
        var sameSourceProbability: Double?
    }

    struct Quality: Encodable {
        var component: String
        var raw: Double
        var value: Int
    }

    struct Liveness: Encodable {
        var challengeId: String
        var movements: [String]
        var outcome: String
        var checks: [LivenessFacts.Check]
    }

    init(_ line: IdentificationRegister.Line) {
        let record = line.record
        let circumstances = record.circumstances
        procedure = circumstances.procedure?.rawValue
        moment = circumstances.moment.rawValue
        subjectName = line.subjectName?.displayed
        operatorName = line.operatorName?.displayed
        logIndex = line.logIndex
        operatorId = circumstances.operatorID?.lowercased
        authorityId = circumstances.authorityID?.lowercased
        documentKind = circumstances.documentKind
        documentNumber = line.personal?.documentNumber
        maskedDocumentNumber = line.personal?.maskedNumber
        address = line.personal?.address
        device = line.personal?.device
        comment = line.personal?.comment
        id = record.id.lowercased
        method = record.method.rawValue
        subject = record.subject?.lowercased
        attemptId = record.attemptID?.lowercased
        outcome = record.outcome.rawValue
        reason = record.reason
        at = record.at
        tries = record.tries
        evidenceSha256 = record.evidence?.rawValue
        comparison = record.comparison.map {
            Comparison(
                distance: $0.distance,
                matchAtOrBelow: $0.matchAtOrBelow,
                nonMatchAbove: $0.nonMatchAbove,
                modelId: $0.modelID,
                portraitId: $0.portraitID.lowercased,
                sameSourceProbability: $0.sameSourceProbability
            )
        }
        quality = record.findings?.quality.map { Quality(component: $0.component, raw: $0.raw, value: $0.value) }
        liveness = record.findings?.liveness.map {
            Liveness(
                challengeId: $0.challengeID.lowercased,
                movements: $0.movements,
                outcome: $0.outcome.rawValue,
                checks: $0.checks
            )
        }
        pictures = record.findings?.pictureCount
        erasedAt = record.erasedAt
    }

    static let schema = Schema.named(
        "Identification",
        .object([
            .init("id", .uuid, "The record's identifier."),
            .init("method", .oneOf(IdentificationMethod.allCases.map(\.rawValue)), "How."),
            .init("subject", .uuid, "Whose account, where one is known.", required: false),
            .init("subject_name", .text(0...400), "The name of who was to be identified.", required: false),
            .init("attempt_id", .uuid, "The attempt, if any.", required: false),
            .init("outcome", .oneOf(IdentificationOutcome.allCases.map(\.rawValue)), "What it came to."),
            .init("reason", .text(), "Why."),
            .init("at", .time, "When."),
            .init("evidence_sha256", .text(64...64), "The sealed evidence.", required: false),
            .init(
                "comparison",
                .object([
                    .init("distance", .number, "Dissimilarity score: Euclidean distance."),
                    .init("match_at_or_below", .number, "Threshold of a match."),
                    .init("non_match_above", .number, "Threshold of a non-match."),
                    .init("model_id", .text(), "The embedder."),
                    .init("portrait_id", .uuid, "The portrait compared with."),
                    .init(
                        "same_source_probability",
                        .number,
                        "The calibrated score: how probable one person is, where both cases are equally likely "
                            + "beforehand.",
                        required: false
                    ),
                ]),
                "What a comparison measured.",
                required: false
            ),
            .init("quality", .array(of: quality, count: 0...100), "The picture's quality.", required: false),
            .init("liveness", liveness, "What a liveness challenge came to.", required: false),
            .init(
                "procedure",
                .oneOf(ProcedureKind.allCases.map(\.rawValue)),
                "The kind of procedure; absent for a login.",
                required: false
            ),
            .init("moment", .oneOf(IdentificationMoment.allCases.map(\.rawValue)), "When in the procedure."),
            .init("operator_id", .uuid, "The verifier.", required: false),
            .init("operator_name", .text(0...400), "The verifier's name.", required: false),
            .init("log_index", .index, "The place of the record's entry in the log.", required: false),
            .init("authority_id", .uuid, "The order or power of attorney of the verifier.", required: false),
            .init("document_kind", .text(), "The kind of document.", required: false),
            .init("masked_document_number", .text(), "What may be shown of its number.", required: false),
            .init("document_number", .text(), "The whole number; in the single record only.", required: false),
            .init("address", .text(), "The network address of the request.", required: false),
            .init("device", .text(), "The browser or program.", required: false),
            .init("comment", .text(0...2_000), "The verifier's comment; in the single record only.", required: false),
            .init("pictures", .integer(1...1_000), "How many pictures were judged together.", required: false),
            .init("erased_at", .time, "When pictures and measurements were erased.", required: false),
            .init("tries", .index, "How many tries it stands for: those that a throttle turns away are counted."),
        ])
    )

    static let quality = Schema.object([
        .init("component", .text(), "The component (ISO/IEC 29794-5)."),
        .init("raw", .number, "The native measure."),
        .init("value", .integer(0...100), "The quality component value; more is better."),
    ])

    private static let liveness = Schema.object([
        .init("challenge_id", .uuid, "The challenge."),
        .init("movements", .array(of: .text(), count: 0...10), "What was asked, in order."),
        .init("outcome", .oneOf(LivenessFacts.Outcome.allCases.map(\.rawValue)), "What the checks came to."),
        .init(
            "checks",
            .array(
                of: .object([
                    .init("name", .text(), "The check."),
                    .init("state", .oneOf(["passed", "failed", "not_assessed"]), "What it came to."),
                    .init("measured", .number, "What was measured.", required: false),
                    .init("limit", .number, "The limit in force.", required: false),
                    .init("detail", .text(), "What was measured, in a few words."),
                ]),
                count: 0...50
            ),
            "Each check."
        ),
    ])
}
