public import Foundation

/// How it stands with one witness of this log (C2SP tlog-witness).
public struct WitnessStanding: Hashable, Sendable, Codable {
    /// Why a witness has not cosigned.
    public enum Trouble: String, Hashable, Sendable, Codable, CaseIterable {
        /// It did not answer, or with an error of its own.
        case unavailable
        /// It does not know the log, or not its key.
        case unknownHere = "unknown_here"
        /// What it answered is not its cosignature.
        case badCosignature = "bad_cosignature"
        /// It has cosigned more entries than the log has: the log was put back to an earlier state.
        case ahead
        /// It has cosigned another history of this log.
        case forked

        /// Whether the witness says that the log's history is not the one it saw.
        public var isRefusal: Bool { self == .ahead || self == .forked }
    }

    /// The witness's key as text.
    public var witness: String
    /// The size that the witness cosigned last, as far as is known.
    public var knownSize: UInt64 = 0
    /// The largest checkpoint of which its cosignature is kept.
    public var cosignedSize: UInt64?
    /// When that came.
    public var cosignedAt: Date?
    /// What is in the way.
    public var trouble: Trouble?
    /// How many tries in a row have failed.
    public var failures = 0
    /// When it is asked again.
    public var nextTryAt: Date = .distantPast

    /// A witness that was never asked.
    public init(witness: String) {
        self.witness = witness
    }

    /// After a failure: 1 s, 2 s, 4 s, … to 5 min.
    public mutating func fail(_ trouble: Trouble, at now: Date) {
        self.trouble = trouble
        failures += 1
        nextTryAt = now + min(300, pow(2, Double(min(failures, 10) - 1)))
    }
}

/// Where the cosignatures of witnesses are kept.
///
/// All calls run inside one storage transaction and are synchronous.
public protocol CosignatureStore: AnyObject {
    /// How it stands with a witness.
    func witnessStanding(_ witness: String) throws -> WitnessStanding?
    /// Remembers it in the place of what was before.
    func setWitnessStanding(_ standing: WitnessStanding) throws
    /// The signature lines of a checkpoint, by the order of the witnesses' keys.
    func cosignatures(of size: UInt64) throws -> [String]
    /// Keeps a witness's signature line, in the place of an earlier one for the same checkpoint.
    func setCosignature(_ line: String, of size: UInt64, by witness: String) throws
    /// The largest checkpoint that has a cosignature.
    func latestCosignedSize() throws -> UInt64?
}

/// What a witness answered to `add-checkpoint`.
public enum WitnessReply: Hashable, Sendable {
    /// The lines of its cosignatures.
    case cosigned([String])
    /// It wants a proof from another size, which may be beyond the checkpoint.
    case knows(UInt64)
    /// It has not cosigned.
    case trouble(WitnessStanding.Trouble)

    /// Reads an answer; what is not the witness's own valid cosignature counts for nothing.
    public init(status: Int, body: [UInt8], to request: WitnessRequest, from witness: CosignatureVerifier) {
        let text = String(validating: body, as: UTF8.self) ?? ""
        switch status {
        case 200:
            guard let note = try? request.checkpoint.note.adding(lines: text), witness.timestamp(of: note) != nil
            else {
                self = .trouble(.badCosignature)
                return
            }
            self = .cosigned(witness.lines(of: note))
        case 409:
            guard text.last == "\n", let size = UInt64(text.dropLast()) else {
                self = .trouble(.unavailable)
                return
            }
            // The size that it was told: then it has another root for the very same size.
            self = size == request.oldSize ? .trouble(.forked) : .knows(size)
        case 422: self = .trouble(.forked)
        case 403, 404: self = .trouble(.unknownHere)
        default: self = .trouble(.unavailable)
        }
    }
}

extension CosignatureVerifier {
    /// The signature lines of a note that bear this witness's name and key.
    public func lines(of note: SignedNote) -> [String] {
        note.signatures.filter { $0.keyID == keyID && $0.name.utf8.elementsEqual(name.utf8) }.map(\.line)
    }
}

extension Checkpoint {
    /// The checkpoint with lines of cosignatures.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote`.
    public func adding(lines: [String]) throws -> Checkpoint {
        lines.isEmpty ? self : try Checkpoint(encoded: note.adding(lines: lines.joined()).encoded)
    }
}
