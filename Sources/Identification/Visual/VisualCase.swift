public import Foundation

/// One visual identification on its way: a candidate waits in the queue with a number, a verifier takes the case,
/// looks and decides; some cases are looked at by a second verifier (rows C1, C4, C5).
public struct VisualCase: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public let id: UUID
    /// The number in the queue; it rises and is never given twice.
    public let number: Int64
    /// Whose identity is checked.
    public let subject: UUID
    /// The attempt it belongs to, if any.
    public let attemptID: UUID?
    /// The kind of procedure.
    public let procedure: ProcedureKind
    /// When in the procedure.
    public let moment: IdentificationMoment
    /// Why a person must look.
    public let cause: Cause
    /// When the candidate came into the queue.
    public let openedAt: Date
    /// How it stands.
    public private(set) var state: State
    /// Who has taken it.
    public private(set) var holder: Holder?
    /// What was decided, by one verifier or two.
    public private(set) var opinions: [VisualOpinion]
    /// The final reason, which gives the outcome.
    public private(set) var conclusion: VisualReason?
    /// When it was concluded or given up.
    public private(set) var closedAt: Date?
    /// Where the video link is, if there is one.
    public var conferenceURL: String?
    /// The document as it was typed in, sealed under the person's key.
    public var sealedForm: Data?
    /// The sealed pictures.
    public var pictures: [PictureKind: EvidenceReference]
    /// The scores beside the pictures, sealed under the person's biometric key; none without consent.
    public var sealedScores: Data?
    /// Rises with every change, so that two changes at the same time are not one over the other.
    public private(set) var version: Int

    /// Why a person must look.
    public enum Cause: String, Hashable, Sendable, Codable, CaseIterable {
        /// The policy asks for a verifier.
        case policy
        /// The candidate does not consent to biometric processing.
        case noConsent = "no_consent"
        /// Comparisons have failed too often.
        case triesUsedUp = "tries_used_up"
        /// The candidate asks for a person.
        case request
        /// An identification while the attempt runs did not come.
        case missedDemand = "missed_demand"
    }

    /// How a case stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// It waits for a verifier.
        case waiting
        /// A verifier has it.
        case taken
        /// It waits for a second verifier.
        case waitingForSecond = "waiting_for_second"
        /// The second verifier has it.
        case takenBySecond = "taken_by_second"
        /// It is decided.
        case decided
        /// The candidate gave it up, or the attempt ended.
        case cancelled

        /// Whether it waits in the queue.
        public var isWaiting: Bool { self == .waiting || self == .waitingForSecond }
        /// Whether nothing follows.
        public var isClosed: Bool { self == .decided || self == .cancelled }
    }

    /// A verifier who has taken the case, until when.
    public struct Holder: Hashable, Sendable {
        /// The verifier's account.
        public var verifierID: UUID
        /// Since when.
        public var takenAt: Date
        /// Until when nobody else may take it; each action prolongs it.
        public var lockedUntil: Date

        /// Creates a value.
        public init(verifierID: UUID, takenAt: Date, lockedUntil: Date) {
            self.verifierID = verifierID
            self.takenAt = takenAt
            self.lockedUntil = lockedUntil
        }
    }

    /// What a picture of the case shows.
    public enum PictureKind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The page of the document with the photograph.
        case document
        /// The person now.
        case live
    }

    /// Why a step is refused.
    public enum Refusal: Error, Hashable, Sendable {
        /// The case is decided or was given up.
        case closed
        /// Another verifier has it.
        case takenByAnother
        /// The verifier does not have it, or no longer.
        case notHeld
        /// The second verifier must be another one.
        case sameVerifier
        /// Nobody verifies themself.
        case ownCase
    }

    /// A case that comes into the queue.
    public init(
        id: UUID,
        number: Int64,
        subject: UUID,
        attemptID: UUID?,
        procedure: ProcedureKind,
        moment: IdentificationMoment,
        cause: Cause,
        openedAt: Date
    ) {
        self.init(
            id: id,
            number: number,
            subject: subject,
            attemptID: attemptID,
            procedure: procedure,
            moment: moment,
            cause: cause,
            openedAt: openedAt,
            state: .waiting
        )
    }

    /// A case as it was kept.
    public init(
        id: UUID,
        number: Int64,
        subject: UUID,
        attemptID: UUID?,
        procedure: ProcedureKind,
        moment: IdentificationMoment,
        cause: Cause,
        openedAt: Date,
        state: State,
        holder: Holder? = nil,
        opinions: [VisualOpinion] = [],
        conclusion: VisualReason? = nil,
        closedAt: Date? = nil,
        conferenceURL: String? = nil,
        sealedForm: Data? = nil,
        pictures: [PictureKind: EvidenceReference] = [:],
        sealedScores: Data? = nil,
        version: Int = 0
    ) {
        self.id = id
        self.number = number
        self.subject = subject
        self.attemptID = attemptID
        self.procedure = procedure
        self.moment = moment
        self.cause = cause
        self.openedAt = openedAt
        self.state = state
        self.holder = holder
        self.opinions = opinions
        self.conclusion = conclusion
        self.closedAt = closedAt
        self.conferenceURL = conferenceURL
        self.sealedForm = sealedForm
        self.pictures = pictures
        self.sealedScores = sealedScores
        self.version = version
    }
}

