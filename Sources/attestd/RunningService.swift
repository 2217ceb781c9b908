import API
import Foundation
import HTTPServer
import Pages
import TransparencyLog
import Webhooks
import Workflows

/// The daemon's parts while it runs; they stop in the reverse order of their start.
final class RunningService: Sendable {
    private let composition: Composition
    private let api: APIService
    private let server: HTTPServer
    private let readiness: Readiness
    private let housekeeping: Housekeeping
    private let secrets: SecretOpening
    private let duplicates: DuplicateSearch
    private let visualDesk: VisualDesk
    private let consents: ConsentRegister
    private let erasure: Erasure
    private let retention: RetentionRuns
    private let personErasures: PersonErasures
    private let surveys: SurveyDesk
    private let downtime: Downtime
    private let reminders: OpenWorkReminders
    private let webhooks: WebhookDispatch
    private let exports: ExportRunner
    private let cosigning: Cosigning
    private let loops = TaskBox()

    init(_ composition: Composition, signer: NoteSigner, provider: InstitutionProvider?) throws {
        self.composition = composition
        let services = try composition.services()
        let log = composition.log
        let recognition = try composition.recognition(services)
        readiness = recognition.readiness
        housekeeping = Housekeeping(services, signer: signer)
        secrets = SecretOpening(services)
        duplicates = DuplicateSearch(services, recognition)
        visualDesk = VisualDesk(services, recognition, composition.configuration.visual.settings)
        consents = ConsentRegister(services)
        erasure = Erasure(services)
        retention = RetentionRuns(services)
        personErasures = PersonErasures(services)
        surveys = SurveyDesk(services)
        downtime = Downtime(services)
        reminders = OpenWorkReminders(services)
        webhooks = WebhookDispatch(services)
        let configuration = composition.configuration
        cosigning = Cosigning(
            services,
            witnesses: try configuration.witnessesOfLog(),
            poster: Poster(certificateFile: configuration.webhooks.certificateFile.map { configuration.path($0).path })
        )
        exports = ExportRunner(
            services,
            signer: signer,
            timeStamps: try composition.timeStampAuthority(),
            cosigning: cosigning
        )
        api = try APIService(
            services: services,
            recognition: recognition,
            visual: composition.configuration.visual.settings,
            documentReader: try composition.documentReader(),
            logVerifier: signer.verifier,
            version: Program.version,
            provider: provider,
            witness: try composition.witness(),
            cosigning: cosigning,
            lastBackup: LastBackup(try composition.dataFolder).read,
            isBehindProxy: composition.configuration.listen.behindProxy,
            log: { log.write($0) }
        )
        server = HTTPServer(
            configuration: composition.serverConfiguration(),
            router: api.router(pages: try composition.pages().routes),
            problems: api.problemRenderer,
            observer: api.observer
        )
    }

