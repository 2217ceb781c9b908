public import Foundation

/// A demand that a person's biometric data be destroyed, and what came of it (row F3).
public struct ErasureRequest: Hashable, Sendable {
    /// Until when the data must be destroyed after a withdrawal, whatever holds them (152-ФЗ art. 21 part 5).
    public static let term: TimeInterval = 30 * 86_400

    /// The identifier (UUIDv7).
    public var id: UUID
    /// Whose data.
    public var accountID: UUID
    /// Why, as a stable word: `consent_withdrawn`.
    public var reason: String
    /// Who demanded it.
    public var requestedBy: UUID
    /// When.
    public var requestedAt: Date
    /// When it is carried out even if something still holds it.
    public var dueBy: Date
    /// When the person consented again before anything was destroyed.
    public var cancelledAt: Date?
    /// What was destroyed, once it is.
    public var destroyed: Destroyed?
    /// When nothing was left on the disk either.
    public var completedAt: Date?

    /// What was destroyed. From that moment nothing can be opened; the files follow.
    public struct Destroyed: Hashable, Sendable {
        /// When the key was destroyed and the rows were deleted.
        public var at: Date
        /// How many portraits with their templates.
        public var portraits: Int
        /// How many identification records lost their measurements.
        public var records: Int
        /// How many files of sealed pictures.
        public var files: Int

        /// Creates a value.
        public init(at: Date, portraits: Int, records: Int, files: Int) {
            self.at = at
            self.portraits = portraits
            self.records = records
            self.files = files
        }
    }

    /// Creates a value.
    public init(
        id: UUID,
        accountID: UUID,
        reason: String,
        requestedBy: UUID,
        requestedAt: Date,
        cancelledAt: Date? = nil,
        destroyed: Destroyed? = nil,
        completedAt: Date? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.reason = reason
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        dueBy = requestedAt.addingTimeInterval(Self.term)
        self.cancelledAt = cancelledAt
        self.destroyed = destroyed
        self.completedAt = completedAt
    }

    /// Where the demand stands.
    public var state: State {
        if cancelledAt != nil { return .cancelled }
        if completedAt != nil { return .completed }
        return destroyed == nil ? .requested : .destroyed
    }

    /// Where a demand stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// It waits its turn, or for what holds it.
        case requested
        /// The person consented again in time.
        case cancelled
        /// The key is destroyed, the rows are deleted, files may still lie on the disk.
        case destroyed
        /// Nothing is left.
        case completed
    }

    /// Whether it is to be carried out now.
    public func isDue(given holds: Set<ErasureHold>, at now: Date) -> Bool {
        state == .destroyed || state == .requested && (holds.isEmpty || now >= dueBy)
    }
}

/// What keeps biometric data from being destroyed for a while. They are used for nothing else meanwhile.
public enum ErasureHold: String, Hashable, Sendable, Codable, CaseIterable {
    /// The person sits an exam: what was recorded of it is still to be looked at.
    case attemptRuns = "attempt_runs"
    /// A result of the person is under review.
    case resultUnderReview = "result_under_review"
    /// The same face was found under two accounts and nobody has decided about it.
    case duplicateUndecided = "duplicate_undecided"
}

extension IdentificationRecord {
    /// The record without anything that was measured of the person's face.
    ///
    /// Outcome, reason and what a liveness challenge came to stay: they are decisions, others stand on them, and they
    /// limit guessing. A score describes the face beside another picture of it, so it goes.
    public func erased(at time: Date) -> IdentificationRecord {
        var record = self
        record.comparison = nil
        record.findings = findings.map { $0.withoutMeasurements }
        record.erasedAt = time
        return record
    }
}

extension BiometricFindings {
    var withoutMeasurements: BiometricFindings {
        var facts = liveness
        facts?.checks = []
        facts?.advice = nil
        return BiometricFindings(quality: [], liveness: facts, pictureCount: pictureCount)
    }
}
