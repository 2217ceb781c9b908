import Cryptography
import Dispatch
import Foundation
import Identification
import Storage
package import TimeStamps
package import TransparencyLog

/// Makes the files of exports, one after the other, in constant memory, on a thread of low priority.
///
/// Rows are read a page at a time behind a mark, so nothing is held between pages. JSON Lines and CSV go on where they
/// were after a restart; workbooks, paper and bundles are begun anew, over the same state of the log.
package final class ExportRunner: Sendable {
    let services: Services
    let signer: NoteSigner
    /// Who stamps the checkpoints of bundles; `nil` where nobody does.
    let timeStamps: TimeStampAuthority?
    private let queue = DispatchQueue(label: "attestd.exports", qos: .utility)

    /// Rows read together.
    let pageRows: Int
    /// Pages after which the standing is kept.
    private let pagesBetweenStandings: Int
    /// A register of more rows is no longer for paper.
    static let mostPrintedRows = 100_000

    /// Creates the runner.
    ///
    /// - Parameters:
    ///   - signer: the key that signs checkpoints and bundles.
    ///   - timeStamps: who stamps the checkpoints of bundles.
    ///   - pageRows: rows read together.
    ///   - pagesBetweenStandings: pages after which the standing is kept.
    package init(
        _ services: Services,
        signer: NoteSigner,
        timeStamps: TimeStampAuthority? = nil,
        pageRows: Int = 500,
        pagesBetweenStandings: Int = 20
    ) {
        self.services = services
        self.signer = signer
        self.timeStamps = timeStamps
        self.pageRows = pageRows
        self.pagesBetweenStandings = pagesBetweenStandings
    }

    // MARK: - Rounds

    /// Clears away what a crash left; at the start.
    package func prepare() throws {
        guard let folder = services.exports.folder, let staging = services.exports.stagingFolder else { return }
        for place in [folder, staging] {
            try FileManager.default.createDirectory(
                at: place,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        for file in try FileManager.default.contentsOfDirectory(at: staging, includingPropertiesForKeys: nil) {
            try FileManager.default.removeItem(at: file)
        }
    }

    /// Makes the oldest export that is not finished, if there is one, and deletes files whose time is over.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    package func work() async throws -> Bool {
        try await expire()
        guard services.exports.folder != nil,
            let job = try await services.database.read({ try $0.unfinishedExports(limit: 1).first })
        else { return false }
        do {
            try await make(job.id)
        } catch is CancellationError {
            // The service stops; the next start goes on.
            return false
        } catch let stop as Stop {
            try await abandon(job.id, stop.failure)
        } catch {
            let isFull =
                (error as? any StorageFailure)?.isOutOfSpace == true
                || (error as? CocoaError)?.code == .fileWriteOutOfSpace
            try await abandon(job.id, isFull ? "storage_full" : "internal_error")
            throw error
        }
        return true
    }

    private func expire() async throws {
        let now = services.now()
        let due = try await services.database.read { try $0.exportsToExpire(at: now, limit: 100) }
        for job in due {
            if let file = services.exports.file(job.id) { try? FileManager.default.removeItem(at: file) }
            try await services.database.write { stores in
                guard var job = try stores.export(job.id), job.state == .finished else { return }
                job.state = .expired
                job.wrappedKey = nil
                try stores.saveExport(job)
            }
        }
    }

    /// Why an export ends without a file.
    struct Stop: Error {
        /// `nil` where its owner cancelled it.
        var failure: String?
    }

    private func abandon(_ id: UUID, _ failure: String?) async throws {
        let now = services.now()
        try await services.database.write { stores in
            guard var job = try stores.export(id) else { return }
            job.wrappedKey = nil
            job.progress = nil
            if let failure, job.state == .waiting || job.state == .running {
                job.state = .failed
                job.failure = failure
                job.finishedAt = now
            }
            try stores.saveExport(job)
        }
        if let file = services.exports.file(id) { try? FileManager.default.removeItem(at: file) }
    }

    // MARK: - One export

    private func make(_ id: UUID) async throws {
        guard let place = services.exports.file(id), let staging = services.exports.stagingFolder else { return }
        let begun = try await begin(id)
        let key = try services.vault.unwrap(begun.wrappedKey ?? Data(), purpose: ExportDesk.purpose(id))
        let standing = try standing(of: begun, key)
        let file = try await onQueue {
            let sealed = try SealedFileWriter(
                file: place,
                key: key,
                name: id.lowercased,
                pieces: standing?.pieces ?? 0,
                rest: standing?.rest ?? Data()
            )
            let file = ExportFile(sealed)
            if standing != nil { try file.rehash { try Self.piece($0, of: place, key, id) } }
            return file
        }
        let readers: BundleReaders
        if begun.order.format == .bundle {
            readers = try await bundle(begun, into: file, staging)
        } else {
            readers = BundleReaders()
            try await rows(begun, into: file, staging, standing, key)
        }
        try await finish(id, file, opened: readers)
    }

    /// Marks the export as begun; the state of the log that it tells of is settled once.
    private func begin(_ id: UUID) async throws -> ExportJob {
        let now = services.now()
        return try await services.database.write { [services, signer] stores in
            guard var job = try stores.export(id), job.state == .waiting || job.state == .running else { throw Stop() }
            guard job.state == .waiting else { return job }
            let checkpoint = try Log.publishCheckpoint(signer: signer, in: stores)
            job.state = .running
            job.startedAt = now
            job.logSize = checkpoint.size
            job.checkpoint = checkpoint.encoded
            job.wrappedKey = services.vault.wrap(.random(), purpose: ExportDesk.purpose(id))
            try stores.saveExport(job)
            return job
        }
    }

    /// Reads the pages and hands them to the writer.
    private func rows(
        _ begun: ExportJob,
        into file: ExportFile,
        _ staging: URL,
        _ standing: Standing?,
        _ key: SealingKey
    ) async throws {
        let forms = ExportForms(services: services, job: begun)
        let source = forms.source
        var done = standing?.done ?? 0
        var mark = standing?.mark
        if begun.total == nil || standing == nil {
            let total = try await services.database.read { try source.count(in: $0) }
            guard begun.order.format != .pdf || total <= Self.mostPrintedRows else {
                throw Stop(failure: "too_many_rows")
            }
            try await note(begun.id) { $0.total = total }
        }
        try await onQueue {
            file.begin(try forms.writer(for: file, staging: staging, isNew: standing == nil))
        }
        var pages = 0
        var names = NameBook()
        while true {
            try Task.checkCancellation()
            let (page, known) = try await services.database.read { [mark, pageRows, names] stores in
                var names = names
                let page = try source.page(after: mark, limit: pageRows, names: &names, in: stores)
                return (page, names)
            }
            names = known
            try await onQueue { [done] in try file.add(page.rows, from: done + 1) }
            done += page.rows.count
            guard let next = page.mark else { break }
            mark = next
            pages += 1
            guard pages % pagesBetweenStandings == 0 else { continue }
            let canGoOn = begun.order.format == .jsonl || begun.order.format == .csv
            let kept = canGoOn ? try await onQueue { try file.standing() } : nil
            let sealed = try kept.map { kept in
                try Standing(done: done, mark: next, pieces: kept.pieces, rest: kept.rest).sealed(key, begun.id)
            }
            try await note(begun.id) { [done] job in
                job.done = done
                job.progress = sealed
            }
        }
        try await note(begun.id) { [done] in $0.done = done }
    }

    /// Writes how far the export is.
    ///
    /// - Throws: ``Stop`` where its owner has cancelled it.
    func note(_ id: UUID, _ change: @escaping @Sendable (inout ExportJob) -> Void) async throws {
        try await services.database.write { stores in
            guard var job = try stores.export(id), job.state == .running else { throw Stop() }
            change(&job)
            try stores.saveExport(job)
        }
    }

    /// Ends the file; who got what under which digest becomes an entry of the log, together with the export's end.
    private func finish(_ id: UUID, _ file: ExportFile, opened: BundleReaders) async throws {
        let done = try await services.database.read { try $0.export(id)?.done ?? 0 }
        let (byteCount, digest) = try await onQueue { try file.finish(total: done) }
        let now = services.now()
        try await services.database.write { [services] stores in
            guard var job = try stores.export(id), job.state == .running else { throw Stop() }
            job.state = .finished
            job.finishedAt = now
            job.expiresAt = now + services.exports.lifetime
            job.byteCount = byteCount
            job.digest = digest.hex
            job.total = job.done
            job.progress = nil
            try stores.saveExport(job)
            try LogBook(vault: services.vault).append(
                "export",
                recordID: job.id,
                subject: nil,
                at: now,
                facts: job.facts,
                personal: [String: String](),
                to: stores
            )
            try Self.note(opened, job, AccessJournal(services), at: now, in: stores)
        }
    }

    /// Notes of whom the bundle shows what (row F5).
    private static func note(
        _ opened: BundleReaders,
        _ job: ExportJob,
        _ journal: AccessJournal,
        at now: Date,
        in stores: any Stores
    ) throws {
        let what = job.order.hasPictures ? "frame" : "measurements"
        for (people, what, purpose) in [
            (opened.people, what, "export"), (opened.documents, "document", job.order.documentPurpose?.rawValue),
        ] {
            for subject in people {
                try journal.note(
                    BiometricAccess(
                        actor: job.requestedBy,
                        subject: subject,
                        what: what,
                        purpose: purpose ?? AccessPurpose.unstated,
                        at: now
                    ),
                    in: stores
                )
            }
        }
    }

    // MARK: - Standing

    private struct Standing: Codable, Sendable {
        var done: Int
        var mark: RegisterMark
        var pieces: Int
        var rest: Data

        func sealed(_ key: SealingKey, _ id: UUID) throws -> Data {
            key.sealed(try JSONEncoder().encode(self), purpose: Self.purpose(id))
        }

        static func purpose(_ id: UUID) -> String { "export progress:\(id.lowercased)" }
    }

    private func standing(of job: ExportJob, _ key: SealingKey) throws -> Standing? {
        guard let progress = job.progress else { return nil }
        return try JSONDecoder().decode(
            Standing.self,
            from: key.opened(progress, purpose: Standing.purpose(job.id))
        )
    }

    private static func piece(_ number: Int, of file: URL, _ key: SealingKey, _ id: UUID) throws -> Data {
        try SealedFileReader.piece(number, of: file, key: key, name: id.lowercased)
    }

    func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}

extension ExportJob {
    /// What the log tells of the export.
    var facts: [String: JSONValue] {
        var conditions: [String: JSONValue] = [:]
        let filter = order.filter
        conditions["from"] = filter.from.map { .string(LogTimestamp.text($0)) }
        conditions["until"] = filter.until.map { .string(LogTimestamp.text($0)) }
        conditions["procedure"] = filter.procedure.map { .string($0.rawValue) }
        conditions["discipline"] = filter.discipline.map { .string($0) }
        conditions["group"] = filter.groupID.map { .string($0.lowercased) }
        conditions["subject"] = filter.subject.map { .string($0.lowercased) }
        conditions["attempt"] = filter.attemptID.map { .string($0.lowercased) }
        conditions["method"] = filter.method.map { .string($0.rawValue) }
        conditions["outcome"] = filter.outcome.map { .string($0.rawValue) }
        conditions["verifier"] = filter.operatorID.map { .string($0.lowercased) }
        conditions["flagged"] = filter.isFlagged.map { .bool($0) }
        return [
            "by": .string(requestedBy.lowercased), "register": .string(order.register.rawValue),
            "format": .string(order.format.rawValue), "pictures": .bool(order.hasPictures),
            "document_pictures": .bool(order.documentPurpose != nil),
            "filter": .object(conditions), "records": .integer(Int64(done)),
            "log_size": .integer(Int64(clamping: logSize ?? 0)), "file_sha256": .string(digest ?? ""),
        ]
    }
}
