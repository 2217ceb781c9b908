package import Storage

/// One thing that the master key seals: its place, and what it is bound to there.
package struct MasterKeyUse: Hashable, Sendable {
    /// Where it lies.
    package var place: MasterKeyPlace
    /// What it is bound to: an account's identifier, an exam's, …
    package var name: String

    /// Creates a value.
    package init(_ place: MasterKeyPlace, _ name: String = "") {
        self.place = place
        self.name = name
    }

    /// What the box is bound to. Never to be changed: what lies sealed would not open any more.
    var context: [UInt8] {
        switch place {
        case .personKeys: Vault.context("person key", name)
        case .biometricKeys: Vault.context("biometric key", name)
        case .examSecrets: Vault.context("exam secret:\(name)")
        case .webhookKeys: Vault.context("webhook:\(name)")
        case .providerLogins: Vault.context("pending provider login \(name)")
        case .exportKeys: Vault.context("export key:\(name)")
        case .archivedDocuments: Vault.context("archive of erased people")
        case .sheetScans: Vault.context("sheet scan:\(name)")
        }
    }
}
