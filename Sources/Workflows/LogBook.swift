package import Cryptography
package import Foundation
package import Identification
import Retention
package import Storage
package import TransparencyLog

/// Appends to the identification log inside the transaction of what it records (row F1).
///
/// The public part of an entry holds no personal data but the account's pseudonymous identifier. What is personal is
/// sealed under the person's key and the entry commits to the ciphertext's hash, so erasing a person destroys a key
/// and every proof still verifies. What was measured of a face is sealed under the person's biometric key, which a
/// withdrawn consent destroys.
package struct LogBook {
    let vault: Vault

    /// Creates the book.
    package init(vault: Vault) {
        self.vault = vault
    }

    /// Appends an entry about a person.
    ///
    /// - Parameters:
    ///   - kind: what is recorded: `identification`, `grade`, …
    ///   - recordID: the record that the entry is about.
    ///   - subject: the person's account, where one is known.
    ///   - facts: the public facts, nothing personal.
    ///   - personal: the personal facts, to be sealed.
    ///   - isBiometric: whether they are measurements of the person's face, which a withdrawn consent destroys.
    func append(
        _ kind: String,
        recordID: UUID,
        subject: UUID?,
        at time: Date,
        facts: [String: JSONValue],
        personal: some Encodable & Sendable,
        isBiometric: Bool = false,
        to stores: any Stores
    ) throws {
        var payloadDigest: SHA256Digest?
        if let subject {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let key =
                isBiometric
                ? try vault.biometricKey(of: subject, in: stores) : try vault.personKey(of: subject, in: stores)
            let ciphertext = key.sealed(try encoder.encode(personal), purpose: "log:\(recordID.lowercased)")
            let digest = SHA256Digest.hash(ciphertext)
            try stores.insertSealedPayload(
                ciphertext,
                digest: digest.hex,
                subject: subject,
                biometricRecordID: isBiometric ? recordID : nil
            )
            try stores.noteSealedPayload(digest: digest.hex, recordID: recordID)
            payloadDigest = digest
        }
        let record = SealedRecord(
            kind: kind,
            timestamp: time,
            subject: subject?.lowercased,
            payloadDigest: payloadDigest,
            facts: facts.merging(["record": .string(recordID.lowercased)]) { $1 }
        )
        try Self.append(record, of: recordID, to: stores)
    }

    /// Appends an entry as it is, and notes its place under the record that it is about, by which searches and bundles
    /// find it. Nothing is sealed and no key is made: erasures write so of people who have none any more.
    ///
    /// - Returns: the entry's place.
    @discardableResult
    static func append(_ entry: SealedRecord, of recordID: UUID, to stores: any Stores) throws -> UInt64 {
        let place = try Log.append([entry.body()], to: stores).lowerBound
        try stores.insertLogPlace(place, of: recordID)
        return place
    }

    /// Stores an identification with its entry: neither is ever without the other.
    ///
    /// - Parameters:
    ///   - personal: circumstances that lead to a person; they are kept sealed, and not at all where nobody is known
    ///     under whose key they could be.
    ///   - more: further public facts.
    package func store(
        _ record: IdentificationRecord,
        personal: PersonalCircumstances = PersonalCircumstances(),
        facts more: [String: JSONValue] = [:],
        in stores: any Stores
    ) throws {
        var record = record
        if let subject = record.subject, !personal.isEmpty {
            let key = try vault.personKey(of: subject, in: stores)
            record.circumstances.sealed = try Self.sealed(personal, of: record.id, under: key)
        }
        try stores.insertIdentification(record)
        try append(
            "identification",
            recordID: record.id,
            subject: record.subject,
            at: record.at,
            facts: Self.facts(of: record).merging(more) { $1 },
            personal: Measured(
                comparison: record.comparison,
                findings: record.findings,
                circumstances: personal.isEmpty ? nil : personal
            ),
            isBiometric: record.method == .biometric,
            to: stores
        )
    }

    /// Personal circumstances as a record keeps them.
    package static func sealed(
        _ personal: PersonalCircumstances,
        of recordID: UUID,
        under key: SealingKey
    ) throws -> Data {
        key.sealed(try JSONEncoder().encode(personal), purpose: purpose(recordID))
    }

    /// The public facts of an identification.
    package static func facts(of record: IdentificationRecord) -> [String: JSONValue] {
        var facts: [String: JSONValue] = [
            "method": .string(record.method.rawValue),
            "outcome": .string(record.outcome.rawValue),
            "reason": .string(record.reason),
        ]
        facts["attempt"] = record.attemptID.map { .string($0.lowercased) }
        facts["procedure"] = record.circumstances.procedure.map { .string($0.rawValue) }
        facts["moment"] = .string(record.circumstances.moment.rawValue)
        facts["operator"] = record.circumstances.operatorID.map { .string($0.lowercased) }
        facts["authority"] = record.circumstances.authorityID.map { .string($0.lowercased) }
        facts["document_kind"] = record.circumstances.documentKind.map { .string($0) }
        if record.tries > 1 { facts["tries"] = .integer(Int64(record.tries)) }
        facts["evidence_sha256"] = record.evidence.map { .string($0.rawValue) }
        return facts
    }
}

extension LogBook {
    /// The personal circumstances of a record, where its person's key is not destroyed.
    func personalCircumstances(
        of record: IdentificationRecord,
        in stores: any Stores
    ) throws -> PersonalCircumstances? {
        guard let sealed = record.circumstances.sealed, let subject = record.subject,
            let key = try vault.existingPersonKey(of: subject, in: stores)
        else { return nil }
        let bytes = try key.opened(sealed, purpose: Self.purpose(record.id))
        return try JSONDecoder().decode(PersonalCircumstances.self, from: bytes)
    }

    private static func purpose(_ id: UUID) -> String { "circumstances:\(id.lowercased)" }
}

extension PersonalCircumstances {
    /// Where the request for an identification came from; nothing where that is not known.
    init(of origin: ClientDevice?) {
        self.init(address: origin?.address, device: origin?.userAgent.map { String($0.prefix(200)) })
    }
}

/// What a comparison measured; sealed for the person in the log.
private struct Measured: Encodable, Sendable {
    var comparison: ComparisonFacts?
    var findings: BiometricFindings?
    var circumstances: PersonalCircumstances?
}

extension UUID {
    /// The form in which identifiers leave the program (RFC 9562 §4: lower case on output).
    package var lowercased: String {
        withUnsafeBytes(of: uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { text in
                func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
                var place = 0
                for (number, byte) in bytes.enumerated() {
                    if number == 4 || number == 6 || number == 8 || number == 10 {
                        text[place] = UInt8(ascii: "-")
                        place += 1
                    }
                    text[place] = digit(byte >> 4)
                    text[place + 1] = digit(byte & 15)
                    place += 2
                }
                return place
            }
        }
    }
}
