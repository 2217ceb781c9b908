import Cryptography

/// Text with signatures (C2SP signed-note); MUST NOT be believed before ``verify(with:)`` said so.
public struct SignedNote: Hashable, Sendable {
    /// What the check of the signatures said.
    public enum Verdict: Hashable, Sendable {
        /// These keys signed the text, and no known key's signature is wrong.
        case verified(by: [NoteVerifier])
        /// A signature that bears a known key's name and id is not that key's.
        case forged(NoteVerifier)
        /// None of the known keys signed.
        case unknown

        /// Whether the text may be believed.
        public var isVerified: Bool {
            if case .verified = self { true } else { false }
        }
    }

    /// The text that is signed, with its final newline.
    public let text: String
    /// The signatures, in their order.
    public let signatures: [NoteSignature]

    /// The most signatures that a note may have.
    public static let signatureLimit = 64
    private static let byteLimit = 1 << 20

    /// A note signed by `signers`.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote` for a text that notes cannot carry.
    public init(text: String, signers: [NoteSigner]) throws {
        guard text.utf8.last == 0x0a, Self.hasOnlyAllowedCharacters(text), text.utf8.count <= Self.byteLimit / 2 else {
            throw TransparencyLogError(.malformedNote, "A note's text ends in a newline and has no control characters.")
        }
        guard (1...Self.signatureLimit).contains(signers.count) else {
            throw TransparencyLogError(.malformedNote, "A note has 1 to \(Self.signatureLimit) signatures.")
        }
        self.text = text
        signatures = signers.map { $0.sign(text) }
    }

    /// A note from its encoded form; the signatures are not checked.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote`.
    public init(encoded: String) throws {
        let bytes = Array(encoded.utf8)
        guard bytes.count <= Self.byteLimit, bytes.last == 0x0a, Self.hasOnlyAllowedCharacters(encoded) else {
            throw TransparencyLogError(
                .malformedNote,
                "A note ends in a newline, has no control characters and at most \(Self.byteLimit) bytes."
            )
        }
        guard let blank = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0a && bytes[$0 + 1] == 0x0a }) else {
            throw TransparencyLogError(.malformedNote, "A blank line must divide the text from the signatures.")
        }
        text = String(decoding: bytes[...blank], as: UTF8.self)
        let rest = bytes[(blank + 2)...]
        guard !rest.isEmpty else {
            throw TransparencyLogError(.malformedNote, "A note has at least one signature.")
        }
        let lines = rest.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false)
        guard lines.count <= Self.signatureLimit else {
            throw TransparencyLogError(.malformedNote, "A note has at most \(Self.signatureLimit) signatures.")
        }
        signatures = try lines.map { try NoteSignature(line: String(decoding: $0, as: UTF8.self)[...]) }
    }

    /// The note as it is published.
    public var encoded: String { text + "\n" + signatures.map(\.line).joined() }

    /// Checks every signature that names one of the known keys; those of unknown keys are passed over.
    public func verify(with verifiers: [NoteVerifier]) -> Verdict {
        let message = Array(text.utf8)
        var signed: [NoteVerifier] = []
        for verifier in verifiers {
            let own = signatures.filter { $0.belongs(to: verifier) }
            if own.isEmpty { continue }
            guard own.allSatisfy({ verifier.key.verify($0.bytes, of: message) }) else { return .forged(verifier) }
            signed.append(verifier)
        }
        return signed.isEmpty ? .unknown : .verified(by: signed)
    }

    private static func hasOnlyAllowedCharacters(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0a }
    }
}
