import Foundation
import Identification
import Workflows

/// A case as its candidate sees it: the place in the queue, what to do, the outcome; no scores.
struct CaseStandingView: Encodable {
    var id: String
    var number: Int64
    var attemptId: String?
    var procedure: String
    var state: String
    var position: Int?
    var expectedWaitSeconds: Int?
    var conferenceUrl: String?
    var pictures: [String]
    var hasDocument: Bool
    var outcome: String?
    var reason: String?
    var text: String

    init(_ standing: VisualQueue.Standing, _ language: LocalizedText.Language) {
        let visualCase = standing.visualCase
        id = visualCase.id.lowercased
        number = visualCase.number
        attemptId = visualCase.attemptID?.lowercased
        procedure = visualCase.procedure.rawValue
        state = visualCase.state.rawValue
        position = standing.position
        expectedWaitSeconds = standing.expectedWait.map { Int($0) }
        conferenceUrl = visualCase.conferenceURL
        pictures = visualCase.pictures.keys.map(\.rawValue).sorted()
        hasDocument = visualCase.sealedForm != nil
        outcome = visualCase.conclusion?.outcome.rawValue
        reason = visualCase.conclusion?.rawValue
        text = VisualAdvice.text(for: standing).text(in: language)
    }

    static let schema = Schema.named(
        "VisualCase",
        .object([
            .init("id", .uuid, "The case."),
            .init("number", .index, "The number in the queue."),
            .init("attempt_id", .uuid, "The attempt, if any.", required: false),
            .init("procedure", .oneOf(ProcedureKind.allCases.map(\.rawValue)), "The kind of procedure."),
            .init("state", .oneOf(VisualCase.State.allCases.map(\.rawValue)), "How it stands."),
            .init("position", .index, "The place in the queue; 1 is next.", required: false),
            .init("expected_wait_seconds", .index, "About how long it will take.", required: false),
            .init("conference_url", .text(), "Where the video link is.", required: false),
            .init(
                "pictures",
                .array(of: .oneOf(VisualCase.PictureKind.allCases.map(\.rawValue)), count: 0...2),
                "What has been sent."
            ),
            .init("has_document", .boolean, "Whether the document's particulars are filled in."),
            .init(
                "outcome",
                .oneOf(IdentificationOutcome.allCases.map(\.rawValue)),
                "What came of it.",
                required: false
            ),
            .init("reason", .oneOf(VisualReason.allCases.map(\.rawValue)), "Why, for programs.", required: false),
            .init("text", .text(), "What to do now, in words."),
        ])
    )
}

/// A case as it stands in the verifiers' queue.
struct CaseLineView: Encodable {
    var id: String
    var number: Int64
    var subjectId: String
    var subjectName: String
    var attemptId: String?
    var procedure: String
    var moment: String
    var cause: String
    var state: String
    var openedAt: Date
    var waitedSeconds: Int
    var holderId: String?
    var lockedUntil: Date?
    var opinions: Int
    var outcome: String?
    var reason: String?

    init(_ line: VisualDesk.Line) {
        let visualCase = line.visualCase
        id = visualCase.id.lowercased
        number = visualCase.number
        subjectId = visualCase.subject.lowercased
        subjectName = line.subjectName
        attemptId = visualCase.attemptID?.lowercased
        procedure = visualCase.procedure.rawValue
        moment = visualCase.moment.rawValue
        cause = visualCase.cause.rawValue
        state = visualCase.state.rawValue
        openedAt = visualCase.openedAt
        waitedSeconds = Int(line.waited)
        holderId = visualCase.holder?.verifierID.lowercased
        lockedUntil = visualCase.holder?.lockedUntil
        opinions = visualCase.opinions.count
        outcome = visualCase.conclusion?.outcome.rawValue
        reason = visualCase.conclusion?.rawValue
    }

