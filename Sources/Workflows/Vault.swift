package import Cryptography
package import Foundation
import Identification
package import Storage

/// Seals personal data under per-person keys, which are wrapped under the master key.
///
/// Destroying a person's wrapped key makes everything sealed for the person unreadable (row F3). What is sealed is
/// bound to its purpose: a template cannot be passed off as a picture, nor one person's key as another's.
package struct Vault: Sendable {
    private let masterKey: SealingKey
    /// Keys that are on their way out: they open what is left under them, and seal nothing.
    private let retired: [SealingKey]

    /// A vault under a master key, which never enters the database.
    ///
    /// - Parameter retired: keys that went before, where a rotation is not finished.
    package init(masterKey: SealingKey, retired: [SealingKey] = []) {
        self.masterKey = masterKey
        self.retired = retired.filter { $0 != masterKey }
    }

    /// The key of a person, made where there is none yet. Runs inside a write transaction.
    package func personKey(of accountID: UUID, in stores: any Stores) throws -> SealingKey {
        if let key = try existingPersonKey(of: accountID, in: stores) { return key }
        let key = SealingKey.random()
        let wrapped = wrap(key, purpose: MasterKeyUse(.personKeys, accountID.lowercased))
        try stores.insertWrappedPersonKey(wrapped, of: accountID)
        return key
    }

    /// The key of a person, or `nil` where it was never made or is destroyed.
    package func existingPersonKey(of accountID: UUID, in stores: any Stores) throws -> SealingKey? {
        guard let wrapped = try stores.wrappedPersonKey(of: accountID) else { return nil }
        return try unwrap(wrapped, purpose: MasterKeyUse(.personKeys, accountID.lowercased))
    }

    /// The key of a person's biometric data, made where there is none. Runs inside a write transaction.
    ///
    /// It stands apart from the person's key: a withdrawn consent destroys it (row B5) while everything else that is
    /// recorded of the person stays readable.
    package func biometricKey(of accountID: UUID, in stores: any Stores) throws -> SealingKey {
        if let key = try existingBiometricKey(of: accountID, in: stores) { return key }
        let key = SealingKey.random()
        let wrapped = wrap(key, purpose: MasterKeyUse(.biometricKeys, accountID.lowercased))
        try stores.insertWrappedBiometricKey(wrapped, of: accountID)
        return key
    }

    /// The key of a person's biometric data, or `nil` where it was never made or is destroyed.
    package func existingBiometricKey(of accountID: UUID, in stores: any Stores) throws -> SealingKey? {
        guard let wrapped = try stores.wrappedBiometricKey(of: accountID) else { return nil }
        return try unwrap(wrapped, purpose: MasterKeyUse(.biometricKeys, accountID.lowercased))
    }

    /// Wraps a key that belongs to one thing, an export's file for one.
    package func wrap(_ key: SealingKey, purpose: MasterKeyUse) -> Data {
        Data(masterKey.wrap(key, associatedData: purpose.context).bytes)
    }

    /// The key that ``wrap(_:purpose:)`` wrapped.
    package func unwrap(_ wrapped: Data, purpose: MasterKeyUse) throws -> SealingKey {
        let box = try SealedBox(bytes: wrapped)
        return try eachKey { try $0.unwrap(box, associatedData: purpose.context) }
    }

    /// Seals a secret of the institution itself, such as an exam's.
    package func seal(_ plaintext: Data, purpose: MasterKeyUse) -> Data {
        Data(masterKey.seal(plaintext, associatedData: purpose.context).bytes)
    }

    /// Opens what ``seal(_:purpose:)`` sealed.
    package func open(_ ciphertext: Data, purpose: MasterKeyUse) throws -> Data {
        let box = try SealedBox(bytes: ciphertext)
        return Data(try eachKey { try $0.open(box, associatedData: purpose.context) })
    }

    /// Boxes commit to their key: a wrong one is told by one HMAC.
    private func eachKey<Value>(_ body: (SealingKey) throws -> Value) throws -> Value {
        do {
            return try body(masterKey)
        } catch let error as CryptographyError where error.code == .notAuthentic {
            for key in retired { if let value = try? body(key) { return value } }
            throw error
        }
    }

    static func context(_ purpose: String, _ name: String = "") -> [UInt8] { Array("attestd \(purpose)\n\(name)".utf8) }
}

extension SealingKey {
    /// Seals bytes for one purpose.
    package func sealed(_ plaintext: Data, purpose: String) -> Data {
        Data(seal(plaintext, associatedData: Vault.context(purpose)).bytes)
    }

    /// Opens bytes sealed for the same purpose.
    ///
    /// - Throws: `CryptographyError` where key, purpose or bytes are others.
    package func opened(_ ciphertext: Data, purpose: String) throws -> Data {
        Data(try open(SealedBox(bytes: ciphertext), associatedData: Vault.context(purpose)))
    }
}
