import Cryptography
import Foundation
import TransparencyLog

@testable import EvidenceBundle

/// A log in memory whose records seal measurements and pictures and name the digest of a ticket, and bundles of it.
struct SampleBundle {
    let store = InMemoryLogStore()
    let signer: NoteSigner
    private let person = SealingKey.random()
    private(set) var boxes: [UInt64: [(name: String, plaintext: Data, box: SealedBox, boundTo: [UInt8])]] = [:]

    init(records: Int, seed: UInt8 = 3) throws {
        signer = try NoteSigner(
            name: "attestd.example/log",
            key: SigningKey(seed: SecretBytes(copying: [UInt8](repeating: seed, count: 32)))
        )
        for number in 0..<records {
            let measured = Data(#"{"distance":0.31,"name":"Ёлкина Ж. №\#(number)"}"#.utf8)
            let picture = Data((0..<60).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) })
            let boundTo = [Array("attestd log:\(number)\n".utf8), Array("attestd evidence:\(number)\n".utf8)]
            let sealed = [
                ("\(number).json", measured, person.seal(measured, associatedData: boundTo[0]), boundTo[0]),
                ("\(number).jpg", picture, person.seal(picture, associatedData: boundTo[1]), boundTo[1]),
            ]
            let record = SealedRecord(
                kind: "identification",
                timestamp: Date(timeIntervalSince1970: 1_757_000_000 + Double(number)),
                subject: "0199",
                payloadDigest: sealed[0].2.digest,
                facts: [
                    "outcome": "match", "evidence_sha256": .string(sealed[1].2.digest.hex),
                    "ticket_sha256": .string(SHA256Digest.hash(Self.ticket(number)).hex),
                ]
            )
            let range = try Log.append([record.body()], to: store)
            boxes[range.lowerBound] = sealed
        }
        _ = try Log.publishCheckpoint(signer: signer, in: store)
    }

    private static func ticket(_ number: Int) -> Data { Data(#"{"items":[],"seed":"\#(number)"}"#.utf8) }

    /// Every `step`-th record with its proof and what it opens.
    func items(every step: Int = 1) throws -> [BundleWriter.Item] {
        let size = store.logSize()
        return try stride(from: 0, to: size, by: step).map { index in
            let entry = store.logEntries(from: index, limit: 1)[0]
            let sealed = boxes[index] ?? []
            var opened = try sealed.map {
                BundleRecord.Opened(
                    file: "opened/\($0.name)",
                    digest: $0.box.digest,
                    key: try person.boxKey(of: $0.box, associatedData: $0.boundTo).disclosed(),
                    nonce: $0.box.nonce,
                    boundTo: $0.boundTo
                )
            }
            var files = Dictionary(uniqueKeysWithValues: sealed.map { ("opened/\($0.name)", $0.plaintext) })
            if boxes[index] != nil {
                let ticket = Self.ticket(Int(index))
                opened.append(.init(file: "opened/\(index).ticket", digest: SHA256Digest.hash(ticket)))
                files["opened/\(index).ticket"] = ticket
            }
            return BundleWriter.Item(
                record: BundleRecord(
                    index: index,
                    body: entry.body,
                    proof: try Log.inclusionProof(index: index, size: size, in: store),
                    opened: opened
                ),
                files: files
            )
        }
    }

    /// Writes a bundle of these items.
    func write(
        _ items: [BundleWriter.Item],
        to file: URL,
        signer: NoteSigner? = nil,
        title: String = BundleFormat.title,
        checkpoint: Checkpoint? = nil
    ) throws {
        guard let checkpoint = checkpoint ?? store.latestCheckpoint() else { return }
        var rest = items[...]
        let writer = BundleWriter(
            checkpoint: checkpoint,
            signer: signer ?? self.signer,
            madeAt: Date(timeIntervalSince1970: 1_757_100_000)
        )
        writer.title = title
        try writer.write(to: file) { limit in
            defer { rest = rest.dropFirst(limit) }
            return Array(rest.prefix(limit))
        }
    }
}

/// A folder that is gone when the test is over.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "attestd-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func file(_ name: String = "bundle.zip") -> URL { folder.appending(path: name) }
}
