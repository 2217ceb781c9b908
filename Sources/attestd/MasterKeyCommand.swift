import Cryptography
import Foundation
import Glibc
import SQLiteStorage
import Storage
import Workflows

/// `attestd keys rotate-master`: a fresh master key, and everything sealed under it.
///
/// Cut off anywhere, it is run again and goes on. The old key keeps its place until nothing lies under it any more.
enum KeysRotateMasterCommand: Command {
    static let name = "keys rotate-master"
    static let summary = "Seal everything under a fresh master key; the service must not be running"
    static let operands = ""
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let composition = try arguments.composition
        let folder = try composition.dataFolder
        let files = folder.masterKeyFiles
        try MasterKeyLock.take(files.folder)
        let database = try composition.existingDatabase()
        guard let old = try MasterKey.load(file: files.current) else {
            throw ConfigurationError("\(files.current.path) is missing: there is no master key that could be followed")
        }
        let evidence = try EvidenceDirectory(folder: folder.evidence)
        let following = try MasterKey.load(file: files.next)
        // Whether all is readable is asked before anything is made or written.
        let known = MasterKeyRotation(database: database, evidence: evidence, old: [old], new: following ?? old)
        try check(await known.count(), files)
        if following == old { return try settle(files, old) }
        let new = try MasterKey.loadOrCreate(file: files.next)
        print("\(following == nil ? "the next master key is" : "going on with the master key") \(new.fingerprint)")
        let work = MasterKeyRotation(database: database, evidence: evidence, old: [old], new: new)
        try await work.run { place, done, total in
            guard isatty(STDERR_FILENO) == 1 else { return }
            FileHandle.standardError.write(
                Data("\r\(place.rawValue): \(done) of \(total)\(done == total ? "\n" : "")".utf8)
            )
        }
        let counts = try await work.count()
        guard counts.allSatisfy({ $0.isOld == 0 && $0.isUnreadable == 0 }) else {
            throw ConfigurationError("something still lies under the old master key; run this again")
        }
        try await work.finish(at: Date())
        for count in counts where count.isNew > 0 { print("\(count.place.rawValue): \(count.isNew)") }
        try retire(old, new, files)
        return 0
    }

    /// The key in place is the next one already: whoever keeps it elsewhere has put it there.
    private static func settle(_ files: MasterKeyFiles, _ current: SealingKey) throws -> Int32 {
        guard unlink(files.next.path) == 0 else {
            throw ConfigurationError("cannot delete \(files.next.path): \(String(cString: strerror(errno)))")
        }
        print("the master key \(current.fingerprint) is in place and \(files.next.path) deleted: all is done")
        return 0
    }

    private static func check(_ counts: [MasterKeyRotation.Count], _ files: MasterKeyFiles) throws {
        let broken = counts.filter { $0.isUnreadable > 0 }.map { "\($0.isUnreadable) of \($0.place.rawValue)" }
        guard broken.isEmpty else {
            throw ConfigurationError(
                "\(files.current.path) does not open \(broken.joined(separator: ", ")): nothing was changed; "
                    + "is it the right key, and does «attestd fsck» find the data whole?"
            )
        }
    }

    private static func retire(_ old: SealingKey, _ new: SealingKey, _ files: MasterKeyFiles) throws {
        guard files.credential == nil else {
            print(
                """
                nothing lies under \(old.fingerprint) any more. The new key is in \(files.next.path):
                put it where systemd takes the credential from, keep the old one with the backups made before,
                restart the service and run this command once more
                """
            )
            return
        }
        let kept = files.retiredFile(old)
        try KeyFileExchange.replace(files.current, by: files.next, keeping: kept)
        print(
            """
            \(files.current.path) is \(new.fingerprint) now; nothing lies under \(old.fingerprint) any more
            the old key is \(kept.path): backups made before need it; move it to where they are, off this machine
            """
        )
    }
}
