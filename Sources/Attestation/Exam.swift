public import Cryptography
public import Foundation

/// An attestation as it is set: what is drawn, when it is open, how it is graded.
public struct Exam: Hashable, Sendable, Codable, Identifiable {
    /// Whether an attempt may start.
    public enum Window: String, Hashable, Sendable, Codable {
        /// It has not opened yet.
        case notYetOpen = "not_yet_open"
        /// Attempts may start.
        case open
        /// No attempt may start any more; those that have started run to their own end.
        case closed
    }

    /// The exam's identifier.
    public let id: UUID
    /// What people call it.
    public var title: String
    /// The code of the discipline.
    public var discipline: String
    /// What tickets are made of.
    public var blueprint: Blueprint
    /// From when attempts may start.
    public var opensAt: Date
    /// Until when attempts may start.
    public var closesAt: Date
    /// For how many seconds after the end of the time answers are taken that were given before it; nil for
    /// ``standardGraceSeconds``.
    public var graceSeconds: Int?
    /// The groups that sit it; nil or none where whoever is admitted does, all with one set of tickets.
    public var groups: [ExamGroup]?
    /// The digest of the plan from which tickets are dealt; nil for an exam of before there were plans, whose tickets are
    /// drawn from the bank.
    public var planDigest: SHA256Digest?
    /// What was known about its tickets when it was published: what groups share, what comes again.
    public var findings: [BlueprintFinding]?
    /// SHA-256 of the exam's secret, published before the exam; the secret itself is kept apart and opened after it.
    public let secretCommitment: SHA256Digest

    /// The usual grace: long enough for a device to find its network again. Where sheets are photographed, an exam
    /// gives ten minutes (S2 5.1.3.4).
    public static let standardGraceSeconds = 120

    enum CodingKeys: String, CodingKey {
        case id, title, discipline, blueprint, groups, findings
        case planDigest = "plan_digest"
        case graceSeconds = "grace_seconds"
        case opensAt = "opens_at"
        case closesAt = "closes_at"
        case secretCommitment = "secret_commitment"
    }

    /// Makes an exam.
    public init(
        id: UUID,
        title: String,
        discipline: String,
        blueprint: Blueprint,
        opensAt: Date,
        closesAt: Date,
        graceSeconds: Int? = nil,
        groups: [ExamGroup]? = nil,
        planDigest: SHA256Digest? = nil,
        findings: [BlueprintFinding]? = nil,
        secretCommitment: SHA256Digest
    ) {
        self.id = id
        self.title = title
        self.discipline = discipline
        self.blueprint = blueprint
        self.opensAt = opensAt.toMillisecond
        self.closesAt = closesAt.toMillisecond
        self.graceSeconds = graceSeconds
        self.groups = groups
        self.planDigest = planDigest
        self.findings = findings
        self.secretCommitment = secretCommitment
    }

    /// The scale of the blueprint.
    public var gradingScale: GradingScale { blueprint.gradingScale }

    /// Whether an attempt may start at `now`; the opening moment is inside, the closing moment is not.
    public func window(at now: Date) -> Window {
        if now >= closesAt { return .closed }
        return now < opensAt ? .notYetOpen : .open
    }

    /// The commitment to a secret.
    public static func commitment(to secret: some DataProtocol) -> SHA256Digest {
        SHA256Digest.hash(secret)
    }

    /// Whether `secret` is the one that was committed to.
    public func isCommitted(to secret: some DataProtocol) -> Bool {
        Self.commitment(to: secret) == secretCommitment
    }

    /// A new attempt of a candidate with the ticket's seed and the base time.
    ///
    /// - Throws: ``TicketError`` with code `secretTooShort`, ``AttemptError`` with code `invalidTime`.
    public func makeAttempt(
        id: UUID,
        candidateID: UUID,
        secret: some DataProtocol,
        at now: Date
    ) throws -> Attempt {
        try Attempt(
            id: id,
            examID: self.id,
            candidateID: candidateID,
            seed: try TicketSeed.derive(examSecret: secret, examID: self.id, attemptID: id),
            baseSeconds: blueprint.durationSeconds,
            graceSeconds: graceSeconds ?? Self.standardGraceSeconds,
            at: now
        )
    }
}
