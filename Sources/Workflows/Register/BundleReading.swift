import Cryptography
import EvidenceBundle
import Foundation
import Identification
import Storage
import TransparencyLog

/// Reads entries of the log for a bundle, and opens what they commit to where the keys are not destroyed.
struct BundleReading: Sendable {
    let vault: Vault
    let checkpoint: Checkpoint
    let withPictures: Bool

    /// An entry, and what can be opened of it.
    struct Entry: Sendable {
        var record: BundleRecord
        var subject: UUID?
        /// The sealed part, opened.
        var payload: Data?
        /// The sealed picture and the keys that may open it.
        var evidence: EvidenceReference?
        var recordID: UUID?
        var keys: [SealingKey] = []
    }

    /// The entry at a place. Runs inside a transaction.
    func entry(_ index: UInt64, in stores: any Stores) throws -> Entry {
        guard let logged = try stores.logEntries(from: index, limit: 1).first, logged.index == index else {
            throw TransparencyLogError(.outOfRange, "The log has no entry \(index).")
        }
        let body = try SealedRecord(body: logged.body)
        let proof = try Log.inclusionProof(index: index, size: checkpoint.size, in: stores)
        var entry = Entry(record: BundleRecord(index: index, body: logged.body, proof: proof))
        entry.subject = body.subject.flatMap { UUID(uuidString: $0) }
        if case .string(let id)? = body.facts["record"] { entry.recordID = UUID(uuidString: id) }
        guard let subject = entry.subject, let recordID = entry.recordID else { return entry }
        entry.keys = try [
            vault.existingBiometricKey(of: subject, in: stores), vault.existingPersonKey(of: subject, in: stores),
        ].compactMap(\.self)
        if let digest = body.payloadDigest, let sealed = try stores.sealedPayload(digest: digest.hex) {
            let file = "opened/\(index)/measurements.json"
            if let (plain, opened) = try open(sealed, digest, "log:\(recordID.lowercased)", file, entry.keys) {
                entry.payload = plain
                entry.record.opened.append(opened)
            }
        }
        if withPictures, case .string(let hex)? = body.facts["evidence_sha256"] {
            entry.evidence = EvidenceReference(rawValue: hex)
        }
        return entry
    }

    /// The entry as it goes into the bundle, with its pictures.
    func item(_ entry: Entry, from evidence: any EvidenceStore) async throws -> BundleWriter.Item {
        var item = BundleWriter.Item(record: entry.record)
        if let payload = entry.payload, let opened = entry.record.opened.first { item.files[opened.file] = payload }
        // What was erased is not there any more, which is no fault of the bundle.
        guard let reference = entry.evidence, let recordID = entry.recordID, !entry.keys.isEmpty,
            let sealed = try? await evidence.get(reference)
        else { return item }
        let digest = SHA256Digest.hash(sealed)
        for purpose in ["frame", "portrait"] {
            let bound = "\(purpose):\(recordID.lowercased)"
            guard let (plain, opened) = try open(sealed, digest, bound, "", entry.keys) else { continue }
            var named = opened
            named.file = "opened/\(entry.record.index)/\(Self.name(of: plain))"
            item.record.opened.append(named)
            item.files[named.file] = plain
            break
        }
        return item
    }

    /// Opens a box with the key that fits; `nil` where none does, or the box is of a version that shows no key.
    private func open(
        _ sealed: Data,
        _ digest: SHA256Digest,
        _ purpose: String,
        _ file: String,
        _ keys: [SealingKey]
    ) throws -> (Data, BundleRecord.Opened)? {
        let box = try SealedBox(bytes: sealed)
        let bound = Vault.context(purpose)
        for key in keys {
            guard let boxKey = try? key.boxKey(of: box, associatedData: bound) else { continue }
            let plain = try boxKey.open(box, associatedData: bound)
            let opened = BundleRecord.Opened(
                file: file,
                digest: digest,
                key: boxKey.disclosed(),
                nonce: box.nonce,
                boundTo: bound
            )
            return (Data(plain), opened)
        }
        return nil
    }

    private static func name(of plain: Data) -> String {
        if plain.starts(with: [0xFF, 0xD8]) { return "picture.jpg" }
        if plain.starts(with: [0x89, 0x50]) { return "picture.png" }
        return "pictures.json"
    }
}