    static let schema = Schema.named(
        "VisualCaseLine",
        .object([
            .init("id", .uuid, "The case."),
            .init("number", .index, "The number in the queue."),
            .init("subject_id", .uuid, "Whose identity is checked."),
            .init("subject_name", .text(), "The name."),
            .init("attempt_id", .uuid, "The attempt, if any.", required: false),
            .init("procedure", .oneOf(ProcedureKind.allCases.map(\.rawValue)), "The kind of procedure."),
            .init("moment", .oneOf(IdentificationMoment.allCases.map(\.rawValue)), "When in the procedure."),
            .init("cause", .oneOf(VisualCase.Cause.allCases.map(\.rawValue)), "Why a person must look."),
            .init("state", .oneOf(VisualCase.State.allCases.map(\.rawValue)), "How it stands."),
            .init("opened_at", .time, "Since when the candidate waits."),
            .init("waited_seconds", .index, "How long the candidate has waited."),
            .init("holder_id", .uuid, "The verifier who has it.", required: false),
            .init("locked_until", .time, "Until when it is the verifier's alone.", required: false),
            .init("opinions", .integer(0...2), "How many verifiers have decided."),
            .init(
                "outcome",
                .oneOf(IdentificationOutcome.allCases.map(\.rawValue)),
                "What came of it.",
                required: false
            ),
            .init("reason", .oneOf(VisualReason.allCases.map(\.rawValue)), "Why.", required: false),
        ])
    )
}

/// A case with everything that the verifier looks at.
struct CaseDetailsView: Encodable {
    var `case`: CaseLineView
    var conferenceUrl: String?
    var document: DocumentBody?
    var findings: [FindingView]
    var pictures: [String]
    var scores: Scores?
    var checklist: [Check]
    var authorityId: String?

    struct Check: Encodable {
        var check: String
        var text: String
    }

    struct Scores: Encodable {
        var pairs: [Pair]
        var quality: [RecordView.Quality]
        var faceNotFound: [String]

        struct Pair: Encodable {
            var first: String
            var second: String
            var distance: Float
            var sameSourceProbability: Double?
        }
    }

    init(_ details: VisualDesk.Details, _ language: LocalizedText.Language) {
        `case` = CaseLineView(details.line)
        conferenceUrl = details.line.visualCase.conferenceURL
        document = details.form.map { DocumentBody($0) }
        findings = details.findings.map { FindingView($0, language) }
        pictures = details.pictures
        scores = details.scores.map { scores in
            Scores(
                pairs: scores.pairs.map {
                    Scores.Pair(
                        first: $0.first,
                        second: $0.second,
                        distance: $0.distance,
                        sameSourceProbability: $0.sameSourceProbability
                    )
                },
                quality: scores.quality.map {
                    RecordView.Quality(component: $0.component, raw: $0.raw, value: $0.value)
                },
                faceNotFound: scores.unseen
            )
        }
        checklist = details.checklist.map {
            Check(check: $0.rawValue, text: VisualDecision.text(of: $0).text(in: language))
        }
        authorityId = details.authorityID?.lowercased
    }

    static let schema = Schema.named(
        "VisualCaseDetails",
        .object([
            .init("case", CaseLineView.schema, "The case."),
            .init("conference_url", .text(), "Where the video link is.", required: false),
            .init("document", DocumentBody.schema, "The document as typed in.", required: false),
            .init("findings", .array(of: FindingView.schema, count: 0...100), "What software finds about it."),
            .init(
                "pictures",
                .array(of: .oneOf(["document", "live", "portrait"]), count: 0...3),
                "The pictures to lay side by side."
            ),
            .init("scores", scores, "How alike the faces are; absent without consent.", required: false),
            .init(
                "checklist",
                .array(
                    of: .object([
                        .init("check", .oneOf(VisualCheck.allCases.map(\.rawValue)), "The check."),
                        .init("text", .text(), "What it asks."),
                    ]),
                    count: 0...20
                ),
                "What must be looked at before the person counts as identified."
            ),
            .init("authority_id", .uuid, "The order by which the verifier acts today.", required: false),
        ])
    )

    private static let scores = Schema.object([
        .init(
            "pairs",
            .array(
                of: .object([
                    .init("first", .text(), "A picture."),
                    .init("second", .text(), "Another one."),
                    .init("distance", .number, "Dissimilarity score: Euclidean distance."),
                    .init("same_source_probability", .number, "The calibrated score.", required: false),
                ]),
                count: 0...10
            ),
            "Each two pictures that show a face."
        ),
        .init("quality", .array(of: RecordView.quality, count: 0...100), "The quality of the live picture."),
        .init("face_not_found", .array(of: .text(), count: 0...3), "Pictures without a face."),
    ])
}
