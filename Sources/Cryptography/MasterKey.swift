public import Foundation

/// The key under which each person's data key is wrapped; it lies in a file of its own, never in the database.
public enum MasterKey {
    /// The key in `file`; made there, with mode 0600 and durably, when the file is missing.
    ///
    /// The file holds 32 bytes, belongs to the running user and is readable by nobody else; a systemd credential will
    /// do as well.
    ///
    /// - Throws: ``CryptographyError`` with code `unsafeKeyFile`, `wrongLength` or `fileAccess`.
    public static func loadOrCreate(file: URL) throws -> SealingKey {
        try SealingKey(secret: KeyFile.loadOrCreate(file))
    }

    /// The key in `file`, or nil when the file is missing.
    ///
    /// - Throws: ``CryptographyError`` with code `unsafeKeyFile`, `wrongLength` or `fileAccess`.
    public static func load(file: URL) throws -> SealingKey? {
        try KeyFile.load(file).map { try SealingKey(secret: $0) }
    }
}
