import Cryptography
import Foundation
import Glibc
import SQLiteStorage
import Storage
import Workflows

/// The files of the master key, of the one that is to follow it, and of those that went before.
///
/// | File | Key |
/// | --- | --- |
/// | `master.key`, or the credential of that name that systemd hands over | the current one |
/// | `master.key.next` | the one that a rotation seals under; it takes the current one's place when all is done |
/// | `master.key.retired-FINGERPRINT` | an earlier one: only backups of its time need it |
struct MasterKeyFiles {
    let folder: URL
    /// Where systemd hands the current key over; it is never written.
    let credential: URL?

    var current: URL { credential ?? folder.appending(path: "master.key") }
    var next: URL { folder.appending(path: "master.key.next") }

    func retiredFile(_ key: SealingKey) -> URL { folder.appending(path: "master.key.retired-\(key.fingerprint)") }

    /// The vault over a database's file, which may not be there yet; the key is made where nothing was ever sealed.
    ///
    /// Where a rotation was cut off, the next key seals and both open.
    ///
    /// - Throws: `ConfigurationError` where the key is missing, or is not the one that the data lie under.
    func vault(over database: URL) throws -> Vault {
        let probe = try SQLiteDatabase.masterKeyProbe(of: database)
        let following = try MasterKey.load(file: next)
        let key =
            probe == nil && following == nil && credential == nil
            ? try MasterKey.loadOrCreate(file: current) : try MasterKey.load(file: current)
        guard let key else {
            throw ConfigurationError("\(current.path) is missing: put the master key back, nothing opens without it")
        }
        let keys = [following, key].compactMap(\.self)
        if let probe, Self.key(of: probe, among: keys) == nil {
            throw ConfigurationError(
                "\(current.path) is not the master key that the data lie under (its fingerprint is \(key.fingerprint))"
            )
        }
        return Vault(masterKey: following ?? key, retired: [key])
    }

    /// The key of the backup that is being restored: the current one or one that is retired.
    ///
    /// - Throws: `ConfigurationError` where none opens what lies in the file.
    func keys(of draft: URL) throws -> (current: SealingKey, sealing: SealingKey) {
        guard let key = try MasterKey.load(file: next) ?? MasterKey.load(file: current) else {
            throw ConfigurationError("\(current.path) is missing: put the master key back")
        }
        guard let probe = try SQLiteDatabase.masterKeyProbe(of: draft) else { return (key, key) }
        guard
            let found = try Self.key(
                of: probe,
                among: [key] + [MasterKey.load(file: current)].compactMap(\.self) + retired()
            )
        else {
            throw ConfigurationError(
                "the backup lies under another master key: put the key of its time into \(folder.path) under the name "
                    + "master.key.retired-FINGERPRINT"
            )
        }
        return (key, found)
    }

    private func retired() throws -> [SealingKey] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasPrefix("master.key.retired-") }
            .compactMap { try MasterKey.load(file: $0) }
    }

    private static func key(of probe: (account: UUID, wrapped: Data), among keys: [SealingKey]) -> SealingKey? {
        let use = MasterKeyUse(.personKeys, probe.account.lowercased)
        return keys.first { (try? Vault(masterKey: $0).unwrap(probe.wrapped, purpose: use)) != nil }
    }
}

/// Keeps a rotation of the master key and everybody who seals under it apart.
enum MasterKeyLock {
    /// Held, by the folder of the keys, as long as the process lives.
    ///
    /// - Throws: `ConfigurationError` where a rotation goes on.
    static func share(_ folder: URL) throws {
        try lock(folder, LOCK_SH, "the master key is being rotated: wait until «attestd keys rotate-master» is done")
    }

    /// - Throws: `ConfigurationError` where the service runs, or a command that seals.
    static func take(_ folder: URL) throws {
        try lock(folder, LOCK_EX, "the service is running, or one of its commands: stop it and run this again")
    }

    private static func lock(_ folder: URL, _ kind: Int32, _ refusal: String) throws {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ConfigurationError("cannot open \(folder.path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, kind | LOCK_NB) == 0 else {
            close(descriptor)
            throw ConfigurationError(refusal)
        }
    }
}
