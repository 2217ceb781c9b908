import Attestation
import Foundation
import Identification
import Workflows

/// An attempt as its candidate and staff see it: no seed, no scores.
struct AttemptView: Encodable {
    var id: String
    var examId: String
    var candidateId: String
    var state: String
    var stateText: String
    var identificationMissing: [String]
    var livenessNeeded: Bool
    var clock: String
    var serverNow: Date
    var remainingSeconds: Int
    var breakSecondsLeft: Int
    var breakEndsAt: Date?
    var graceEndsAt: Date?
    var deadline: Date?
    var startedAt: Date?
    var submittedAt: Date?
    var result: Result?
    var decidedGrade: String?
    var decidedGradeText: String?

    struct Result: Encodable {
        var grade: String?
        var gradeText: String?
        var points: String
        var maximum: String
        var percent: Int
        var waitsForPerson: Bool
    }

    init(_ standing: AttemptRunner.Standing) {
        let attempt = standing.attempt
        id = attempt.id.lowercased
        examId = attempt.examID.lowercased
        candidateId = attempt.candidateID.lowercased
        state = attempt.state.rawValue
        stateText = attempt.state.label.ru
        identificationMissing = standing.missing.map(\.rawValue)
        livenessNeeded = standing.needsLiveness
        let shown = standing.clock
        clock = shown.motion.rawValue
        serverNow = standing.at
        remainingSeconds = shown.remainingSeconds
        breakSecondsLeft = Int(shown.breakLeftMilliseconds / 1_000)
        breakEndsAt = shown.breakEnd
        graceEndsAt = shown.graceEnd
        deadline = shown.deadline
        startedAt = attempt.startedAt
        submittedAt = attempt.submittedAt
        decidedGrade = standing.decidedGrade?.rawValue
        decidedGradeText = standing.decidedGrade?.label
        result = attempt.result.map {
            Result(
                grade: $0.grade?.rawValue,
                gradeText: $0.grade?.label,
                points: $0.awarded.description,
                maximum: $0.maximum.description,
                percent: $0.percent,
                waitsForPerson: $0.isPending
            )
        }
    }

    static let schema = Schema.named(
        "Attempt",
        .object([
            .init("id", .uuid, "The attempt's identifier."),
            .init("exam_id", .uuid, "The exam."),
            .init("candidate_id", .uuid, "The candidate's account."),
            .init("state", .oneOf(AttemptState.allCases.map(\.rawValue)), "Where it stands."),
            .init("state_text", .text(), "The state in Russian."),
            .init(
                "identification_missing",
                .array(of: .oneOf(IdentificationMethod.allCases.map(\.rawValue)), count: 0...3),
                "The identifications still needed before the start."
            ),
            .init(
                "liveness_needed",
                .boolean,
                "Whether the biometric identification asks for a liveness challenge next."
            ),
            .init(
                "clock",
                .oneOf(AttemptClock.Motion.allCases.map(\.rawValue)),
                "How the clock stands; only the server's counts, devices count down from what it says."
            ),
            .init("server_now", .time, "The moment for which all of this holds, by the server's clock."),
            .init("remaining_seconds", .integer(0...604_800), "The working time left, rounded down."),
            .init("break_seconds_left", .integer(0...604_800), "For how long breaks may still stop the clock."),
            .init("break_ends_at", .time, "When the break that lasts is used up.", required: false),
            .init(
                "grace_ends_at",
                .time,
                "Until when answers are taken that were given before the end, where the time is over.",
                required: false
            ),
            .init(
                "deadline",
                .time,
                "When the time is over; absent before the start and while a pause lasts.",
                required: false
            ),
            .init("started_at", .time, "When it was started.", required: false),
            .init("submitted_at", .time, "When it was handed in.", required: false),
            .init(
                "result",
                .object([
                    .init("grade", .oneOf(Grade.allCases.map(\.rawValue)), "The grade, once final.", required: false),
                    .init("grade_text", .text(), "The grade in Russian.", required: false),
                    .init("points", .text(), "Points awarded, a decimal number."),
                    .init("maximum", .text(), "Points possible."),
                    .init("percent", .integer(0...100), "Of the points possible, rounded down."),
                    .init("waits_for_person", .boolean, "Whether open questions wait for a person."),
                ]),
                "What it earned.",
                required: false
            ),
            .init(
                "decided_grade",
                .oneOf(Grade.allCases.map(\.rawValue)),
                "The grade that counts in place of the result's: by an appeal, an examiner, or because nothing was sent.",
                required: false
            ),
            .init("decided_grade_text", .text(), "That grade in Russian.", required: false),
        ])
    )
}

/// What came of a frame, as the candidate sees it.
struct VerdictView: Encodable {
    var identificationId: String
    var outcome: String
    var reason: String
    var advice: String
    var attemptState: String

    init(_ verdict: IdentificationVerdict, language: LocalizedText.Language) {
        identificationId = verdict.record.id.lowercased
        outcome = verdict.record.outcome.rawValue
        reason = verdict.record.reason
        advice = verdict.advice.text(in: language)
        attemptState = verdict.attemptState.rawValue
    }

    static let schema = Schema.named(
        "Verdict",
        .object([
            .init("identification_id", .uuid, "The identification record."),
            .init("outcome", .oneOf(IdentificationOutcome.allCases.map(\.rawValue)), "What it came to."),
            .init("reason", .text(), "Why, for programs."),
            .init("advice", .text(), "What to do."),
            .init("attempt_state", .oneOf(AttemptState.allCases.map(\.rawValue)), "Where the attempt stands now."),
        ])
    )
}

/// An answer as saved.
struct AnswerView: Encodable {
    var number: Int
    var version: Int
    var givenAt: Date
    var savedAt: Date
    var answer: Attestation.Answer
    var missing: [Missing]?

    struct Missing: Encodable {
        var code: String
        var text: String
    }

    init(_ saved: SavedAnswer, missing: [AnswerProblem] = [], language: LocalizedText.Language = .ru) {
        number = saved.number
        version = saved.version
        givenAt = saved.givenAt
        savedAt = saved.savedAt
        answer = saved.answer
        guard !missing.isEmpty else { return }
        self.missing = missing.map { problem in
            Missing(code: problem.code.rawValue, text: LocalizedText(problem.message).text(in: language))
        }
    }

    static let schema = Schema.named(
        "SavedAnswer",
        .object([
            .init("number", .integer(1...1_000), "The item's number."),
            .init("version", .integer(1...1_000_000_000), "Counts the times it was saved."),
            .init("given_at", .time, "When it was given, by the server's clock."),
            .init("saved_at", .time, "When it was saved, by the server's clock."),
            .init("answer", ItemSchema.answer, "The answer."),
            .init(
                "missing",
                .array(
                    of: .object([
                        .init("code", .text(1...50), "What is missing."), .init("text", .text(), "The same in words."),
                    ]),
                    count: 1...10
                ),
                "What the question asks for beside: more words, files. Told when the answer is saved.",
                required: false
            ),
        ])
    )
}
