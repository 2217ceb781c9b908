import Cryptography
import Foundation
import Proctoring
import Retention
import SQLiteStorage
import TransparencyLog
import Workflows

/// `attestd backup`: copies everything but the keys while the service goes on.
enum BackupCommand: Command {
    static let name = "backup"
    static let summary = "Copy the database and the evidence, but not the keys, into a new folder"
    static let operands = ""
    static let options = [
        CommandOption.config,
        CommandOption(name: "to", value: "DIR", summary: "The folder to make; it must not be there yet"),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let target = URL(filePath: try arguments.required("to")).standardizedFileURL
        let folder = try arguments.composition.dataFolder
        let backup = try Backup.make(
            database: folder.database,
            evidence: folder.evidence,
            in: target,
            at: Date()
        )
        try LastBackup(folder).note(backup)
        print("\(target.path): a log of \(backup.logSize) entries, \(backup.evidence) evidence files")
        print("keep \(folder.root.appending(path: "keys").path) apart from it, and with each backup the output of")
        print("  attestd erasures")
        return 0
    }
}

/// `attestd erasures`: the erasures that the log has, for whoever restores an older backup.
enum ErasuresCommand: Command {
    static let name = "erasures"
    static let summary = "Print the erasures that the log has; to be kept apart from the backups"
    static let operands = ""
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let database = try arguments.composition.existingDatabase()
        let (size, tombstones) = try await database.tombstones()
        print(String(decoding: try ErasureList(logSize: size, erasures: tombstones).encoded(), as: UTF8.self))
        return 0
    }
}

/// What `attestd erasures` prints and `attestd restore` reads.
struct ErasureList: Codable {
    /// The size of the log that it was made of.
    var logSize: UInt64
    var erasures: [Tombstone]

    private enum CodingKeys: String, CodingKey {
        case logSize = "log_size"
        case erasures
    }

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try encoder.encode(self)
    }

    init(logSize: UInt64, erasures: [Tombstone]) {
        self.logSize = logSize
        self.erasures = erasures
    }

    /// - Throws: `ConfigurationError`.
    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file),
            let list = try? JSONDecoder().decode(ErasureList.self, from: data)
        else { throw ConfigurationError("\(file) is not what «attestd erasures» prints") }
        self = list
    }
}

/// `attestd restore`: makes a backup the database again, without the people who were erased since.
enum RestoreCommand: Command {
    static let name = "restore"
    static let summary = "Put a backup where there is no database, and erase again who was erased since"
    static let operands = ""
    static let options = [
        CommandOption.config,
        CommandOption(name: "from", value: "DIR", summary: "The backup"),
        CommandOption(name: "erasures", value: "FILE", summary: "The newest output of «attestd erasures»"),
        CommandOption(
            name: "without-erasures",
            value: "",
            summary: "Restore though people who were erased after the backup come back"
        ),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let source = URL(filePath: try arguments.required("from")).standardizedFileURL
        let list = try arguments["erasures"].map(ErasureList.init(file:))
        guard (list != nil) != (arguments["without-erasures"] != nil) else {
            throw UsageError(
                "give --erasures FILE, the newest output of «attestd erasures»; without it people who were erased after "
                    + "the backup come back: --without-erasures if there is none"
            )
        }
        let composition = try arguments.composition
        let folder = try composition.dataFolder
        let lock = try DataLock(file: folder.lock)
        defer { lock.release() }
        let logKey = try composition.logKeyFiles.current
        guard try MasterKey.load(file: folder.masterKeyFiles.current) != nil,
            let key = try SigningKey.load(file: logKey)
        else {
            throw ConfigurationError(
                "put \(folder.masterKeyFiles.current.path) and \(logKey.path) back first: a backup holds no keys"
            )
        }
        let backup = try Backup.read(source)
        if let list, list.logSize < backup.logSize {
            throw ConfigurationError(
                "the list of erasures is of a log of \(list.logSize) entries, older than the backup's \(backup.logSize)"
            )
        }
        let restoring = try Backup.restore(from: source, database: folder.database, evidence: folder.evidence)
        let verifier = try NoteVerifier(name: composition.configuration.logOrigin, key: key.publicKey)
        let since = (list?.erasures ?? []).filter { $0.index >= backup.logSize }
        try await check(restoring.draft, verifier)
        let isRewrapped = try await rewrap(restoring.draft, folder)
        let count = try await replay(since, restoring.draft, folder)
        try restoring.finish()
        print(
            "restored: a log of \(backup.logSize) entries as of \(backup.madeAt.formatted(.iso8601)); all are logged out"
        )
        if isRewrapped { print("it lay under an earlier master key and was sealed anew under the present one") }
        let people = count == 1 ? "1 person" : "\(count) people"
        print(
            "\(people) erased again, of \(since.count) erasures since; the log's records of that follow with the service"
        )
        return 0
    }

