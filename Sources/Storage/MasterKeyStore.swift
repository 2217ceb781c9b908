public import Foundation

/// Where something lies sealed under the master key itself; everything else lies under keys that are sealed so.
///
/// The vault takes nothing that has no place here, and the store must find each place's rows, so a use of the master key
/// that a rotation would miss does not compile.
public enum MasterKeyPlace: String, CaseIterable, Sendable {
    /// Each person's data key.
    case personKeys = "person_keys"
    /// Each person's biometric key.
    case biometricKeys = "biometric_keys"
    /// Exams' secrets, from which tickets are drawn.
    case examSecrets = "exam_secrets"
    /// Keys that sign messages to other systems.
    case webhookKeys = "webhook_keys"
    /// Logins that are under way at the institution's provider.
    case providerLogins = "provider_logins"
    /// Keys of exported files.
    case exportKeys = "export_keys"
    /// What the law demands of people who are erased.
    case archivedDocuments = "archived_documents"
    /// Scans of signed grade sheets, which lie as evidence.
    case sheetScans = "sheet_scans"

    /// Whether keys are what is sealed there: a key never opens as data, nor data as a key.
    public var holdsKeys: Bool {
        switch self {
        case .personKeys, .biometricKeys, .exportKeys: true
        case .examSecrets, .webhookKeys, .providerLogins, .archivedDocuments, .sheetScans: false
        }
    }
}

/// One thing that lies sealed under the master key.
public struct MasterKeyItem: Hashable, Sendable {
    /// Where its bytes are.
    public enum Content: Hashable, Sendable {
        /// In the row.
        case box(Data)
        /// In the evidence file of this name.
        case evidence(String)
    }

    /// In which place.
    public var place: MasterKeyPlace
    /// The row; rows are read in the order of these.
    public var mark: String
    /// What it is bound to: an account's identifier, an exam's, …
    public var name: String
    /// The bytes.
    public var content: Content

    /// Creates a value.
    public init(place: MasterKeyPlace, mark: String, name: String, content: Content) {
        self.place = place
        self.mark = mark
        self.name = name
        self.content = content
    }
}

/// Finds and replaces what lies sealed under the master key, when the key is to be followed by another.
///
/// All calls run inside one storage transaction and are synchronous.
public protocol MasterKeyStore: AnyObject {
    /// The rows of a place behind a mark, at most so many.
    func masterKeyItems(in place: MasterKeyPlace, after mark: String?, limit: Int) throws -> [MasterKeyItem]
    /// How many rows a place has.
    func masterKeyItemCount(in place: MasterKeyPlace) throws -> Int
    /// Puts other bytes into a row, sealed under another key. Evidence that is replaced is noted as destroyed.
    ///
    /// - Parameter work: the rotation, under which destroyed evidence is noted.
    func replace(_ item: MasterKeyItem, with content: MasterKeyItem.Content, for work: UUID) throws
}
