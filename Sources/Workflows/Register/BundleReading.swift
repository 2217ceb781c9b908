import Attestation
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
    /// Portraits, frames and live pictures.
    let withPictures: Bool
    /// Pictures of identity documents.
    let withDocuments: Bool
    /// What closed grade sheets say of the bundle's person, by the places of their closings in the log.
    let statements: [UInt64: BundlePlaces.Statement]

    /// An entry, and what can be opened of it.
    struct Entry: Sendable {
        var record: BundleRecord
        var subject: UUID?
        /// What is opened without its pictures, by the names of the files.
        var files: [String: Data] = [:]
        /// The sealed pictures.
        var pictures: [Picture] = []
        /// The keys that may open them.
        var keys: [SealingKey] = []
    }

    /// A sealed picture, and what it may have been sealed as.
    struct Picture: Sendable {
        var reference: EvidenceReference
        var purposes: [String]
        /// Which of them says that it is an identity document.
        var documentPurpose: String?
    }

    /// The files of an entry, and whether an identity document is among them.
    struct Item: Sendable {
        var item: BundleWriter.Item
        var hasDocument = false
    }

    /// The entry at a place. Runs inside a transaction.
    func entry(_ index: UInt64, in stores: any Stores) throws -> Entry {
        guard let logged = try stores.logEntries(from: index, limit: 1).first, logged.index == index else {
            throw TransparencyLogError(.outOfRange, "The log has no entry \(index).")
        }
        let body = try SealedRecord(body: logged.body)
        let proof = try Log.inclusionProof(index: index, size: checkpoint.size, in: stores)
        var entry = Entry(record: BundleRecord(index: index, body: logged.body, proof: proof))
        if let statement = statements[index], body.kind == "grade_sheet" {
            entry.subject = statement.person
            entry.add(statement.bytes, named: "grade.json", digest: SHA256Digest.hash(statement.bytes))
            return entry
        }
        entry.subject = body.subject.flatMap { UUID(uuidString: $0) }
        guard let subject = entry.subject, let recordID = Self.id("record", in: body) else { return entry }
        entry.keys = try [
            vault.existingBiometricKey(of: subject, in: stores), vault.existingPersonKey(of: subject, in: stores),
        ].compactMap(\.self)
        if let digest = body.payloadDigest, let sealed = try stores.sealedPayload(digest: digest.hex) {
            let file = "opened/\(index)/\(Self.payloadName(body.kind))"
            if let (plain, opened) = try open(sealed, digest, "log:\(recordID.lowercased)", file, entry.keys) {
                entry.files[file] = plain
                entry.record.opened.append(opened)
                entry.addDealtTicket(plain, body)
            }
        }
        entry.pictures = pictures(of: body, recordID)
        return entry
    }

    /// The pictures that a record names, as far as they are asked for.
    private func pictures(of body: SealedRecord, _ recordID: UUID) -> [Picture] {
        if let caseID = Self.id("case", in: body), case .array(let named)? = body.facts["pictures_sha256"] {
            let kinds = VisualCase.PictureKind.allCases.filter { $0 == .document ? withDocuments : withPictures }
            let purposes = kinds.map { CaseMaterial.picturePurpose(caseID, $0) }
            return named.compactMap { value -> Picture? in
                guard case .string(let hex) = value, let reference = EvidenceReference(rawValue: hex) else {
                    return nil
                }
                let document = CaseMaterial.picturePurpose(caseID, .document)
                return Picture(reference: reference, purposes: purposes, documentPurpose: document)
            }
        }
        guard withPictures, case .string(let hex)? = body.facts["evidence_sha256"],
            let reference = EvidenceReference(rawValue: hex)
        else { return [] }
        let purposes = ["frame", "portrait"].map { "\($0):\(recordID.lowercased)" }
        return [Picture(reference: reference, purposes: purposes)]
    }

    /// The entry as it goes into the bundle, with its pictures.
    func item(_ entry: Entry, from evidence: any EvidenceStore) async throws -> Item {
        var item = Item(item: BundleWriter.Item(record: entry.record, files: entry.files))
        guard !entry.keys.isEmpty else { return item }
        for (number, picture) in entry.pictures.enumerated() {
            // What was erased is not there any more, which is no fault of the bundle.
            guard let sealed = try? await evidence.get(picture.reference) else { continue }
            let digest = SHA256Digest.hash(sealed)
            for purpose in picture.purposes {
                guard let (plain, box) = try open(sealed, digest, purpose, "", entry.keys) else { continue }
                var opened = box
                let isDocument = picture.documentPurpose == purpose
                let place = number == 0 ? "" : "\(number + 1)-"
                opened.file = "opened/\(entry.record.index)/\(place)\(Self.name(of: plain, isDocument))"
                item.item.record.opened.append(opened)
                item.item.files[opened.file] = plain
                item.hasDocument = item.hasDocument || isDocument
                break
            }
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

    private static func id(_ name: String, in body: SealedRecord) -> UUID? {
        guard case .string(let id)? = body.facts[name] else { return nil }
        return UUID(uuidString: id)
    }

    private static func payloadName(_ kind: String) -> String {
        switch kind {
        case "identification", "portrait": "measurements.json"
        case "ticket", "grade", "consent": "\(kind).json"
        default: "details.json"
        }
    }

    private static func name(of plain: Data, _ isDocument: Bool) -> String {
        let name = isDocument ? "document" : "picture"
        if plain.starts(with: [0xFF, 0xD8]) { return "\(name).jpg" }
        if plain.starts(with: [0x89, 0x50]) { return "\(name).png" }
        return "\(name)s.json"
    }
}

extension BundleReading.Entry {
    /// Adds a file whose own digest the record names.
    fileprivate mutating func add(_ bytes: Data, named name: String, digest: SHA256Digest) {
        let file = "opened/\(record.index)/\(name)"
        files[file] = bytes
        record.opened.append(BundleRecord.Opened(file: file, digest: digest))
    }

    /// Adds the ticket in the form of which the record states the digest, as the session's events do.
    fileprivate mutating func addDealtTicket(_ payload: Data, _ body: SealedRecord) {
        guard body.kind == "ticket", let ticket = try? JSONDecoder().decode(Ticket.self, from: payload) else { return }
        let bytes = ticket.canonicalBytes()
        let digest = SHA256Digest.hash(bytes)
        guard body.facts["ticket_sha256"] == .string(digest.hex) else { return }
        add(bytes, named: "dealt_ticket.json", digest: digest)
    }
}