    /// What to do about a log that does not lead to the key in place.
    private static func strange(_ key: NoteVerifier, _ draft: SQLiteDatabase) async throws -> String {
        let (last, checkpoint) = try await draft.read { stores in
            (try LogKeys.rotations(in: stores).last?.new, try stores.latestCheckpoint())
        }
        let ids = last.map { [$0.text] } ?? checkpoint?.note.signatures.map { "\($0.name)+\($0.keyIDText)" } ?? []
        return "the backup was made before the log's key was changed, or is of another log: its log was signed by "
            + "\(ids.joined(separator: ", ")), and the key in place is \(key.text); put the log.key that was in use then, "
            + "kept with that backup's keys, in its place, restore, and hand the log over anew: attestd log rotate-key"
    }

    /// Seals anew what lies under an earlier master key.
    private static func rewrap(_ draft: URL, _ folder: Composition.DataFolder) async throws -> Bool {
        let keys = try folder.masterKeyFiles.keys(of: draft)
        guard keys.sealing != keys.current else { return false }
        let rotation = MasterKeyRotation(
            database: try SQLiteDatabase(file: draft, readers: 1),
            evidence: try EvidenceDirectory(folder: folder.evidence),
            old: [keys.sealing],
            new: keys.current
        )
        try await rotation.run()
        return true
    }

    /// Checks the log of the draft, which is closed again afterwards.
    private static func check(
        _ draft: URL,
        _ verifier: NoteVerifier
    ) async throws {
        let database = try SQLiteDatabase(file: draft, readers: 1)
        guard let keys = try await database.read({ try LogKeys(current: verifier, in: $0) }) else {
            throw ConfigurationError(try await strange(verifier, database))
        }
        // Without a rotation in it, the log itself does not say whose it is: its newest checkpoint does.
        let newest = try await database.read { try $0.latestCheckpoint() }
        if let newest, newest.verify(with: keys.verifiers(for: newest.size)) == .unknown {
            throw ConfigurationError(try await strange(verifier, database))
        }
        let report = try await database.read { try Log.fsck($0, keys: keys) }
        if let problem = report.problem { throw ConfigurationError("the backup's log was changed: \(problem)") }
    }

    /// Carries out again what the log of later had: nothing of it is left in the draft, nor among the evidence.
    ///
    /// - Returns: how many people were erased.
    private static func replay(
        _ tombstones: [Tombstone],
        _ draft: URL,
        _ folder: Composition.DataFolder
    ) async throws -> Int {
        let database = try SQLiteDatabase(file: draft, readers: 1)
        try await database.replay(tombstones, at: Date())
        let services = Services(
            database: database,
            evidence: try EvidenceDirectory(folder: folder.evidence),
            vault: Vault(masterKey: try folder.masterKeyFiles.keys(of: draft).current),
            passwords: try PasswordHasher(),
            events: EventHub()
        )
        try await Erasure(services).carryOut()
        let people = tombstones.filter { $0.what == "person" }.map { tombstone in
            ErasedPerson(
                accountID: tombstone.subject,
                erasureID: tombstone.record,
                ground: tombstone.ground.flatMap { PersonErasure.Ground(rawValue: $0) } ?? .request
            )
        }
        return try await PersonErasures(services).replay(people)
    }
}
