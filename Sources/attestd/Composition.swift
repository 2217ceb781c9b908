import API
import Cryptography
import DocumentReading
import FaceAnalysis
import Foundation
import HTTPServer
import Identification
import OpenIDConnect
import Pages
import Proctoring
import SQLiteStorage
import Storage
import TimeStamps
import TransparencyLog
import Workflows

/// Puts the parts together as the configuration says.
struct Composition {
    let configuration: Configuration
    let log: ServiceLog

    /// The data folder's files, each in its place.
    struct DataFolder {
        let root: URL

        /// Opens the folder, making it for the service's user only where it is not there.
        ///
        /// - Throws: `ConfigurationError`.
        init(_ root: URL) throws {
            self.root = root
            do {
                try FileManager.default.createDirectory(
                    at: root.appending(path: "keys"),
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw ConfigurationError("cannot make the data folder \(root.path): \(error.localizedDescription)")
            }
        }

        var database: URL { root.appending(path: "attestd.sqlite") }
        var evidence: URL { root.appending(path: "evidence") }
        var exports: URL { root.appending(path: "exports") }
        var keys: URL { root.appending(path: "keys") }
        var masterKeyFiles: MasterKeyFiles {
            MasterKeyFiles(folder: keys, credential: Self.credential("master.key"))
        }
        var witnessKey: URL { root.appending(path: "keys/witness.key") }
        var lastBackup: URL { root.appending(path: "last-backup.json") }
        var lock: URL { root.appending(path: "attestd.lock") }

        /// A key that systemd hands over (`LoadCredential=`); `nil` where it hands over none of that name.
        static func credential(_ name: String) -> URL? {
            guard let folder = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] else { return nil }
            let file = URL(filePath: folder).appending(path: name)
            return FileManager.default.fileExists(atPath: file.path) ? file : nil
        }
    }

    var dataFolder: DataFolder {
        get throws { try DataFolder(configuration.path(configuration.dataDirectory)) }
    }

    /// The database alone, for commands that need no more.
    func database(events: EventHub = EventHub()) throws -> any Database {
        let relay = EventRelay(to: events)
        return try SQLiteDatabase(file: dataFolder.database) { relay.publish($0) }
    }

    /// Everything that the workflows stand on.
    func services() throws -> Services {
        let folder = try dataFolder
        try MasterKeyLock.share(folder.keys)
        let vault = try folder.masterKeyFiles.vault(over: folder.database)
        let events = EventHub()
        var services = Services(
            database: try database(events: events),
            evidence: try EvidenceDirectory(folder: folder.evidence),
            vault: vault,
            passwords: try PasswordHasher(),
            events: events,
            accounts: AccountSettings(
                staffSecondFactor: configuration.accounts.staffSecondFactor,
                serviceName: configuration.accounts.serviceName
            ),
            timeZone: try configuration.institutionTimeZone
        )
        services.exports = configuration.exports.settings(folder.exports, configuration.path)
        services.grading = try configuration.grading.settings(configuration.path)
        services.flagRules = try configuration.rulesForFlags
        services.webhooks = configuration.webhooks.sender(configuration.path)
        return services
    }

    /// The institution's login provider; `nil` where none is configured.
    ///
    /// - Throws: `ConfigurationError` where the client secret or the certificates cannot be used.
    func provider() throws -> InstitutionProvider? {
        guard let settings = configuration.openIdConnect else { return nil }
        do {
            let party = try RelyingParty(settings, folder: configuration.folder)
            return InstitutionProvider(party: party, name: settings.displayName)
        } catch let error as OpenIDConnectError {
            throw ConfigurationError("open_id_connect: \(error.reason)")
        }
    }

    /// The face engine under watch.
    func recognition(_ services: Services) throws -> FaceRecognition {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let workers = configuration.faces.workers == 0 ? cores : configuration.faces.workers
        return FaceRecognition(
            services,
            analyzer: try faceAnalyzer(workers: workers),
            settings: BiometricSettings(
                portrait: configuration.portrait,
                probe: configuration.probe,
                presence: configuration.presence
            ),
            pictures: selfTestPictures()
        )
    }

    /// The face engine with the verified models.
    func faceAnalyzer(workers: Int, limits: PictureLimits = PictureLimits()) throws -> FaceAnalyzer {
        try FaceAnalyzer(
            models: configuration.path(configuration.modelsDirectory),
            workers: workers,
            mostWaiting: configuration.faces.mostWaiting,
            limits: limits,
            digest: { SHA256Digest.hash($0).bytes }
        )
    }

    /// The reader of machine-readable zones; `nil` where its model is not installed.
    func documentReader() throws -> DocumentReader? {
        let models = configuration.path(configuration.modelsDirectory)
        guard FileManager.default.fileExists(atPath: models.appending(path: DocumentReader.modelFile).path) else {
            return nil
        }
        return try DocumentReader(models: models)
    }

    /// The authority that stamps the checkpoints of evidence bundles; `nil` where none is configured.
    ///
    /// - Throws: `ConfigurationError` where its certificate cannot be used.
    func timeStampAuthority() throws -> TimeStampAuthority? {
        guard let settings = configuration.timeStampAuthority else { return nil }
        let file = configuration.path(settings.certificate)
        guard let pem = FileManager.default.contents(atPath: file.path),
            let trusted = try? TrustedAuthorities(pem: pem)
        else {
            throw ConfigurationError("time_stamp_authority.certificate: no certificate in PEM in \(file.path)")
        }
        return TimeStampAuthority(url: settings.url, trusted: trusted)
    }

    var logKeyFiles: LogKeyFiles {
        get throws {
            let credential = DataFolder.credential("log.key")
            return LogKeyFiles(folder: try dataFolder.keys, credential: credential, origin: configuration.logOrigin)
        }
    }

    /// The database, for commands that must not make one.
    ///
    /// - Throws: `ConfigurationError` where there is none.
    func existingDatabase() throws -> SQLiteDatabase {
        let file = try dataFolder.database
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw ConfigurationError("there is no database in \(file.deletingLastPathComponent().path)")
        }
        return try SQLiteDatabase(file: file, readers: 1)
    }

    /// What cosigns other institutions' logs; `nil` where the configuration has no such block.
    func witness() throws -> Witness? {
        try configuration.witness?.witness(keyFile: dataFolder.witnessKey)
    }

    /// The known pictures of the self-test; `nil` where set-up has not fetched them.
    private func selfTestPictures() -> SelfTestPictures? {
        try? SelfTestPictures(directory: configuration.path(configuration.selfTestDirectory))
    }

    /// The pages: those inside the program, or of a folder while somebody writes them.
    func pages() throws -> Pages {
        guard let folder = configuration.pagesDirectory else { return Pages() }
        return Pages(folder: configuration.path(folder))
    }

    /// What the HTTP server is told.
    func serverConfiguration() -> ServerConfiguration {
        var server = ServerConfiguration()
        server.address = configuration.listen.address
        server.port = configuration.listen.port
        server.threads = configuration.listen.threads
        server.connectionLimit = configuration.listen.mostConnections
        return server
    }
}
