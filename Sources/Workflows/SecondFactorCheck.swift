import Accounts
import Cryptography
import Foundation
import OneTimePasswords
import Storage

/// Seals the secrets of second factors, and takes what their holders type: a code of the app or a recovery code. Each
/// counts once.
struct SecondFactorCheck {
    let vault: Vault

    /// What was typed.
    enum Proof: String {
        case code = "second_factor_valid"
        case recoveryCode = "recovery_code_valid"
    }

    /// Uses up what was typed; `nil` where it is neither a code nor a recovery code. Runs inside a write transaction.
    func use(_ typed: String, of factor: SecondFactor, at now: Date, in stores: any Stores) throws -> Proof? {
        if let step = try step(of: typed, factor, at: now, in: stores) {
            var used = factor
            used.lastStep = step
            try stores.setSecondFactor(used, of: factor.accountID)
            return .code
        }
        guard let code = OneTimeCode(typed: typed),
            try stores.useRecoveryCode(code.hashedForStorage.hex, of: factor.accountID)
        else { return nil }
        return .recoveryCode
    }

    /// The step whose code was typed, if it counts.
    func step(of typed: String, _ factor: SecondFactor, at now: Date, in stores: any Stores) throws -> UInt64? {
        // Who has been erased has no key any more, and no second factor.
        guard let key = try vault.existingPersonKey(of: factor.accountID, in: stores) else { return nil }
        let secret = try key.opened(factor.sealedSecret, purpose: Self.purpose)
        return try AuthenticatorKey(secret: SecretBytes(copying: secret))
            .step(of: typed, at: now, after: factor.lastStep)
    }

    /// Seals a fresh secret.
    func seal(_ key: AuthenticatorKey, of accountID: UUID, in stores: any Stores) throws -> Data {
        try vault.personKey(of: accountID, in: stores).sealed(Data(key.secretBytes), purpose: Self.purpose)
    }

    private static let purpose = "second factor"
}
