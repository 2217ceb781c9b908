import Accounts
import Cryptography
import Foundation
import Glibc
import Identification
import Proctoring
import SQLiteStorage
import Storage
import TransparencyLog
import Workflows

/// The parts of `make bench-export` that are measured in processes of their own.
struct ExportWorker {
    private let folder: URL
    private let services: Services
    private let signer: NoteSigner

    init(_ folder: URL) throws {
        self.folder = folder
        let events = EventHub()
        var services = Services(
            database: try SQLiteDatabase(file: folder.appending(path: "attestd.sqlite")) { events.publish($0) },
            evidence: try EvidenceDirectory(folder: folder.appending(path: "evidence")),
            vault: Vault(masterKey: try MasterKey.loadOrCreate(file: folder.appending(path: "master.key"))),
            passwords: try PasswordHasher(),
            events: events
        )
        services.exports.folder = folder.appending(path: "exports")
        self.services = services
        signer = try NoteSigner(
            name: "attestd.example/identifications",
            key: SigningKey.loadOrCreate(file: folder.appending(path: "log.key"))
        )
    }

    // MARK: - Filling

    /// Puts records into the log until there are so many.
    func fill(_ count: Int) async throws {
        let start = ContinuousClock.now
        let added = try await ExportRecords(services: services).fill(count)
        let file = folder.appending(path: "attestd.sqlite").path
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        try answer(
            .init(
                seconds: added > 0 ? (ContinuousClock.now - start) / .seconds(1) : 0,
                peakBytes: Self.peakBytes,
                records: count,
                bytes: size ?? 0
            )
        )
    }

    /// What nobody goes below: the rows read by SQLite, and the boxes opened that a register opens.
    func limit() throws {
        let key = SealingKey.random()
        let box = key.seal(Data(repeating: 0x61, count: 120))
        let start = ContinuousClock.now
        let read = try PlainReading(file: folder.appending(path: "attestd.sqlite")).read()
        for _ in 0..<read.documents { _ = try key.open(box) }
        try answer(
            .init(
                seconds: (ContinuousClock.now - start) / .seconds(1),
                peakBytes: Self.peakBytes,
                records: read.rows,
                bytes: read.bytes,
                processorSeconds: Self.processorSeconds
            )
        )
    }

    // MARK: - Exporting

    /// Exports everything in a format.
    func export(_ name: String) async throws {
        guard let format = ExportOrder.Format(rawValue: name) else {
            throw BenchmarkError("there is no format \(name)")
        }
        let runner = ExportRunner(services, signer: signer)
        try runner.prepare()
        let now = services.now()
        let id = UUIDv7.make(at: now, random: SystemRandomSource())
        let job = ExportJob(
            id: id,
            order: ExportOrder(register: .identifications, format: format),
            requestedBy: ExportRecords.verifier,
            requestedAt: now
        )
        try await services.database.write { try $0.saveExport(job) }
        let start = ContinuousClock.now
        while try await runner.work() {}
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        guard let done = try await services.database.read({ try $0.export(id) }), done.state == .finished else {
            throw BenchmarkError("the export failed")
        }
        try FileManager.default.removeItem(at: folder.appending(path: "exports"))
        try answer(
            .init(
                seconds: seconds,
                peakBytes: Self.peakBytes,
                records: done.done,
                bytes: done.byteCount ?? 0,
                processorSeconds: Self.processorSeconds
            )
        )
    }

    private func answer(_ run: ExportBenchmark.Run) throws {
        FileHandle.standardOutput.write(try Measurement.encoder().encode(run))
    }

    /// The most memory that was resident at a time, mapped files with it, as the kernel tells it (VmHWM).
    private static var peakBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) * 1_024
    }

    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
