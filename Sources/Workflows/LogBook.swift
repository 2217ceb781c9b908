import Cryptography
import Foundation
import Identification
import Storage
import TransparencyLog

/// Appends to the identification log inside the transaction of what it records (row F1).
///
/// The public part of an entry holds no personal data but the account's pseudonymous identifier. What is personal is
/// sealed under the person's key and the entry commits to the ciphertext's hash, so erasing a person destroys a key
/// and every proof still verifies.
struct LogBook {
    let vault: Vault

    /// Appends an entry about a person.
    ///
    /// - Parameters:
    ///   - kind: what is recorded: `identification`, `grade`, …
    ///   - recordID: the record that the entry is about.
    ///   - subject: the person's account, where one is known.
    ///   - facts: the public facts, nothing personal.
    ///   - personal: the personal facts, to be sealed.
    func append(
        _ kind: String,
        recordID: UUID,
        subject: UUID?,
        at time: Date,
        facts: [String: JSONValue],
        personal: some Encodable & Sendable,
        to stores: any Stores
    ) throws {
        var payloadDigest: SHA256Digest?
        if let subject {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let key = try vault.personKey(of: subject, in: stores)
            let ciphertext = key.sealed(try encoder.encode(personal), purpose: "log:\(recordID.lowercased)")
            let digest = SHA256Digest.hash(ciphertext)
            try stores.insertSealedPayload(ciphertext, digest: digest.hex, subject: subject)
            payloadDigest = digest
        }
        let record = SealedRecord(
            kind: kind,
            timestamp: time,
            subject: subject?.lowercased,
            payloadDigest: payloadDigest,
            facts: facts.merging(["record": .string(recordID.lowercased)]) { $1 }
        )
        try Log.append([record.body()], to: stores)
    }

    /// Stores an identification with its entry: neither is ever without the other.
    func store(_ record: IdentificationRecord, in stores: any Stores) throws {
        try stores.insertIdentification(record)
        var facts: [String: JSONValue] = [
            "method": .string(record.method.rawValue),
            "outcome": .string(record.outcome.rawValue),
            "reason": .string(record.reason),
        ]
        facts["attempt"] = record.attemptID.map { .string($0.lowercased) }
        if record.tries > 1 { facts["tries"] = .integer(Int64(record.tries)) }
        facts["evidence_sha256"] = record.evidence.map { .string($0.rawValue) }
        try append(
            "identification",
            recordID: record.id,
            subject: record.subject,
            at: record.at,
            facts: facts,
            personal: Measured(comparison: record.comparison, findings: record.findings),
            to: stores
        )
    }
}

/// What a comparison measured; sealed for the person in the log.
private struct Measured: Encodable, Sendable {
    var comparison: ComparisonFacts?
    var findings: BiometricFindings?
}

extension UUID {
    /// The form in which identifiers leave the program (RFC 9562 §4: lower case on output).
    package var lowercased: String { uuidString.lowercased() }
}
