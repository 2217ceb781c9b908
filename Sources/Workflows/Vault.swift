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

    /// A vault under a master key, which never enters the database.
    package init(masterKey: SealingKey) {
        self.masterKey = masterKey
    }

    /// The key of a person, made where there is none yet. Runs inside a write transaction.
    package func personKey(of accountID: UUID, in stores: any Stores) throws -> SealingKey {
        if let key = try existingPersonKey(of: accountID, in: stores) { return key }
        let key = SealingKey.random()
        let wrapped = masterKey.wrap(key, associatedData: Self.context("person key", accountID.lowercased))
        try stores.insertWrappedPersonKey(Data(wrapped.bytes), of: accountID)
        return key
    }

    /// The key of a person, or `nil` where it was never made or is destroyed.
    package func existingPersonKey(of accountID: UUID, in stores: any Stores) throws -> SealingKey? {
        guard let wrapped = try stores.wrappedPersonKey(of: accountID) else { return nil }
        return try masterKey.unwrap(
            SealedBox(bytes: wrapped),
            associatedData: Self.context("person key", accountID.lowercased)
        )
    }

    /// The key of a person's biometric data, made where there is none. Runs inside a write transaction.
    ///
    /// It stands apart from the person's key: a withdrawn consent destroys it (row B5) while everything else that is
    /// recorded of the person stays readable.
    package func biometricKey(of accountID: UUID, in stores: any Stores) throws -> SealingKey {
        if let key = try existingBiometricKey(of: accountID, in: stores) { return key }
        let key = SealingKey.random()
        let wrapped = masterKey.wrap(key, associatedData: Self.context("biometric key", accountID.lowercased))
        try stores.insertWrappedBiometricKey(Data(wrapped.bytes), of: accountID)
        return key
    }

    /// The key of a person's biometric data, or `nil` where it was never made or is destroyed.
    package func existingBiometricKey(of accountID: UUID, in stores: any Stores) throws -> SealingKey? {
        guard let wrapped = try stores.wrappedBiometricKey(of: accountID) else { return nil }
        return try masterKey.unwrap(
            SealedBox(bytes: wrapped),
            associatedData: Self.context("biometric key", accountID.lowercased)
        )
    }

    /// Wraps a key that belongs to one thing, an export's file for one.
    package func wrap(_ key: SealingKey, purpose: String) -> Data {
        Data(masterKey.wrap(key, associatedData: Self.context(purpose)).bytes)
    }

    /// The key that ``wrap(_:purpose:)`` wrapped.
    package func unwrap(_ wrapped: Data, purpose: String) throws -> SealingKey {
        try masterKey.unwrap(SealedBox(bytes: wrapped), associatedData: Self.context(purpose))
    }

    /// Seals a secret of the institution itself, such as an exam's.
    package func seal(_ plaintext: Data, purpose: String) -> Data {
        masterKey.sealed(plaintext, purpose: purpose)
    }

    /// Opens what ``seal(_:purpose:)`` sealed.
    package func open(_ ciphertext: Data, purpose: String) throws -> Data {
        try masterKey.opened(ciphertext, purpose: purpose)
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
