public import Foundation

/// Where people's biometric keys are kept, and the demands to destroy them with everything that they seal.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol ErasureStore: AnyObject {
    /// The key of a person's biometric data, wrapped under the master key.
    func wrappedBiometricKey(of accountID: UUID) throws -> Data?
    /// Stores a person's wrapped biometric key; there is one at a time.
    func insertWrappedBiometricKey(_ key: Data, of accountID: UUID) throws

    /// Adds a demand; a person has one pending demand at a time.
    func insertErasure(_ request: ErasureRequest) throws
    /// One demand.
    func erasure(_ id: UUID) throws -> ErasureRequest?
    /// A page of demands, newest first.
    func erasures(before: UUID?, limit: Int) throws -> [ErasureRequest]
    /// The demands that are neither cancelled nor completed, by rising identifier, beginning behind one.
    func openErasures(after: UUID?, limit: Int) throws -> [ErasureRequest]
    /// A person's demand that nobody has cancelled and of which nothing is carried out yet.
    func pendingErasure(of accountID: UUID) throws -> ErasureRequest?
    /// What holds a person's biometric data now.
    func erasureHolds(of accountID: UUID) throws -> Set<ErasureHold>
    /// Cancels a demand; `false` where it is carried out or cancelled already.
    func cancelErasure(_ id: UUID, at: Date) throws -> Bool

    /// Destroys a person's biometric key, portraits, templates and measurements, and notes which files are to follow.
    ///
    /// - Returns: what was destroyed; `nil` where the demand is not pending.
    func destroyBiometrics(for id: UUID, at: Date) throws -> ErasureRequest.Destroyed?
    /// The files of a demand that may still lie on the disk.
    func filesToDelete(for id: UUID) throws -> [EvidenceReference]
    /// Notes that nothing is left; `false` where that was noted before.
    func completeErasure(_ id: UUID, at: Date) throws -> Bool
}
