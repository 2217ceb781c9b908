public import Cryptography

/// What a log sends to a witness (C2SP tlog-witness, `add-checkpoint`).
public struct WitnessRequest: Hashable, Sendable {
    /// The size of the log when the witness cosigned last.
    public var oldSize: UInt64
    /// The proof from that size to the checkpoint's; empty where that size is 0.
    public var proof: [SHA256Digest]
    /// The checkpoint.
    public var checkpoint: Checkpoint

    /// The most hashes that a proof has.
    public static let longestProof = 63
    /// The most bytes that a request has.
    public static let longest = 64 * 1024

    /// Makes one.
    public init(oldSize: UInt64, proof: [SHA256Digest], checkpoint: Checkpoint) {
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// A request from its bytes; nil where they are none.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.longest, let text = String(validating: bytes, as: UTF8.self),
            let blank = text.utf8.firstRange(of: "\n\n".utf8)
        else { return nil }
        let lines = text[..<blank.lowerBound].utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard let first = lines.first, first.hasPrefix("old "), lines.count <= 1 + Self.longestProof,
            let oldSize = UInt64(first.dropFirst(4)), first.utf8.elementsEqual("old \(oldSize)".utf8),
            let checkpoint = try? Checkpoint(encoded: String(text[blank.upperBound...]))
        else { return nil }
        let hashes = lines.dropFirst().compactMap { line -> SHA256Digest? in
            (try? Base64.decode(line)).flatMap { try? SHA256Digest(bytes: $0) }
        }
        guard hashes.count == lines.count - 1 else { return nil }
        self.init(oldSize: oldSize, proof: hashes, checkpoint: checkpoint)
    }

    /// The bytes that are sent.
    public var bytes: [UInt8] {
        let lines = ["old \(oldSize)"] + proof.map { Base64.encode($0.bytes) }
        return Array((lines.joined(separator: "\n") + "\n\n" + checkpoint.encoded).utf8)
    }
}
