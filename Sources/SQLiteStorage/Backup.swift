import Cryptography
public import Foundation
import Glibc

/// A copy of everything but the keys, as of one moment, made while the service goes on.
///
/// | File | Content |
/// | --- | --- |
/// | `attestd.sqlite` | the database, without the pages that deleted rows have left |
/// | `evidence/` | the evidence files that its rows lead to; they stay sealed |
/// | `backup.json` | when it was made and the digest of the database; written last: without it the backup is not whole |
public struct Backup: Codable, Hashable, Sendable {
    /// The form of the folder.
    public var version = 1
    /// When it was made.
    public var madeAt: Date
    /// The digest of `attestd.sqlite`, in hexadecimal digits.
    public var databaseDigest: String
    /// How many entries the log had.
    public var logSize: UInt64
    /// How many evidence files there are.
    public var evidence: Int
    /// How many evidence files were erased while the copy was being made, and so are not in it.
    public var erasedMeanwhile: Int

    private enum CodingKeys: String, CodingKey {
        case version, evidence
        case madeAt = "made_at"
        case databaseDigest = "database_sha256"
        case logSize = "log_size"
        case erasedMeanwhile = "erased_meanwhile"
    }

    static let databaseName = "attestd.sqlite"
    static let evidenceName = "evidence"
    static let manifestName = "backup.json"

    /// Copies a database and its evidence into a folder that is not there yet.
    ///
    /// The database comes first, in one snapshot. Evidence is stored before the row that leads to it and deleted after,
    /// so each file that the snapshot leads to is there, unless it was erased meanwhile.
    ///
    /// - Throws: `SQLiteError`, `BackupError`.
    public static func make(database: URL, evidence: URL, in folder: URL, at time: Date) throws -> Backup {
        guard mkdir(folder.path, 0o700) == 0 else {
            throw BackupError("cannot make the folder \(folder.path): \(String(cString: strerror(errno)))")
        }
        let copy = folder.appending(path: databaseName)
        do {
            let source = try SQLiteConnection(path: database.path, readOnly: true)
            try source.run("VACUUM INTO ?", [.text(copy.path)])
        }
        guard chmod(copy.path, 0o600) == 0 else { throw BackupError("cannot protect \(copy.path)") }
        try Durable.sync(copy)
        let connection = try SQLiteConnection(path: copy.path, readOnly: true)
        let references = try connection.evidenceReferences()
        var copied = 0
        for reference in references where try Self.copy(reference, from: evidence, to: folder) { copied += 1 }
        let backup = Backup(
            madeAt: time,
            databaseDigest: try SHA256Digest.hash(contentsOf: copy).hex,
            logSize: try SQLiteStores(connection).logSize(),
            evidence: copied,
            erasedMeanwhile: references.count - copied
        )
        try backup.write(to: folder)
        return backup
    }

    /// Puts a backup where there is no database yet; it becomes one only with ``Restoring/finish()``.
    ///
    /// - Throws: `BackupError` where the backup is not whole, or where a database is there already.
    public static func restore(from folder: URL, database: URL, evidence: URL) throws -> Restoring {
        let backup = try read(folder)
        let source = folder.appending(path: databaseName)
        guard try SHA256Digest.hash(contentsOf: source).hex == backup.databaseDigest else {
            throw BackupError("\(source.path) is not the file that was backed up: it was changed or damaged")
        }
        for suffix in ["", "-wal", "-journal"] where FileManager.default.fileExists(atPath: database.path + suffix) {
            throw BackupError("\(database.path)\(suffix) is there already: nothing is overwritten, move it away first")
        }
        let draft = URL(filePath: database.path + ".restoring")
        for suffix in ["", "-wal", "-shm"] { unlink(draft.path + suffix) }
        try FileManager.default.copyItem(at: source, to: draft)
        guard chmod(draft.path, 0o600) == 0 else { throw BackupError("cannot protect \(draft.path)") }
        try Durable.sync(draft)
        let references: [String]
        do { references = try SQLiteConnection(path: draft.path, readOnly: true).evidenceReferences() }
        for reference in references {
            try Self.copy(
                reference,
                from: folder.appending(path: evidenceName),
                to: evidence.deletingLastPathComponent(),
                named: evidence.lastPathComponent
            )
        }
        return Restoring(backup: backup, draft: draft, database: database)
    }

