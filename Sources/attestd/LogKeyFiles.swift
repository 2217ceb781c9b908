import Cryptography
import Foundation
import Glibc
import SQLiteStorage
import Storage
import TransparencyLog

/// The file of the key that signs the log, and the one that takes its place.
///
/// A rotation makes the next key in a file of its own, writes the entry in one transaction, and then gives the file its
/// new name. Whenever it is cut off, the log says which of the two keys is in use, and the file follows.
struct LogKeyFiles {
    let current: URL
    let origin: String

    private var next: URL { URL(filePath: current.path + ".next") }

    /// Finishes a rotation that was cut off after its transaction.
    ///
    /// - Throws: `ConfigurationError` where the log was handed over to a key that neither file holds.
    func settle(_ database: any Database) async throws {
        let last = try await database.read { try $0.logEntries(ofKind: KeyRotation.kind).last.map(KeyRotation.init) }
        // No rotation yet: whatever key is there is the first.
        guard let last else { return }
        if let key = try SigningKey.load(file: current), try verifier(key) == last?.new { return }
        guard let key = try SigningKey.load(file: next), try verifier(key) == last?.new else {
            throw ConfigurationError("\(current.path) is not the key that the log was handed over to")
        }
        guard rename(next.path, current.path) == 0 else {
            throw ConfigurationError("cannot name \(current.path): \(String(cString: strerror(errno)))")
        }
    }

    /// Hands the log over to a fresh key; the old one is gone afterwards.
    func rotate(_ database: any Database, at time: Date) async throws -> (old: NoteVerifier, new: NoteVerifier) {
        try await settle(database)
        guard let key = try SigningKey.load(file: current) else {
            throw ConfigurationError("\(current.path) is missing: there is no key yet that could be followed")
        }
        let old = try NoteSigner(name: origin, key: key)
        let new = try NoteSigner(name: origin, key: SigningKey.loadOrCreate(file: next))
        _ = try await database.write { try Log.rotateKey(from: old, to: new, at: time, in: $0) }
        try await settle(database)
        return (old.verifier, new.verifier)
    }

    /// All keys that the log had.
    ///
    /// - Throws: `ConfigurationError` where the log's entries do not lead to the key in the file.
    func keys(_ database: any Database) async throws -> LogKeys {
        guard let key = try SigningKey.load(file: current) else {
            throw ConfigurationError("\(current.path) is missing: put the log's key back")
        }
        let verifier = try verifier(key)
        guard let keys = try await database.read({ try LogKeys(current: verifier, in: $0) }) else {
            throw ConfigurationError("the log's rotations do not lead to the key in \(current.path)")
        }
        return keys
    }

    private func verifier(_ key: SigningKey) throws -> NoteVerifier {
        try NoteVerifier(name: origin, key: key.publicKey)
    }
}

/// `attestd log rotate-key`: a fresh key for the log, which the old one names.
enum LogRotateKeyCommand: Command {
    static let name = "log rotate-key"
    static let summary = "Hand the log over to a fresh key; the service must not be running"
    static let operands = ""
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let composition = try arguments.composition
        let folder = try composition.dataFolder
        let lock = try DataLock(file: folder.lock)
        defer { lock.release() }
        let (old, new) = try await composition.logKeyFiles.rotate(composition.existingDatabase(), at: Date())
        print("until now: \(old.text)\nfrom now:  \(new.text)")
        print("publish the new key; bundles and checkpoints of before stay verifiable with the old one")
        return 0
    }
}

/// `attestd log keys`: the public keys of the log with the sizes that each signs.
enum LogKeysCommand: Command {
    static let name = "log keys"
    static let summary = "List the log's public keys, with the sizes of the log that each signs"
    static let operands = ""
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let composition = try arguments.composition
        for period in try await composition.logKeyFiles.keys(composition.existingDatabase()).periods {
            print("\(period.first)\t\(period.last.map(String.init) ?? "now")\t\(period.verifier.text)")
        }
        return 0
    }
}
