public import Cryptography

/// A signed statement of the log's size and root at one time (C2SP tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
    /// The log's name; also the name of the key that signs.
    public let origin: String
    /// The number of entries.
    public let size: UInt64
    /// The root over these entries.
    public let root: SHA256Digest
    /// Further lines, which no monitor can audit; this program writes none.
    public let extensions: [String]
    /// The note that was signed.
    public let note: SignedNote

    /// Signs a state of the log.
    ///
    /// MUST be given only states that continue what was signed before; ``Log/publishCheckpoint(signer:in:)`` sees to
    /// it.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote` for an origin that is empty or of several lines.
    public init(origin: String, size: UInt64, root: SHA256Digest, signer: NoteSigner) throws {
        try self.init(origin: origin, size: size, root: root, signers: [signer])
    }

    /// Signs a state with several keys, where one follows the other.
    init(origin: String, size: UInt64, root: SHA256Digest, signers: [NoteSigner]) throws {
        let text = "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n"
        try self.init(note: SignedNote(text: text, signers: signers))
    }

    /// A checkpoint from its encoded form; the signatures are not checked.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedNote`.
    public init(encoded: String) throws {
        try self.init(note: SignedNote(encoded: encoded))
    }

    private init(note: SignedNote) throws {
        let lines = note.text.utf8.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines.count >= 3, lines.allSatisfy({ !$0.isEmpty }) else {
            throw TransparencyLogError(.malformedNote, "A checkpoint has at least three lines, none of them empty.")
        }
        // The text of the number must be the number's own: no sign, no zero in front.
        guard let size = UInt64(lines[1]), String(size).utf8.elementsEqual(lines[1].utf8) else {
            throw TransparencyLogError(.malformedNote, "A checkpoint's second line is the size in decimal digits.")
        }
        guard let bytes = try? Base64.decode(lines[2]), let root = try? SHA256Digest(bytes: bytes) else {
            throw TransparencyLogError(.malformedNote, "A checkpoint's third line is the root in base64.")
        }
        self.origin = lines[0]
        self.size = size
        self.root = root
        self.extensions = Array(lines.dropFirst(3))
        self.note = note
    }

    /// The checkpoint as it is stored and published.
    public var encoded: String { note.encoded }

    /// Checks the signatures of the known keys.
    public func verify(with verifiers: [NoteVerifier]) -> SignedNote.Verdict { note.verify(with: verifiers) }
}
