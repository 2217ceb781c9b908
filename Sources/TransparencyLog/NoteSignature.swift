import Cryptography

/// One signature line of a note.
public struct NoteSignature: Hashable, Sendable {
    /// The name of the key that made it.
    public let name: String
    /// The id of the key that made it.
    public let keyID: UInt32
    /// The signature itself, without the key id.
    public let bytes: [UInt8]

    init(name: String, keyID: UInt32, bytes: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    /// A signature from its line, without the line's end.
    init(line: Substring) throws {
        let fields = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3, fields[0].utf8.elementsEqual("\u{2014}".utf8), NoteVerifier.isName(fields[1]),
            let encoded = try? Base64.decode(fields[2]), encoded.count > 4
        else {
            throw TransparencyLogError(.malformedNote, "The note has a line that is no signature.")
        }
        name = fields[1]
        keyID = encoded.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        bytes = Array(encoded.dropFirst(4))
    }

    /// The line, with its end.
    var line: String {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) }
        return "\u{2014} \(name) \(Base64.encode(id + bytes))\n"
    }

    /// The id of the key that made it, as it stands in keys' texts.
    public var keyIDText: String {
        Hex.encode((0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) })
    }

    /// Whether name and id are those of the verifier's key; says nothing of the signature.
    func belongs(to verifier: NoteVerifier) -> Bool {
        keyID == verifier.keyID && name.utf8.elementsEqual(verifier.name.utf8)
    }
}
