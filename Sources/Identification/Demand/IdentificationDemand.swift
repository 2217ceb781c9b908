public import Foundation

/// A candidate of a running attempt must show something: the face at an interval or on resuming, the face or the
/// workplace because the examiner demands it (rows A3, C7). Demand, answer and times are kept.
public struct IdentificationDemand: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// The attempt.
    public var attemptID: UUID
    /// What is to be shown.
    public var subject: Subject
    /// Why now.
    public var moment: IdentificationMoment
    /// Who demands it; `nil` for the policy.
    public var demandedBy: UUID?
    /// What the person says to the candidate, sealed for the candidate.
    public var sealedMessage: Data?
    /// From when the candidate is asked.
    public var dueAt: Date
    /// Until when an answer is in time.
    public var expiresAt: Date
    /// How it stands.
    public var state: State
    /// When it was answered.
    public var answeredAt: Date?
    /// The identification record that answers it, or the one of the pictures of the workplace.
    public var recordID: UUID?
    /// The sealed pictures of the workplace.
    public var evidence: EvidenceReference?

    /// What is to be shown.
    public enum Subject: String, Hashable, Sendable, Codable, CaseIterable {
        /// The face, compared by machine or by a verifier.
        case face
        /// The workplace, looked at by the examiner.
        case workplace
    }

    /// How a demand stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// It is not due yet.
        case planned
        /// The candidate is asked.
        case open
        /// It was answered, in time or late.
        case met
        /// The time is over without an answer; a late answer still meets it.
        case missed
        /// The attempt ended before.
        case lapsed
    }

    /// Creates a demand.
    public init(
        id: UUID,
        attemptID: UUID,
        subject: Subject,
        moment: IdentificationMoment,
        demandedBy: UUID? = nil,
        sealedMessage: Data? = nil,
        dueAt: Date,
        expiresAt: Date,
        state: State,
        answeredAt: Date? = nil,
        recordID: UUID? = nil,
        evidence: EvidenceReference? = nil
    ) {
        self.id = id
        self.attemptID = attemptID
        self.subject = subject
        self.moment = moment
        self.demandedBy = demandedBy
        self.sealedMessage = sealedMessage
        self.dueAt = dueAt
        self.expiresAt = expiresAt
        self.state = state
        self.answeredAt = answeredAt
        self.recordID = recordID
        self.evidence = evidence
    }

    /// Whether an identification at a time answers it.
    public func isAnswered(by record: IdentificationRecord) -> Bool {
        subject == .face && (state == .open || state == .missed || state == .planned && dueAt <= record.at)
            && record.outcome == .match && record.at >= dueAt && record.method != .electronic
    }
}

/// Where demands are kept, and which login works on an attempt.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol DemandStore: AnyObject {
    /// Adds a demand.
    func insertDemand(_ demand: IdentificationDemand) throws
    /// Replaces what a demand has become.
    func updateDemand(_ demand: IdentificationDemand) throws
    /// One demand.
    func demand(_ id: UUID) throws -> IdentificationDemand?
    /// The demands of an attempt, oldest first.
    func demands(attemptID: UUID) throws -> [IdentificationDemand]
    /// Demands that must become open or missed by now, oldest first.
    func dueDemands(at now: Date, limit: Int) throws -> [IdentificationDemand]

    /// Adds an override.
    func insertOverride(_ override: IdentificationOverride) throws
    /// The overrides of an attempt, oldest first.
    func overrides(attemptID: UUID) throws -> [IdentificationOverride]

    /// Some texts that were written before they were sealed.
    func unsealedTexts(limit: Int) throws -> [UnsealedText]
    /// Puts the sealed text, or nothing, in a text's place.
    func seal(_ text: UnsealedText, as sealed: Data?) throws
}
