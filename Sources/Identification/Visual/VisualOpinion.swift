public import Foundation

/// What one verifier decided about a case.
public struct VisualOpinion: Hashable, Sendable, Codable {
    /// The verifier's account.
    public var verifierID: UUID
    /// The order or power of attorney that gives the right (row C2).
    public var authorityID: UUID
    /// Why; it gives the outcome.
    public var reason: VisualReason
    /// What was looked at.
    public var checklist: [VisualCheck]
    /// How the person was seen.
    public var route: VisualRoute
    /// Where, for a person who came in person.
    public var accessPoint: String?
    /// Whether the verifier wants a second one.
    public var isDoubtful: Bool
    /// What else is to be said, sealed under the person's key.
    public var sealedComment: Data?
    /// When the verifier took the case.
    public var takenAt: Date
    /// When it was decided.
    public var at: Date

    /// What the opinion comes to.
    public var outcome: IdentificationOutcome { reason.outcome }

    /// Creates an opinion.
    public init(
        verifierID: UUID,
        authorityID: UUID,
        reason: VisualReason,
        checklist: [VisualCheck],
        route: VisualRoute,
        accessPoint: String? = nil,
        isDoubtful: Bool = false,
        sealedComment: Data? = nil,
        takenAt: Date,
        at: Date
    ) {
        self.verifierID = verifierID
        self.authorityID = authorityID
        self.reason = reason
        self.checklist = checklist
        self.route = route
        self.accessPoint = accessPoint
        self.isDoubtful = isDoubtful
        self.sealedComment = sealedComment
        self.takenAt = takenAt
        self.at = at
    }
}
