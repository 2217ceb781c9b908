public import Foundation

/// How a person was identified (S1 6.4).
public enum IdentificationMethod: String, Hashable, Sendable, Codable, CaseIterable {
    /// By login and password (S1 6.8).
    case electronic
    /// By comparing the live person with the portrait (S1 6.9).
    case biometric
    /// By an authorised person with an identity document (S1 6.10).
    case visual
}

/// What an identification came to. Only `match` identifies; everything else, an absent verdict too, does not.
public enum IdentificationOutcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// The person is who they claim to be.
    case match
    /// The person is not.
    case nonMatch = "non_match"
    /// The evidence allows no verdict: try again or let a person decide.
    case inconclusive
}

/// One identification with its outcome and evidence (запись об идентификации).
public struct IdentificationRecord: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// How.
    public var method: IdentificationMethod
    /// The account claimed; `nil` where a login named nobody we know.
    public var subject: UUID?
    /// The attempt it belongs to, if any.
    public var attemptID: UUID?
    /// What it came to.
    public var outcome: IdentificationOutcome
    /// Why, as a stable code: `password_valid`, `password_wrong`, `compared`, `no_face`, `several_faces`, …
    public var reason: String
    /// When, by the server's clock.
    public var at: Date
    /// What a biometric comparison measured.
    public var comparison: ComparisonFacts?
    /// The sealed picture that was judged (a reference into the evidence store).
    public var evidence: EvidenceReference?
    /// What else was measured: quality, liveness.
    public var findings: BiometricFindings?
    /// In which procedure, when, and by whom.
    public var circumstances: IdentificationCircumstances
    /// When its evidence and measurements were erased; outcome and reason stay.
    public var erasedAt: Date?
    /// How many tries it stands for: logins that a throttle turns away are counted, a record a minute.
    public var tries: Int

    /// Creates a record value.
    public init(
        id: UUID,
        method: IdentificationMethod,
        subject: UUID?,
        attemptID: UUID? = nil,
        outcome: IdentificationOutcome,
        reason: String,
        at: Date,
        comparison: ComparisonFacts? = nil,
        evidence: EvidenceReference? = nil,
        findings: BiometricFindings? = nil,
        circumstances: IdentificationCircumstances = IdentificationCircumstances(),
        erasedAt: Date? = nil,
        tries: Int = 1
    ) {
        self.id = id
        self.method = method
        self.subject = subject
        self.attemptID = attemptID
        self.outcome = outcome
        self.reason = reason
        self.at = at
        self.comparison = comparison
        self.evidence = evidence
        self.findings = findings
        self.circumstances = circumstances
        self.erasedAt = erasedAt
        self.tries = tries
    }
}

/// The circumstances of an identification that are no secret by themselves.
public struct IdentificationCircumstances: Hashable, Sendable {
    /// The kind of procedure; `nil` for a login.
    public var procedure: ProcedureKind?
    /// When in the procedure.
    public var moment: IdentificationMoment
    /// The verifier; `nil` where the service identified by itself.
    public var operatorID: UUID?
    /// The order or power of attorney by which the verifier acted (row C2).
    public var authorityID: UUID?
    /// The kind of document that was shown.
    public var documentKind: String?
    /// What is personal of it, sealed under the person's key: see `PersonalCircumstances`.
    public var sealed: Data?

    /// Creates a value.
    public init(
        procedure: ProcedureKind? = nil,
        moment: IdentificationMoment = .apart,
        operatorID: UUID? = nil,
        authorityID: UUID? = nil,
        documentKind: String? = nil,
        sealed: Data? = nil
    ) {
        self.procedure = procedure
        self.moment = moment
        self.operatorID = operatorID
        self.authorityID = authorityID
        self.documentKind = documentKind
        self.sealed = sealed
    }
}

/// The circumstances of an identification that lead to a person; kept sealed only.
public struct PersonalCircumstances: Hashable, Sendable, Codable {
    /// The network address that the request came from.
    public var address: String?
    /// The browser or program, as it calls itself, shortened.
    public var device: String?
    /// Series and number of the document.
    public var documentNumber: String?
    /// What may be shown of the number outside of the record.
    public var maskedNumber: String?
    /// What the verifier wrote.
    public var comment: String?

    /// Creates a value.
    public init(
        address: String? = nil,
        device: String? = nil,
        documentNumber: String? = nil,
        maskedNumber: String? = nil,
        comment: String? = nil
    ) {
        self.address = address
        self.device = device
        self.documentNumber = documentNumber
        self.maskedNumber = maskedNumber
        self.comment = comment
    }

    /// Whether there is nothing to keep.
    public var isEmpty: Bool { self == PersonalCircumstances() }
}

/// What a comparison was made of, so that it can be defended later: score, thresholds, model and its version.
public struct ComparisonFacts: Hashable, Sendable, Codable {
    /// Dissimilarity score: Euclidean distance of the two templates; 0 is identical.
    public var distance: Float
    /// At or below this distance it is a match.
    public var matchAtOrBelow: Float
    /// Above this distance it is a non-match; between the two it is inconclusive.
    public var nonMatchAbove: Float
    /// The embedder whose templates were compared.
    public var modelID: String
    /// The portrait compared with.
    public var portraitID: UUID
    /// The calibrated score: how probable it is that both are of one person, 0 to 1, where both cases are equally
    /// likely beforehand. `nil` where the model has no calibration.
    public var sameSourceProbability: Double?

    /// Creates a value.
    public init(
        distance: Float,
        matchAtOrBelow: Float,
        nonMatchAbove: Float,
        modelID: String,
        portraitID: UUID,
        sameSourceProbability: Double? = nil
    ) {
        self.distance = distance
        self.matchAtOrBelow = matchAtOrBelow
        self.nonMatchAbove = nonMatchAbove
        self.modelID = modelID
        self.portraitID = portraitID
        self.sameSourceProbability = sameSourceProbability
    }
}
