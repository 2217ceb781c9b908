import Cryptography
import Foundation
import Glibc
import SQLiteStorage
import Storage
import TransparencyLog

/// The file of the key that signs the log, and the one that takes its place.
///
/// A rotation makes the next key in a file of its own, writes the entry in one transaction, and then gives the file its
/// new name. Whenever it is cut off, the log says which of the two keys is in use, and the file follows. A key that
/// systemd hands over is never written: there the next key stays in its own file until it is put in the credential's place.
struct LogKeyFiles {
    let folder: URL
    /// Where systemd hands the key over.
    let credential: URL?
    let origin: String

    var current: URL { credential ?? folder.appending(path: "log.key") }
    private var next: URL { folder.appending(path: "log.key.next") }

    /// What signs the log; finishes a rotation that was cut off after its transaction. The first key of a log is made.
    ///
    /// - Throws: `ConfigurationError` where the key is missing, or the log was handed over to one that no file holds.
    func signer(_ database: any Database) async throws -> NoteSigner {
        if let key = try await settled(database) { return try NoteSigner(name: origin, key: key) }
        guard try await database.read({ try $0.latestCheckpoint() }) == nil, credential == nil else {
            throw ConfigurationError("\(current.path) is missing: put the log's key back")
        }
        return try NoteSigner(name: origin, key: SigningKey.loadOrCreate(file: current))
    }

    /// The key in use, under its own name; `nil` where there is none yet.
    private func settled(_ database: any Database) async throws -> SigningKey? {
        let key = try SigningKey.load(file: current)
        let following = try SigningKey.load(file: next)
        // No rotation yet: whatever key is there is the first.
        guard let last = try await rotation(database) else { return key }
        if let key, try verifier(key) == last {
            // Whoever keeps it elsewhere has put it in its place.
            if let following, following.publicKey == key.publicKey { unlink(next.path) }
            return key
        }
        guard let following, try verifier(following) == last else {
            throw ConfigurationError("\(current.path) is not the key that the log was handed over to")
        }
        if credential == nil { try KeyFileExchange.replace(current, by: next) }
        return following
    }

    private func rotation(_ database: any Database) async throws -> NoteVerifier? {
        try await database.read { try $0.logEntries(ofKind: KeyRotation.kind).last.map(KeyRotation.init)??.new }
    }

    /// Hands the log over to a fresh key; the old one is gone afterwards.
    ///
    /// - Returns: both keys, and the file that is still to be put where systemd takes the credential from.
    func rotate(
        _ database: any Database,
        at time: Date
    ) async throws -> (old: NoteVerifier, new: NoteVerifier, waiting: URL?) {
        guard let key = try await settled(database) else {
            throw ConfigurationError("\(current.path) is missing: there is no key yet that could be followed")
        }
        guard try credential == nil || SigningKey.load(file: current)?.publicKey == key.publicKey else {
            throw ConfigurationError("put \(next.path) where systemd takes the credential from first: it is in use")
        }
        let old = try NoteSigner(name: origin, key: key)
        let new = try NoteSigner(name: origin, key: SigningKey.loadOrCreate(file: next))
        _ = try await database.write { try Log.rotateKey(from: old, to: new, at: time, in: $0) }
        _ = try await settled(database)
        return (old.verifier, new.verifier, credential == nil ? nil : next)
    }

    /// All keys that the log had.
    ///
    /// - Throws: `ConfigurationError` where the log's entries do not lead to the key in the file.
    func keys(_ database: any Database) async throws -> LogKeys {
        let last = try await rotation(database)
        let held = try [current, next].compactMap { try SigningKey.load(file: $0) }.map { try self.verifier($0) }
        guard !held.isEmpty else { throw ConfigurationError("\(current.path) is missing: put the log's key back") }
        let verifier = held.first { $0 == last } ?? held[0]
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
        let (old, new, waiting) = try await composition.logKeyFiles.rotate(composition.existingDatabase(), at: Date())
        print("until now: \(old.text)\nfrom now:  \(new.text)")
        if let waiting { print("put \(waiting.path) where systemd takes the credential from, and restart") }
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