extension VisualCase {
    /// The case in a verifier's hands. Whoever has it already goes on; a lock that ran out is free for all.
    ///
    /// - Throws: why not.
    public func taking(by verifier: UUID, at now: Date, lock: TimeInterval) throws(Refusal) -> VisualCase {
        guard !state.isClosed else { throw .closed }
        guard verifier != subject else { throw .ownCase }
        guard !opinions.contains(where: { $0.verifierID == verifier }) else { throw .sameVerifier }
        if let holder, holder.verifierID != verifier, now < holder.lockedUntil { throw .takenByAnother }
        var next = changed
        let since = holder?.verifierID == verifier ? holder?.takenAt ?? now : now
        next.holder = Holder(verifierID: verifier, takenAt: since, lockedUntil: now.addingTimeInterval(lock))
        next.state = opinions.isEmpty ? .taken : .takenBySecond
        return next
    }

    /// The case back in the queue, where it keeps its place.
    ///
    /// - Throws: why not.
    public func handingBack(by verifier: UUID, at now: Date) throws(Refusal) -> VisualCase {
        try checkHeld(by: verifier, at: now)
        return waitingAgain
    }

    /// The case back in the queue if its lock has run out; else `nil`.
    public func released(at now: Date) -> VisualCase? {
        guard let holder, !state.isClosed, now >= holder.lockedUntil else { return nil }
        return waitingAgain
    }

    /// The case with its lock prolonged, for a verifier who works on it.
    ///
    /// - Throws: why not.
    public func touched(by verifier: UUID, at now: Date, lock: TimeInterval) throws(Refusal) -> VisualCase {
        try checkHeld(by: verifier, at: now)
        var next = changed
        next.holder?.lockedUntil = now.addingTimeInterval(lock)
        return next
    }

    /// The case with a verifier's opinion: concluded, or on to a second verifier.
    ///
    /// A second verifier decides with the first: where both come to the same outcome it stands, with the second's
    /// reason; otherwise nothing is decided and the candidate is not identified.
    /// - Parameter needsSecond: whether a first opinion is to be looked over.
    /// - Throws: why not.
    public func deciding(_ opinion: VisualOpinion, needsSecond: Bool) throws(Refusal) -> VisualCase {
        try checkHeld(by: opinion.verifierID, at: opinion.at)
        guard !opinions.contains(where: { $0.verifierID == opinion.verifierID }) else { throw .sameVerifier }
        var next = changed
        var timed = opinion
        timed.takenAt = holder?.takenAt ?? opinion.at
        next.opinions.append(timed)
        next.holder = nil
        if opinions.isEmpty, needsSecond {
            next.state = .waitingForSecond
            return next
        }
        let agree = next.opinions.allSatisfy { $0.outcome == opinion.outcome }
        next.conclusion = agree ? opinion.reason : .verifiersDisagree
        next.state = .decided
        next.closedAt = opinion.at
        return next
    }

    /// The case given up.
    ///
    /// - Throws: `closed` where it has ended.
    public func cancelling(at now: Date) throws(Refusal) -> VisualCase {
        guard !state.isClosed else { throw .closed }
        var next = changed
        next.holder = nil
        next.state = .cancelled
        next.closedAt = now
        return next
    }

    /// The case with what was added to it: the form, a picture, the scores, the link.
    ///
    /// - Throws: `closed` where it has ended.
    public func changing(_ change: (inout VisualCase) -> Void) throws(Refusal) -> VisualCase {
        guard !state.isClosed else { throw .closed }
        var next = changed
        change(&next)
        return next
    }

    /// Whether a verifier has it now.
    public func isHeld(by verifier: UUID, at now: Date) -> Bool {
        holder.map { $0.verifierID == verifier && now < $0.lockedUntil } ?? false
    }

    private func checkHeld(by verifier: UUID, at now: Date) throws(Refusal) {
        guard !state.isClosed else { throw .closed }
        guard isHeld(by: verifier, at: now) else { throw .notHeld }
    }

    private var changed: VisualCase {
        var next = self
        next.version += 1
        return next
    }

    private var waitingAgain: VisualCase {
        var next = changed
        next.holder = nil
        next.state = opinions.isEmpty ? .waiting : .waitingForSecond
        return next
    }
}
