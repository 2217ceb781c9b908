public import Foundation

/// Where portraits, personal keys and identification records are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol IdentificationStore: AnyObject {
    /// The person's data key, wrapped under the master key.
    func wrappedPersonKey(of accountID: UUID) throws -> Data?
    /// Stores a person's wrapped data key; there is one for each person.
    func insertWrappedPersonKey(_ key: Data, of accountID: UUID) throws

    /// The newest portrait of a person.
    func currentPortrait(of accountID: UUID) throws -> Portrait?
    /// Adds a portrait, which becomes the current one.
    func insertPortrait(_ portrait: Portrait) throws

    /// The identification policy of a kind of procedure.
    func identificationPolicy(procedure: ProcedureKind) throws -> IdentificationPolicy?
    /// Sets the identification policy of a kind of procedure.
    func setIdentificationPolicy(_ policy: IdentificationPolicy, procedure: ProcedureKind) throws
    /// The kind of procedure that an exam is.
    func procedure(examID: UUID) throws -> ProcedureKind?
    /// The identification policy of an exam.
    func identificationPolicy(examID: UUID) throws -> IdentificationPolicy?
    /// Sets the identification policy of an exam, and what kind of procedure it is.
    func setIdentificationPolicy(
        _ policy: IdentificationPolicy,
        procedure: ProcedureKind,
        examID: UUID
    ) throws

    /// Adds an identification record.
    func insertIdentification(_ record: IdentificationRecord) throws
    /// One identification record.
    func identification(_ id: UUID) throws -> IdentificationRecord?
    /// The records of an attempt, oldest first.
    func identifications(attemptID: UUID) throws -> [IdentificationRecord]
    /// The newest biometric and visual records of a person for a kind of procedure, apart from any attempt, oldest first.
    func identifications(of subject: UUID, apart procedure: ProcedureKind, limit: Int) throws -> [IdentificationRecord]
    /// The records that a filter lets through, newest first.
    func identifications(_ filter: IdentificationFilter) throws -> [IdentificationRecord]

    /// Keeps the sealed part of a log entry; the entry commits to its digest.
    ///
    /// - Parameter biometricRecordID: the record whose biometric measurements it seals, under the person's biometric
    ///   key; `nil` where it seals none.
    func insertSealedPayload(_ ciphertext: Data, digest: String, subject: UUID, biometricRecordID: UUID?) throws
    /// The sealed part of a log entry, unless it was destroyed.
    func sealedPayload(digest: String) throws -> Data?

    /// Notes who looked at whose biometric data, and why (row F5).
    func insertBiometricAccess(_ access: BiometricAccess) throws
    /// The accesses to a person's biometric data, newest first.
    func biometricAccesses(of accountID: UUID, limit: Int) throws -> [BiometricAccess]
}

/// One look at somebody's biometric data.
public struct BiometricAccess: Hashable, Sendable {
    /// The account that looked; `nil` for the service itself (an automatic comparison).
    public var actor: UUID?
    /// Whose data.
    public var subject: UUID
    /// What was looked at: `portrait`, `template`, `frame`.
    public var what: String
    /// Why: `comparison`, `own`, `review`, …
    public var purpose: String
    /// When.
    public var at: Date
    /// What it was needed for, where that is known: an attempt, a case.
    public var task: UUID?
    /// How many records or pictures were shown at once.
    public var items: Int

    /// Creates a value.
    public init(
        actor: UUID?,
        subject: UUID,
        what: String,
        purpose: String,
        at: Date,
        task: UUID? = nil,
        items: Int = 1
    ) {
        self.actor = actor
        self.subject = subject
        self.what = what
        self.purpose = purpose
        self.at = at
        self.task = task
        self.items = items
    }
}
