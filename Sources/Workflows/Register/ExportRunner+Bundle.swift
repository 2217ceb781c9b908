import Accounts
import Cryptography
import Dispatch
import EvidenceBundle
import Foundation
import Identification
import Storage
import TimeStamps
import TransparencyLog

extension ExportRunner {
    /// The most records of one bundle.
    static let mostBundleRecords = 100_000

    /// Makes a bundle of the records asked for and takes it into the export's file.
    ///
    /// - Returns: the people of whom something was opened.
    func bundle(_ job: ExportJob, into file: ExportFile, _ staging: URL) async throws -> BundleReaders {
        guard let note = job.checkpoint else { throw Stop(failure: "internal_error") }
        let checkpoint = try Checkpoint(encoded: note)
        let places = try await places(for: job, below: checkpoint.size)
        try await self.note(job.id) { $0.total = places.indices.count }
        let stamp = try await stamp(note)
        let place = staging.appending(path: "bundle-\(UUID().lowercased).zip")
        defer { try? FileManager.default.removeItem(at: place) }
        let items = BundleItems(self, job: job, checkpoint: checkpoint, places: places)
        let (signer, madeAt) = (self.signer, services.now())
        try await onQueue {
            try BundleWriter(checkpoint: checkpoint, signer: signer, madeAt: madeAt).write(to: place, timeStamp: stamp)
            { limit in
                try items.next(limit)
            }
            try file.take(contentsOf: place)
        }
        return items.readers
    }

    /// The authority's stamp of the checkpoint, where one is set up. A bundle that should have one is not made without.
    private func stamp(_ note: String) async throws -> Data? {
        do {
            return try await timeStamps?.stamp(sha256: SHA256Digest.hash(utf8: note).bytes)
        } catch is TimeStampError {
            throw Stop(failure: "time_stamp_unavailable")
        }
    }

    /// The places in the log of all that belongs to the order: the records found, and what ``BundlePlaces`` adds.
    private func places(for job: ExportJob, below size: UInt64) async throws -> BundlePlaces {
        let filter = job.order.filter
        var places = try await services.database.read { try BundlePlaces(beside: filter, in: $0) }
        var place: RegisterPlace?
        while true {
            try Task.checkCancellation()
            let (found, last) = try await services.database.read { [place, pageRows] stores in
                let records = try stores.identifications(filter, after: place, limit: pageRows)
                let found = try records.flatMap { try stores.logPlaces(of: $0.id) }
                let last = records.count == pageRows ? records.last : nil
                return (found, last.map { RegisterPlace(at: $0.at, id: $0.id) })
            }
            places.indices.formUnion(found)
            guard places.indices.count <= Self.mostBundleRecords else { throw Stop(failure: "too_many_rows") }
            guard let last else { break }
            place = last
        }
        places.indices = places.indices.filter { $0 < size }
        return places
    }
}

/// Of whom a bundle opens something.
struct BundleReaders: Sendable {
    /// Of whom anything.
    var people: Set<UUID> = []
    /// Of whom the picture of an identity document.
    var documents: Set<UUID> = []
}

/// The records of a bundle, a few at a time. Used on the exports' queue only, which may wait.
private final class BundleItems: @unchecked Sendable {
    private let runner: ExportRunner
    private let job: ExportJob
    private let checkpoint: Checkpoint
    private let statements: [UInt64: BundlePlaces.Statement]
    private var places: ArraySlice<UInt64>
    private var done = 0
    private(set) var readers = BundleReaders()

    init(_ runner: ExportRunner, job: ExportJob, checkpoint: Checkpoint, places: BundlePlaces) {
        self.runner = runner
        self.job = job
        self.checkpoint = checkpoint
        statements = places.statements
        self.places = places.indices.sorted()[...]
    }

    func next(_ limit: Int) throws -> [BundleWriter.Item] {
        let wanted = Array(places.prefix(limit))
        places = places.dropFirst(wanted.count)
        guard !wanted.isEmpty else { return [] }
        let (runner, job, checkpoint, written) = (self.runner, self.job, self.checkpoint, done + wanted.count)
        let found = try Self.wait { [statements] in
            try Task.checkCancellation()
            try await runner.note(job.id) { $0.done = written }
            let reading = BundleReading(
                vault: runner.services.vault,
                checkpoint: checkpoint,
                withPictures: job.order.hasPictures,
                withDocuments: job.order.documentPurpose != nil,
                statements: statements
            )
            let entries = try await runner.services.database.read { stores in
                try wanted.map { try reading.entry($0, in: stores) }
            }
            var items: [(BundleReading.Item, UUID?)] = []
            for entry in entries {
                let item = try await reading.item(entry, from: runner.services.evidence)
                items.append((item, item.item.files.isEmpty ? nil : entry.subject))
            }
            return items
        }
        done = written
        for case (let item, let person?) in found {
            readers.people.insert(person)
            if item.hasDocument { readers.documents.insert(person) }
        }
        return found.map(\.0.item)
    }

    /// Waits for what other threads do.
    private static func wait<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let outcome = Outcome<Value>()
        let semaphore = DispatchSemaphore(value: 0)
        Task {
            do { outcome.value = .success(try await body()) } catch { outcome.value = .failure(error) }
            semaphore.signal()
        }
        semaphore.wait()
        guard let value = outcome.value else { throw CancellationError() }
        return try value.get()
    }

    /// Written before the semaphore is signalled, read after.
    private final class Outcome<Value: Sendable>: @unchecked Sendable {
        var value: Result<Value, any Error>?
    }
}
