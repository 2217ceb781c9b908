public import Cryptography
public import Foundation

/// A key that opens an exam for a group or a candidate within a window of time (row A7; S2 5.1.3.1). Only its hash is
/// kept; whoever issues it sees it once.
public struct AccessKey: Hashable, Sendable, Identifiable {
    /// For whom it is.
    public enum Holder: Hashable, Sendable {
        /// A group of the institution's register, with its name when the key was issued. Without an identifier it is one
        /// of old that the register does not have, and opens for nobody.
        case group(UUID?, name: String)
        /// A candidate's account.
        case candidate(UUID)
    }

    /// The identifier.
    public let id: UUID
    /// The exam.
    public let examID: UUID
    /// For whom it is.
    public let holder: Holder
    /// SHA-256 of the key.
    public let hash: SHA256Digest
    /// From when it opens.
    public let validFrom: Date
    /// Until when.
    public let validUntil: Date
    /// Who issued it.
    public let issuedBy: UUID
    /// When.
    public let at: Date
    /// When it was revoked.
    public var revokedAt: Date?

    /// Makes a value.
    public init(
        id: UUID,
        examID: UUID,
        holder: Holder,
        hash: SHA256Digest,
        validFrom: Date,
        validUntil: Date,
        issuedBy: UUID,
        at: Date,
        revokedAt: Date? = nil
    ) {
        self.id = id
        self.examID = examID
        self.holder = holder
        self.hash = hash
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.issuedBy = issuedBy
        self.at = at
        self.revokedAt = revokedAt
    }

    /// Whether it opens for a candidate at `now`.
    ///
    /// - Parameter groups: the groups of the register that the candidate is in.
    public func opens(for candidate: UUID, in groups: Set<UUID>, at now: Date) -> Bool {
        guard revokedAt == nil, validFrom <= now, now < validUntil else { return false }
        switch holder {
        case .candidate(let id): return id == candidate
        case .group(let id, _): return id.map { groups.contains($0) } ?? false
        }
    }

    /// The letters of keys: Crockford's base 32, without those that are taken for others.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// How many random bytes a key is made of: 80 bits, so that its hash tells nothing.
    public static let byteCount = 10

    /// A key as people type it: four groups of four.
    public static func text(_ bytes: [UInt8]) -> String {
        var bits = 0
        var value = 0
        var letters: [Character] = []
        for byte in bytes {
            value = value << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                letters.append(alphabet[value >> bits & 31])
            }
            value &= (1 << bits) - 1
        }
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: "-")
    }

    /// The hash of a key however it was typed: case, blanks and dashes play no part, O is 0, I and L are 1.
    public static func hash(of text: String) -> SHA256Digest {
        let letters = text.uppercased().compactMap { letter -> Character? in
            switch letter {
            case "O": "0"
            case "I", "L": "1"
            case "-", " ": nil
            default: letter
            }
        }
        return SHA256Digest.hash(utf8: "attestd access key\n" + String(letters))
    }
}
