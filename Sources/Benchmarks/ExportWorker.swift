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

    /// People who log in and are identified, and the verifier.
    private static let people = 500
    private static let start = Date(timeIntervalSince1970: 1_750_000_000)

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
        let present = try await services.database.read {
            try $0.identificationCount(IdentificationFilter(), atMost: .max)
        }
        let people = try await accounts()
        for first in stride(from: present, to: count, by: 2_000) {
            try await services.database.write { [vault = services.vault] stores in
                for number in first..<min(count, first + 2_000) {
                    try Self.add(number, people, LogBook(vault: vault), to: stores)
                }
            }
        }
        _ = try await services.database.scrub()
        let seconds = present < count ? (ContinuousClock.now - start) / .seconds(1) : 0
        let size = try FileManager.default.attributesOfItem(atPath: folder.appending(path: "attestd.sqlite").path)[
            .size
        ]
        try answer(
            .init(seconds: seconds, peakBytes: Self.peakBytes, records: count, bytes: (size as? Int) ?? 0)
        )
    }

    private func accounts() async throws -> [UUID] {
        let password = try await services.passwords.hash("three words here")
        let ids = (0...Self.people).map { Self.id($0, at: Self.start) }
        try await services.database.write { stores in
            guard try stores.account(ids[0]) == nil else { return }
            for (number, id) in ids.enumerated() {
                let email = EmailAddress("person\(number)@example.org")
                guard let email else { continue }
                try stores.insertAccount(
                    Account(
                        id: id,
                        email: email,
                        name: PersonName(surname: "Соловьёва", givenName: "Анна", patronymic: "Игоревна \(number)"),
                        roles: [number == 0 ? .verifier : .candidate],
                        password: password,
                        createdAt: Self.start
                    )
                )
            }
        }
        return ids
    }

    /// One record: six in ten electronic, three biometric, one visual.
    private static func add(_ number: Int, _ people: [UUID], _ book: LogBook, to stores: any Stores) throws {
        let at = Date(timeIntervalSince1970: 1_760_000_000 + Double(number) * 20)
        let method: IdentificationMethod =
            switch number % 10 {
            case 0: .visual
            case 1...3: .biometric
            default: .electronic
            }
        let record = IdentificationRecord(
            id: id(number, at: at),
            method: method,
            subject: people[1 + number % Self.people],
            outcome: number % 17 == 0 ? .nonMatch : .match,
            reason: method == .electronic ? "password_valid" : method == .biometric ? "compared" : "document_matches",
            at: at,
            comparison: method == .biometric
                ? ComparisonFacts(
                    distance: 0.25,
                    matchAtOrBelow: 0.371,
                    nonMatchAbove: 0.414,
                    modelID: "dlib_face_recognition_resnet_model_v1",
                    portraitID: people[1]
                ) : nil,
            circumstances: IdentificationCircumstances(
                procedure: method == .electronic ? nil : .intermediateAttestation,
                moment: method == .electronic ? .login : .beforeStart,
                operatorID: method == .visual ? people[0] : nil,
                documentKind: method == .visual ? "russian_passport" : nil
            )
        )
        let personal = PersonalCircumstances(
            address: "192.0.2.\(number % 250)",
            device: "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0",
            maskedNumber: method == .visual ? "** ** ***\(100 + number % 900)" : nil
        )
        try book.store(record, personal: personal, in: stores)
    }

    /// The same number and time give the same identifier.
    private static func id(_ number: Int, at time: Date) -> UUID {
        UUIDv7.make(at: time, random: SeededRandomSource(seed: UInt64(number)))
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
            requestedBy: Self.id(0, at: Self.start),
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