    func start() async throws {
        // Before anything settles attempts: what was running when the service went down goes on with the time it had.
        let down = try await downtime.credit()
        if down.attempts > 0 {
            let facts = ["seconds": String(Int(down.seconds)), "attempts": String(down.attempts)]
            composition.log.write(LogLine(.warning, "downtime credited", facts))
        }
        loops.add(every: .seconds(Downtime.interval), "sign of life", composition.log) { [downtime] in
            try await downtime.noteSignOfLife()
        }
        try await consents.publishTemplates()
        try await housekeeping.sealOldTexts()
        let port = try server.start()
        let address = composition.configuration.listen.address
        composition.log.write(LogLine(.info, "listening", ["address": address, "port": String(port)]))
        loops.add(every: Housekeeping.checkpointPause, "checkpoint", composition.log) { [housekeeping] in
            try await housekeeping.publishCheckpoint()
        }
        loops.add(every: .seconds(1), "witnesses", composition.log) { [composition, cosigning] in
            for standing in try await cosigning.work() { composition.log.write(Self.line(on: standing)) }
        }
        loops.add(every: .seconds(1), "overdue attempts", composition.log) { [housekeeping] in
            try await housekeeping.settleAttempts()
        }
        loops.add(every: .seconds(5), "exam secrets", composition.log) { [secrets] in
            try await secrets.openDue()
        }
        loops.add(every: .seconds(1), "identification demands", composition.log) { [housekeeping] in
            try await housekeeping.turnDemands()
        }
        loops.add(every: .seconds(1), "answers due", composition.log) { [housekeeping] in
            try await housekeeping.turnSendings()
        }
        loops.add(every: .seconds(30), "terms of cases", composition.log) { [housekeeping] in
            try await housekeeping.turnCases()
        }
        loops.add(every: .seconds(60), "interrupted attempts", composition.log) { [housekeeping] in
            try await housekeeping.remindOfInterruptions()
        }
        loops.add(every: .seconds(5), "verification locks", composition.log) { [visualDesk] in
            _ = try await visualDesk.releaseExpired()
        }
        loops.add(every: .seconds(1), "duplicate search", composition.log) { [duplicates, composition] in
            let round = try await duplicates.searchNew()
            guard round.nearCopies > 0 else { return }
            // Two different pictures with all but equal templates: copies of one, or models that are out of order.
            composition.log.write(
                LogLine(.warning, "templates all but equal", ["findings": String(round.nearCopies)])
            )
        }
        loops.add(every: .seconds(1), "erasure", composition.log) { [erasure, duplicates] in
            try await duplicates.forget(erasure.carryOut())
        }
        loops.add(every: .seconds(1), "retention", composition.log) { [retention, personErasures, duplicates] in
            try await duplicates.forget(retention.work())
            try await duplicates.forget(personErasures.work())
        }
        loops.add(every: .seconds(600), "retention by itself", composition.log) { [retention] in
            try await retention.beginAutomatic()
        }
        loops.add(every: .seconds(3_600), "survey reminder", composition.log) { [surveys] in
            try await surveys.remind()
        }
        loops.add(every: .seconds(5), "ended logins", composition.log) { [api] in
            try await api.endStreamsOfEndedLogins()
        }
        loops.add(every: .seconds(60), "throttled logins", composition.log) { [housekeeping] in
            try await housekeeping.recordThrottledTries()
        }
        loops.add(every: .seconds(1), "webhooks", composition.log) { [composition, webhooks] in
            let sent = try await webhooks.send()
            guard sent.failed > 0 else { return }
            composition.log.write(LogLine(.warning, "webhooks not delivered", ["messages": String(sent.failed)]))
        }
        try exports.prepare()
        loops.add(every: .seconds(1), "exports", composition.log) { [exports] in
            while try await exports.work() {}
        }
        loops.add(every: .seconds(600), "grading reminders", composition.log) { [composition, reminders] in
            let count = try await reminders.send()
            if count > 0 { composition.log.write(LogLine(.info, "graders reminded", ["works": String(count)])) }
        }
        loops.add(every: .seconds(600), "purge", composition.log) { [housekeeping] in
            try await housekeeping.purge()
        }
        loops.add(every: .seconds(30), "self-test", composition.log) { [readiness, composition] in
            guard await readiness.isSelfTestDue else { return }
            let failures = await readiness.runSelfTest()
            composition.log.write(
                failures.isEmpty
                    ? LogLine(.info, "ready")
                    : LogLine(.error, "self-test failed", ["reasons": failures.joined(separator: "; ")])
            )
        }
    }

    /// That a witness saw another history is said as loudly as can be.
    private static func line(on standing: WitnessStanding) -> LogLine {
        let facts = ["witness": standing.witness, "cosigned": String(standing.cosignedSize ?? 0)]
        guard let trouble = standing.trouble else { return LogLine(.info, "the witness cosigns", facts) }
        let more = facts.merging(["trouble": trouble.rawValue]) { $1 }
        return trouble.isRefusal
            ? LogLine(.error, "the witness refuses this log: it has seen another history of it", more)
            : LogLine(.warning, "the witness does not cosign", more)
    }

    func stop() async {
        await server.shutdown(grace: .seconds(10))
        loops.cancel()
        _ = try? await downtime.noteSignOfLife()
        _ = try? await housekeeping.recordThrottledTries(all: true)
        // What was logged since the last round gets its checkpoint before the end.
        _ = try? await housekeeping.publishCheckpoint()
    }
}

/// Loops that run until they are cancelled.
private final class TaskBox: @unchecked Sendable {
    private let lock = NSLock()
    private var tasks: [Task<Void, Never>] = []

    func add(
        every pause: Duration,
        _ name: String,
        _ log: ServiceLog,
        _ body: @escaping @Sendable () async throws -> Void
    ) {
        let task = Task {
            while !Task.isCancelled {
                do {
                    try await body()
                } catch {
                    log.write(LogLine(.error, "housekeeping failed", ["what": name, "error": "\(error)"]))
                }
                try? await Task.sleep(for: pause)
            }
        }
        lock.lock()
        tasks.append(task)
        lock.unlock()
    }

    func cancel() {
        lock.lock()
        defer { lock.unlock() }
        for task in tasks { task.cancel() }
        tasks.removeAll()
    }
}
