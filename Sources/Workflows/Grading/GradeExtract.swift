import Attestation
import Cryptography
package import Foundation
package import Grading
import Storage
package import TransparencyLog

/// A person's grades with proofs, which anybody can check who has the log's public key, without the service (row D11).
///
/// For each grade: what the closed sheet says of the person, the log's entry of the closing that holds the hash of it, and
/// the proof that the entry stands in the tree of the signed checkpoint (RFC 9162 §2.1.3). It shows what was closed;
/// that no sheet was opened again since can only be asked of the service.
package struct GradeExtract: Codable, Sendable {
    /// What the file is.
    package var format: String
    /// The signed checkpoint (C2SP tlog-checkpoint).
    package var checkpoint: String
    /// The grades.
    package var grades: [Line]

    /// One grade with its proof.
    package struct Line: Codable, Sendable {
        /// The statement, canonical JSON.
        package var statement: String
        /// The log's entry, canonical JSON.
        package var entry: String
        /// The entry's place in the log.
        package var index: UInt64
        /// The hashes of the proof, hexadecimal.
        package var proof: [String]
    }

    /// The name of this form.
    package static let format = "attestd-grade-extract-1"
    /// The most bytes that a file may have.
    package static let maximumBytes = 4 * 1024 * 1024

    /// What checking one grade comes to.
    package enum Verdict: Sendable {
        /// It stands so in the log.
        case verified(SheetStatement)
        /// It does not, and why.
        case broken(String)
    }

    /// Reads a file.
    ///
    /// - Throws: `DecodingError` where it is none such.
    package init(file: Data) throws {
        self = try JSONDecoder().decode(GradeExtract.self, from: file)
        guard file.count <= Self.maximumBytes, format == Self.format else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not an extract of this form"))
        }
    }

    init(checkpoint: String, grades: [Line]) {
        format = Self.format
        self.checkpoint = checkpoint
        self.grades = grades
    }

    /// The file.
    package func file() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(self)
    }

    /// Checks the checkpoint's signature and each grade against it.
    ///
    /// - Returns: a verdict for each grade; nil where the checkpoint is not signed by this key.
    package func verdicts(with verifier: NoteVerifier) -> [Verdict]? {
        guard let checkpoint = try? Checkpoint(encoded: checkpoint), checkpoint.origin == verifier.name,
            checkpoint.verify(with: [verifier]).isVerified
        else { return nil }
        return grades.map { line in
            do {
                return try Self.verdict(on: line, in: checkpoint)
            } catch {
                return .broken("a part of it cannot be read")
            }
        }
    }

    private static func verdict(on line: Line, in checkpoint: Checkpoint) throws -> Verdict {
        let body = Array(line.entry.utf8)
        let proof = try line.proof.map { try SHA256Digest(hex: $0) }
        let isIncluded = MerkleTree.verifyInclusion(
            of: MerkleTree.leafHash(body),
            index: line.index,
            size: checkpoint.size,
            proof: proof,
            root: checkpoint.root
        )
        guard isIncluded else { return .broken("the entry does not stand in the signed log") }
        let record = try SealedRecord(body: body)
        let statement = try JSONDecoder().decode(SheetStatement.self, from: Data(line.statement.utf8))
        guard record.kind == "grade_sheet", record.facts["action"] == .string("closed"),
            record.facts["record"] == .string(statement.sheet),
            record.facts["version"] == .integer(Int64(statement.version))
        else { return .broken("the entry is about something else") }
        guard case .array(let rows)? = record.facts["rows"],
            rows.contains(.string(SHA256Digest.hash(utf8: line.statement).hex))
        else { return .broken("the closed sheet does not say so") }
        return .verified(statement)
    }
}
