import Accounts
import Cryptography
import EvidenceBundle
import Foundation
import Identification
import Storage
import TestSupport
import Testing
import TransparencyLog
import Workflows

/// A long log, and a register of many people, so that the database has pages that were split and put together anew.
enum Crowd {
    private static func context(_ record: UUID) -> String { "log:\(record.uuidString.lowercased())" }

    /// Brings the log to so many entries; every fiftieth is about the subject, with something personal sealed.
    static func fill(_ service: TestService, entries: Int, subject: UUID) async throws {
        let vault = service.services.vault
        let now = service.clock.now
        let size = Int(try await service.services.database.read { try $0.logSize() })
        for start in stride(from: size, to: entries, by: 500) {
            try await service.services.database.write { stores in
                let key = try vault.personKey(of: subject, in: stores)
                var bodies: [LogBody] = []
                for number in start..<min(start + 500, entries) {
                    var digest: SHA256Digest?
                    let record = UUIDv7.make(at: now, random: SystemRandomSource())
                    if number % 50 == 0 {
                        let plain = Data(#"{"name":"Соловьёва Алёна","number":\#(number)}"#.utf8)
                        let sealed = key.sealed(plain, purpose: context(record))
                        digest = SHA256Digest.hash(sealed)
                        try stores.insertSealedPayload(
                            sealed,
                            digest: SHA256Digest.hash(sealed).hex,
                            subject: subject,
                            biometricRecordID: nil
                        )
                    }
                    let entry = SealedRecord(
                        kind: "identification",
                        timestamp: now,
                        subject: digest == nil ? nil : subject.uuidString.lowercased(),
                        payloadDigest: digest,
                        facts: ["record": .string(record.uuidString.lowercased())]
                    )
                    bodies.append(try entry.body())
                }
                try Log.append(bodies, to: stores)
                // Names around the person's in every index.
                for number in start / 4..<(start + 500) / 4 {
                    guard let contract = ContractNumber("17-\(number)/Ж") else { continue }
                    let name = PersonName(
                        surname: number % 2 == 0 ? "Соловьев\(number)" : "Сол\(number)",
                        givenName: "Алексей"
                    )
                    _ = try stores.importContract(Contract(number: contract, name: name, importedAt: now))
                }
            }
        }
    }

    /// A bundle of the person's entries with what they seal in plain, made while the key is there.
    static func bundle(_ service: TestService, of subject: UUID) async throws -> URL {
        let vault = service.services.vault
        let (items, checkpoint) = try await service.services.database.read { stores throws in
            let checkpoint = try #require(try stores.latestCheckpoint())
            let key = try #require(try vault.existingPersonKey(of: subject, in: stores))
            var items: [BundleWriter.Item] = []
            for entry in try stores.logEntries(from: 0, limit: Int(checkpoint.size)) {
                let record = try SealedRecord(body: entry.body)
                guard record.subject == subject.uuidString.lowercased(), let digest = record.payloadDigest,
                    let sealed = try stores.sealedPayload(digest: digest.hex),
                    case .string(let id)? = record.facts["record"]
                else { continue }
                let bound = Array("attestd log:\(id)\n".utf8)
                let box = try SealedBox(bytes: sealed)
                // Measurements of the face are sealed under another key; they stay shut.
                let plain = try? key.opened(sealed, purpose: "log:\(id)")
                let opened = try plain.map { _ in
                    [
                        BundleRecord.Opened(
                            file: "opened/\(entry.index).json",
                            digest: digest,
                            key: try key.boxKey(of: box, associatedData: bound).disclosed(),
                            nonce: box.nonce,
                            boundTo: bound
                        )
                    ]
                }
                items.append(
                    BundleWriter.Item(
                        record: BundleRecord(
                            index: entry.index,
                            body: entry.body,
                            proof: try Log.inclusionProof(index: entry.index, size: checkpoint.size, in: stores),
                            opened: opened ?? []
                        ),
                        files: plain.map { ["opened/\(entry.index).json": $0] } ?? [:]
                    )
                )
            }
            return (items, checkpoint)
        }
        let file = service.folder.url.appending(path: "bundle.zip")
        var rest = items[...]
        let writer = BundleWriter(checkpoint: checkpoint, signer: service.signer, madeAt: service.clock.now)
        try writer.write(to: file) { limit in
            defer { rest = rest.dropFirst(limit) }
            return Array(rest.prefix(limit))
        }
        return file
    }
}