    /// What stands in a backup's folder.
    ///
    /// - Throws: `BackupError` where it is none, or not whole.
    public static func read(_ folder: URL) throws -> Backup {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let data = FileManager.default.contents(atPath: folder.appending(path: manifestName).path),
            let backup = try? decoder.decode(Backup.self, from: data), backup.version == 1
        else {
            throw BackupError("\(folder.path) holds no whole backup: \(manifestName) is missing or of another form")
        }
        return backup
    }

    private func write(to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let draft = folder.appending(path: ".\(Self.manifestName)")
        try encoder.encode(self).write(to: draft)
        guard chmod(draft.path, 0o600) == 0 else { throw BackupError("cannot protect \(draft.path)") }
        try Durable.sync(draft)
        try Durable.rename(draft, to: folder.appending(path: Self.manifestName))
    }

    /// Copies one evidence file; `false` where it is not there any more.
    @discardableResult
    private static func copy(
        _ reference: String,
        from source: URL,
        to folder: URL,
        named name: String = evidenceName
    ) throws -> Bool {
        let place = "\(reference.prefix(2))/\(reference)"
        guard let data = FileManager.default.contents(atPath: source.appending(path: place).path) else { return false }
        guard SHA256Digest.hash([UInt8](data)).hex == reference else {
            throw BackupError("the evidence \(reference) was changed on the disk")
        }
        let target = folder.appending(path: "\(name)/\(place)")
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try data.write(to: target)
        guard chmod(target.path, 0o600) == 0 else { throw BackupError("cannot protect \(target.path)") }
        try Durable.sync(target)
        try Durable.sync(target.deletingLastPathComponent())
        return true
    }
}

/// A backup on its way to be a database again.
public struct Restoring: Sendable {
    /// What is restored.
    public let backup: Backup
    /// The file that is to become the database; to be opened, checked and changed meanwhile.
    public let draft: URL
    fileprivate let database: URL

    /// Makes it the database. Nobody else may have the draft open by then.
    ///
    /// - Throws: `SQLiteError`, `BackupError`.
    public func finish() throws {
        do {
            // Out of its write-ahead log, for only one file is given its new name.
            let connection = try SQLiteConnection(path: draft.path, readOnly: false)
            guard try Self.leaveWriteAheadLog(connection) else { throw BackupError("\(draft.path) is still open") }
        }
        guard !FileManager.default.fileExists(atPath: draft.path + "-wal") else {
            throw BackupError("\(draft.path) is still open")
        }
        try Durable.sync(draft)
        try Durable.rename(draft, to: database)
    }

    /// Waits until whoever checked the draft has closed it, on threads of their own: SQLite itself does not wait here.
    private static func leaveWriteAheadLog(_ connection: SQLiteConnection) throws -> Bool {
        let busy: Int32 = 5
        for _ in 0..<200 {
            do {
                return try connection.first("PRAGMA journal_mode=DELETE") { $0.text(0) } == "delete"
            } catch let error as SQLiteError where error.code & 0xff == busy {
                usleep(50_000)
            }
        }
        return false
    }
}

/// A backup that could not be made or restored.
public struct BackupError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String

    init(_ reason: String) {
        description = reason
    }
}

/// Files that outlive a power cut.
private enum Durable {
    static func sync(_ file: URL) throws {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw BackupError("cannot open \(file.path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw BackupError("cannot sync \(file.path): \(String(cString: strerror(errno)))")
        }
    }

    static func rename(_ file: URL, to target: URL) throws {
        guard Glibc.rename(file.path, target.path) == 0 else {
            throw BackupError("cannot name \(target.path): \(String(cString: strerror(errno)))")
        }
        try sync(target.deletingLastPathComponent())
    }
}
