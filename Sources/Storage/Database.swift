public import Accounts
public import Attestation
public import Cases
public import Grading
public import Identification
public import Proctoring
public import Retention
public import Surveys
public import TransparencyLog

/// All the domains' stores inside one transaction: state, events and log entries become durable together or not at all.
public typealias Stores = AccessRecordStore & AccountRegisterStore & AccountStore & AdmissionStore & AttestationStore
    & CaseStore & ChallengeStore & ConsentStore & CredentialStore & DemandStore & DuplicateStore & ErasureStore
    & EventStore & ExportStore & FlagStore & FormStore & GradingStores & IdempotencyStore & IdentificationStore
    & KnownDeviceStore & LogStore & MasterKeyStore & MessageStore & OrderStore & PersonErasureStore
    & PhoneLinkStore & ProviderLoginStore
    & RegisterStore & RetentionStore & ServiceLifeStore & SurveyStore & VisualCaseStore & WitnessStore

/// The seam between the workflows and a database.
///
/// Bodies are synchronous and short: they touch the stores and compute, they never wait for anything else.
public protocol Database: Sendable {
    /// Reads from one consistent snapshot.
    ///
    /// - Throws: what the body throws, or the backend's error.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Stores) throws -> Value) async throws -> Value

    /// Runs the body in one transaction and answers once it is durable. If the body throws, nothing of it stays.
    ///
    /// Events appended by the body are published after the commit and before this returns.
    /// - Throws: what the body throws, or the backend's error (a full disk, say).
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Stores) throws -> Value) async throws -> Value

    /// Makes sure that nothing of what was deleted or overwritten is left in the database's files.
    ///
    /// - Returns: whether that is so; `false` where readers were in the way, and then it is to be tried again.
    /// - Throws: the backend's error.
    func scrub() async throws -> Bool

    /// Writes the database anew, so that the unused parts of its pages hold nothing of what was deleted either; nobody
    /// can write meanwhile. To be followed by ``scrub()``.
    ///
    /// - Throws: the backend's error.
    func rebuild() async throws
}
