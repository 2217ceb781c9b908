import API
import Accounts
import Cryptography
import DocumentReading
import FaceAnalysis
import Foundation
import HTTPServer
import Proctoring
import SQLiteStorage
import TestSupport
import Testing
import TransparencyLog
import Workflows

/// The whole service in this process behind a real socket, with a database in a folder of its own and a clock that
/// stands still until the test moves it.
///
/// Whatever a scenario does, every answer is checked as it comes (see `AnswerRules`), and in the end the service's log
/// must not hold anything personal.
final class TestService: Sendable {
    let folder: TemporaryFolder
    let clock: TestClock
    let services: Services
    let readiness: Readiness
    let housekeeping: Housekeeping
    let duplicates: DuplicateSearch
    let visualDesk: VisualDesk
    let erasure: Erasure
    let exports: ExportRunner
    let signer: NoteSigner
    let port: UInt16
    let logLines: Shared<[String]>
    /// What must never stand in the log: e-mail addresses, passwords, tokens, names.
    let personal = Shared<Set<String>>([])
    let api: APIService
    private let server: HTTPServer

    /// Two workers, built once for all tests; all of them may wait at once.
    private static let faces = Result {
        try FaceAnalyzer(
            models: ProjectFiles.models,
            workers: 2,
            mostWaiting: 1_000,
            digest: { SHA256Digest.hash($0).bytes }
        )
    }

    /// The reader of zones, built once for all tests.
    private static let reader = Result { try DocumentReader(models: ProjectFiles.models, mostWaiting: 1_000) }

    /// The engine itself, for tests that make pictures.
    static var analyzer: FaceAnalyzer {
        get throws { try faces.get() }
    }

    private init(
        _ folder: TemporaryFolder,
        _ clock: TestClock,
        seed: UInt64,
        pictures: SelfTestPictures?,
        accounts: AccountSettings,
        provider: InstitutionProvider?
    ) throws {
        self.folder = folder
        self.clock = clock
        let events = EventHub()
        let keys = folder.url.appending(path: "keys")
        try FileManager.default.createDirectory(at: keys, withIntermediateDirectories: true)
        var services = Services(
            database: try SQLiteDatabase(file: folder.url.appending(path: "attestd.sqlite")) { events.publish($0) },
            evidence: try EvidenceDirectory(folder: folder.url.appending(path: "evidence")),
            vault: Vault(masterKey: try MasterKey.loadOrCreate(file: keys.appending(path: "master.key"))),
            passwords: try PasswordHasher(parameters: Argon2idParameters(memoryKiB: 8, iterations: 1)),
            events: events,
            accounts: accounts,
            random: SeededRandomSource(seed: seed),
            now: { clock.now }
        )
        services.exports.folder = folder.url.appending(path: "exports")
        self.services = services
        signer = try NoteSigner(
            name: "attestd.test/identifications",
            key: SigningKey.loadOrCreate(file: keys.appending(path: "log.key"))
        )
        let recognition = FaceRecognition(services, analyzer: try Self.faces.get(), pictures: pictures)
        readiness = recognition.readiness
        housekeeping = Housekeeping(services, signer: signer)
        duplicates = DuplicateSearch(services, recognition)
        visualDesk = VisualDesk(services, recognition)
        erasure = Erasure(services)
        exports = ExportRunner(services, signer: signer)
        try exports.prepare()
        let logLines = Shared<[String]>([])
        self.logLines = logLines
        api = try APIService(
            services: services,
            recognition: recognition,
            documentReader: try Self.reader.get(),
            logVerifier: signer.verifier,
            version: "test",
            provider: provider,
            log: { line in logLines.update { $0.append(line.json(at: Date())) } }
        )
        server = HTTPServer(
            configuration: ServerConfiguration(),
            router: api.router(),
            problems: api.problemRenderer,
            observer: api.observer
        )
        port = try server.start()
    }

    /// Runs a scenario and shuts the service down; with a folder and a clock it goes on where another one stopped, and
    /// then needs another seed, or it would make the same identifiers again.
    static func run(
        in folder: TemporaryFolder? = nil,
        clock: TestClock = TestClock(),
        seed: UInt64 = 1,
        pictures: SelfTestPictures? = nil,
        comparesFaces: Bool = false,
        accounts: AccountSettings = AccountSettings(),
        provider: InstitutionProvider? = nil,
        scenario: (TestService) async throws -> Void
    ) async throws {
        let known = comparesFaces ? try SelfTestPictures(directory: ProjectFiles.photographs) : pictures
        let service = try TestService(
            try folder ?? TemporaryFolder(),
            clock,
            seed: seed,
            pictures: known,
            accounts: accounts,
            provider: provider
        )
        do {
            try await ConsentRegister(service.services).publishTemplates()
            // Models that have not passed their self-test compare nobody.
            if comparesFaces { try #require(await service.readiness.runSelfTest() == []) }
            try await scenario(service)
        } catch {
            await service.server.shutdown(grace: .seconds(5))
            throw error
        }
        await service.server.shutdown(grace: .seconds(5))
        service.expectNothingPersonalInLog()
        try service.expectPlacesInLog()
    }

    /// Whatever a scenario wrote into the identification log is found by the record that it is about; entries of the two
    /// kinds left out are also written by tests themselves.
    private func expectPlacesInLog() throws {
        let lost = try rawDatabase().column(
            """
            SELECT kind FROM (SELECT kind, entry_index AS place, CAST(body AS TEXT) AS text FROM log_entries)
            WHERE json_type(text, '$.facts.record') = 'text' AND kind NOT IN ('identification', 'exam_secret')
                AND NOT EXISTS (
                SELECT 1 FROM log_places
                WHERE record_id = json_extract(text, '$.facts.record') AND entry_index = place)
            """
        )
        #expect(lost.isEmpty, "entries that no search finds")
    }

    /// Somebody who is not logged in.
    var anybody: Client {
        Client(port: port) { request, reply, client in AnswerRules.check(request, reply, client) }
    }

    /// What the daemon does every second.
    func carryOutErasures() async throws {
        try await duplicates.forget(erasure.carryOut())
    }

    /// The database's file, seen from outside the service.
    func rawDatabase() throws -> RawDatabase {
        try RawDatabase(path: folder.url.appending(path: "attestd.sqlite").path)
    }

    private func expectNothingPersonalInLog() {
        let text = logLines.value.joined(separator: "\n").lowercased()
        for secret in personal.value where !secret.isEmpty {
            #expect(!text.contains(secret.lowercased()), "the service's log holds \(secret)")
        }
        for word in ["distance", "score", "bearer", "set-cookie", "password\":"] {
            #expect(!text.contains(word), "the service's log holds \(word)")
        }
    }
}

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let time = Shared(Date(timeIntervalSince1970: 1_772_442_000))

    var now: Date { time.value }

    func advance(minutes: Double = 0, seconds: Double = 0) {
        time.update { $0 += minutes * 60 + seconds }
    }
}
